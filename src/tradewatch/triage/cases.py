"""What an editor's decisions on an article's claims teach: the article as a labelled case. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tradewatch.types import Claim, Document, Status

_LEFT_OUT = frozenset({"title_id", "evidence", "confidence", "rule", "attribution", "novelty", "date_precision"})
"""What the extractor adds and no editor says."""


def case_of(document: Document, claims: Iterable[Claim]) -> dict[str, Any]:
    """A line of what `tradewatch evaluate` reads: the text of an article and the claims that it makes, by what editors decided."""
    about = {name: getattr(document, name) or None for name in ("headline", "dek", "body", "outlet", "url")}
    published = document.published.isoformat() if document.published else None
    return {"id": f"desk-{document.id}", **about, "published": published, "claims": [label_of(claim) for claim in claims]}


def label_of(claim: Claim) -> dict[str, Any]:
    """The slots of a claim that say something."""
    slots = {name: value for name, value in claim.as_json().items() if name not in _LEFT_OUT and value not in (None, (), [], False)}
    return {"title": claim.title} | slots


def labelled(made: Claim, action: str | None, corrected: Claim | None) -> Claim | None:
    """The label that a claim of an article gets from the decision on its announcement; None for none.

    An accepted claim stands as extracted, a corrected one as corrected, a rejected one not at all; so does one that nobody decided on
    stand, if it is news. What the editor corrected holds for the announcement, and the article's own status stays its own.
    """
    if action == "reject" or made.status in (Status.UNDECIDED, Status.DENIED) or made.novelty != "new":
        return None
    return corrected if action == "edit" and corrected is not None else made
