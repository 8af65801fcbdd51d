"""`tradewatch digest`: what changed, sent to those who asked for it or looked at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tradewatch.cli import Exit
from tradewatch.cli.lock import sending
from tradewatch.cli.network import newsroom, post_office
from tradewatch.cli.work import Work, clock, folder_option, json_option, opened, printed, said_plainly, writing
from tradewatch.config import FORMATS, did_you_mean
from tradewatch.digest import lines, table, write_file
from tradewatch.digest.draft import draft
from tradewatch.digest.parcel import file_of, window_of
from tradewatch.digest.run import Send, freeze, hand_over, is_due, send_again
from tradewatch.digest.schedule import following, scheduled
from tradewatch.digest.telling import summary
from tradewatch.store.queue import SOON
from tradewatch.tables import FORMATS as TABLES
from tradewatch.types import DeliveryState, Digest, Dispatch

_AGO = re.compile(r"(\d+)([hdw])")
_TIMES = ("at", "next_at")
_UNITS = {"h": dt.timedelta(hours=1), "d": dt.timedelta(days=1), "w": dt.timedelta(weeks=1)}


class Since(click.ParamType[dt.datetime]):
    """A moment: `36h`, `7d`, `2w` ago, or a date or time in ISO 8601 (UTC where it names no zone)."""

    name = "when"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The UTC time that is meant."""
        text = str(value)
        if ago := _AGO.fullmatch(text):
            return clock() - int(ago[1]) * _UNITS[ago[2]]
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is neither a length of time such as 7d nor a date such as 2026-03-02", param, ctx)
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@click.group()
def digest() -> None:
    """Look at digests, run them, and see how their deliveries went."""


@digest.command()
@folder_option
@click.option("--since", type=Since(), default="7d", show_default=True, help="What was learned since then: 36h, 7d, 2w or a date.")
@click.option("--format", "form", type=click.Choice(list(TABLES)), default="csv", show_default=True, help="The format of the table.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output if not given.")
@click.option("--save", is_flag=True, help="Write digest-<today> into the folder that the setting `out` names.")
def show(folder: Path, since: dt.datetime, form: str, out: Path | None, save: bool) -> None:
    """Write the announcements learned since a time as a table, one row for each."""
    with opened(folder) as work:
        found, now = lines(work.store, since), clock()
        zone = ZoneInfo(work.settings.timezone)
        target = work.settings.out / f"digest-{now.astimezone(zone):%Y-%m-%d}{TABLES[form].suffix}" if save else out
        if target is None:
            click.echo(table(found, zone, form), nl=False)
        else:
            with writing(target):
                write_file(found, zone, target, now, since, form)
            click.echo(f"{target}: {len(found)} announcements since {since:%Y-%m-%d %H:%M} UTC", err=True)


@digest.command("list")
@folder_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    """List the digests of digests.toml: when each runs, and how its last issue went."""
    with opened(folder) as work:
        for one in work.digests:
            row = _standing(work, one)
            words = f"{one.id}: {one.title} · {row['times']} · {row['last'] or 'never ran'}"
            printed(row, words + (f" · next {row['next']}" if row["next"] else ""), as_json)
        if not work.digests:
            click.echo(f"no digests yet: {folder / 'digests.toml'} says how to write one", err=True)


@digest.command()
@folder_option
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The form to show it in.")
def preview(folder: Path, name: str, form: str) -> None:
    """Write to standard output what a digest would send now. Nothing is sent, and nothing written down."""
    with opened(folder) as work:
        work.store.queue.catch_up(clock(), most=SOON)
        issue = draft(newsroom(work), named(work.digests, [name])[0], clock())
        click.echo(file_of(issue, form).body(), nl=False)


@digest.command()
@folder_option
@json_option
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--due", is_flag=True, help="Those that their schedule says are due, as `tradewatch run` does.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, send nothing.")
def run(folder: Path, as_json: bool, names: tuple[str, ...], due: bool, dry_run: bool) -> None:
    """Send digests now: what changed since the last issue of each. Exits with 4 when a delivery failed.

    Deliveries of earlier issues that are not done are tried again first. Where a run was killed, its issue is sent as it was frozen.
    """
    if bool(names) == due:
        raise click.UsageError("name the digests to run, or say --due")
    with opened(folder) as work, sending(work.settings.database, "digest run"), post_office(work) as send:
        now = clock()
        chosen = named(work.digests, names) if names else work.digests
        if dry_run:
            work.store.queue.catch_up(now, most=SOON)
            for one in chosen:
                if names or is_due(work.store, one, now):
                    click.echo(f"{one.id}: {summary(draft(newsroom(work), one, now))}")
            return
        ended = list(by_hand(work, chosen, send, now) if names else by_schedule(work, send, now))
        for dispatch in ended:
            printed(asdict(dispatch), worded(dispatch), as_json)
    if any(dispatch.state is not DeliveryState.DELIVERED for dispatch in ended):
        raise click.exceptions.Exit(Exit.PARTIAL)


