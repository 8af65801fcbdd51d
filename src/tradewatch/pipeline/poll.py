"""The poll itself: all sources are read at the same time; what they brought is recorded in the order in which it was published."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from tradewatch.fetch import Pulse, after_failure, after_success, first_state
from tradewatch.fetch.due import gap, held_until, hold_host, host_of, outcome_of
from tradewatch.pipeline.gather import Front, Item, Reading, Web, is_withdrawn, items, needs_page, read_front, read_item, unread
from tradewatch.pipeline.record import Reader, Recorded, record, withdraw
from tradewatch.types import Outcome, PollRecord, Source, SourceState

MOST_PAGES = 20
"""Article pages read from one source in one poll; with five seconds between them a poll stays below two minutes."""
AGAIN = "again: "
"""Begins the reasons of what was left out for now and is tried again at the next poll."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that a poll works with."""

    reader: Reader
    web: Web
    sources: tuple[Source, ...]
    """All that are configured: what one is told about waiting holds for the others of its host."""
    workers: int
    chance: Callable[[], float]
    """A number in [0, 1) that spreads the next checks."""
    stopped: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """What one source brings in this poll; `recorded` and `dropped` fill up as it is stored."""

    front: Front
    readings: tuple[Future[Reading], ...] = ()
    vanished: tuple[tuple[str, Future[bool]], ...] = ()
    """(article id, whether its page is gone) of articles that the source no longer lists."""
    new: int = 0
    recorded: list[Recorded] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def poll(desk: Desk, sources: Sequence[Source], now: dt.datetime) -> Iterator[PollRecord]:
    """Read the sources and store what they bring; yields the record of each, in the order given, once it is stored.

    Nothing that a source does raises. A poll that is stopped half-way leaves the sources' states as they were, so that the next one
    finds the rest.
    """
    states = desk.reader.store.sources.states()
    with ThreadPoolExecutor(desk.workers) as pool:
        fronts = pool.map(lambda source: read_front(desk.web, source, states.get(source.key) or first_state(source, now), now), sources)
        hauls = [_haul(desk, pool, front, now) for front in fronts]
        for haul, reading in _in_order(hauls, now):
            if desk.stopped():
                pool.shutdown(cancel_futures=True)
                return
            _record(desk, haul, reading, now)
        for haul in hauls:
            yield _finish(desk, haul, now)
    _hold_hosts(desk, hauls, now)


def _haul(desk: Desk, pool: ThreadPoolExecutor, front: Front, now: dt.datetime) -> Haul:
    """Start to read what is new at a source, and to look after what it no longer lists."""
    if front.error or front.unchanged:
        return Haul(front=front)
    store, source = desk.reader.store.sources, front.source
    listed = items(source, front.feed.entries)
    known = store.known_entries(source.key)
    fresh = unread(listed, known)
    chosen = _within_reach(source, fresh)
    new = sum(item.key not in known for item in fresh)
    # A source has room for as many entries as it listed before; a new one pushes the oldest out, and nothing else should go.
    expected = store.still_listed(source.key, max(store.last_length(source.key), len(listed)) - new)
    gone = sorted(expected[key] for key in expected.keys() - {item.key for item in listed})
    dropped = Counter(dict(front.feed.problems))
    if len(chosen) < len(fresh):
        dropped[AGAIN + "left to the next poll"] = len(fresh) - len(chosen)
    return Haul(
        front=front,
        readings=tuple(pool.submit(read_item, desk.web, front, item, now) for item in chosen),
        vanished=tuple((article, pool.submit(is_withdrawn, desk.web, source, url, now)) for article, url in gone),
        new=new,
        dropped=dropped,
    )


def _within_reach(source: Source, fresh: list[Item]) -> list[Item]:
    """The oldest of the new entries, as many as one poll may ask pages for: the oldest are the next to leave the feed."""
    if not any(needs_page(source, item.entry) and not item.entry.content_html for item in fresh):
        return fresh
    return fresh[:MOST_PAGES]


