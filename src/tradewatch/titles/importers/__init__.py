"""Readers of other people's catalogs: lines in, titles out, and a word on every row that gives none.

A reader takes an open text file and yields `(line, row)`: a Title, a Naming (further names of a work), a Broken row with what is wrong
with it, or one LeftOut on purpose. It holds one row at a time. One format more is one file here and its line in FORMATS.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tradewatch.errors import ImportFormatError
from tradewatch.titles.importers import imdb, plain, tmdb, tvmaze, wikidata
from tradewatch.titles.importers.rows import Broken, LeftOut, Naming, Row

__all__ = ["FORMATS", "Broken", "LeftOut", "Naming", "Row", "recognised", "rows"]

FORMATS: dict[str, Callable[[TextIO], Iterator[Row]]] = {
    "imdb": imdb.basics,
    "imdb-akas": imdb.akas,
    "tvmaze": tvmaze.shows,
    "tmdb": tmdb.export,
    "wikidata": wikidata.results,
    "wikidata-csv": wikidata.table,
    "csv": plain.table,
}
"""By the name that `tradewatch titles import --format` takes."""


def rows(path: Path, format_name: str) -> Iterator[Row]:
    """The rows of a file, gunzipped where it is compressed.

    Raises ImportFormatError where the file cannot be opened, is not of the format, or ends in the middle of its compressed data.
    """
    line = 0
    try:
        with _opened(path) as file:
            for line, row in FORMATS[format_name](file):
                yield line, row
    except (OSError, EOFError, zlib.error) as error:
        where = f" after line {line}" if line else ""
        raise ImportFormatError(f"{path}: cannot be read{where}: {error}") from error
    except UnicodeDecodeError as error:
        raise ImportFormatError(f"{path}: is not UTF-8 text after line {line}: {error.reason} at byte {error.start}") from error


def recognised(path: Path) -> str:
    """The format of a file, from how it begins.

    Raises ImportFormatError where it is none that we know.
    """
    try:
        with _opened(path) as file:
            start = file.read(2000)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ImportFormatError(f"{path}: cannot be read: {error}") from error
    if name := _guess(start.lstrip("\ufeff").lstrip()):
        return name
    raise ImportFormatError(f"{path}: not a file of titles that we know; say which with --format ({', '.join(FORMATS)})")


def _guess(start: str) -> str | None:
    head = start.partition("\n")[0]
    if head.startswith("tconst\t"):
        return "imdb"
    if head.startswith("titleId\t"):
        return "imdb-akas"
    if start.startswith(("{", "[")):
        return _guess_json(start)
    columns = {column.strip(' "\r').casefold() for column in head.split(",")}
    if {"item", "itemlabel"} <= columns:
        return "wikidata-csv"
    return "csv" if {"name", "kind"} <= columns else None


def _guess_json(start: str) -> str | None:
    if '"bindings"' in start or '"itemLabel"' in start:
        return "wikidata"
    if '"original_title"' in start or '"original_name"' in start:
        return "tmdb"
    return "tvmaze" if '"premiered"' in start or "tvmaze.com" in start else None


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        with io.TextIOWrapper(gzip.GzipFile(fileobj=raw) if packed else raw, encoding="utf-8", newline="") as file:
            yield file
