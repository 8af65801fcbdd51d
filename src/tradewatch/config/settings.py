"""`tradewatch.toml`: where things are kept and how politely they are fetched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import Field, StrictBool

from tradewatch.config.files import Count, Table, TimeSpan, TimeZone, read


class FetchSettings(Table):
    """Bounds of every request. Defaults follow miniflux, which has carried 20 s and 15 MB for years."""

    connect: TimeSpan = dt.timedelta(seconds=10)
    headers: TimeSpan = dt.timedelta(seconds=20)
    total: TimeSpan = dt.timedelta(seconds=60)
    max_bytes: Count = 15 * 1024 * 1024
    max_redirects: Count = 5
    concurrency: Count = 8
    allow_loopback: StrictBool = False


class KeepSettings(Table):
    """How long the records that only operations need are kept. Articles, claims and verdicts are kept for ever."""

    polls: TimeSpan = dt.timedelta(days=90)
    snapshots: TimeSpan = dt.timedelta(days=365)


class Settings(Table):
    """The settings of one working folder; both paths are absolute."""

    database: Path = Path("tradewatch.db")
    out: Path = Path("out")
    contact: str = Field(default="", min_length=0)
    timezone: TimeZone = "UTC"
    fetch: FetchSettings = FetchSettings()
    keep: KeepSettings = KeepSettings()


def load_settings(folder: Path) -> Settings:
    """Read `tradewatch.toml`; paths in it are relative to `folder`. Raises ConfigError."""
    settings = read(folder / "tradewatch.toml", Settings)
    base = folder.resolve()
    return settings.model_copy(update={"database": base / settings.database, "out": base / settings.out})
