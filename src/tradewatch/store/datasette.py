"""What Datasette is told of the database: descriptions, facets, sort orders, and questions that desks ask."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).with_name("datasette.toml")
ROOT = {"id": "root"}
"""Whom `datasette --root` logs in."""
_KEPT = ("description", "columns", "facets", "sort", "sort_desc", "hidden")


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for a database of this name, which is its file's without suffix.

    Accounts are for `datasette --root`, and so is SQL of one's own, through which they could be read.
    """
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    described = {"description": content["description"], "allow_sql": ROOT}
    tables = {name: dict(table) for name, table in _tables(content)}
    return {"title": content["title"], "databases": {database: described | {"tables": tables, "queries": content["query"]}}}


def _tables(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, table in content["table"].items():
        label = {"label_column": table["label"]} if "label" in table else {}
        yield name, {key: table[key] for key in _KEPT if key in table} | label
    for group, more in (("private", {"allow": ROOT}), ("inner", {})):
        for name in content[group]["tables"]:
            yield name, {"description": content[group]["description"], "hidden": True, **more}
