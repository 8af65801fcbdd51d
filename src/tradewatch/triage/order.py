"""The order of the queue: contradictions, then weighty claims from official and trade sources, then doubtful ones, then the newest."""

from __future__ import annotations

from enum import IntEnum

from tradewatch.triage.state import TitleState
from tradewatch.types import Announcement, Certainty, ClaimType, Tier


class Band(IntEnum):
    """The parts of the queue, in order."""

    CONTRADICTED = 0
    WEIGHTY = 1
    DOUBTFUL = 2
    REST = 3


WEIGHTY = frozenset(
    {
        ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.SERIES_ORDER, ClaimType.FILM_GREENLIGHT,
        ClaimType.NETWORK_MOVE,
    }
)  # fmt: skip
"""What changes whether there is a show."""
SURE = 0.8
"""Confidence from which a claim is not doubtful: of those below, more than one in five is wrong."""
_LAST = 99_999_999_999
"""Seconds since 1970 that no announcement comes to."""


def band_of(announcement: Announcement, title: TitleState, *, contradicted: bool) -> Band:
    """The part of the queue that an announcement is in; `contradicted` where it is reopened because of that."""
    told = announcement.reports
    if contradicted or announcement.rivals or any(report.stance == "denies" for report in told):
        return Band.CONTRADICTED
    if announcement.type in WEIGHTY and any(report.first_hand and report.tier in (Tier.OFFICIAL, Tier.TRADE) for report in told):
        return Band.WEIGHTY
    doubtful = announcement.value.confidence < SURE or announcement.certainty is Certainty.RUMOURED or title is TitleState.AMBIGUOUS
    return Band.DOUBTFUL if doubtful else Band.REST


def place_of(announcement: Announcement, band: Band) -> str:
    """Text that sorts as the queue does: by band, in it the last told first, and never two alike."""
    return f"{band:d}{_LAST - int(announcement.last_seen.timestamp()):011d}{announcement.id}"
