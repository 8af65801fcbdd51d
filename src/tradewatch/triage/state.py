"""Where an announcement stands at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from tradewatch.triage.reopen import Reopening
from tradewatch.types import MatchKind, Verdict

REASONS = ("wrong title", "not news", "misread", "not in the evidence", "duplicate", "other")
"""Why something is rejected: a fixed vocabulary, so that reasons can be counted. The desk's keys 1 to 6 are in this order."""


class State(StrEnum):
    """Where an announcement stands."""

    OPEN = "open"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class TitleState(StrEnum):
    """What is known of the work that an announcement is about."""

    KNOWN = "known"
    NEW = "new"
    AMBIGUOUS = "ambiguous"
    NONE = "none"
    """It is about no work, such as a deal of a person."""


_STATES = {"accept": State.ACCEPTED, "edit": State.ACCEPTED, "reject": State.REJECTED, "defer": State.DEFERRED}


def state_of(verdict: Verdict | None, reopened: Reopening | None, now: dt.datetime) -> State:
    """Where an announcement stands, by the verdict that holds and the new evidence since."""
    if verdict is None or reopened is not None:
        return State.OPEN
    if verdict.action == "defer" and (until := due(verdict)) is not None and until <= now:
        return State.OPEN
    return _STATES.get(verdict.action, State.OPEN)


def due(verdict: Verdict) -> dt.datetime | None:
    """When a deferred announcement comes back; None where only new evidence brings it back."""
    until = dict(verdict.changes).get("until")
    return dt.datetime.fromisoformat(until) if verdict.action == "defer" and until else None


def title_state(work: str, printed: str | None, matches: Collection[str | None]) -> TitleState:
    """What is known of a work, by the name that its announcements are kept under and what the matcher said of its claims."""
    if not printed:
        return TitleState.NONE
    if not work.startswith("new:"):
        return TitleState.KNOWN
    doubtful = {MatchKind.AMBIGUOUS.value, MatchKind.REVIEW.value} & set(matches)
    return TitleState.AMBIGUOUS if doubtful else TitleState.NEW
