"""`tradewatch poll`, `run` and `status`: reading the sources, and how they are doing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import click

from tradewatch.cli import Exit
from tradewatch.cli.lock import polling, sending
from tradewatch.cli.serve import alongside, web_of, web_options
from tradewatch.cli.work import Work, clock, folder_option, json_option, opened
from tradewatch.config.files import did_you_mean
from tradewatch.errors import LockHeldError
from tradewatch.fetch.due import first_state, is_due, startable
from tradewatch.fetch.liveness import Liveness, liveness
from tradewatch.store import Store
from tradewatch.types import PollRecord, Source, SourceState

FORGET_EVERY = dt.timedelta(hours=1)
"""How often the daemon deletes what `[keep]` no longer keeps."""
TICK = dt.timedelta(seconds=20)
"""How often the daemon looks for sources that are due; well under the shortest interval of a source."""
ACROSS = 30
"""Polls of a source that its health is judged by."""

STRETCHES = ("from publication to reading", "from reading to stored claims")
"""The two that news waits on its way into the database."""

log = logging.getLogger("tradewatch")


@click.command()
@folder_option
@json_option
@click.option("--source", "keys", multiple=True, metavar="KEY", help="Read this source, due or not; can be repeated.")
@click.option("--all", "everything", is_flag=True, help="Read every enabled source, due or not.")
@click.option("--dry-run", is_flag=True, help="Fetch and read, say what would be stored, store nothing.")
def poll(folder: Path, as_json: bool, keys: tuple[str, ...], everything: bool, dry_run: bool) -> None:
    """Read the sources that are due, once. Exits with 4 when one of them failed."""
    from tradewatch.cli.compose import desk
    from tradewatch.pipeline import poll as read

    with opened(folder) as work, polling(work.settings.database, "poll"), desk(work) as composed:
        now = clock()
        chosen = (
            named(work.sources, keys) if keys else [one for one, state in remembered(work, now) if everything or is_due(one, state, now)]
        )
        failed = 0
        with rolled_back(work.store) if dry_run else nullcontext():
            for record in read(composed, chosen, now):
                click.echo(json.dumps(row(record)) if as_json else line(record))
                failed += record.outcome.failed
            forget(work, now)
    click.echo(f"{len(chosen)} sources read, {failed} failed{'; nothing was stored' if dry_run else ''}", err=True)
    if failed:
        raise click.exceptions.Exit(Exit.PARTIAL)


@click.command()
@folder_option
@click.option("--web", "with_desk", is_flag=True, help="Serve the review desk too, as `tradewatch serve` does, with the options below.")
@web_options
def run(folder: Path, with_desk: bool, **options: Any) -> None:
    """Keep reading the sources, and sending the digests, as they fall due, until SIGTERM or SIGINT; what is under way is finished first."""
    from tradewatch.cli.compose import desk
    from tradewatch.cli.digest import by_schedule, worded
    from tradewatch.cli.network import post_office
    from tradewatch.daemon import keep_ticking
    from tradewatch.digest.run import Send
    from tradewatch.pipeline import Desk
    from tradewatch.pipeline import poll as read

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    forgotten = dt.datetime.min.replace(tzinfo=dt.UTC)

    def tick(work: Work, composed: Desk, send: Send) -> None:
        nonlocal forgotten
        now = clock()
        for record in read(composed, startable(remembered(work, now), now, most=work.settings.fetch.concurrency), now):
            log.info("%s", line(record))
        with suppress(LockHeldError), sending(work.settings.database, "run"):  # held: somebody sends by hand, and the next tick comes soon
            for dispatch in by_schedule(work, send, clock()):
                log.info("%s", worded(dispatch))
        if now - forgotten >= FORGET_EVERY:
            forget(work, now)
            forgotten = now

    served = alongside(folder, web_of(**options)) if with_desk else nullcontext()
    with (
        opened(folder) as work,
        polling(work.settings.database, "run"),
        served,
        desk(work, stop.is_set, lasting=True) as composed,
        post_office(work) as send,
    ):
        log.info("reading %d sources into %s", sum(source.enabled for source in work.sources), work.settings.database)
        keep_ticking(lambda: tick(work, composed, send), TICK, stop)
    log.info("stopped")


@click.command()
@folder_option
@json_option
@click.option("--every", is_flag=True, help="Also the sources that are well or switched off.")
def status(folder: Path, as_json: bool, every: bool) -> None:
    """Say how each source is doing and when it is read next; and of the last day, how long news took and what was left out."""
    with opened(folder) as work:
        now = clock()
        last, states = work.store.sources.last_polls(), work.store.sources.states()
        health = {
            source.key: liveness(source, states.get(source.key), work.store.sources.polls(source.key, ACROSS), now)
            for source in work.sources
        }
        shown = [source for source in work.sources if every or (source.enabled and _ails(health[source.key], last.get(source.key)))]
        for source in shown:
            judged, record = health[source.key], last.get(source.key)
            if as_json:
                click.echo(json.dumps({"source": source.key, "health": judged.health, "reason": judged.reason, "last": row(record)}))
            else:
                click.echo(health_line(source, judged, record))
        if not as_json:
            _summary(work, health, now)


def forget(work: Work, now: dt.datetime) -> None:
    """Delete what the folder's `[keep]` no longer keeps."""
    with work.store.transaction():
        work.store.sources.forget(now - work.settings.keep.polls, now - work.settings.keep.snapshots)


