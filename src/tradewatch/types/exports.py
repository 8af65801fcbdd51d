"""Exports: which rows are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from tradewatch.types.digests import Selection


class Standing(StrEnum):
    """What editors hold of a claim or an announcement now."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    DEFERRED = "deferred"
    REJECTED = "rejected"


STANDINGS = {
    "accept": Standing.ACCEPTED,
    "edit": Standing.CORRECTED,
    "defer": Standing.DEFERRED,
    "reject": Standing.REJECTED,
}
"""What each action of a verdict makes of its subject, while it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Which rows an export carries; what is empty is not asked."""

    selection: Selection = field(default_factory=Selection)
    """Its outlets, types, networks, tiers and certainty; `standings` takes the place of its verdicts."""
    standings: frozenset[Standing] = frozenset()
    since: dt.datetime | None = None
    """From this moment on …"""
    until: dt.datetime | None = None
    """… and before this one."""
