"""Titles from the rows of a test's table."""

from __future__ import annotations

from typing import Any

from tradewatch.types import Alias, Title, WorkKind


def title_of(row: dict[str, Any]) -> Title:
    """A title from a table's row; a series unless it says otherwise, aliases by their plain names."""
    aliases = tuple(Alias(name=alias) for alias in row.get("aliases", ()))
    return Title(**({"kind": WorkKind.SERIES} | row | {"kind": WorkKind(row.get("kind", "series")), "aliases": aliases}))
