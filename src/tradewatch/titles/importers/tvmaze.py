"""TVmaze's shows, as its API gives them (`/shows?page=N`): a JSON array, or one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from tradewatch.titles.importers.rows import Broken, Row, RowError, json_objects, name_of, year_of
from tradewatch.types import Title, WorkKind


def shows(file: TextIO) -> Iterator[Row]:
    """Series with premiere, end, country, network and their ids at IMDb and TheTVDB."""
    for line, show in json_objects(file):
        yield line, Broken(show) if isinstance(show, str) else _title(show)


def _title(show: dict[str, Any]) -> Title | Broken:
    try:
        number = int(show["id"])
        channel = show.get("network") or show.get("webChannel") or {}
        elsewhere = show.get("externals") or {}
        return Title(
            id=f"tvmaze:{number}",
            name=name_of(show.get("name")),
            kind=WorkKind.SERIES,
            year=year_of(show.get("premiered")),
            ended=year_of(show.get("ended")),
            country=(channel.get("country") or {}).get("code"),
            network=channel.get("name"),
            external_ids=tuple((name, str(elsewhere[key])) for name, key in (("imdb", "imdb"), ("tvdb", "thetvdb")) if elsewhere.get(key)),
        )
    except RowError as error:
        return Broken(f"show {show.get('id')} {error}")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Broken(f"is no TVmaze show: {error}")
