"""How rightly reports are made into announcements, on labelled cases, and how quickly beside a million of them.

    python bench/announce.py                          both
    python bench/announce.py --announcements 0        the labelled cases alone
    python bench/announce.py --cases                  and every case that went otherwise than its label

The last run is kept in bench/announce.txt.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from announcement_cases import FORMS, SAID, START, Told, cases, tell, world

from tradewatch.announce import decide, report_of
from tradewatch.announce.identity import block_keys
from tradewatch.announce.kin import own_keys
from tradewatch.announce.ledger import opened
from tradewatch.announce.sources import Outlets
from tradewatch.store import Store
from tradewatch.store.announcement_rows import announcement_row, claim_json, report_row
from tradewatch.store.rows import to_text
from tradewatch.titles.keys import hashed
from tradewatch.types import Claim, ClaimType, Report, Tier


def main() -> None:
    options = _options()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    shared = world()
    told = [tell(case, shared) for case in cases()]
    _rightness("written by hand", [one for one in told if one.case["file"] != FORMS])
    _rightness("plain forms of every type", [one for one in told if one.case["file"] == FORMS])
    if options.cases:
        _flipped(told)
    if options.announcements:
        _speed(options.announcements, shared.outlets)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--announcements", type=int, default=1_000_000, help="in the store, for the speed; 0 for none")
    parser.add_argument("--cases", action="store_true", help="list the cases that went otherwise than their labels")
    return parser.parse_args()


class Pairs:
    """Pairs of reports: how many are one event by label, by the product, and by both."""

    def __init__(self) -> None:
        self.same = self.joined = self.both = self.apart = 0

    def add(self, told: Told) -> None:
        """Count the pairs of a case; reports that the label leaves to an editor are in no pair."""
        for (event, place), (other, other_place) in itertools.combinations(_rows(told), 2):
            joined = place is not None and place == other_place
            self.same += event == other
            self.apart += event != other
            self.joined += joined
            self.both += joined and event == other

    def line(self) -> str:
        precision = self.both / self.joined if self.joined else 1.0
        recall = self.both / self.same if self.same else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        over = (self.joined - self.both) / self.apart if self.apart else 0.0
        return f"precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  over-merged {over:.4f} of {self.apart}"


def _rows(told: Told) -> list[tuple[str, str | None]]:
    """(event by label, announcement) of each report that the label places."""
    labelled = zip(told.case["events"], told.placed, strict=True)
    return [(event, place.announcement) for event, place in labelled if event.isupper()]


def _rightness(name: str, told: Sequence[Told]) -> None:
    every = Pairs()
    by_type: defaultdict[str, Pairs] = defaultdict(Pairs)
    by_file: defaultdict[str, Pairs] = defaultdict(Pairs)
    for one in told:
        for pairs in (every, by_type[one.case["claim"]["type"]], by_file[one.case["file"]]):
            pairs.add(one)
    print(f"\n{len(told)} cases {name}, {sum(len(one.placed) for one in told)} reports")
    for group in (by_file if len(by_file) > 1 else {}, by_type):
        for key in sorted(group):
            print(f"  {key:16} {group[key].line()}")
        print()
    print(f"  {'ALL':16} {every.line()}")
    print(f"  {'B-cubed':16} {_b_cubed(told)}")
    _labels(told)


def _labels(told: Sequence[Told]) -> None:
    """How many of the labels about more than pairs are met."""
    for what in SAID:
        met = [one.said(what, event) == label for one in told for event, label in one.case.get(what, {}).items()]
        if met:
            print(f"  {what + ' right':16} {statistics.mean(met):.4f} of {len(met)}")
    doubts = [pair for one in told for pair in zip(one.case["events"], one.events, strict=True)]
    asked = sum(not label.isupper() for label, _ in doubts)
    left = [mine for label, mine in doubts if not label.isupper() and not mine.isupper()]
    needless = sum(label.isupper() and not mine.isupper() for label, mine in doubts)
    print(f"  to an editor     {len(left)} of {asked} that are for one, {needless} of {len(doubts) - asked} that are not")
    print(f"  cases right      {statistics.mean(not any(one.differences()) for one in told):.4f} of {len(told)}")


def _b_cubed(told: Sequence[Told]) -> str:
    """B-cubed: over reports, how much of each one's announcement and event overlap."""
    precision, recall = [], []
    for one in told:
        rows = [(event, place or f"alone {at}") for at, (event, place) in enumerate(_rows(one))]
        for event, place in rows:
            both = sum(other == (event, place) for other in rows)
            precision.append(both / sum(other[1] == place for other in rows))
            recall.append(both / sum(other[0] == event for other in rows))
    mean = statistics.mean(precision), statistics.mean(recall)
    return f"precision {mean[0]:.4f}  recall {mean[1]:.4f}  F1 {2 * mean[0] * mean[1] / sum(mean):.4f}"


def _flipped(told: Sequence[Told]) -> None:
    for one in told:
        for what, mine, label in one.differences():
            print(f"{one.case['id']} ({one.case['why']})\n    {what}: {mine} where the label says {label}")


# Speed

