"""One contestant of bench/ingest.py in a process of its own: three phases over one server, one line of JSON for each.

python ingest_runs.py tradewatch|reader SERVER SOURCES FOLDER
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

NEWEST = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
"""When the newest story of the feeds is published."""
WORKERS = 8
"""Threads for both: the default of tradewatch; `reader` leaves the number to its caller."""
PHASES = (("cold", 1), ("unchanged", 1), ("one new item each", 2))


def main() -> None:
    contestant, server, sources, folder = sys.argv[1:]
    urls = [f"{server}/feeds/{number}" for number in range(int(sources))]
    run = {"tradewatch": tradewatch, "reader": reader}[contestant]
    with run(Path(folder), urls) as (update, learned):
        for hour, (phase, edition) in enumerate(PHASES, 1):
            ask(f"{server}/-/edition/{edition}")
            told = measured(partial(update, NEWEST + hour * dt.timedelta(hours=1)))
            print(json.dumps({"phase": phase, **told, **ask(f"{server}/-/edition/{edition}"), "learned": learned()}), flush=True)


def measured(update: Callable[[], None]) -> dict[str, float]:
    """Seconds of wall clock and of processor that a call takes."""
    cpu, wall = processor(), time.perf_counter()
    update()
    return {"wall": time.perf_counter() - wall, "cpu": processor() - cpu}


def processor() -> float:
    """Seconds of processor used so far, user and system: ours, that of children that have ended, and (on Linux) of those that run."""
    ended = sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    running = [Path(f"/proc/{child}/stat").read_text() for child in listed.read_text().split()] if listed.exists() else []
    ticks = sum(int(field) for stat in running for field in stat.rpartition(")")[2].split()[11:13])
    return ended + ticks / os.sysconf("SC_CLK_TCK")


def ask(url: str) -> dict[str, int]:
    with urllib.request.urlopen(url) as answer:
        told: dict[str, int] = json.load(answer)
    return told


Contestant = Iterator[tuple[Callable[[dt.datetime], None], Callable[[], dict[str, int]]]]
"""What reads all sources at a time, and what it has learned so far."""


@contextmanager
def reader(folder: Path, urls: list[str]) -> Contestant:
    """The library as its guide shows it, with the workers that it offers."""
    from reader import make_reader

    with make_reader(str(folder / "reader.sqlite")) as library:
        for url in urls:
            library.add_feed(url)
        # Its own schedule would leave a feed alone for an hour; ours is passed over by `poll` in the same way.
        yield lambda _: library.update_feeds(workers=WORKERS, scheduled=False), lambda: {"articles": library.get_entry_counts().total or 0}


@contextmanager
def tradewatch(folder: Path, urls: list[str]) -> Contestant:
    """The pipeline as the command line composes it; no pause between requests, since `reader` has none."""
    from tradewatch.cli.compose import desk
    from tradewatch.cli.work import Work
    from tradewatch.config import Settings, bundled, load_names, load_starter_titles
    from tradewatch.config.settings import FetchSettings
    from tradewatch.pipeline import poll
    from tradewatch.store import Store
    from tradewatch.types import Source, SourceKind, Tier

    names = load_names(bundled("config"))
    outlets = [outlet.name for outlet in names.outlets]
    sources = [
        Source(
            key=f"source{n}",
            name=f"Source {n}",
            outlet=outlets[n % len(outlets)],
            kind=SourceKind.FEED,
            url=url,
            tier=Tier.TRADE,
            spacing=dt.timedelta(),
        )
        for n, url in enumerate(urls)
    ]
    store = Store.open(folder / "tradewatch.db", create=True)
    store.titles.add(load_starter_titles(bundled("config")))
    settings = Settings(fetch=FetchSettings(concurrency=WORKERS, allow_loopback=True))

    def update(now: dt.datetime) -> None:
        for record in poll(composed, sources, now):
            if record.outcome.failed or record.dropped:
                raise SystemExit(f"not all was read: {record}")

    def learned() -> dict[str, int]:
        tables = {"articles": "article", "claims": "claim", "announcements": "announcement"}
        return {name: store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()}

    with desk(Work(settings, tuple(sources), names, store), lasting=True) as composed:
        yield update, learned
    store.close()


if __name__ == "__main__":
    main()
