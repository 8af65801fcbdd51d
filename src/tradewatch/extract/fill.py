"""Slots that another sentence of the document gives: the length of an order."""

from __future__ import annotations

import re
from dataclasses import replace

from tradewatch.extract.numbers import find_episodes
from tradewatch.text import fold, straight
from tradewatch.types import Claim, ClaimType, Document

ORDERED = frozenset({ClaimType.RENEWAL, ClaimType.SERIES_ORDER})
BEFORE = re.compile(
    r"(?:order(?:ed)? is for|order,? for|pick-?up,? (?:is )?for|renewal,? for|consists? of|comprises?|made up of"
    r"|run (?:for|to)|will (?:have|run|span|total|be)|has ordered|ordered|span(?:s|ning)?|the|a|an|new|in|of|with|on"
    r"|for)\s+(?:the\s)?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^\s*(?:,? (?:first|second|third|new|upcoming|straight-to-series|series|limited|drama|comedy|season|show|run|order"
    r"|half-hour|animated|thriller)|\(|of|gets|will|,|\.|are|long|each)",
    re.IGNORECASE,
)
NOT_THE_ORDER = re.compile(
    r"(?:aired|last|previous|appear in|appears in|recur in|first|final|directed|wrote|unaired|remaining|of its|after"
    r"|watched|two-|over|more than|nearly|back)\s+(?:the\s)?$",
    re.IGNORECASE,
)


def fill_episodes(document: Document, claims: list[Claim]) -> list[Claim]:
    """Give the document's only order or renewal the number of episodes that its text states."""
    open_claims = [claim for claim in claims if claim.type in ORDERED and claim.live]
    if len({fold(claim.title or "") for claim in open_claims}) != 1 or any(claim.episodes for claim in open_claims):
        return claims
    count = _stated(document)
    return [replace(claim, episodes=count) if count and claim.type in ORDERED and claim.live else claim for claim in claims]


def _stated(document: Document) -> int | None:
    for text in (document.headline, document.dek, document.body):
        plain = straight(text)
        for start, end, count in find_episodes(plain):
            before = plain[max(0, start - 40) : start]
            if count > 1 and not NOT_THE_ORDER.search(before) and BEFORE.search(before) and AFTER.search(plain[end : end + 30]):
                return count
    return None
