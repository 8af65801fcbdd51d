"""The poll itself: all sources are read at the same time; what they brought is recorded in the order in which it was published."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tradewatch.fetch import Pulse, after_failure, after_success, first_state
from tradewatch.fetch.due import gap, hold_host, outcome_of
from tradewatch.pipeline.backfill import read_missed, unknown
from tradewatch.pipeline.children import Children
from tradewatch.pipeline.gather import Front, Item, Reading, Web, is_withdrawn, items, needs_page, read_front, read_items, unread
from tradewatch.pipeline.recheck import Look, look_again, settle
from tradewatch.pipeline.record import Reader, Recorded, Told, article_of, record, withdraw
from tradewatch.types import Article, Document, Outcome, PollRecord, Source, SourceState

MOST_PAGES = 20
"""Article pages read from one source in one poll; with five seconds between them a poll stays below two minutes."""
TOGETHER = 40
"""Articles in one transaction: a commit costs as much as storing an article, and other writers wait for some milliseconds."""
AGAIN = "again: "
"""Begins the reasons of what was left out for now and is tried again at the next poll."""

WORTH_IT = 20
"""Articles from which on it is quicker to have them read in other processes."""

T = TypeVar("T")
Found = tuple["Haul", Reading, Article]
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
    ahead: Children[list[Document], list[Told | None]] | None = None
    """Processes that read articles while others are stored; an answer is None where they could not."""
    timer: Callable[[], float] = time.monotonic
    """Seconds on any scale, for how long a poll takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """What one source brings in this poll; `recorded` and `dropped` fill up as it is stored."""

    front: Front
    readings: Future[list[Future[Reading]]] | None = None
    vanished: tuple[tuple[str, Future[bool]], ...] = ()
    """(article id, whether its page is gone) of articles that the source no longer lists."""
    looks: tuple[Future[Look], ...] = ()
    """At pages that may have been edited."""
    new: int = 0
    missed: dt.timedelta | None = None
    """The stretch before these entries that was not seen."""
    fills: tuple[Haul, ...] = ()
    """What other documents list of that stretch."""
    recorded: list[Recorded] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def poll(desk: Desk, sources: Sequence[Source], now: dt.datetime) -> Iterator[PollRecord]:
    """Read the sources and store what they bring; yields the record of each, in the order given, once it is stored.

    Nothing that a source does raises. A poll that is stopped half-way leaves the sources' states as they were, so that the next one
    finds the rest.
    """
    begun = desk.timer()
    states = desk.reader.store.sources.states()
    with ThreadPoolExecutor(desk.workers) as pool:
        fronts = pool.map(lambda source: read_front(desk.web, source, states.get(source.key) or first_state(source, now), now), sources)
        hauls = _filled(desk, pool, [_haul(desk, pool, front, now) for front in fronts], now)
        if not _all_recorded(desk, _in_order([part for whole in hauls for part in (whole, *whole.fills)], now), now):
            pool.shutdown(cancel_futures=True)
            return
        for haul in hauls:
            yield _finish(desk, haul, now, begun)
    _hold_hosts(desk, now)


def _haul(desk: Desk, pool: ThreadPoolExecutor, front: Front, now: dt.datetime) -> Haul:
    """Start to read what is new at a source, to look after what it no longer lists, and at pages that may have been edited."""
    if front.error:
        return Haul(front=front)
    if front.unchanged:
        return Haul(front=front, looks=_looks(desk, pool, front.source, MOST_PAGES, now))
    store, source = desk.reader.store.sources, front.source
    listed = items(source, front.feed.entries)
    known = store.known_entries(source.key)
    fresh = unread(listed, known)
    chosen = _within_reach(source, fresh)
    new = sum(item.key not in known for item in fresh)
    # A source has room for as many entries as it listed before; a new one pushes the oldest out, and nothing else should go.
    expected = store.still_listed(source.key, max(store.last_length(source.key), len(listed)) - new)
    # Bounded, since a source that begins to list fewer has not withdrawn the rest.
    gone = sorted(expected[key] for key in expected.keys() - {item.key for item in listed})[:MOST_PAGES]
    dropped = Counter(dict(front.feed.problems))
    if len(chosen) < len(fresh):
        dropped[AGAIN + "left to the next poll"] = len(fresh) - len(chosen)
    return Haul(
        front=front,
        readings=pool.submit(read_items, desk.web, front, chosen, now, pool.submit) if chosen else None,
        vanished=tuple((article, pool.submit(is_withdrawn, desk.web, source, url, now)) for article, url in gone),
        looks=_looks(desk, pool, source, MOST_PAGES - len(chosen) - len(gone), now, frozenset(item.key for item in fresh)),
        new=new,
        missed=gap(front.state, _pulse(front, new)),
        dropped=dropped,
    )


