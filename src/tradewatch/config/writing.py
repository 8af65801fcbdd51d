"""Adding to a configuration file: at its end, so that comments and order stay as they are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from tradewatch.config.files import text_of


def table_text(array: str, values: Mapping[str, Any]) -> str:
    """One more `[[array]]` as it stands in a file; a value of None is left out."""
    entry = tomlkit.table()
    for key, value in values.items():
        if value is not None:
            entry.add(key, _inline(value) if isinstance(value, Mapping) else value)
    tables = tomlkit.aot()
    tables.append(entry)
    return tomlkit.dumps({array: tables})


def append(path: Path, text: str) -> None:
    """Add text to the end of a file, whole or not at all."""
    whole = text_of(path).rstrip() + "\n\n" + text
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(whole)
    Path(name).chmod(path.stat().st_mode)
    Path(name).replace(path)


def _inline(values: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update({key: value for key, value in values.items() if value is not None})
    return table
