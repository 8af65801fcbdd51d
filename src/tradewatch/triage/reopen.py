"""When new evidence brings a decided announcement back: when it contradicts, upgrades, corrects or takes back what was decided upon."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from tradewatch.announce.certainty import rank
from tradewatch.types import Certainty, Claim


class Reopening(StrEnum):
    """Why a decided announcement is open again, the gravest first."""

    CONTRADICTED = "contradicted"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    UPGRADED = "upgraded"


_TOLD = {
    "contradicts": Reopening.CONTRADICTED,
    "unsaid": Reopening.RETRACTED,
    "corrects": Reopening.CORRECTED,
    "updates": Reopening.UPGRADED,
}
_IDLE = frozenset({"evidence", "confidence", "rule", "attribution", "title_id", "title"})
"""Slots in which a later version may differ without another thing being told."""


def reopening(
    kinds: Collection[str], before: tuple[Claim, Certainty], after: tuple[Claim, Certainty], *, retracted: bool = False
) -> Reopening | None:
    """Why a decided announcement is open again; None where nothing was told that matters.

    `kinds` are the changes since the decision (`announcement_change.kind`), `before` and `after` value and certainty then and now;
    `retracted` where no outlet asserts it any more. Echoes, corroboration, added details and what editors did reopen nothing.
    """
    firmer = rank(after[1]) > rank(before[1])
    news = {_TOLD[kind] for kind in kinds if kind in _TOLD}
    if not retracted:
        news.discard(Reopening.RETRACTED)
    if not differing(before[0], after[0]):
        news.discard(Reopening.CORRECTED)
        news.discard(Reopening.UPGRADED)
    if firmer:
        news.add(Reopening.UPGRADED)
    return next((reason for reason in Reopening if reason in news), None)


def differing(before: Claim, after: Claim) -> tuple[str, ...]:
    """The slots in which two versions tell another thing."""
    return tuple(name for name in Claim.__slots__ if name not in _IDLE and getattr(before, name) != getattr(after, name))
