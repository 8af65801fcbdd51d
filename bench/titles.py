"""How quick and how right the matcher is on a large catalog, beside the usual way (`extractOne`, WRatio ≥ 90).

    python bench/titles.py                     1,000,000 invented titles
    python bench/titles.py --titles 100000     fewer
    python bench/titles.py --file title.basics.tsv.gz   a real file, in any format that `titles import` reads

Writes to a temporary folder and removes it. The last run is kept in bench/titles.txt.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils
from title_catalog import catalog, starters
from title_queries import Asked, known_queries, unknown_queries

from tradewatch.store import Store
from tradewatch.store.titles import TitleStore
from tradewatch.titles import TitleQuery, match
from tradewatch.titles.importers import recognised, rows
from tradewatch.types import MatchKind, Title, WorkKind

PASSES = 5


class Took(NamedTuple):
    """Seconds by the clock, and of processor: they differ where the machine is busy with other work."""

    wall: float
    cpu: float


def main() -> None:
    options = _options()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="tradewatch-bench-") as folder:
        path = Path(folder) / "titles.db"
        print("building the catalog …", file=sys.stderr)
        made = _given(options.file) if options.file else list(catalog(options.titles, starters()))
        gc.freeze()  # the list is the bench's own; the collector would walk it again and again
        built = _build(path, made)
        titles = _measured_open(path, built)
        store = Store.open(path)
        _added(store.titles)
        queries = [*known_queries(titles, options.queries), *unknown_queries(titles, options.queries)]
        passes = [[_timed(store.titles, asked) for asked in queries] for _ in range(PASSES)]
        answers = passes[0]
        _speed([[seconds for _, seconds in one] for one in passes])
        _rightness(queries, [verdict for verdict, _ in answers])
        if options.baseline:
            _beside(queries, [verdict for verdict, _ in answers], titles, options.baseline)
        store.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=1_000_000, help="how many titles the catalog holds")
    parser.add_argument("--file", type=Path, help="a file of titles, in place of invented ones")
    parser.add_argument("--queries", type=int, default=400, help="queries of each class")
    parser.add_argument("--baseline", type=int, default=20, help="queries of each class that the usual way answers too; 0 for none")
    return parser.parse_args()


def _given(path: Path) -> list[Title]:
    return [row for _, row in rows(path, recognised(path)) if isinstance(row, Title)]


def _build(path: Path, made: Sequence[Title]) -> Took:
    store = Store.open(path, create=True)
    start, cpu = time.perf_counter(), time.thread_time()
    store.titles.add(made)
    took = Took(time.perf_counter() - start, time.thread_time() - cpu)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return took


def _measured_open(path: Path, built: Took) -> list[Title]:
    start = time.perf_counter()
    store = Store.open(path)
    answer = match(TitleQuery(printed="Severance"), store.titles)
    opened = time.perf_counter() - start
    titles = list(store.titles.all())
    store.close()
    size = path.stat().st_size / 1e6
    print(f"titles {len(titles):,}   build {built.wall:.1f} s ({built.cpu:.1f} s of processor)   {size:.0f} MB")
    print(f"open and first answer {opened * 1000:.1f} ms ({answer.kind})")
    return titles


def _added(titles: TitleStore) -> None:
    times = []
    for number in range(50):
        start = time.perf_counter()
        titles.add([Title(id=f"added:{number}", name=f"Added Quirvane {number}", kind=WorkKind.SERIES, year=2026)])
        times.append(time.perf_counter() - start)
    print(f"adding one title   p50 {statistics.median(times) * 1000:.2f} ms   worst {max(times) * 1000:.2f} ms")


def _timed(titles: TitleStore, asked: Asked) -> tuple[str, Took]:
    """What the matcher makes of one query (right, review, ambiguous, missed, wrong, new), and how long that took."""
    start, cpu = time.perf_counter(), time.thread_time()
    answer = match(TitleQuery(printed=asked.printed, kind=asked.work), titles)
    seconds = Took(time.perf_counter() - start, time.thread_time() - cpu)
    if answer.kind is MatchKind.MATCH:
        return ("right" if answer.title_id == asked.target else "wrong"), seconds
    if answer.kind is MatchKind.REVIEW and asked.target and asked.target not in answer.candidates:
        return "missed", seconds
    return answer.kind.value, seconds


def _speed(passes: Sequence[Sequence[Took]]) -> None:
    """Of each clock the pass with the least p99: another program's turn on the processor is no part of a look-up."""
    print(f"lookup, {len(passes[0]):,} queries, the best of {len(passes)} passes")
    _best("by the clock", [[one.wall for one in took] for took in passes])
    _best("of processor", [[one.cpu for one in took] for took in passes])


