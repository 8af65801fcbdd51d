"""What commands share: the working folder, the clock, and the parts that the pipeline is composed of."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from tradewatch.announce import Outlets
from tradewatch.config import Settings, asked, load_digests, load_names, load_settings, load_sources, with_secrets
from tradewatch.errors import StoreError
from tradewatch.store import Store
from tradewatch.types import Digest, Names, Source

Command = TypeVar("Command", bound=Callable[..., Any])

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path(),
    envvar="TRADEWATCH_FOLDER",
    show_default=True,
    show_envvar=True,
    help="Working folder, as `tradewatch init` writes it.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def clock() -> dt.datetime:
    """Now, UTC. Everything below the command line is told the time."""
    return dt.datetime.now(dt.UTC)


def printed(row: Mapping[str, object], words: str, as_json: bool) -> None:
    """One line of a list: as words, or as JSON."""
    click.echo(json.dumps(row, ensure_ascii=False) if as_json else words)


@dataclass(frozen=True, slots=True)
class Work:
    """A working folder with its database open."""

    settings: Settings
    sources: tuple[Source, ...]
    names: Names
    store: Store
    digests: tuple[Digest, ...] = ()


@contextmanager
def opened(folder: Path) -> Iterator[Work]:
    """The working folder's configuration and database; closed again at the end."""
    settings = load_settings(folder)
    names, digests = load_names(folder), load_digests(folder)
    store = Store.open(settings.database, networks=Outlets.of(names).networks)
    try:
        known = load_sources(folder)
        needed = asked(known)
        sources = tuple(with_secrets(source, os.environ) if source in needed else source for source in known)
        yield Work(settings, sources, names, store, digests)
    finally:
        store.close()


@contextmanager
def said_plainly() -> Iterator[None]:
    """An edit that cannot be made is the caller's mistake, not the database's."""
    try:
        yield
    except StoreError as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """A file that cannot be written where it was asked for is the caller's mistake, or the disk's; either way no bug."""
    try:
        yield
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--out") from error
