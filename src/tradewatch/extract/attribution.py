"""Who says so: the chain of outlets from the publisher to the origin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tradewatch.extract.line import Kind
from tradewatch.extract.scan import Page

CREDIT_BEFORE = re.compile(
    r"(?:according to|per|via|by|from|as|reported by|confirmed by|source:|told|tells|to|\()\s+(?:the |a report (?:from|by|in) )?$",
    re.IGNORECASE,
)
CREDIT_AFTER = re.compile(
    r"^(?:'s)?\s*(?:first |exclusively |also |today )?(?:reports?\b|reported|has learned|has confirmed|confirms|confirmed"
    r"|revealed|reveals|broke|was first|says|said|has the|, which (?:says|first)|\))",
    re.IGNORECASE,
)
ORIGIN = re.compile(
    r"(?:first|originally) (?:reported|broken|revealed) by\s+(?:the )?$|^(?:'s)? (?:first|was first|originally|broke)", re.IGNORECASE
)
COMPANY = re.compile(r" (?:[A-Z][\w-]+ )?(?:Talent|Artists|Group|Management|Agency|Entertainment|Pictures|Films?|Productions|Studios)\b")
"""Follows a name that an outlet shares with a company: "Independent Talent Group"."""


def credited(pages: Iterable[Page], publisher: str | None) -> tuple[str, ...]:
    """Outlets credited in the text, from the nearest to the origin, without the publisher."""
    chain: list[str] = []
    origins: list[str] = []
    for page in pages:
        outlets = (name for span in page.spans for name in span.names if name[2] is Kind.OUTLET)
        for start, end, _, name in outlets:
            if name == publisher or COMPANY.match(page.text, end):
                continue
            before, after = page.text[max(0, start - 40) : start], page.text[end : end + 40]
            if ORIGIN.search(before) or ORIGIN.search(after):
                origins.append(name)
            elif CREDIT_BEFORE.search(before) or CREDIT_AFTER.search(after):
                chain.append(name)
    return tuple(dict.fromkeys([*(name for name in chain if name not in origins), *origins]))
