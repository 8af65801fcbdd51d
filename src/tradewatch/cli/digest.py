"""`tradewatch digest`: what was announced in a period, as CSV."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tradewatch.cli.work import clock, folder_option, opened
from tradewatch.digest import lines, table, write_csv

_AGO = re.compile(r"(\d+)([hdw])")
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


@click.command()
@folder_option
@click.option("--since", type=Since(), default="7d", show_default=True, help="What was learned since then: 36h, 7d, 2w or a date.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output if not given.")
@click.option("--save", is_flag=True, help="Write digest-<today>.csv into the folder that the setting `out` names.")
def digest(folder: Path, since: dt.datetime, out: Path | None, save: bool) -> None:
    """Write the announcements learned since a time as CSV, one row for each."""
    with opened(folder) as work:
        found = lines(work.store, since)
        zone = ZoneInfo(work.settings.timezone)
        target = work.settings.out / f"digest-{clock().astimezone(zone):%Y-%m-%d}.csv" if save else out
        if target is None:
            click.echo(table(found, zone), nl=False)
        else:
            write_csv(found, zone, target)
            click.echo(f"{target}: {len(found)} announcements since {since:%Y-%m-%d %H:%M} UTC", err=True)
