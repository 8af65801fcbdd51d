"""`titles.csv`: the titles that a new database knows from the start."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args, get_type_hints

from tradewatch.config.files import did_you_mean, text_of
from tradewatch.errors import ConfigError
from tradewatch.types import Alias, Title, WorkKind

COLUMNS = ("id", "name", "kind", "year", "ended", "country", "network", "aliases")
ALIAS_KINDS = get_args(get_type_hints(Alias)["kind"])


def load_starter_titles(folder: Path) -> Iterator[Title]:
    """Read `titles.csv`, row by row. Raises ConfigError naming the line of a row that cannot be a title."""
    path = folder / "titles.csv"
    rows = csv.DictReader(text_of(path).splitlines(), restkey="?")
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ConfigError(f"{path}: its first line must be {','.join(COLUMNS)}")
    seen: set[str] = set()
    for row in rows:
        try:
            title = _title(row)
        except ValueError as error:
            raise ConfigError(f"{path}: line {rows.line_num}: {error}") from error
        if title.id in seen:
            raise ConfigError(f'{path}: line {rows.line_num}: id: "{title.id}" is used twice')
        seen.add(title.id)
        yield title


def _title(row: Mapping[str, str]) -> Title:
    if "?" in row or None in row.values():
        raise ValueError(f"must have {len(COLUMNS)} columns; put a value that holds a comma in quotation marks")
    if not row["id"] or not row["name"]:
        raise ValueError("id and name must not be empty")
    return Title(
        id=row["id"],
        name=row["name"],
        kind=_kind(row["kind"]),
        year=_year(row, "year"),
        ended=_year(row, "ended"),
        country=row["country"] or None,
        network=row["network"] or None,
        aliases=tuple(_alias(part.strip()) for part in row["aliases"].split("|") if part.strip()),
    )


def _kind(text: str) -> WorkKind:
    if text not in tuple(WorkKind):
        raise ValueError(f'kind: "{text}" is not one of {", ".join(WorkKind)}' + did_you_mean(text, WorkKind))
    return WorkKind(text)


def _year(row: Mapping[str, str], column: str) -> int | None:
    text = row[column]
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError(f'{column}: "{text}" is not a year of four digits')
    return int(text) if text else None


def _alias(text: str) -> Alias:
    """`working:Deadpool 3` is an alias of a kind; a colon after any other word belongs to the name."""
    kind, colon, name = text.partition(":")
    return Alias(name=name.strip(), kind=kind) if colon and kind in ALIAS_KINDS else Alias(name=text)  # type: ignore[arg-type]