def _looks(
    desk: Desk, pool: ThreadPoolExecutor, source: Source, room: int, now: dt.datetime, fresh: frozenset[str] = frozenset()
) -> tuple[Future[Look], ...]:
    """Start to look at the pages of a source that are due for it, but for those that this poll reads anyway."""
    pages = desk.reader.store.pages.due(source.key, now, room) if room > 0 else []
    return tuple(pool.submit(look_again, desk.web, source, page, now) for page in pages if page.key not in fresh)


def _filled(desk: Desk, pool: ThreadPoolExecutor, hauls: list[Haul], now: dt.datetime) -> list[Haul]:
    """The hauls, those that have missed something with what can be found of it."""
    by_key = {source.key: source for source in desk.sources}

    def search(haul: Haul) -> Future[list[Front]] | None:
        other = by_key.get(haul.front.source.backfill or "")
        return pool.submit(read_missed, desk.web, haul.front, haul.missed, other, now) if haul.missed else None

    searches = [search(haul) for haul in hauls]
    return [
        replace(haul, fills=tuple(_fill(desk, pool, haul, front, now) for front in _done(haul, found) or ())) if found else haul
        for haul, found in zip(hauls, searches, strict=True)
    ]


def _fill(desk: Desk, pool: ThreadPoolExecutor, haul: Haul, front: Front, now: dt.datetime) -> Haul:
    """Start to read what one document lists of a gap."""
    if front.error:
        return Haul(front=front, dropped=Counter({f"backfill from {front.source.key}: {front.error.outcome}": 1}))
    store, listed = desk.reader.store, items(front.source, front.feed.entries)
    fresh = unknown(store, unread(listed, store.sources.known_entries(front.source.key)), {one.url for one in haul.front.feed.entries})
    left = Counter({"missed, and too many to read": len(fresh) - MOST_PAGES}) if len(fresh) > MOST_PAGES else Counter()
    readings = pool.submit(read_items, desk.web, front, fresh[-MOST_PAGES:], now, pool.submit)
    return Haul(front=front, readings=readings, dropped=left)


def _within_reach(source: Source, fresh: list[Item]) -> list[Item]:
    """The oldest of the new entries, as many as one poll may ask pages for: the oldest are the next to leave the feed."""
    if not any(needs_page(source, item.entry) and not item.entry.content_html for item in fresh):
        return fresh
    return fresh[:MOST_PAGES]


def _in_order(hauls: Sequence[Haul], now: dt.datetime) -> list[tuple[Haul, Reading]]:
    """All readings of all sources, by when they were published; what could not be read is counted at its source."""
    found = []
    for haul in hauls:
        for reading in _readings(haul):
            assert reading.article is not None
            found.append((reading.item.entry.published_at or reading.article.published_at or now, haul, reading))
    return [(haul, reading) for _, haul, reading in sorted(found, key=lambda row: row[0])]


def _readings(haul: Haul) -> Iterator[Reading]:
    """The readings of a haul that have a text."""
    started = (_done(haul, haul.readings) if haul.readings else None) or []
    for reading in filter(None, (_done(haul, future) for future in started)):
        if reading.page_problem:
            haul.dropped[("" if reading.article else AGAIN) + reading.page_problem] += 1
        if reading.article:
            yield reading
    for look in filter(None, (_done(haul, future) for future in haul.looks)):
        if look.problem:
            haul.dropped[look.problem] += 1
        if look.reading:
            yield look.reading


def _done(haul: Haul, future: Future[T]) -> T | None:
    """What was read; None where a fault of ours prevented it, which must not cost the other entries."""
    try:
        return future.result()
    except Exception as error:
        _fault(haul, error)
        return None


