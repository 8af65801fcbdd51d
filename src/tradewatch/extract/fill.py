"""Slots that another sentence of the document gives: which season, and how long the order is."""

from __future__ import annotations

import re
from dataclasses import replace

from tradewatch.extract.numbers import CARDINAL, number
from tradewatch.extract.runs import Runs
from tradewatch.types import Claim, ClaimType

ORDERED = frozenset({ClaimType.RENEWAL, ClaimType.SERIES_ORDER, ClaimType.EPISODE_ORDER})
BACK = re.compile(rf"\bback[ -]({CARDINAL})\b", re.IGNORECASE)
"""What an American network adds to a first order: "back nine"."""
SEASONAL = frozenset(
    (
        ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.NETWORK_MOVE, ClaimType.EPISODE_ORDER,
        ClaimType.PREMIERE_DATE,
    )
)  # fmt: skip


def fill(claims: list[Claim], runs: Runs) -> list[Claim]:
    """Give the claims of a document, one for each fact, the seasons and episodes that the rest of its text states."""
    return [_filled(claim, runs) if claim.live and claim.title else claim for claim in claims]


def _filled(claim: Claim, runs: Runs) -> Claim:
    title = claim.title or ""
    if claim.type in SEASONAL and not claim.seasons and (seasons := runs.seasons(claim)):
        claim = replace(claim, seasons=seasons)
    if claim.type in ORDERED and not claim.episodes and (episodes := runs.episodes(title) or _back(claim)):
        claim = replace(claim, episodes=episodes)
    return claim


def _back(claim: Claim) -> int | None:
    found = (BACK.search(evidence.quote) for evidence in claim.evidence)
    return next((number(match[1]) for match in found if match), None)
