"""`tradewatch init`, `doctor` and `config check`: a working folder, and what is wrong with it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import click

from tradewatch.cli import Exit
from tradewatch.cli.work import folder_option, json_option
from tradewatch.config import (
    FILES,
    Settings,
    asked,
    bundled,
    load_digests,
    load_names,
    load_settings,
    load_sources,
    load_starter_titles,
    revealed,
    secrets_of,
    variables_of,
    with_secrets,
)
from tradewatch.errors import ConfigError, TradewatchError
from tradewatch.store import Store
from tradewatch.types import Delivery, Digest, Source


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check."""

    state: Literal["ok", "warning", "problem"]
    text: str


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
def init(folder: Path, dry_run: bool) -> None:
    """Write a working folder: configuration and an empty database that knows the starter titles.

    What FOLDER holds already is kept as it is, so that running this again does no harm.
    """
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is a file; name a folder")
    for path, write in _parts(folder):
        kept = path.exists()
        if not kept and not dry_run:
            write(path)
        click.echo(f"{'kept' if kept else 'would write' if dry_run else 'wrote'}  {path}")
    if not dry_run and not load_settings(folder).contact:
        click.echo(f"Next: set contact in {folder / FILES[0]}, so that a site's owner can reach you; then run tradewatch poll.", err=True)


def _parts(folder: Path) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    """What a working folder holds, and how each is written; the files first, since they say where the others are."""
    for name in FILES:
        yield folder / name, lambda path: _copy(bundled("config") / path.name, path)
    settings = load_settings(folder) if (folder / FILES[0]).exists() else Settings()
    yield folder / settings.database, lambda path: _create(path, folder)
    yield folder / settings.out, lambda path: path.mkdir(parents=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(source.read_bytes())


def _create(database: Path, folder: Path) -> None:
    store = Store.open(database, create=True)
    try:
        with store.transaction():
            store.titles.add(load_starter_titles(folder))
    finally:
        store.close()


@click.command()
@folder_option
@json_option
def doctor(folder: Path, as_json: bool) -> None:
    """Check this installation and its working folder, and say what is missing. Exits with 3 when something is."""
    _report([*_installation(), *_configuration(folder), *_work(folder)], as_json)


@click.group()
def config() -> None:
    """Check the configuration."""


@config.command()
@folder_option
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Read every configuration file and list what is wrong with each. Exits with 3 when something is."""
    _report(list(_configuration(folder)), as_json)


def _report(findings: list[Finding], as_json: bool) -> None:
    for finding in dict.fromkeys(findings):  # one file's problem may stop the reading of another
        click.echo(json.dumps(asdict(finding), ensure_ascii=False) if as_json else f"{finding.state:8} {finding.text}")
    if any(finding.state == "problem" for finding in findings):
        raise click.exceptions.Exit(Exit.CONFIG)


def _found(look: Callable[[], str]) -> list[Finding]:
    """What `look` says, or the problems that it met."""
    try:
        return [Finding("ok", look())]
    except ConfigError as error:
        return [Finding("problem", problem) for problem in error.problems]
    except TradewatchError as error:
        return [Finding("problem", str(error))]


def _installation() -> Iterator[Finding]:
    yield from _found(lambda: f"default configuration in {bundled('config')}")
    yield from _found(lambda: f"newsroom of the demo in {bundled('newsroom')}")
    yield from _found(_database_works)


def _database_works() -> str:
    Store.in_memory().close()
    return "this Python's SQLite has all that the database needs"


def _configuration(folder: Path) -> Iterator[Finding]:
    yield from _found(lambda: _settings(folder))
    yield from _found(lambda: _sources(folder))
    yield from _found(lambda: _names(folder))
    yield from _found(lambda: f"{folder / 'digests.toml'}: {len(load_digests(folder))} digests")
    yield from _found(lambda: f"{folder / 'titles.csv'}: {sum(1 for _ in load_starter_titles(folder))} titles")


def _settings(folder: Path) -> str:
    return f"{folder / 'tradewatch.toml'}: database {load_settings(folder).database}"


def _sources(folder: Path) -> str:
    sources = load_sources(folder)
    return f"{folder / 'sources.toml'}: {len(sources)} sources, {sum(source.enabled for source in sources)} of them enabled"


def _names(folder: Path) -> str:
    names = load_names(folder)
    return f"{folder / 'networks.toml'}: {len(names.networks)} networks, {len(names.outlets)} outlets"


def _work(folder: Path) -> Iterator[Finding]:
    """What a poll and a digest need besides a right configuration; nothing where the settings cannot be read."""
    try:
        settings, sources, digests = load_settings(folder), load_sources(folder), load_digests(folder)
    except ConfigError:
        return
    if not settings.contact:
        yield Finding("warning", f"{folder / 'tradewatch.toml'}: contact: is empty; say how a site's owner can reach you")
    for source in asked(sources):
        if secrets_of(source):
            yield from _found(partial(_secrets, source))
    for one in digests:
        for delivery in one.deliveries:
            if variables_of(delivery):
                yield from _found(partial(_delivery, one, delivery))
    yield from _found(lambda: _database(settings.database))
    yield _out(settings.out)


def _secrets(source: Source) -> str:
    with_secrets(source, os.environ)
    return f"{source.key}: {', '.join(secrets_of(source))} set in the environment"


def _delivery(digest: Digest, delivery: Delivery) -> str:
    revealed(delivery, os.environ)
    return f"{digest.id}, {delivery.name}: {', '.join(variables_of(delivery))} set in the environment"


def _database(path: Path) -> str:
    store = Store.open(path)
    try:
        return f"{path}: {store.titles.count()} known titles"
    finally:
        store.close()


def _out(folder: Path) -> Finding:
    if not folder.is_dir():
        return Finding("warning", f"{folder}: no such folder; the first digest makes it")
    if not os.access(folder, os.W_OK):
        return Finding("problem", f"{folder}: cannot be written to; digests have no place to go")
    return Finding("ok", f"{folder}: digests can be written")