def by_hand(work: Work, digests: Iterable[Digest], send: Send, now: dt.datetime) -> Iterator[Dispatch]:
    """Finish what is not done of some digests, and send an issue of each; where a run was killed, it is that run's."""
    for one in digests:
        killed = any(left.state is DeliveryState.WAITING for left in work.store.issues.outstanding(one.id))
        yield from hand_over(work.store, work.digests, send, now, only=one.id, all_now=True)
        if not killed:
            yield from _issued(work, one, send, now)


def by_schedule(work: Work, send: Send, now: dt.datetime) -> Iterator[Dispatch]:
    """Try again what is due for that, and send the digests that are due."""
    yield from hand_over(work.store, work.digests, send, now)
    for one in work.digests:
        if time := is_due(work.store, one, now):
            yield from _issued(work, one, send, now, time)


def _issued(work: Work, one: Digest, send: Send, now: dt.datetime, time: dt.datetime | None = None) -> Iterator[Dispatch]:
    issue = freeze(newsroom(work), one, now, scheduled_for=time)
    click.echo(f"{issue.slug}: {summary(issue)}", err=True)
    yield from hand_over(work.store, work.digests, send, now, only=one.id)


@digest.command()
@folder_option
@json_option
@click.argument("name", metavar="ID")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--to", "only", metavar="NAME", help="This delivery alone, as `digest history` names it.")
def resend(folder: Path, as_json: bool, name: str, number: int, only: str | None) -> None:
    """Send an issue once more, exactly as it was. Exits with 4 when a delivery failed."""
    with opened(folder) as work, sending(work.settings.database, "digest resend"), post_office(work) as send, said_plainly():
        named(work.digests, [name])
        send_again(work.store, name, number, only=only)
        ended = [one for one in hand_over(work.store, work.digests, send, clock(), only=name) if one.number == number]
        for dispatch in ended:
            printed(asdict(dispatch), worded(dispatch), as_json)
    if any(dispatch.state is not DeliveryState.DELIVERED for dispatch in ended):
        raise click.exceptions.Exit(Exit.PARTIAL)


@digest.command()
@folder_option
@json_option
@click.argument("name", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many issues.")
def history(folder: Path, as_json: bool, name: str | None, limit: int) -> None:
    """List the newest issues, newest first, with how each delivery went."""
    with opened(folder) as work:
        for issue in work.store.issues.issues(name, limit=limit):
            dispatches = work.store.issues.dispatches(issue.digest, issue.number)
            row = {**window_of(issue), "summary": summary(issue), "deliveries": [asdict(one) for one in dispatches]}
            words = [f"{issue.slug}: {issue.frozen_at:%Y-%m-%d %H:%M} UTC · {summary(issue)}", *(f"  {worded(one)}" for one in dispatches)]
            printed(row, "\n".join(words), as_json)


def worded(dispatch: Dispatch) -> str:
    """A delivery in a line: `tv-0007 smtp:ada@example.com: failed, the mail server hung up; next try 02 Mar 17:04 UTC`."""
    parts = [dispatch.state.value.replace("_", " "), *([dispatch.reason] if dispatch.reason else [])]
    tries = f" ({dispatch.tries} tries)" if dispatch.tries > 1 else ""
    again = f"; next try {dispatch.next_at:%d %b %H:%M} UTC" if dispatch.next_at else ""
    return f"{dispatch.digest}-{dispatch.number:04} {dispatch.target}: {', '.join(parts)}{tries}{again}"


def asdict(dispatch: Dispatch) -> dict[str, object]:
    """A delivery as JSON values."""
    times = {name: time.isoformat() if (time := getattr(dispatch, name)) else None for name in _TIMES}
    return dataclasses.asdict(dispatch) | times


def named(digests: Sequence[Digest], ids: Iterable[str]) -> list[Digest]:
    """The digests of these ids; an unknown one is a usage error."""
    known = {one.id: one for one in digests}
    for name in ids:
        if name not in known:
            raise click.BadParameter(f"there is no digest {name!r}{did_you_mean(name, known)}", param_hint="ID")
    return [known[name] for name in ids]


def _standing(work: Work, one: Digest) -> dict[str, str]:
    last, coming = work.store.issues.last(one.id), following(one.schedule, clock())
    undone = len(work.store.issues.outstanding(one.id))
    told = f"{last.slug}, {last.frozen_at:%Y-%m-%d %H:%M} UTC: {summary(last)}" if last else ""
    zone = ZoneInfo(one.schedule.zone)
    return {
        "id": one.id,
        "title": one.title,
        "times": scheduled(one.schedule),
        "last": told + (f"; {undone} deliveries not done" if undone else ""),
        "next": f"{coming.astimezone(zone):%Y-%m-%d %H:%M %Z}" if coming else "",
    }
