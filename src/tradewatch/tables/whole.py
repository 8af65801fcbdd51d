"""Files that are whole or not there, each with a manifest that says what it holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedRandom
from pathlib import Path

from tradewatch.tables.columns import Column, Row
from tradewatch.tables.formats import Format


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written, so that whoever receives a file can tell that it is the one that was meant."""

    file: str
    format: str
    sha256: str
    bytes: int
    rows: int
    columns: tuple[str, ...]
    window: tuple[str, str] | None
    """From when, and until when, the rows were told; None where the question had no window."""
    made_at: str


@contextmanager
def whole_file(path: Path) -> Iterator[BufferedRandom]:
    """A file that takes the place of `path` when the block ends well; after anything else what was there before is there still."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def manifest_path(path: Path) -> Path:
    """Where the manifest of a file stands: beside it."""
    return path.with_name(f"{path.name}.manifest.json")


def write_table(
    path: Path, form: Format, columns: Sequence[Column], rows: Iterable[Row], now: dt.datetime, window: tuple[str, str] | None = None
) -> Manifest:
    """Write a table and then its manifest, each whole or not at all."""
    with whole_file(path) as file:
        written = form.write(columns, rows, file)
        file.flush()
        file.seek(0)
        digest, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    made_at = f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    manifest = Manifest(path.name, form.name, digest, size, written, tuple(column.name for column in columns), window, made_at)
    with whole_file(manifest_path(path)) as file:
        file.write(json.dumps(asdict(manifest), indent=2, ensure_ascii=False).encode() + b"\n")
    return manifest