Row = dict[str, Any]
PASSES = 5
TYPES = (ClaimType.RENEWAL, ClaimType.CASTING, ClaimType.PREMIERE_DATE, ClaimType.ROLE_ATTACHED)


def _speed(count: int, names: Outlets) -> None:
    with tempfile.TemporaryDirectory(prefix="tradewatch-bench-") as folder:
        store = Store.open(Path(folder) / "announcements.db", create=True)
        start = time.perf_counter()
        _fill(store, count, names)
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        print(f"\n{count:,} announcements in the store ({time.perf_counter() - start:.0f} s, {size:.0f} MB)")
        for wanted in (0, 1, 5, 20, 50):
            _grow(store, names, wanted)
            _measure(store, names, wanted)
        store.close()


def _claim(number: int, work: int) -> Claim:
    kind = TYPES[number % len(TYPES)]
    claim = Claim(type=kind, title=f"Work {work}", title_id=f"bench:{work}", network="NBC")
    if kind is ClaimType.RENEWAL:
        return replace(claim, seasons=(number % 9 + 1,))
    if kind is ClaimType.PREMIERE_DATE:
        return replace(claim, date="2026-05-01")
    return replace(claim, person=f"Person{number % 977} Surname{number % 9973}", role="director")


def _report(claim: Claim, number: int, names: Outlets, when: dt.datetime, outlet: str = "Deadline") -> Report:
    return report_of(
        claim, claim_id=f"claim-{outlet}-{number}", article_id=f"article-{number}", outlet=outlet, tier=Tier.TRADE,
        url=f"https://example.test/{number}", reported_at=when, outlets=names,
    )  # fmt: skip


def _announcement(number: int, work: int, names: Outlets) -> dict[str, list[Row]]:
    """The rows of an announcement of one report, by table."""
    claim = _claim(number, work)
    when = START + dt.timedelta(minutes=number % 500_000)
    decision = decide(claim, _report(claim, number, names, when), (), when)
    made = opened(claim, decision, f"bench:{work}")
    found_by = (*block_keys(claim, made.work), *(f"akin|{key}" for key in own_keys(claim, made.work)))
    version = {"announcement": made.id, "version": 1, "value": claim_json(made.value), "rivals": "[]", "certainty": "confirmed"}
    return {
        "announcement": [announcement_row(made)],
        "announcement_report": [report_row(claim, decision, made.work) | {"announcement": made.id, "decided_at": to_text(when)}],
        "announcement_key": [{"hash": hashed(key), "announcement": made.id} for key in set(found_by)],
        "announcement_version": [version | {"because": "new", "reasons": "[]", "at": to_text(when)}],
    }


def _fill(store: Store, count: int, names: Outlets) -> None:
    """Announcements of one report each, about four of them to a work."""
    for start in range(0, count, 10_000):
        made = [_announcement(number, number % (count // 4), names) for number in range(start, min(start + 10_000, count))]
        with store.transaction():
            for table in made[0]:
                _insert(store, table, [row for one in made for row in one[table]])


def _insert(store: Store, table: str, rows: Sequence[Row]) -> None:
    columns = list(rows[0])
    marks = ", ".join(f":{column}" for column in columns)
    store.db.conn.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _grow(store: Store, names: Outlets, wanted: int) -> None:
    """A work with so many renewals."""
    for season in range(1, wanted + 1):
        claim = replace(_claim(0, 0), title=f"Grown {wanted}", title_id=f"grown:{wanted}", seasons=(season,))
        report = _report(claim, 10**9 + wanted * 1000 + season, names, START)
        decision = decide(claim, report, (), START, networks=names.networks)
        store.announcements.apply(decision, claim, f"grown:{wanted}", START)


def _measure(store: Store, names: Outlets, wanted: int) -> None:
    """Reading what is comparable and akin and deciding, for a claim on a work with so many announcements: the best of some passes."""
    passes = [[_decision(store, names, wanted, number) for number in range(300)] for _ in range(PASSES)]
    cells = []
    for name, at in (("by the clock", 0), ("of processor", 1)):
        cuts = [statistics.quantiles([took[at] for took in one], n=100) for one in passes]
        best = min(cuts, key=lambda each: each[98])
        cells.append(f"{name} p50 {best[49] * 1000:.3f} ms p99 {best[98] * 1000:.3f} ms")
    print(f"  {wanted:3} comparable   {'   '.join(cells)}")


def _decision(store: Store, names: Outlets, wanted: int, number: int) -> tuple[float, float]:
    """Seconds by the clock and of processor that one decision took."""
    work = f"grown:{wanted}"
    claim = replace(_claim(0, 0), title_id=work, seasons=(number % max(wanted, 1) + 1,))
    report = _report(claim, number, names, START + dt.timedelta(hours=3), outlet="TVLine")
    start, used = time.perf_counter(), time.thread_time()
    candidates = store.announcements.comparable(claim, work)
    akin = store.announcements.akin(claim, work)
    decide(claim, report, candidates, START + dt.timedelta(days=1), networks=names.networks, akin=akin)
    took = time.perf_counter() - start, time.thread_time() - used
    assert len(candidates) == wanted
    return took


if __name__ == "__main__":
    main()