def _best(name: str, passes: Sequence[Sequence[float]]) -> None:
    cuts = min((statistics.quantiles(took, n=100) for took in passes), key=lambda each: each[98])
    worst = max(map(max, passes))
    print(f"  {name}   p50 {cuts[49] * 1000:.3f} ms   p99 {cuts[98] * 1000:.3f} ms   worst of all {worst * 1000:.2f} ms")


def _rightness(queries: Sequence[Asked], verdicts: Sequence[str]) -> None:
    print(f"\n{'':26}{'matched':>9}{'review':>9}{'ambig.':>9}{'missed':>9}{'wrong':>9}{'found':>9}")
    for group in ("format", "typo", "unknown"):
        kinds = list(dict.fromkeys(asked.kind for asked in queries if asked.group == group))
        for kind in kinds:
            _line(f"  {kind}", [v for asked, v in zip(queries, verdicts, strict=True) if (asked.group, asked.kind) == (group, kind)])
        _line(group.upper(), [v for asked, v in zip(queries, verdicts, strict=True) if asked.group == group])


def _line(name: str, verdicts: Sequence[str]) -> None:
    seen = Counter(verdicts)
    shares = [seen[kind] / len(verdicts) for kind in ("right", "review", "ambiguous")]
    missed = (seen["missed"] + seen["new"]) / len(verdicts)
    print(f"{name:26}" + "".join(f"{share:9.4f}" for share in (*shares, missed, seen["wrong"] / len(verdicts), shares[0] + shares[1])))


def _beside(queries: Sequence[Asked], verdicts: Sequence[str], titles: Sequence[Title], each: int) -> None:
    """The usual way on some queries of each class, beside ours on the same."""
    names = [utils.default_process(title.name) for title in titles]
    chosen: list[int] = []
    seen: Counter[tuple[str, str]] = Counter()
    for at, asked in enumerate(queries):
        seen[asked.group, asked.kind] += 1
        if seen[asked.group, asked.kind] <= each:
            chosen.append(at)
    start = time.perf_counter()
    usual = [_usual(queries[at], names, titles) for at in chosen]
    seconds = (time.perf_counter() - start) / len(chosen)
    print(f"\nBeside extractOne(WRatio, score_cutoff=90) on {len(chosen)} of the same queries: {seconds * 1000:.0f} ms each")
    print(f"{'':26}{'ours right':>12}{'usual right':>12}{'ours wrong':>12}{'usual wrong':>12}")
    for group in ("format", "typo", "unknown"):
        ours = [verdicts[at] for at in chosen if queries[at].group == group]
        theirs = [verdict for at, verdict in zip(chosen, usual, strict=True) if queries[at].group == group]
        cells = (ours.count("right"), theirs.count("right"), ours.count("wrong"), theirs.count("wrong"))
        print(f"{group:26}" + "".join(f"{cell / len(ours):12.3f}" for cell in cells))


def _usual(asked: Asked, names: Sequence[str], titles: Sequence[Title]) -> str:
    best = process.extractOne(utils.default_process(asked.printed), names, scorer=fuzz.WRatio, score_cutoff=90)
    if best is None:
        return "new"
    return "right" if asked.target and titles[best[2]].id == asked.target else "wrong"


if __name__ == "__main__":
    main()