def remembered(work: Work, now: dt.datetime) -> list[tuple[Source, SourceState]]:
    """The enabled sources, each with its state."""
    states = work.store.sources.states()
    return [(source, states.get(source.key) or first_state(source, now)) for source in work.sources if source.enabled]


def named(sources: Sequence[Source], keys: Iterable[str]) -> list[Source]:
    """The sources of these keys; an unknown key is a usage error."""
    by_key = {source.key: source for source in sources}
    for key in keys:
        if key not in by_key:
            raise click.BadParameter(f"there is no source {key!r}{did_you_mean(key, by_key)}", param_hint="--source")
    return [by_key[key] for key in keys]


@contextmanager
def rolled_back(store: Store) -> Iterator[None]:
    """Do the real thing inside one transaction, and take it back."""

    class _TakenBack(Exception):  # noqa: N818
        pass

    try:
        with store.transaction():
            yield
            raise _TakenBack
    except _TakenBack:
        return


def row(record: PollRecord | None) -> dict[str, object] | None:
    """A poll record as JSON values."""
    if record is None:
        return None
    spans = {"elapsed": record.elapsed.total_seconds(), "took": record.took.total_seconds()}
    times = {"started_at": record.started_at.isoformat(), **spans}
    return dataclasses.asdict(record) | times | {"next_check_at": record.next_check_at.isoformat() if record.next_check_at else None}


def line(record: PollRecord) -> str:
    """A poll in one line: `variety: ok, 30 entries, 2 new, 5 claims`."""
    parts = [record.outcome.value.replace("_", " ")]
    if not record.outcome.failed:
        told = {"entries": record.entries, "new": record.new, "revised": record.revised, "claims": record.claims}
        parts += [f"{count} {name}" for name, count in told.items() if count]
    parts += [record.reason] if record.reason else []
    parts += [f"{count} × {reason}" for reason, count in record.dropped]
    return f"{record.source}: {', '.join(parts)}"


def span(length: dt.timedelta) -> str:
    """A length of time in its two largest units."""
    seconds = length.total_seconds()
    days, hours, minutes = int(seconds // 86400), int(seconds % 86400 // 3600), int(seconds % 3600 // 60)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {int(seconds % 60)} s" if minutes else f"{seconds:.1f} s"


def _ails(judged: Liveness, record: PollRecord | None) -> bool:
    return bool(judged.reason) or (record is not None and record.outcome.failed)


def health_line(source: Source, judged: Liveness, record: PollRecord | None) -> str:
    """A source in one line: its health, the reason, the next try."""
    stumbled = record is not None and record.outcome.failed and not judged.reason
    reason = f"{judged.reason or (record.reason if record and stumbled else '')}"
    following = f"; next try {record.next_check_at:%d %b %H:%M} UTC" if record and record.next_check_at else ""
    return f"{source.key}: {'stumbled' if stumbled else judged.health}{': ' + reason if reason else ''}{following}"


def _summary(work: Work, health: dict[str, Liveness], now: dt.datetime) -> None:
    enabled = [source for source in work.sources if source.enabled]
    last = work.store.sources.last_polls()
    well = sum(not _ails(health[source.key], last.get(source.key)) for source in enabled)
    click.echo(f"{well} of {len(enabled)} enabled sources are well")
    yesterday = now - dt.timedelta(days=1)
    for stretch, waits in zip(STRETCHES, work.store.sources.waits(yesterday), strict=True):
        if waits:
            click.echo(f"{stretch}: half within {span(waits[len(waits) // 2])}, nine in ten within {span(waits[len(waits) * 9 // 10])}")
    for reason, count in work.store.sources.dropped(yesterday).items():
        click.echo(f"left out in the last day: {count} × {reason}")
