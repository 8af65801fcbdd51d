"""Results of a Wikidata query (JSON of either kind, or CSV). docs/titles.md has the query; its variables are

item, itemLabel, kind (series, film, special), start, end, country, networkLabel, alias, imdb, tvmaze, tmdbMovie, tmdbTv.

Only the first three are needed. An item may come in several rows; they are joined.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from tradewatch.titles.importers.rows import Broken, Row, RowError, json_objects, name_of, year_of
from tradewatch.titles.readings import country_code
from tradewatch.types import Alias, Title, WorkKind

AUTHORITIES = {"imdb": "imdb", "tvmaze": "tvmaze", "tmdbMovie": "tmdb-movie", "tmdbTv": "tmdb-tv"}


def results(file: TextIO) -> Iterator[Row]:
    """The bindings of a SPARQL JSON answer, or the objects of the query page's plain JSON."""
    for line, row in json_objects(file):
        if isinstance(row, str):
            yield line, Broken(row)
        else:
            yield line, _title({name: value.get("value") if isinstance(value, dict) else value for name, value in row.items()})


def table(file: TextIO) -> Iterator[Row]:
    """The rows of the query page's CSV."""
    reader = csv.DictReader(file)
    for row in reader:
        yield reader.line_num, _title(row)


def _title(row: Mapping[str, Any]) -> Title | Broken:
    item = str(row.get("item") or "").rpartition("/")[2]
    try:
        if not item.startswith("Q"):
            raise RowError("has no item")
        alias = str(row.get("alias") or "").strip()
        return Title(
            id=f"wikidata:{item}",
            name=name_of(row.get("itemLabel")),
            kind=WorkKind(str(row.get("kind"))),
            year=year_of(row.get("start")),
            ended=year_of(row.get("end")),
            country=country_code(row.get("country")),
            network=row.get("networkLabel") or None,
            aliases=(Alias(name=name_of(alias)),) if alias else (),
            external_ids=tuple((authority, str(row[name])) for name, authority in AUTHORITIES.items() if row.get(name)),
        )
    except (RowError, ValueError) as error:
        return Broken(f"{item or 'row'} {error}")