def _in_order(hauls: Sequence[Haul], now: dt.datetime) -> list[tuple[Haul, Reading]]:
    """All readings of all sources, by when they were published; what could not be read is counted at its source."""
    found = []
    for haul in hauls:
        for future in haul.readings:
            try:
                reading = future.result()
            except Exception as error:  # a fault of ours in one entry must not cost the others
                _fault(haul, error)
                continue
            if reading.page_problem:
                haul.dropped[("" if reading.article else AGAIN) + reading.page_problem] += 1
            if reading.article:
                found.append((reading.item.entry.published_at or reading.article.published_at or now, haul, reading))
    return [(haul, reading) for _, haul, reading in sorted(found, key=lambda row: row[0])]


def _record(desk: Desk, haul: Haul, reading: Reading, now: dt.datetime) -> None:
    try:
        haul.recorded.append(record(desk.reader, haul.front.source, reading, now))
    except Exception as error:
        _fault(haul, error)


def _fault(haul: Haul, error: Exception) -> None:
    log.error("%s: an entry could not be read", haul.front.source.key, exc_info=error)
    haul.dropped[f"{AGAIN}entry not read ({type(error).__name__})"] += 1


def _finish(desk: Desk, haul: Haul, now: dt.datetime) -> PollRecord:
    """Store a source's state and the record of the attempt, when all that it brought is stored."""
    store, front = desk.reader.store, haul.front
    with store.transaction():
        for article, gone in haul.vanished:
            if gone.result():
                withdraw(store, article, now)
                haul.dropped["withdrawn by the outlet"] += 1
        state, attempt = _failure(desk, haul, now) if front.error else _success(desk, haul, now)
        store.sources.save_state(state)
        store.sources.add_poll(attempt)
    return attempt


def _failure(desk: Desk, haul: Haul, now: dt.datetime) -> tuple[SourceState, PollRecord]:
    front, error = haul.front, haul.front.error
    assert error is not None
    state = after_failure(front.state, front.source, error, now, desk.chance())
    attempt = _attempt(haul, error.outcome, error.reason, state, now)
    return state, attempt if front.snapshot else replace(attempt, status=getattr(error, "status", None))


def _success(desk: Desk, haul: Haul, now: dt.datetime) -> tuple[SourceState, PollRecord]:
    front = haul.front
    assert front.snapshot is not None
    pulse = None if front.unchanged else _pulse(haul)
    state = after_success(front.state, front.source, front.snapshot, pulse, now, desk.chance())
    if any(reason.startswith(AGAIN) for reason in haul.dropped):
        # Without validators the source shows the same entries at the next poll: no queue of retries is needed.
        state = replace(state, etag=None, last_modified=None, body_sha256=None)
    missed = gap(front.state, pulse) if pulse else None
    reason = f"entries of {missed} may have been missed since the poll before" if missed else ""
    return state, _attempt(haul, outcome_of(front.state, front.snapshot, pulse), reason, state, now)


def _pulse(haul: Haul) -> Pulse:
    entries = haul.front.feed.entries
    dates = tuple(entry.published_at for entry in entries if entry.published_at)
    return Pulse(entries=len(entries), new=haul.new, dates=dates, asked=haul.front.feed.ttl)


def _attempt(haul: Haul, outcome: Outcome, reason: str, state: SourceState, now: dt.datetime) -> PollRecord:
    answer = haul.front.snapshot
    return PollRecord(
        source=haul.front.source.key,
        started_at=now,
        outcome=outcome,
        reason=reason,
        status=answer.status if answer else None,
        bytes=len(answer.body) if answer else 0,
        elapsed=answer.elapsed if answer else dt.timedelta(),
        entries=len(haul.front.feed.entries),
        new=sum(one.new for one in haul.recorded),
        revised=sum(one.revised for one in haul.recorded),
        claims=sum(one.claims for one in haul.recorded),
        dropped=tuple(sorted(haul.dropped.items())),
        next_check_at=state.next_check_at,
    )


def _hold_hosts(desk: Desk, hauls: Sequence[Haul], now: dt.datetime) -> None:
    """What one source of a host was told about waiting holds for its other sources."""
    held = [(host_of(haul.front.source.url), until) for haul in hauls if haul.front.error and (until := held_until(haul.front.error, now))]
    states = desk.reader.store.sources.states() if held else {}
    for host, until in held:
        polled = [(source, states.get(source.key) or first_state(source, now)) for source in desk.sources]
        for state in hold_host(polled, host, until):
            desk.reader.store.sources.save_state(state)
