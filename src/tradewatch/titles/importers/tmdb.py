"""TMDB's daily exports (`movie_ids_*.json.gz`, `tv_series_ids_*.json.gz`): one JSON object a line, with an id and a name and no year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from tradewatch.titles.importers.rows import Broken, LeftOut, Row, RowError, name_of
from tradewatch.types import Title, WorkKind


def export(file: TextIO) -> Iterator[Row]:
    """Films and series by their original names; adult films and bare videos are left out."""
    for line, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            yield line, Broken(f"is not JSON: {error.msg}")
            continue
        yield line, _title(row) if isinstance(row, dict) else Broken("is no object")


def _title(row: dict[str, Any]) -> Title | Broken | LeftOut:
    if row.get("adult") or row.get("video"):
        return LeftOut("adult" if row.get("adult") else "video")
    film = "original_title" in row
    try:
        name = name_of(row.get("original_title") if film else row.get("original_name"))
        number = int(row["id"])
    except RowError as error:
        return Broken(f"{row.get('id')} {error}")
    except (KeyError, TypeError, ValueError) as error:
        return Broken(f"is no TMDB row: {error}")
    authority = "tmdb-movie" if film else "tmdb-tv"
    return Title(id=f"{authority}:{number}", name=name, kind=WorkKind.FILM if film else WorkKind.SERIES)
