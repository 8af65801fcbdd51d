"""What editors do to the catalog: merge, unmerge, alias, retitle; every act is logged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from tradewatch.errors import StoreError
from tradewatch.store.announcement_edits import AnnouncementEdits
from tradewatch.store.rows import pack, to_text, to_time
from tradewatch.store.titles import TitleStore
from tradewatch.titles.match import unknown_work
from tradewatch.types import Alias, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleEdit:
    """One thing that an editor did to a title."""

    title: str
    action: str
    detail: Mapping[str, Any]
    editor: str
    at: dt.datetime


class TitleEdits:
    """Table title_log, and what its rows did."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._titles = TitleStore(db)
        self._announcements = AnnouncementEdits(db)

    def merge(self, gone: str, kept: str, editor: str, now: dt.datetime, reason: str | None = None) -> None:
        """Hold two titles for one work: `gone` keeps leading to `kept`, and its announcements become the other's.

        Raises StoreError where one is unknown, is merged itself, or both are the same.
        """
        first, second = self._standing(gone), self._standing(kept)
        if first.id == second.id:
            raise StoreError(f"{gone} cannot be merged into itself")
        with self._db.atomic():
            self._db.execute("UPDATE title SET merged_into = (SELECT no FROM title WHERE id = ?) WHERE id = ?", [second.id, first.id])
            rekeyed = self._announcements.rekey(first.id, second.id, editor, now, reason)
            self._log(first.id, "merge", {"into": second.id, "rekeyed": rekeyed, "reason": reason}, editor, now)

    def unmerge(self, gone: str, editor: str, now: dt.datetime) -> None:
        """Take the merge of a title back, with its announcements.

        Raises StoreError where it is not merged, or announcements were edited since in a way that builds on it.
        """
        merged = [edit for edit in self.log(gone) if edit.action in ("merge", "unmerge")]
        if not merged or merged[-1].action == "unmerge":
            raise StoreError(f"{gone} is not merged into another title")
        with self._db.atomic():
            self._db.execute("UPDATE title SET merged_into = NULL WHERE id = ?", [gone])
            self._announcements.undo(merged[-1].detail["rekeyed"], editor, now)
            self._log(gone, "unmerge", {"from": merged[-1].detail["into"]}, editor, now)

    def alias(self, title_id: str, alias: Alias, editor: str, now: dt.datetime) -> None:
        """Give a title another name; announcements kept under it as an unknown work become this title's.

        Raises StoreError where the title is unknown or has that name.
        """
        title = self._standing(title_id)
        if alias.name == title.name or alias in title.aliases:
            raise StoreError(f"{title_id} has the name {alias.name} already")
        others = tuple(one for one in title.aliases if one.name != alias.name)
        with self._db.atomic():
            self._titles.replace(replace(title, aliases=(*others, alias)))
            self._adopt(title.id, alias.name, editor, now)
            self._log(title.id, "alias", {"name": alias.name, "kind": alias.kind}, editor, now)

    def retitle(
        self, title_id: str, name: str, editor: str, now: dt.datetime, *, since: dt.date | None = None, working: bool = False
    ) -> None:
        """Give a title its new name; the old one stays as an alias, a working title's where `working`, and imports do not bring it back.

        Announcements kept under the new name as an unknown work become this title's. Raises StoreError where the title is unknown or has
        that name.
        """
        title = self._standing(title_id)
        if title.name == name:
            raise StoreError(f"{title_id} is called {name} already")
        former = Alias(name=title.name, kind="working" if working else "formerly", until=since)
        aliases = {alias.name: alias for alias in (*title.aliases, former) if alias.name != name}
        with self._db.atomic():
            self._titles.replace(replace(title, name=name, aliases=tuple(aliases.values())), hold=True)
            self._adopt(title.id, name, editor, now)
            self._log(title.id, "retitle", {"from": title.name, "to": name}, editor, now)

    def name(self, title_id: str) -> str:
        """What a title is called now. Raises StoreError where it is unknown or merged into another."""
        return self._standing(title_id).name

    def accept(self, title: Title, editor: str, now: dt.datetime) -> None:
        """Take a new work into the catalog; announcements kept under its name become its own.

        Raises StoreError where the id is taken.
        """
        if self._titles.get(title.id):
            raise StoreError(f"{title.id}: a title has this id already")
        with self._db.atomic():
            self._titles.add([title])
            for name in (title.name, *(alias.name for alias in title.aliases)):
                self._adopt(title.id, name, editor, now)
            self._log(title.id, "accept", {"name": title.name}, editor, now)

    def log(self, title_id: str) -> list[TitleEdit]:
        """What was done to a title, oldest first."""
        return [
            TitleEdit(
                title=row["title"], action=row["action"], detail=json.loads(row["detail"]), editor=row["editor"], at=to_time(row["at"])
            )
            for row in self._db.query("SELECT * FROM title_log WHERE title = ? ORDER BY id", [title_id])
        ]

    def _adopt(self, title_id: str, name: str, editor: str, now: dt.datetime) -> None:
        self._announcements.rekey(unknown_work(name), title_id, editor, now, f"accepted as {title_id}")

    def _standing(self, title_id: str) -> Title:
        title = self._titles.get(title_id)
        if title is None:
            raise StoreError(f"{title_id}: there is no such title; `tradewatch titles search` finds ids")
        if title.id != title_id:
            raise StoreError(f"{title_id} is merged into {title.id}; name that one, or unmerge it first")
        return title

    def _log(self, title_id: str, action: str, detail: Mapping[str, Any], editor: str, now: dt.datetime) -> None:
        sql = "INSERT INTO title_log (title, action, detail, editor, at) VALUES (?, ?, ?, ?, ?)"
        self._db.execute(sql, [title_id, action, pack(detail), editor, to_text(now)])
