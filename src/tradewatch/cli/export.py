"""`tradewatch export`: whole tables as files."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from tradewatch.cli.digest import Since
from tradewatch.cli.work import Work, clock, folder_option, opened, writing
from tradewatch.config import did_you_mean
from tradewatch.config.digests import outlets_of
from tradewatch.export import TABLES
from tradewatch.tables import FORMATS, write_table
from tradewatch.types import Certainty, ClaimType, Excerpt, Selection, Standing, Tier

BINARY = ("xlsx", "parquet")
"""Formats that a terminal cannot show."""


def _many(name: str, to: str, choices: type[ClaimType | Tier | Standing] | None, what: str) -> Callable[[Any], Any]:
    kind = click.Choice([choice.value for choice in choices]) if choices else None
    return click.option(name, to, type=kind, multiple=True, help=f"Only {what}; can be repeated.")


form_option = click.option("--format", "form", type=click.Choice(list(FORMATS)), default="csv", show_default=True, help="The format.")
out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output if not given.")
networks_option = _many("--network", "networks", None, "those of this network")
types_option = _many("--type", "types", ClaimType, "this claim type")
standings_option = _many("--verdict", "standings", Standing, "what editors hold to be this")
tiers_option = _many("--tier", "tiers", Tier, "those told by a source of this tier")
desks_option = _many("--desk", "desks", None, "those told by an outlet of this desk")
certainty_option = click.option("--certainty", type=click.Choice([rung.value for rung in Certainty]), help="Only those at least so sure.")
since_option = click.option("--since", type=Since(), help="From then on: 36h, 7d, 2w or a date.")
until_option = click.option("--until", type=Since(), help="Before then.")


@click.group()
def export() -> None:
    """Write whole tables as CSV, XLSX, JSON lines or Parquet, however large.

    A file given with --out is whole or not there, with a manifest beside it: sha256, rows, columns.
    """


def _asking(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed([folder_option, form_option, out_option, *options]):
            command = option(command)
        return command

    return decorate


_TELLING = (types_option, networks_option, tiers_option, certainty_option, desks_option, standings_option, since_option, until_option)


@export.command()
@_asking(*_TELLING)
def claims(folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    """Every claim as it was extracted, with its words and its article; in time by the article's publication."""
    _export("claims", folder, form, out, **asked)


@export.command()
@_asking(*_TELLING)
def announcements(folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    """Every announcement once, as editors corrected it; in time by when it was first told."""
    _export("announcements", folder, form, out, **asked)


@export.command()
@_asking(networks_option)
def titles(folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    """The catalog of known titles."""
    _export("titles", folder, form, out, **asked)


@export.command()
@_asking(types_option, networks_option, standings_option, since_option, until_option)
def decisions(folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    """The log of editors' verdicts, undone ones too; in time by when they were given. With --verdict only those that stand."""
    _export("decisions", folder, form, out, **asked)


def _export(name: str, folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    if out is None and form in BINARY:
        raise click.UsageError(f"{form} is no text: say --out FILE{FORMATS[form].suffix}")
    with opened(folder) as work:
        excerpt, table = _excerpt(work, **asked), TABLES[name]
        rows = table.rows(work.store, excerpt, ZoneInfo(work.settings.timezone))
        if out is None:
            FORMATS[form].write(table.columns, rows, sys.stdout.buffer)
            return
        with writing(out):
            manifest = write_table(out, FORMATS[form], table.columns, rows, clock(), _window(excerpt, clock()))
        click.echo(f"{out}: {manifest.rows:,} {name}, {manifest.bytes:,} bytes", err=True)


def _excerpt(
    work: Work,
    *,
    types: tuple[str, ...] = (),
    networks: tuple[str, ...] = (),
    tiers: tuple[str, ...] = (),
    certainty: str | None = None,
    desks: tuple[str, ...] = (),
    standings: tuple[str, ...] = (),
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> Excerpt:
    known = sorted({desk for source in work.sources for desk in source.desks})
    for desk in desks:
        if desk not in known:
            raise click.BadParameter(f"no source has the desk {desk!r}{did_you_mean(desk, known)}", param_hint="--desk")
    if since and until and since >= until:
        raise click.BadParameter("nothing lies before it and after --since", param_hint="--until")
    selection = Selection(
        outlets=outlets_of(work.sources, desks),
        types=frozenset(map(ClaimType, types)),
        networks=frozenset(networks),
        tiers=frozenset(map(Tier, tiers)),
        certainty=Certainty(certainty) if certainty else None,
    )
    return Excerpt(selection=selection, standings=frozenset(map(Standing, standings)), since=since, until=until)


def _window(excerpt: Excerpt, now: dt.datetime) -> tuple[str, str] | None:
    """From when until when the rows are, for the manifest; None where no time was asked for."""
    if excerpt.since is None and excerpt.until is None:
        return None
    return (f"{excerpt.since:%Y-%m-%dT%H:%M:%SZ}" if excerpt.since else "", f"{excerpt.until or now:%Y-%m-%dT%H:%M:%SZ}")
