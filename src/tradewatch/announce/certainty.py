"""The certainty ladder: rumoured, in talks, reported, confirmed."""

from __future__ import annotations

from tradewatch.types import Certainty, Claim, Report, Status, Tier

LADDER = tuple(Certainty)
"""From least to most."""

_OF_STATUS = {
    Status.REPORTED: Certainty.REPORTED,
    Status.IN_TALKS: Certainty.IN_TALKS,
    Status.RUMOURED: Certainty.RUMOURED,
    Status.UNDECIDED: Certainty.RUMOURED,
    Status.DENIED: Certainty.RUMOURED,
}
_STATED_BY = {Tier.OFFICIAL: Certainty.CONFIRMED, Tier.TRADE: Certainty.CONFIRMED, Tier.RUMOUR: Certainty.RUMOURED}
"""What an outlet's plain statement is worth; one of the tiers left out counts as a report."""


def certainty_of(claim: Claim, report: Report) -> Certainty:
    """How sure one report makes an announcement: official words and a trade's plain statement confirm, words passed on report."""
    if claim.status in _OF_STATUS:
        return _OF_STATUS[claim.status]
    if report.origin == "official":
        return Certainty.CONFIRMED
    stated = _STATED_BY.get(report.tier, Certainty.REPORTED)
    return stated if report.first_hand else min(stated, Certainty.REPORTED, key=LADDER.index)


def higher(one: Certainty, other: Certainty) -> Certainty:
    """The surer of two."""
    return max(one, other, key=LADDER.index)


def rank(certainty: Certainty) -> int:
    """The rung, from 0."""
    return LADDER.index(certainty)
