"""Whether a source still gives news, by its own rhythm, and what is wrong where it does not. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tradewatch.types import Outcome, PollRecord, Source, SourceState

SILENT_BEATS = 4
"""Silence of so many usual gaps is more than chance."""
SILENT_LEAST = dt.timedelta(days=3)
"""A long weekend is no alarm, however lively the source."""
SILENT_UNKNOWN = dt.timedelta(days=7)
"""For a source whose rhythm is not known."""
FAILING = 3
"""Failures in a row that are no longer a passing trouble."""


class Health(StrEnum):
    """How a source is doing."""

    LIVE = "live"
    UNREAD = "unread"
    STALE = "stale"
    ALWAYS_304 = "always_304"
    EMPTY = "empty"
    CHALLENGED = "challenged"
    REFUSED = "refused"
    FAILING = "failing"
    MOVED = "moved"
    PARKED = "parked"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Liveness:
    """How a source is doing, and why in words with the way out; no reason where it is live."""

    health: Health
    reason: str = ""


def liveness(source: Source, state: SourceState | None, polls: Sequence[PollRecord], now: dt.datetime) -> Liveness:
    """How a source is doing. `polls` are its last attempts, newest first; some thirty are enough."""
    if not source.enabled:
        return Liveness(Health.OFF, "switched off in the configuration")
    if state is None or not polls:
        return Liveness(Health.UNREAD, "not polled yet")
    if state.parked:
        again = f"take it up again with `tradewatch sources revive {source.key}`, or take it out"
        return Liveness(Health.PARKED, f"no longer polled: {state.parked}; {again}")
    return _failing(state, polls) or _silent(state, polls, now) or _moved(source, state) or Liveness(Health.LIVE)


def _failing(state: SourceState, polls: Sequence[PollRecord]) -> Liveness | None:
    last = polls[0]
    if not last.outcome.failed:
        return None
    since = f"{state.failures} {'poll' if state.failures == 1 else 'polls'} in a row, last read {_day(state.last_ok_at)}"
    if last.outcome is Outcome.CHALLENGE:
        return Liveness(Health.CHALLENGED, f"{last.reason}: {since}; a feed on another host or a cookie may pass")
    if last.outcome in (Outcome.REFUSED, Outcome.ROBOTS):
        return Liveness(Health.REFUSED, f"{last.reason}: {since}; ask the outlet, or use its feed")
    if state.failures >= FAILING:
        return Liveness(Health.FAILING, f"{last.reason}: {since}")
    return None


def _silent(state: SourceState, polls: Sequence[PollRecord], now: dt.datetime) -> Liveness | None:
    """What a source that answers well but brings nothing suffers from."""
    read = [poll.outcome for poll in polls if not poll.outcome.failed]
    changed = [outcome for outcome in read if outcome not in (Outcome.NOT_MODIFIED, Outcome.UNCHANGED)]
    if changed[:1] == [Outcome.EMPTY]:
        return Liveness(Health.EMPTY, "answers, but with no entries; its selectors or its address may have changed")
    newest = state.newest_entry_at
    if newest is None or now - newest < silence_allowed(state):
        return None
    usual = f"; usually one in {_span(state.rhythm)}" if state.rhythm else ""
    told = f"nothing new since {_day(newest)}{usual}"
    if read and all(outcome is Outcome.NOT_MODIFIED for outcome in read):
        return Liveness(Health.ALWAYS_304, f"{told}; it has answered 304 to each of the last {len(read)} polls")
    return Liveness(Health.STALE, told)


def _moved(source: Source, state: SourceState) -> Liveness | None:
    if state.moved_to is None:
        return None
    return Liveness(Health.MOVED, f"now at {state.moved_to}, and read there; change url in the configuration of {source.key}")


def silence_allowed(state: SourceState) -> dt.timedelta:
    """How long a source may bring nothing before that is worth a word."""
    return SILENT_UNKNOWN if state.rhythm is None else max(state.rhythm * SILENT_BEATS, SILENT_LEAST)


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"


def _span(span: dt.timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} h" if hours >= 2 else f"{hours * 60:.0f} min"
