"""`titles.csv`: the titles that a new database knows from the start; `titles import` reads tables of the same shape."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tradewatch.config.files import country_code, did_you_mean, refuse, text_of
from tradewatch.errors import ConfigError
from tradewatch.types import ALIAS_KINDS, Alias, Title, WorkKind

NEEDED = ("id", "name", "kind")
COLUMNS = (*NEEDED, "year", "ended", "country", "network", "aliases")


def load_starter_titles(folder: Path) -> Iterator[Title]:
    """Read `titles.csv`, row by row. Raises ConfigError naming the line of a row that cannot be a title."""
    path = folder / "titles.csv"
    rows = csv.DictReader(io.StringIO(text_of(path), newline=""), restval="", restkey="")
    refuse(path, _columns(rows.fieldnames or ()))
    seen: set[str] = set()
    for row in rows:
        try:
            title = title_of(row)
        except ValueError as error:
            raise ConfigError(f"{path}: line {rows.line_num}: {error}") from error
        if title.id in seen:
            raise ConfigError(f'{path}: line {rows.line_num}: id: "{title.id}" is used twice')
        seen.add(title.id)
        yield title


def _columns(header: Sequence[str]) -> Iterator[str]:
    for name in NEEDED:
        if name not in header:
            yield f"line 1: there is no column {name}; the columns are {', '.join(COLUMNS)}"
    for name in header:
        if name not in COLUMNS:
            yield f'line 1: "{name}": unknown column{did_you_mean(name, COLUMNS)}'


def title_of(row: Mapping[str, str]) -> Title:
    """The title of a row by column name; values beyond the header are under "". Raises ValueError saying what is wrong with it."""
    if "" in row:
        raise ValueError("has more values than columns; put a value that holds a comma in quotation marks")
    for name in NEEDED:
        if not row[name]:
            raise ValueError(f"{name}: must not be empty")
    return Title(
        id=row["id"],
        name=row["name"],
        kind=_kind(row["kind"]),
        year=_year(row, "year"),
        ended=_year(row, "ended"),
        country=_country(row.get("country", "")),
        network=row.get("network") or None,
        aliases=tuple(_alias(part.strip()) for part in row.get("aliases", "").split("|") if part.strip()),
    )


def _kind(text: str) -> WorkKind:
    if text not in tuple(WorkKind):
        raise ValueError(f'kind: "{text}" is not one of {", ".join(WorkKind)}' + did_you_mean(text, WorkKind))
    return WorkKind(text)


def _year(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError(f'{column}: "{text}" is not a year of four digits')
    return int(text) if text else None


def _country(text: str) -> str | None:
    try:
        return country_code(text) if text else None
    except ValueError as error:
        raise ValueError(f"country: {error}") from error


def _alias(text: str) -> Alias:
    """`working:Deadpool 3` is an alias of a kind; a colon after any other word belongs to the name."""
    kind, colon, name = text.partition(":")
    return Alias(name=name.strip(), kind=kind) if colon and kind in ALIAS_KINDS else Alias(name=text)
