"""A desk that reads the bundled newsroom: its configuration in a folder, its database, its parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tradewatch.cli.compose import desk
from tradewatch.cli.work import Work, opened
from tradewatch.config import bundled, load_settings, load_starter_titles
from tradewatch.demo.desk import desk_files
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import NewsroomServer
from tradewatch.pipeline import Desk
from tradewatch.store import Store


def newsroom_folder(folder: Path, server: NewsroomServer) -> Path:
    """A working folder for the newsroom that `server` publishes, with an empty database that knows the newsroom's titles."""
    folder.mkdir(parents=True, exist_ok=True)
    networks = (bundled("config") / "networks.toml").read_text(encoding="utf-8")
    for name, text in desk_files(bundled("newsroom"), server.newsroom, networks, server.base).items():
        (folder / name).write_text(text, encoding="utf-8")
    store = Store.open(load_settings(folder).database, create=True)
    store.titles.add(load_starter_titles(folder))
    store.close()
    return folder


@contextmanager
def composed(folder: Path) -> Iterator[tuple[Work, Desk]]:
    with opened(folder) as work, desk(work) as parts:
        yield work, parts


def newsroom_files() -> Path:
    return bundled("newsroom")


__all__ = ["composed", "load_newsroom", "newsroom_files", "newsroom_folder"]
