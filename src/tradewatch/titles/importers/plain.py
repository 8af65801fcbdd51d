"""Plain CSV with a header: id, name, kind, and where known year, ended, country, network, aliases and ids elsewhere.

`aliases` are parted by `|`; one may say its kind first (`working:`, `formerly:`, `translation:`, `short:`). A column named imdb, tvmaze,
tvdb, tmdb-movie, tmdb-tv or wikidata holds the work's id there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from tradewatch.errors import ImportFormatError
from tradewatch.titles.importers.rows import Broken, Row, RowError, name_of, year_of
from tradewatch.titles.readings import country_code
from tradewatch.types import Alias, Title, WorkKind

NEEDED = ("id", "name", "kind")
KNOWN = (*NEEDED, "year", "ended", "country", "network", "aliases")
AUTHORITIES = ("imdb", "tvmaze", "tvdb", "tmdb-movie", "tmdb-tv", "wikidata")
_ALIAS_KINDS = ("alias", "working", "formerly", "translation", "short")


def table(file: TextIO) -> Iterator[Row]:
    """The titles of a table. Raises ImportFormatError where a column is missing or unknown."""
    reader = csv.DictReader(_without_mark(file), strict=True)
    columns = reader.fieldnames or []
    if missing := [name for name in NEEDED if name not in columns]:
        raise ImportFormatError(f"the table has no column {', '.join(missing)}; it needs {', '.join(NEEDED)}")
    if strange := [name for name in columns if name not in (*KNOWN, *AUTHORITIES)]:
        raise ImportFormatError(
            f"the table has an unknown column {', '.join(map(repr, strange))}; known are {', '.join((*KNOWN, *AUTHORITIES))}"
        )
    seen: dict[str, int] = {}
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield reader.line_num, Broken(f"is not CSV: {error}")
            continue
        if row is None:
            return
        yield reader.line_num, _unseen(row, seen, reader.line_num)


def _without_mark(file: TextIO) -> Iterator[str]:
    """The lines without the byte order mark that spreadsheets put before the first."""
    for line in file:
        yield line.removeprefix("\ufeff")


def _unseen(row: Mapping[Any, Any], seen: dict[str, int], line: int) -> Title | Broken:
    title = _title(row)
    if isinstance(title, Broken):
        return title
    if title.id in seen:
        return Broken(f"has the id {title.id} of line {seen[title.id]}")
    seen[title.id] = line
    return title


def _title(row: Mapping[Any, Any]) -> Title | Broken:
    if None in row or None in row.values():
        return Broken("has more or fewer columns than the header")
    try:
        if not row["id"].strip():
            raise RowError("has no id")
        return Title(
            id=row["id"].strip(),
            name=name_of(row["name"]),
            kind=_kind(row["kind"]),
            year=year_of(row.get("year")),
            ended=year_of(row.get("ended")),
            country=country_code(row.get("country")),
            network=row.get("network") or None,
            aliases=tuple(_alias(text) for text in (row.get("aliases") or "").split("|") if text.strip()),
            external_ids=tuple((authority, row[authority]) for authority in AUTHORITIES if row.get(authority)),
        )
    except RowError as error:
        return Broken(f"{row['id'].strip() or 'row'} {error}")


def _kind(text: str) -> WorkKind:
    try:
        return WorkKind(text.strip().casefold())
    except ValueError:
        raise RowError(f"has the kind {text!r}; known are {', '.join(WorkKind)}") from None


def _alias(text: str) -> Alias:
    kind, colon, name = text.partition(":")
    known = next((one for one in _ALIAS_KINDS if colon and one == kind.strip()), None)
    return Alias(name=name_of(name if known else text), kind=known or "alias")  # type: ignore[arg-type]
