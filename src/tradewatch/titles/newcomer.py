"""A work that no catalog has, as the desk itself takes it in."""

from __future__ import annotations

from tradewatch.text import content_id, fold
from tradewatch.titles.importers.rows import name_of, year_of
from tradewatch.types import Title, WorkKind


def newcomer(name: str, kind: WorkKind, *, year: int | None = None, country: str | None = None, network: str | None = None) -> Title:
    """A title of the desk's own; its id is of its name, kind and year, so that the same one is not added twice.

    Raises ValueError where the name or the year is none.
    """
    named = name_of(name)
    identity = content_id(fold(named) or named, kind.value, year_of(year) or "")[:10]
    return Title(id=f"desk-{identity}", name=named, kind=kind, year=year, country=country, network=network)
