"""`tradewatch demo`: the whole pipeline over a bundled newsroom, with real HTTP and a real database, offline."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tradewatch.cli.compose import desk
from tradewatch.cli.digest import by_hand
from tradewatch.cli.lock import polling
from tradewatch.cli.network import post_office
from tradewatch.cli.work import Work, clock, opened
from tradewatch.config import bundled, load_settings, load_starter_titles
from tradewatch.demo.desk import desk_files
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import NewsroomServer, serve
from tradewatch.digest import Change, Line, lines, write_file
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import PollRecord
from tradewatch.wording import predicate

MARK = "this folder was made by tradewatch demo and is made anew by it\n"


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Where the demo works; made anew each time.",
)
def demo(folder: Path) -> None:
    """Poll a bundled newsroom of twelve invented outlets over local HTTP, twice, then its second edition; show the digest."""
    newsroom = load_newsroom(bundled("newsroom"))
    with serve(newsroom) as server:
        _prepare(folder, server)
        with opened(folder) as work, polling(work.settings.database, "demo"), desk(work) as composed:
            begun = clock()
            _poll(composed, work, "first edition")
            _send(work)
            server.reset_counts()
            _poll(composed, work, "the same again")
            click.echo(f"  answered by the newsroom: {_answers(server)}", err=True)
            server.switch_edition(2)
            _poll(composed, work, "second edition")
            _send(work)
            found, zone, out = lines(work.store, begun), ZoneInfo(work.settings.timezone), work.settings.out / "digest.csv"
            write_file(found, zone, out, clock(), begun)
    click.echo("\n\n".join(_told(line, zone) for line in found))
    click.echo(f"\n{len(found)} announcements, from {out}", err=True)
    click.echo(f"What changed between the editions: {out.with_name('demo-0002.md')}, and in other forms beside it", err=True)
    click.echo(f"Look closer: tradewatch announcements list --folder {folder}", err=True)


def _prepare(folder: Path, server: NewsroomServer) -> None:
    """A fresh working folder: the newsroom's port, and so every address in the database, is another each time."""
    mark = folder / "DEMO"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise click.BadParameter(f"{folder} is not empty and not a demo's; name another folder", param_hint="--folder")
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK, encoding="utf-8")  # first in and never out: a demo killed half-way still knows its folder
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left != mark:
            left.unlink()
    networks = (bundled("config") / "networks.toml").read_text(encoding="utf-8")
    for name, text in desk_files(bundled("newsroom"), server.newsroom, networks, server.base).items():
        (folder / name).write_text(text, encoding="utf-8")
    store = Store.open(load_settings(folder).database, create=True)
    store.titles.add(load_starter_titles(folder))
    store.close()


def _poll(composed: Desk, work: Work, name: str) -> None:
    records = list(poll(composed, work.sources, clock()))
    outcomes = Counter(record.outcome.value.replace("_", " ") for record in records)
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    click.echo(f"{name}: {len(records)} sources ({told}); {_sum(records)}", err=True)


def _send(work: Work) -> None:
    """What changed since the last issue, into the folder of digests."""
    with post_office(work) as send:
        list(by_hand(work, work.digests, send, clock()))


def _sum(records: list[PollRecord]) -> str:
    dropped: Counter[str] = Counter()
    for record in records:
        dropped.update(dict(record.dropped))
    counts = {
        "new articles": sum(record.new for record in records),
        "revised": sum(record.revised for record in records),
        "claims": sum(record.claims for record in records),
        **dropped,
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing new"


def _answers(server: NewsroomServer) -> str:
    statuses: Counter[int] = Counter()
    for (_, status), count in server.counts().items():
        statuses[status] += count
    return ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))


def _told(line: Line, zone: dt.tzinfo) -> str:
    """An announcement as a person reads it: what, how sure, who first, who else, the words and where they stand."""
    one, value = line.announcement, line.announcement.value
    flag = "" if line.change is Change.NEW else f"[{line.change.upper()}] "
    flag = "[REVERSED SINCE] " if line.undone_by else flag
    first = f"{one.first_seen.astimezone(zone):%d %b %H:%M} {' and '.join(line.leaders)}"
    others = f"; then {', '.join(line.others)}" if line.others else ""
    origins = f" ({len(one.outlets)} outlets, {len(one.origins)} origin{'s' * (len(one.origins) != 1)})" if line.others else ""
    words = line.proof.claim.evidence[0].quote
    heading = click.style(f"{flag}{value.title or value.person}", bold=True)
    return f"{heading}: {predicate(value)} · {one.certainty}\n  {first}{others}{origins}\n  “{words}”\n  {line.first[0].url}"
