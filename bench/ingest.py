"""How quickly 300 sources of 30 items are read: beside the `reader` library, over one local server, in one run.

    python bench/ingest.py                        three runs of each, medians
    python bench/ingest.py --runs 1 --sources 60  less

`reader` fetches, parses and stores entries. Ours stores articles, extracts their claims and makes announcements of them on top. Everything
stays on this machine, in temporary folders that are removed. The last run is kept in bench/ingest.txt.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ingest_runs import NEWEST, PHASES
from ingest_server import serving

CONTESTANTS = ("reader", "tradewatch")
TARGETS = {"cold": 1.5, "unchanged": 1.2, "one new item each": 1.5}
PATIENCE = 300.0
"""Seconds that one contestant may take for its three phases."""

Told = dict[str, Any]


def main() -> None:
    options = _options()
    with serving(options.sources, options.items, NEWEST) as server:
        runs = [{name: _run(name, server, options.sources) for name in CONTESTANTS} for _ in range(options.runs)]
    print(f"{options.sources} sources × {options.items} items, median of {options.runs} (least to most)\n")
    print(f"{'':18} {'':10} {'wall s':>18} {'CPU s':>8} {'requests':>8} {'304':>5} {'MB':>6}  learned")
    for number, (phase, _) in enumerate(PHASES):
        told = {name: [run[name][number] for run in runs] for name in CONTESTANTS}
        for name in CONTESTANTS:
            _line(phase if name == CONTESTANTS[0] else "", name, told[name])
        ratio, cpu = (_ratio(told, key) for key in ("wall", "cpu"))
        print(f"{'':18} ours is {ratio:.2f} × as fast (target {TARGETS[phase]}), at {1 / cpu:.2f} × the CPU\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=300)
    parser.add_argument("--items", type=int, default=30, help="items in each feed")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contestant, one after the other in turn")
    return parser.parse_args()


def _run(name: str, server: str, sources: int) -> list[Told]:
    """The phases of one contestant, in a fresh process and a fresh folder."""
    with tempfile.TemporaryDirectory(prefix="tradewatch-bench-") as folder:
        command = [sys.executable, str(Path(__file__).with_name("ingest_runs.py")), name, server, str(sources), folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _line(phase: str, name: str, told: list[Told]) -> None:
    walls = sorted(one["wall"] for one in told)
    wall = f"{statistics.median(walls):.2f} ({walls[0]:.2f} to {walls[-1]:.2f})"
    cpu, last = statistics.median(one["cpu"] for one in told), told[-1]
    learned = ", ".join(f"{count} {what}" for what, count in last["learned"].items())
    print(f"{phase:18} {name:10} {wall:>18} {cpu:8.2f} {last['requests']:8} {last['not_modified']:5} {last['bytes'] / 1e6:6.2f}  {learned}")


def _ratio(told: dict[str, list[Told]], key: str) -> float:
    """How many times ours the other's is: the median over runs, each compared with its neighbour in time."""
    return statistics.median(float(theirs[key] / ours[key]) for theirs, ours in zip(told["reader"], told["tradewatch"], strict=True))


if __name__ == "__main__":
    main()
