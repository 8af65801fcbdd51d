"""`tradewatch report`: the picture of a week."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tradewatch.cli.work import clock, folder_option, opened, writing
from tradewatch.report import Figures, Week, figures, page, week_before, week_named
from tradewatch.report.charts import charts, draw
from tradewatch.tables import whole_file
from tradewatch.types import Excerpt


@click.command()
@folder_option
@click.option("--week", "name", metavar="YYYY-Www", help="The week, such as 2026-W10; the last one that is over if not given.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The HTML file to write; standard output if not given.")
@click.option("--png", type=click.Path(path_type=Path, file_okay=False), help="Also write each chart as a picture into this folder.")
def report(folder: Path, name: str | None, out: Path | None, png: Path | None) -> None:
    """Write what a week announced as one HTML page: types, networks, who was first and how far ahead, verdicts, the busiest titles."""
    now = clock()
    with opened(folder) as work:
        zone = ZoneInfo(work.settings.timezone)
        week = _week(name, zone) if name else week_before(now, zone)
        if week.since > now:
            raise click.BadParameter(f"{week.name} has not begun", param_hint="--week")
        found = figures(week, work.store.exports.announcements(Excerpt(since=week.since, until=week.until)))
    html = page(found, now)
    if out is None:
        click.echo(html)
    else:
        with writing(out), whole_file(out) as file:
            file.write(html.encode())
        click.echo(f"{out}: {week.name}, {found.announcements} announcements", err=True)
    if png is not None:
        _draw(found, png)


def _week(name: str, zone: ZoneInfo) -> Week:
    try:
        return week_named(name, zone)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--week") from None


def _draw(found: Figures, folder: Path) -> None:
    for name, title, bars in charts(found):
        path = folder / f"{found.week.name}-{name}.png"
        with writing(path), whole_file(path) as file:
            draw(title, bars, file)
        click.echo(str(path), err=True)
