"""When to ask a source again, and how. Pure: state, what happened, `now` and a number for chance in; the next state out.

The next check is always written down, so a restart asks nothing early. Failures back off to a day and never end a source; only a
410 parks one, and `revive` takes it up again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tradewatch.errors import FetchError, ParseError
from tradewatch.fetch.cadence import interval, rhythm
from tradewatch.fetch.request import FetchRequest
from tradewatch.types import Outcome, Snapshot, Source, SourceState

FULL_EVERY = dt.timedelta(hours=6)
"""How often a source is asked without validators, since some servers answer 304 for ever; a move is checked as often."""
DAY = dt.timedelta(days=1)
"""The longest pause after a failure, whatever a Retry-After says."""
BACKDATED = dt.timedelta(hours=1)
"""An unseen entry that is older by this than the last 304 shows that the 304 was false; a shorter lag is a cache's."""
PAGE_AGES = (dt.timedelta(hours=1), dt.timedelta(hours=6), dt.timedelta(hours=24), dt.timedelta(hours=72))
"""Ages at which the page of an article that carries claims is looked at again: most corrections come within hours, few after days."""
JITTER = 0.25
"""Failing sources are spread over this share of their pause, so that they do not come back all at once."""
DEFAULT_PORTS = {"http": 80, "https": 443}
PATIENCE: Mapping[Outcome, dt.timedelta] = {
    Outcome.RATE_LIMITED: dt.timedelta(hours=1),
    Outcome.CHALLENGE: dt.timedelta(hours=1),
    Outcome.REFUSED: dt.timedelta(hours=1),
    Outcome.ROBOTS: DAY,
}
"""The least pause after an answer that asks us to stay away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What a parsed source says about its rhythm."""

    entries: int
    new: int = 0
    """Entries that were not known before."""
    dates: tuple[dt.datetime, ...] = ()
    """When its entries were published, where they say so; any order. Those in the future tell nothing yet."""
    asked: dt.timedelta | None = None
    """The least time between polls that it asks for (ttl, sy:updatePeriod / updateFrequency)."""


def first_state(source: Source, now: dt.datetime) -> SourceState:
    """The state of a source never polled: due now."""
    return SourceState(key=source.key, next_check_at=now)


def host_of(url: str) -> str:
    """The host, with its port where that is not the scheme's own, that spacing and Retry-After go by; empty where a URL is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def asked_url(source: Source, state: SourceState, now: dt.datetime) -> str:
    """The URL to ask: where the source moved to; now and then the configured one, to see whether it still redirects."""
    return state.moved_to if state.moved_to and not _full_due(state, now) else source.url


def conditional_request(source: Source, state: SourceState, now: dt.datetime) -> FetchRequest:
    """The GET for a source: with the validators of the URL asked, unless it is time for a full answer or its 304s are false."""
    url = asked_url(source, state, now)
    trusted = state.url == url and not state.false_304 and not _full_due(state, now)
    return replace(
        page_request(source, url),
        etag=state.etag if trusted else None,
        last_modified=state.last_modified if trusted else None,
    )


def page_request(source: Source, url: str) -> FetchRequest:
    """An unconditional GET for one of a source's pages, with the source's own headers, cookie, agent and proxy."""
    return FetchRequest(url=url, headers=source.headers, cookie=source.cookie, user_agent=source.user_agent, proxy=source.proxy)


def _full_due(state: SourceState, now: dt.datetime) -> bool:
    return state.last_full_at is None or now - state.last_full_at >= FULL_EVERY


def outcome_of(state: SourceState, snapshot: Snapshot, pulse: Pulse | None) -> Outcome:
    """What a good answer is to a source in this state; `pulse` is None where nothing was parsed, since nothing changed."""
    if snapshot.status == 304:
        return Outcome.NOT_MODIFIED
    if snapshot.sha256 == state.body_sha256:
        return Outcome.UNCHANGED
    if pulse is not None and not pulse.entries:
        return Outcome.EMPTY
    return Outcome.MOVED if snapshot.moved_to and snapshot.moved_to != state.moved_to else Outcome.OK


def after_success(
    state: SourceState, source: Source, snapshot: Snapshot, pulse: Pulse | None, now: dt.datetime, jitter: float = 0.0
) -> SourceState:
    """The state after a good answer. `pulse` is None for a 304 or an unchanged body; `jitter` in [0, 1) delays by up to a tenth."""
    known = replace(_answered(state, source, snapshot, now), last_ok_at=now, failures=0, parked=None)
    if pulse is not None:
        known = _felt(known, pulse, now)
    return replace(known, next_check_at=now + interval(known, source, snapshot, now) * (1 + jitter / 10))


def _answered(state: SourceState, source: Source, snapshot: Snapshot, now: dt.datetime) -> SourceState:
    """What the answer itself tells: validators, hash, move."""
    moved_to = snapshot.moved_to or (None if snapshot.url == source.url else state.moved_to)
    if snapshot.status == 304:
        etag, last_modified = snapshot.header("etag") or state.etag, snapshot.header("last-modified") or state.last_modified
        return replace(state, etag=etag, last_modified=last_modified, last_304_at=now, moved_to=moved_to)
    return replace(
        state,
        etag=snapshot.header("etag"),
        last_modified=snapshot.header("last-modified"),
        body_sha256=snapshot.sha256,
        url=snapshot.moved_to or snapshot.url,
        last_full_at=now if snapshot.url == source.url else state.last_full_at,
        moved_to=moved_to,
    )


def _felt(state: SourceState, pulse: Pulse, now: dt.datetime) -> SourceState:
    """What the entries tell: the newest, the rhythm, the publisher's wish, and whether the last 304 was false."""
    past = [date for date in pulse.dates if date <= now]
    newest = max(past) if past else (now if pulse.new else state.newest_entry_at)
    return replace(
        state,
        newest_entry_at=max(filter(None, (newest, state.newest_entry_at)), default=None),
        rhythm=rhythm(past) or _observed(state, pulse, now),
        asked=pulse.asked,
        false_304=state.false_304 or _was_false(state, pulse),
    )


