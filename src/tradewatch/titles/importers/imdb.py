"""IMDb's non-commercial data sets: `title.basics.tsv.gz` and `title.akas.tsv.gz` (tab-separated, `\\N` for nothing, no quoting)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TextIO

from tradewatch.titles.importers.rows import Broken, LeftOut, Naming, Row, RowError, name_of, year_of
from tradewatch.types import Alias, Title, WorkKind

KINDS = {
    "movie": WorkKind.FILM,
    "tvMovie": WorkKind.FILM,
    "tvSeries": WorkKind.SERIES,
    "tvMiniSeries": WorkKind.SERIES,
    "tvSpecial": WorkKind.SPECIAL,
}
"""IMDb's types that trades report on; episodes, shorts, videos and games are left out."""

ENGLISH = frozenset({"US", "GB", "CA", "AU", "IE", "NZ", "XWW", "\\N"})
"""Regions whose names English-language trades print; XWW is IMDb's world-wide."""

_BASICS = 9
_AKAS = 8


def basics(file: TextIO) -> Iterator[Row]:
    """Titles of `title.basics`: tconst, titleType, primaryTitle, originalTitle, isAdult, startYear, endYear, runtimeMinutes, genres."""
    for line, text in enumerate(file, 1):
        if line == 1 and text.startswith("tconst\t"):
            continue
        columns = text.rstrip("\r\n").split("\t")
        if len(columns) != _BASICS:
            yield line, Broken(f"has {len(columns)} columns, not {_BASICS}")
        elif columns[1] not in KINDS or columns[4] == "1":
            yield line, LeftOut("adult" if columns[4] == "1" else columns[1])
        else:
            yield line, _title(columns)


def _title(columns: list[str]) -> Title | Broken:
    number, kind, name, original, _, start, end, *_ = columns
    try:
        aliases = (Alias(name=name_of(original), kind="translation"),) if original not in (name, "\\N") else ()
        return Title(id=f"imdb:{number}", name=name_of(name), kind=KINDS[kind], year=year_of(start), ended=year_of(end), aliases=aliases)
    except RowError as error:
        return Broken(f"{number} {error}")


def akas(file: TextIO) -> Iterator[Row]:
    """Names of `title.akas`, joined for each work: titleId, ordering, title, region, language, types, attributes, isOriginalTitle."""
    numbered = ((line, text.rstrip("\r\n").split("\t")) for line, text in enumerate(file, 1) if not text.startswith("titleId\t"))
    for number, group in itertools.groupby(numbered, key=lambda row: row[1][0]):
        names: dict[str, Alias] = {}
        line = 0
        for line, columns in group:
            if len(columns) != _AKAS:
                yield line, Broken(f"has {len(columns)} columns, not {_AKAS}")
            elif columns[3] in ENGLISH or columns[4] == "en":
                names.setdefault(columns[2], Alias(name=columns[2], kind="working" if "working" in columns[5] else "alias"))
        if names:
            yield line, Naming(("imdb", number), tuple(alias for alias in names.values() if 0 < len(alias.name) <= 300))
