"""Plain CSV with a header, as `titles.csv` has it: id, name, kind, and where known year, ended, country, network, aliases.

A column named imdb, tvmaze, tvdb, tmdb-movie, tmdb-tv or wikidata holds the work's id there. Countries may be names as well as codes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from tradewatch.config.starter import COLUMNS, NEEDED, title_of
from tradewatch.errors import ImportFormatError
from tradewatch.titles.importers.rows import Broken, Row, name_of
from tradewatch.titles.readings import country_code
from tradewatch.types import Title

AUTHORITIES = ("imdb", "tvmaze", "tvdb", "tmdb-movie", "tmdb-tv", "wikidata")


def table(file: TextIO) -> Iterator[Row]:
    """The titles of a table. Raises ImportFormatError where a column is missing or unknown."""
    reader = csv.DictReader(_without_mark(file), restkey="", strict=True)
    columns = reader.fieldnames or []
    if missing := [name for name in NEEDED if name not in columns]:
        raise ImportFormatError(f"the table has no column {', '.join(missing)}; it needs {', '.join(NEEDED)}")
    if strange := [name for name in columns if name not in (*COLUMNS, *AUTHORITIES)]:
        raise ImportFormatError(
            f"the table has an unknown column {', '.join(map(repr, strange))}; known are {', '.join((*COLUMNS, *AUTHORITIES))}"
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
        yield reader.line_num, _title(row, seen, reader.line_num)


def _without_mark(file: TextIO) -> Iterator[str]:
    """The lines without the byte order mark that spreadsheets put before the first."""
    for line in file:
        yield line.removeprefix("\ufeff")


def _title(row: dict[str, str], seen: dict[str, int], line: int) -> Title | Broken:
    """The title of a row that is not the second one of its id; `seen` fills up with the line of each."""
    if None in row.values():
        return Broken("has fewer columns than the header")
    try:
        title = title_of(row | {"country": country_code(row.get("country")) or ""})
        title = replace(title, name=name_of(title.name))
    except ValueError as error:
        return Broken(f"{row['id'].strip() or 'row'}: {error}")
    if title.id in seen:
        return Broken(f"has the id {title.id} of line {seen[title.id]}")
    seen[title.id] = line
    return replace(title, external_ids=tuple((authority, row[authority]) for authority in AUTHORITIES if row.get(authority)))
