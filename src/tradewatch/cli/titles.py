"""`tradewatch titles`: import, search and mend known titles."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from dataclasses import asdict
from pathlib import Path

import click

from tradewatch.announce import Outlets, doubles
from tradewatch.cli import Exit
from tradewatch.cli.work import Work, clock, folder_option, json_option, opened, said_plainly
from tradewatch.store.title_imports import ImportReport
from tradewatch.titles import TitleQuery, match, newcomer
from tradewatch.titles.importers import FORMATS, recognised, rows
from tradewatch.titles.readings import country_code
from tradewatch.types import ALIAS_KINDS, Alias, AliasKind, Announcement, Title, WorkKind
from tradewatch.wording import predicate

MOST_TOLD = 10_000
"""Announcements of one work."""
MOST_SHOWN = 20
"""Broken rows printed one by one; more are only counted."""

editor_option = click.option("--editor", default=getpass.getuser, help="Who decides; your login name if not given.")
_day = click.DateTime(["%Y-%m-%d"])


@click.group()
def titles() -> None:
    """Import, search and mend known titles."""


@titles.command("import")
@folder_option
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), help="Recognised from the file if not given.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def import_titles(context: click.Context, folder: Path, format_name: str | None, files: tuple[Path, ...]) -> None:
    """Read titles from IMDb, TVmaze, TMDB, Wikidata or plain CSV files, gzipped or not.

    Known titles are brought up to date, and reading a file twice changes nothing. A broken row is reported with its line and left out;
    the exit status is then 4.
    """
    broken = 0
    with opened(folder) as work:
        for stopped in work.store.title_imports.interrupted():
            again = ", and begins again now" if stopped.file in {str(path.resolve()) for path in files} else "; read it again"
            click.echo(f"An import of {stopped.file} stopped after {stopped.rows:,} rows{again}.", err=True)
        for path in files:
            broken += _import(work, path, format_name or recognised(path))
    context.exit(Exit.PARTIAL if broken else Exit.OK)


def _import(work: Work, path: Path, format_name: str) -> int:
    """Read one file; returns how many of its rows were broken."""
    shown = 0

    def progress(report: ImportReport) -> None:
        nonlocal shown
        for line, problem in report.broken[shown:MOST_SHOWN]:
            click.echo(f"{path}: line {line}: {problem}", err=True)
        shown = min(len(report.broken), MOST_SHOWN)
        if report.rows % 100_000 == 0:
            click.echo(f"{path.name}: {report.rows:,} rows, {report.changes.added:,} titles added", err=True)

    report = work.store.title_imports.read(
        rows(path, format_name), file=str(path.resolve()), format_name=format_name, now=clock(), progress=progress
    )
    changes = report.changes
    click.echo(f"{path}: {report.rows:,} rows: {changes.added:,} added, {changes.changed:,} changed, {changes.unchanged:,} known already")
    for reason, count in report.left_out.most_common():
        if count:
            click.echo(f"  left out {count:,}: {reason}")
    if report.broken:
        click.echo(f"  broken {len(report.broken):,}: left out, the first {shown} are listed above")
    return len(report.broken)


@titles.command()
@folder_option
@json_option
@click.option("--limit", default=20, show_default=True, help="At most so many.")
@click.argument("text")
def search(folder: Path, as_json: bool, limit: int, text: str) -> None:
    """What the matcher makes of TEXT as a printed title, and the titles that contain it."""
    with opened(folder) as work:
        store = work.store.titles
        if pending := store.pending():
            click.echo(f"{pending:,} titles cannot be found yet: an import stopped; run it again.", err=True)
        answer = match(TitleQuery(printed=text), store)
        named = [store.get(title_id) for title_id in (answer.title_id, *answer.candidates) if title_id]
        found = {title.id: title for title in (*named, *store.containing(text, limit)) if title}
        if not as_json:
            click.echo(f"{answer.kind}: {'; '.join(answer.reasons)}", err=True)
        for title in list(found.values())[:limit]:
            click.echo(json.dumps(_row(title), ensure_ascii=False) if as_json else _line(title))


@titles.command()
@folder_option
@json_option
@click.argument("title_id", metavar="TITLE")
def show(folder: Path, as_json: bool, title_id: str) -> None:
    """A title with its names, what editors did to it, and the timeline of its announcements."""
    with opened(folder) as work:
        title = _title(work, title_id)
        told = sorted(work.store.announcements.find(work=title.id, limit=MOST_TOLD), key=lambda one: one.first_seen)
        if as_json:
            timeline = [_event(one) for one in told]
            click.echo(json.dumps(_row(title) | {"announcements": timeline}, ensure_ascii=False))
            return
        click.echo(_line(title))
        for alias in title.aliases:
            click.echo(f"  {alias.kind}: {alias.name}{_held(alias)}")
        for authority, number in title.external_ids:
            click.echo(f"  {authority}: {number}")
        for edit in work.store.title_edits.log(title.id):
            click.echo(f"  {edit.at:%Y-%m-%d %H:%M} {edit.action} by {edit.editor}: {json.dumps(edit.detail, ensure_ascii=False)}")
        for one in told:
            click.echo(f"  {one.first_seen:%Y-%m-%d}  {one.certainty:9}  {predicate(one.value)}  [{', '.join(one.outlets)}]")


@titles.command()
@folder_option
@editor_option
@click.option("--kind", type=click.Choice([kind.value for kind in WorkKind]), required=True, help="What sort of work.")
@click.option("--year", type=click.IntRange(1870, 2100), help="Of the first release, where it is known.")
@click.option("--country", help="Where it is from, as a code or a name.")
@click.option("--network", help="Whose it is.")
@click.argument("name")
def add(folder: Path, editor: str, kind: str, year: int | None, country: str | None, network: str | None, name: str) -> None:
    """Take a new work of that NAME into the catalog; announcements kept under it as an unknown work become its own."""
    try:
        title = newcomer(name, WorkKind(kind), year=year, country=country_code(country), network=network)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from error
    with opened(folder) as work, said_plainly():
        work.store.title_edits.accept(title, editor, clock())
        _became(work, title.id)


@titles.command()
@folder_option
@editor_option
@click.option("--reason", help="Why, for the record.")
@click.argument("gone", metavar="TITLE")
@click.argument("kept", metavar="INTO")
def merge(folder: Path, editor: str, reason: str | None, gone: str, kept: str) -> None:
    """Hold TITLE for the same work as INTO, which is kept; `unmerge` takes it back."""
    with opened(folder) as work, said_plainly():
        work.store.title_edits.merge(gone, kept, editor, clock(), reason)
        _became(work, kept)


@titles.command()
@folder_option
@editor_option
@click.argument("title_id", metavar="TITLE")
def unmerge(folder: Path, editor: str, title_id: str) -> None:
    """Take the merge of TITLE back: it is a work of its own again, with the announcements that it brought."""
    with opened(folder) as work, said_plainly():
        work.store.title_edits.unmerge(title_id, editor, clock())
        _became(work, title_id)


@titles.command()
@folder_option
@editor_option
@click.option("--kind", type=click.Choice(ALIAS_KINDS), default="alias", help="What sort of name.")
@click.option("--since", type=_day, help="The first day of the name.")
@click.option("--until", type=_day, help="The last day of the name.")
@click.argument("title_id", metavar="TITLE")
@click.argument("name")
def alias(
    folder: Path, editor: str, kind: AliasKind, since: dt.datetime | None, until: dt.datetime | None, title_id: str, name: str
) -> None:
    """Give TITLE another NAME under which reports will match it."""
    with opened(folder) as work, said_plainly():
        further = Alias(name=name, kind=kind, since=since.date() if since else None, until=until.date() if until else None)
        work.store.title_edits.alias(title_id, further, editor, clock())
        _became(work, title_id)


@titles.command()
@folder_option
@editor_option
@click.option("--since", type=_day, help="The first day of the new name.")
@click.option("--working", is_flag=True, help="The old name was a working title.")
@click.argument("title_id", metavar="TITLE")
@click.argument("name")
def retitle(folder: Path, editor: str, since: dt.datetime | None, working: bool, title_id: str, name: str) -> None:
    """Give TITLE its new NAME; the old one stays as an alias, and announcements kept under the new one become its own."""
    with opened(folder) as work, said_plainly():
        work.store.title_edits.retitle(title_id, name, editor, clock(), since=since.date() if since else None, working=working)
        _became(work, title_id)


def _became(work: Work, title_id: str) -> None:
    """Say what a title is after an edit, and which of its announcements tell one event now."""
    title = _title(work, title_id)
    click.echo(_line(title))
    known = work.store.announcements.find(work=title.id, limit=MOST_TOLD)
    for one, other in doubles(known, Outlets.of(work.names).networks):
        words = f"{predicate(one.value)}; `tradewatch announcements merge {one.id} {other.id}` joins them"
        click.echo(f"  {one.id} and {other.id} may be one event: {words}", err=True)


def _title(work: Work, title_id: str) -> Title:
    title = work.store.titles.get(title_id)
    if title is None:
        raise click.BadParameter(f"there is no title {title_id!r}; `tradewatch titles search` finds ids", param_hint="TITLE")
    return title


def _line(title: Title) -> str:
    years = f"{title.year or ''}{f'–{title.ended}' if title.ended and title.ended != title.year else ''}"
    about = ", ".join(part for part in (years, title.kind.value, title.country, title.network) if part)
    return f"{title.id}  {title.name} ({about})"


def _row(title: Title) -> dict[str, object]:
    """A title as JSON values."""
    aliases = [{slot: str(value) if value else None for slot, value in asdict(one).items()} for one in title.aliases]
    return asdict(title) | {"aliases": aliases}


def _held(alias: Alias) -> str:
    return (f" since {alias.since}" if alias.since else "") + (f" until {alias.until}" if alias.until else "")


def _event(one: Announcement) -> dict[str, object]:
    about = {"id": one.id, "type": one.type.value, "told": predicate(one.value), "certainty": one.certainty.value}
    return about | {"first_seen": one.first_seen.isoformat(), "last_seen": one.last_seen.isoformat(), "outlets": list(one.outlets)}
