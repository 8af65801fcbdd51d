"""How quickly a million claims leave the store, and in how much memory, beside pandas and sqlite3's own program on the same query.

    python bench/exports.py                  a synthetic database (some minutes), then every format and every peer
    python bench/exports.py --claims 20000   a quick look

Each contestant runs in a process of its own, one after the other; `peak` is the greatest resident memory of that process. The peers run the
statement that the store runs (all slots, the article, the standing verdict), so that they do the same reading; they make no plain-English
detail, no local times and no manifest. pandas is asked as its documentation has it (`read_sql`, then `to_csv`), and in chunks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tradewatch.export import TABLES
from tradewatch.store import Store
from tradewatch.store.exports import CLAIM_ROWS
from tradewatch.store.rows import claim_row, pack
from tradewatch.tables import FORMATS, write_table
from tradewatch.types import Claim, ClaimType, Excerpt

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
WORDS = ("amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbor", "island", "juniper", "=kestrel()", "@midnight", "-30-")
NETWORKS = ("Hulu", "Netflix", "NBC", "BBC One", "AMC", "Starz")
BODY = "The company said on Monday that the show is among its plans for the year. Nobody at the studio would say more. " * 8
BATCH = 10_000


def seeded(path: Path, claims: int) -> None:
    """A database with so many claims, four to an article, each with its words; a tenth of them with a verdict."""
    store = Store.open(path, create=True)
    run, chance = store.db.conn, random.Random(7)
    with store.transaction():
        run.execute("INSERT INTO snapshot VALUES ('s', x'', 0)")
        for first in range(0, claims, BATCH):
            numbers = range(first, min(first + BATCH, claims))
            articles = [_article(number) for number in numbers if number % 4 == 0]
            run.executemany(f"INSERT INTO article VALUES ({','.join('?' * 17)})", articles)
            rows = [_claim(number, chance) for number in numbers]
            names = ", ".join(rows[0])
            run.executemany(f"INSERT INTO claim ({names}) VALUES ({', '.join(':' + name for name in rows[0])})", rows)
            run.executemany("INSERT INTO evidence VALUES (?, 1, 0, 'headline', 0, 20, ?)", [(row["id"], row["title"]) for row in rows])
            verdicts = [(f"c{number:08}", f"2026-02-02T{number % 24:02}:00:00.000000Z") for number in numbers if number % 10 == 0]
            run.executemany(
                "INSERT INTO verdict (subject, action, editor, decided_at, changes) VALUES (?, 'accept', 'ada', ?, '[]')", verdicts
            )
    store.close()


def _article(number: int) -> tuple[object, ...]:
    at = f"2026-01-{number % 28 + 1:02}T{number % 24:02}:15:00.000000Z"
    url = f"https://outlet.example/2026/01/{number}"
    texts = (f"Hulu renews show {number}", "", BODY, "[]", "[]")
    return (f"a{number:08}", 1, "outlet", "Slateline", url, *texts, None, at[:10], at, at, "s", f"{number}", None)


def _claim(number: int, chance: random.Random) -> dict[str, object]:
    title = " ".join(chance.choices(WORDS, k=3))
    kind = chance.choice(tuple(ClaimType))
    told = Claim(
        type=kind, title=title, seasons=(number % 9 + 1,), network=chance.choice(NETWORKS), person="Ada Vale", date="2026-06-18",
        confidence=0.89, rule=f"{kind}.active", attribution=("Slateline",),
    )  # fmt: skip
    place = {"id": f"c{number:08}", "article_id": f"a{number - number % 4:08}", "first_revision": 1, "last_revision": 1}
    return claim_row(told) | place | {"match_kind": "new", "match_reasons": pack(["no title is like it"])}


def ours(form: str, path: Path, out: Path) -> int:
    store = Store.open(path)
    table = TABLES["claims"]
    return write_table(out, FORMATS[form], table.columns, table.rows(store, Excerpt(), ZoneInfo("America/New_York")), NOW).rows


def pandas_whole(path: Path, out: Path) -> int:
    import pandas

    with sqlite3.connect(path) as db:
        frame = pandas.read_sql(CLAIM_ROWS, db)
    frame.to_csv(out, index=False)
    return len(frame)


def pandas_chunks(path: Path, out: Path) -> int:
    import pandas

    written = 0
    with sqlite3.connect(path) as db:
        for chunk in pandas.read_sql(CLAIM_ROWS, db, chunksize=BATCH):
            chunk.to_csv(out, mode="a", header=not written, index=False)
            written += len(chunk)
    return written


def sqlite3_program(path: Path, out: Path) -> int:
    with out.open("wb") as file:
        subprocess.run(["sqlite3", "-csv", "-header", str(path), CLAIM_ROWS], stdout=file, check=True)
    with sqlite3.connect(path) as db:
        return int(db.execute("SELECT count(*) FROM claim").fetchone()[0])


Contestant = Callable[[Path, Path], int]
PEERS: dict[str, Contestant] = {"pandas read_sql + to_csv": pandas_whole, "pandas, in chunks": pandas_chunks}


def contestants(claims: int) -> Iterator[tuple[str, Contestant]]:
    for form in FORMATS:
        if form != "xlsx" or claims <= 1_048_575:
            yield form, lambda path, out, form=form: ours(form, path, out)  # type: ignore[misc]
    yield from PEERS.items()
    if shutil.which("sqlite3"):
        yield "sqlite3 -csv", sqlite3_program


def measured(run: Contestant, path: Path, out: Path) -> tuple[int, float, int]:
    """(rows, seconds, peak KiB) of one contestant, in a process of its own."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as told:
            words = told.read().split()
        os.waitpid(child, 0)
        return int(words[0]), float(words[1]), int(words[2])
    start = time.perf_counter()
    rows = run(path, out)
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    os.write(writing, f"{rows} {seconds} {peak}".encode())
    os._exit(0)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=1_000_000)
    count = options.parse_args().claims
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "tradewatch.db"
        start = time.perf_counter()
        if child := os.fork():  # so that what the making of it held does not count for those who read it
            os.waitpid(child, 0)
        else:
            seeded(path, count)
            os._exit(0)
        took, size = time.perf_counter() - start, path.stat().st_size / 2**20
        print(f"{count:,} claims, {size:,.0f} MiB, made in {took:.0f} s; Python {sys.version.split()[0]}\n")
        print(f"{'':26}{'rows':>10}{'seconds':>9}{'rows/s':>10}{'peak MiB':>10}{'file MiB':>10}")
        for number, (name, run) in enumerate(contestants(count)):
            out = Path(scratch) / f"out{number}"
            rows, seconds, peak = measured(run, path, out)
            size = out.stat().st_size / 2**20
            print(f"{name:26}{rows:>10,}{seconds:>9.1f}{rows / seconds:>10,.0f}{peak / 1024:>10.0f}{size:>10.0f}", flush=True)
            out.unlink()


if __name__ == "__main__":
    main()
