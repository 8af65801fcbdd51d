"""The tables that can be exported: where their rows come from and which columns they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tradewatch.export import cells, columns
from tradewatch.store import Store
from tradewatch.tables import Column, Row
from tradewatch.types import Excerpt


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Store, Excerpt, ZoneInfo], Iterator[Row]]
    """Reads as it is asked for the next row; local times are those of the zone."""


def _claims(store: Store, excerpt: Excerpt, zone: ZoneInfo) -> Iterator[Row]:
    return (cells.claim_cells(row, zone) for row in store.exports.claims(excerpt))


def _announcements(store: Store, excerpt: Excerpt, zone: ZoneInfo) -> Iterator[Row]:
    return (cells.announcement_cells(row, zone) for row in store.exports.announcements(excerpt))


def _titles(store: Store, excerpt: Excerpt, zone: ZoneInfo) -> Iterator[Row]:
    return (cells.title_cells(row, zone) for row in store.exports.titles(excerpt.selection.networks))


def _decisions(store: Store, excerpt: Excerpt, zone: ZoneInfo) -> Iterator[Row]:
    return (cells.decision_cells(row, zone) for row in store.exports.decisions(excerpt))


TABLES: Mapping[str, ExportTable] = {
    table.name: table
    for table in (
        ExportTable("claims", columns.CLAIMS, _claims),
        ExportTable("announcements", columns.ANNOUNCEMENTS, _announcements),
        ExportTable("titles", columns.TITLES, _titles),
        ExportTable("decisions", columns.DECISIONS, _decisions),
    )
}