def _observed(state: SourceState, pulse: Pulse, now: dt.datetime) -> dt.timedelta | None:
    """The rhythm of a source without dates, from when its entries came to light."""
    if not pulse.new or state.newest_entry_at is None:
        return state.rhythm
    gap = (now - state.newest_entry_at) / pulse.new
    return gap if state.rhythm is None else (state.rhythm + gap) / 2


def _was_false(state: SourceState, pulse: Pulse) -> bool:
    if state.last_304_at is None or state.newest_entry_at is None or not pulse.new:
        return False
    unseen = [date for date in pulse.dates if date > state.newest_entry_at]
    return bool(unseen) and min(unseen) < state.last_304_at - BACKDATED


def after_failure(state: SourceState, source: Source, error: FetchError | ParseError, now: dt.datetime, jitter: float) -> SourceState:
    """The state after a failure; `jitter` in [0, 1). A failure where the source had moved to sends us back to the configured URL."""
    failed = replace(state, failures=state.failures + 1, moved_to=None)
    wait = pause(failed.failures, source, error.outcome, jitter)
    held = held_until(error, now)
    failed = replace(failed, next_check_at=max(now + wait, held) if held else now + wait)
    if error.outcome is Outcome.GONE and state.moved_to is None:
        return replace(failed, parked=error.reason)
    return failed


def pause(failures: int, source: Source, outcome: Outcome, jitter: float) -> dt.timedelta:
    """How long to leave a source alone after so many failures in a row: doubling from its shortest interval, up to a day."""
    doubled = source.min_interval * (1 << min(failures - 1, 16))
    base = min(max(doubled, PATIENCE.get(outcome, dt.timedelta())), DAY / (1 + JITTER))
    return max(base * (1 + JITTER * jitter), source.min_interval)


def held_until(error: FetchError | ParseError, now: dt.datetime) -> dt.datetime | None:
    """Until when the host asks to be left alone, every source and page of it; None where it does not."""
    wish = error.retry_after if isinstance(error, FetchError) else None
    if wish is None and error.outcome is Outcome.RATE_LIMITED:
        wish = PATIENCE[Outcome.RATE_LIMITED]
    return now + min(wish, DAY) if wish else None


def hold_host(polled: Iterable[tuple[Source, SourceState]], host: str, until: dt.datetime) -> tuple[SourceState, ...]:
    """The states that change when a host is to be left alone until then: those of its sources that were due earlier."""
    return tuple(
        replace(state, next_check_at=until) for source, state in polled if host_of(source.url) == host and state.next_check_at < until
    )


def revive(state: SourceState, now: dt.datetime) -> SourceState:
    """A parked source taken up again, due now."""
    return replace(state, parked=None, failures=0, next_check_at=now)


def startable(
    polled: Iterable[tuple[Source, SourceState]], now: dt.datetime, *, most: int, free_at: Mapping[str, dt.datetime] | None = None
) -> tuple[Source, ...]:
    """The sources to start now: due, longest overdue first, one of each host and none of a host that is free only later."""
    chosen: dict[str, Source] = {}
    free = free_at or {}
    for source, state in sorted(polled, key=lambda pair: pair[1].next_check_at):
        host = host_of(asked_url(source, state, now))
        if is_due(source, state, now) and free.get(host, now) <= now and len(chosen) < most:
            chosen.setdefault(host, source)
    return tuple(chosen.values())


def is_due(source: Source, state: SourceState, now: dt.datetime) -> bool:
    """Whether a source may be asked now, its host left aside."""
    return source.enabled and state.parked is None and state.next_check_at <= now


def gap(state: SourceState, pulse: Pulse) -> dt.timedelta | None:
    """The stretch that a poll may have missed: its oldest entry is newer than the newest seen before. None where it reaches back."""
    if state.newest_entry_at is None or not pulse.dates:
        return None
    missed = min(pulse.dates) - state.newest_entry_at
    return missed if missed > dt.timedelta() else None


def page_check_at(published_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """When to look again at an article's page that was asked for now; None once it is old enough to be left alone, or has no true date."""
    if published_at > now + DAY:
        return None
    return next((published_at + age for age in PAGE_AGES if published_at + age > now), None)