def _all_recorded(desk: Desk, readings: Sequence[tuple[Haul, Reading]], now: dt.datetime) -> bool:
    """Store the readings, a few in one transaction; False where the poll was told to stop before the last."""
    found = list(_articles(readings, now))
    batches = [found[at : at + TOGETHER] for at in range(0, len(found), TOGETHER)]
    with closing(_read_ahead(desk, batches)) as ahead:
        for batch, says in zip(batches, ahead, strict=True):
            with desk.reader.store.transaction():
                for (haul, reading, article), told in zip(batch, says, strict=True):
                    if desk.stopped():
                        return False
                    _record(desk, haul, reading, article, told, now)
    return True


def _articles(readings: Iterable[tuple[Haul, Reading]], now: dt.datetime) -> Iterator[Found]:
    for haul, reading in readings:
        try:
            yield haul, reading, article_of(haul.front.source, reading, now)
        except Exception as error:
            _fault(haul, error)


def _read_ahead(desk: Desk, batches: Sequence[Sequence[Found]]) -> Generator[list[Told | None]]:
    """What the articles of each batch say, read in other processes while this one stores; None for what is read when it is stored."""
    if desk.ahead is None or sum(map(len, batches)) < WORTH_IT:
        for batch in batches:
            yield [None for _ in batch]
    else:
        yield from desk.ahead.map([article.document for _, _, article in batch] for batch in batches)


def _record(desk: Desk, haul: Haul, reading: Reading, article: Article, ahead: Told | None, now: dt.datetime) -> None:
    try:
        haul.recorded.append(record(desk.reader, haul.front.source, reading, article, now, ahead))
    except Exception as error:
        _fault(haul, error)


def _fault(haul: Haul, error: Exception) -> None:
    log.error("%s: an entry could not be read", haul.front.source.key, exc_info=error)
    haul.dropped[f"{AGAIN}entry not read ({type(error).__name__})"] += 1


def _finish(desk: Desk, haul: Haul, now: dt.datetime, begun: float) -> PollRecord:
    """Store a source's state and the record of the attempt, when all that it brought is stored."""
    store, front = desk.reader.store, haul.front
    with store.transaction():
        for article, gone in haul.vanished:
            if gone.result():
                withdraw(store, article, now)
                haul.dropped["withdrawn by the outlet"] += 1
        for look in (future.result() for future in haul.looks if not future.exception()):
            settle(store, look, now)
            if look.withdrawn:
                haul.dropped["withdrawn by the outlet"] += 1
        for fill in haul.fills:
            haul.recorded.extend(fill.recorded)
            haul.dropped.update({reason.removeprefix(AGAIN): count for reason, count in fill.dropped.items()})
        state, attempt = _failure(desk, haul, now) if front.error else _success(desk, haul, now)
        attempt = replace(attempt, took=dt.timedelta(seconds=desk.timer() - begun))
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
    pulse = None if front.unchanged else _pulse(front, haul.new)
    state = after_success(front.state, front.source, front.snapshot, pulse, now, desk.chance())
    if any(reason.startswith(AGAIN) for reason in haul.dropped):
        # Without validators the source shows the same entries at the next poll: no queue of retries is needed.
        state = replace(state, etag=None, last_modified=None, body_sha256=None)
    return state, _attempt(haul, outcome_of(front.state, front.snapshot, pulse), _missed(haul), state, now)


def _missed(haul: Haul) -> str:
    """What of a gap is told in the record; nothing where there is none."""
    if not haul.missed:
        return ""
    told = f"entries of {haul.missed} may have been missed since the poll before"
    if not haul.fills:
        return told
    found, where = sum(one.new for fill in haul.fills for one in fill.recorded), haul.fills[0].front.source
    return f"{told}; {found} found in {'its further pages' if where is haul.front.source else where.key}"


def _pulse(front: Front, new: int) -> Pulse:
    dates = tuple(entry.published_at for entry in front.feed.entries if entry.published_at)
    return Pulse(entries=len(front.feed.entries), new=new, dates=dates, asked=front.feed.ttl)


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


def _hold_hosts(desk: Desk, now: dt.datetime) -> None:
    """What a host said about waiting, to whichever request, holds for all its sources."""
    held = [(host, until) for host, until in desk.web.held.items() if until > now]
    states = desk.reader.store.sources.states() if held else {}
    for host, until in held:
        polled = [(source, states.get(source.key) or first_state(source, now)) for source in desk.sources]
        for state in hold_host(polled, host, until):
            desk.reader.store.sources.save_state(state)
