"""What editors do at the desk: each act checked against what they were shown, carried out, logged, and undone by a further row."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from tradewatch.errors import StaleError, StoreError
from tradewatch.store.announcement_edits import AnnouncementEdits
from tradewatch.store.announcements import AnnouncementStore
from tradewatch.store.queue import SOON, QueueStore
from tradewatch.store.rows import pack, to_text, to_time
from tradewatch.store.title_edits import TitleEdits
from tradewatch.store.verdicts import VerdictStore
from tradewatch.types import Title, Verdict

Choice = Literal["accept", "reject", "edit", "defer"]
Shown = Mapping[str, str]
"""The stamp of each announcement that an editor was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that an editor did at the desk."""

    id: int
    kind: str
    about: str
    editor: str
    at: dt.datetime
    detail: Mapping[str, Any]
    undoes: int | None
    undone_by: int | None

    @property
    def announcements(self) -> tuple[str, ...]:
        """Those that it decided on."""
        return tuple(self.detail.get("verdicts", {})) or (self.about,)


class DecisionStore:
    """Table desk_action, and what its rows did to verdicts, announcements and titles."""

    def __init__(self, db: Database, *, networks: Mapping[str, str] | None = None) -> None:
        self._db = db
        self._verdicts = VerdictStore(db)
        self._announcements = AnnouncementStore(db)
        self._edits = AnnouncementEdits(db, networks=networks)
        self._title_edits = TitleEdits(db)
        self._queue = QueueStore(db)

    # Each raises StaleError where one of `shown` has changed, StoreError where it cannot be done; then nothing is changed.

    def decide(
        self,
        choice: Choice,
        shown: Shown,
        editor: str,
        now: dt.datetime,
        *,
        reason: str | None = None,
        changes: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Accept, reject, correct or put off announcements, one or many as one act; returns the act's number."""
        with self._write(shown, now):
            made = {one: self._verdict(choice, one, editor, now, reason, changes) for one in shown}
            detail = {"verdicts": made, "reason": reason, "changes": list(changes)}
            return self._log(choice, next(iter(shown)), editor, now, detail)

    def _verdict(
        self, choice: Choice, one: str, editor: str, now: dt.datetime, reason: str | None, changes: Sequence[tuple[str, str]]
    ) -> int:
        known = self._announcements.get(one)
        assert known is not None  # its stamp was checked
        verdict = Verdict(
            subject=one, action=choice, editor=editor, decided_at=now, reason=reason, changes=tuple(changes), version=known.version
        )
        return self._verdicts.add(verdict)

    def merge(self, kept: str, gone: str, shown: Shown, editor: str, now: dt.datetime) -> int:
        """Hold two announcements for one event; returns the act's number."""
        with self._write(shown, now):
            return self._log("merge", kept, editor, now, {"edits": [self._edits.merge(kept, gone, editor, now)], "gone": gone})

    def split(self, announcement: str, claims: Sequence[str], shown: Shown, editor: str, now: dt.datetime) -> int:
        """Hold some reports of an announcement for an event of their own; returns the act's number."""
        with self._write(shown, now):
            edit = self._edits.split(announcement, claims, editor, now)
            return self._log("split", announcement, editor, now, {"edits": [edit], "claims": sorted(claims)})

    def settle(self, claim: str, announcement: str | None, editor: str, now: dt.datetime) -> int:
        """Place a doubtful claim in an announcement, or in one of its own; returns the act's number."""
        with self._write({}, now):
            edit = self._edits.settle(claim, announcement, editor, now)
            return self._log("settle", claim, editor, now, {"edits": [edit], "into": announcement})

    def same_title(self, announcement: str, title_id: str, shown: Shown, editor: str, now: dt.datetime) -> int:
        """Say that an announcement is about a known title; returns the act's number."""
        with self._write(shown, now):
            edit = self._rekey(announcement, title_id, editor, now)
            return self._log("same_title", announcement, editor, now, {"edits": [edit], "title": title_id})

    def new_title(self, announcement: str, title: Title, shown: Shown, editor: str, now: dt.datetime) -> int:
        """Take an announcement's work into the catalog as a new title; returns the act's number.

        Undoing it gives the announcements back their unknown work; the title stays in the catalog.
        """
        with self._write(shown, now):
            before = self._last_edit()
            self._title_edits.accept(title, editor, now)
            if self._work(announcement) != title.id:
                self._rekey(announcement, title.id, editor, now)
            edits = [edit.id for edit in self._edits.log() if edit.id > before]
            return self._log("new_title", announcement, editor, now, {"edits": edits, "title": title.id})

    def retitle(self, announcement: str, name: str, shown: Shown, editor: str, now: dt.datetime, *, working: bool = False) -> int:
        """Give the known title of an announcement its new name; returns the act's number. Undoing it gives the name back."""
        with self._write(shown, now):
            title_id, before = self._work(announcement), self._last_edit()
            former = self._title_edits.name(title_id)
            self._title_edits.retitle(title_id, name, editor, now, working=working)
            edits = [edit.id for edit in self._edits.log() if edit.id > before]
            return self._log("retitle", announcement, editor, now, {"edits": edits, "title": title_id, "from": former, "to": name})

    def undo(self, act: int, editor: str, now: dt.datetime) -> int:
        """Take an act back, by its number; returns the number of the row that says so."""
        known = self.get(act)
        if known is None or known.kind == "undo":
            raise StoreError(f"there is no act {act} to take back")
        if known.undone_by:
            raise StoreError("this was taken back already")
        with self._write({}, now):
            for subject, number in known.detail.get("verdicts", {}).items():
                self._take_back(subject, number, editor, now)
            for edit in reversed(known.detail.get("edits", [])):
                self._edits.undo(edit, editor, now)
            if known.kind == "retitle":
                self._title_edits.retitle(known.detail["title"], known.detail["from"], editor, now)
            return self._log("undo", known.about, editor, now, {"kind": known.kind}, undoes=act)

    def _take_back(self, subject: str, number: int, editor: str, now: dt.datetime) -> None:
        history = self._verdicts.histories([subject]).get(subject, [])
        if standing_number(history) != number:
            raise StoreError("it was decided on again since; take that back first")
        self._verdicts.add(Verdict(subject=subject, action="undo", editor=editor, decided_at=now))

    # Reading

    def get(self, act: int) -> Act | None:
        """One act by its number; None where there is none."""
        return next(self._acts("WHERE act.id = ?", [act]), None)

    def last_of(self, editor: str) -> Act | None:
        """An editor's last act that was not taken back; None where there is none."""
        return next(
            self._acts("WHERE act.editor = ? AND act.kind <> 'undo' AND later.id IS NULL ORDER BY act.id DESC LIMIT 1", [editor]), None
        )

    def log(self, *, about: str | None = None, before: int | None = None, limit: int = 50) -> list[Act]:
        """The newest acts, newest first: on one announcement, and older than a number, where that is asked."""
        where = "WHERE (:about IS NULL OR act.about = :about) AND (:before IS NULL OR act.id < :before) ORDER BY act.id DESC LIMIT :limit"
        return list(self._acts(where, {"about": about, "before": before, "limit": limit}))

    def _acts(self, where: str, values: Any) -> Iterator[Act]:
        sql = f"""SELECT act.*, later.id AS undone_by FROM desk_action AS act
                  LEFT JOIN desk_action AS later ON later.undoes = act.id {where}"""
        for row in self._db.query(sql, values):
            yield Act(**(row | {"at": to_time(row["at"]), "detail": json.loads(row["detail"])}))

    # Steps

    @contextmanager
    def _write(self, shown: Shown, now: dt.datetime) -> Iterator[None]:
        """One transaction in which nobody else writes: check what was shown, act, and bring the queue up to date."""
        with exclusive(self._db):
            self._bring_up(shown, now)
            for announcement, stamp in shown.items():
                item = self._queue.get(announcement)
                if item is None or item.stamp != stamp:
                    raise StaleError(announcement)
            yield
            self._bring_up(shown, now)

    def _bring_up(self, shown: Shown, now: dt.datetime) -> None:
        """The queue up to date for what is decided on; for the rest as far as takes a moment, as after a backfill."""
        self._queue.catch_up(now, most=SOON)
        if self._queue.behind():
            self._queue.place(list(shown), now)

    def _rekey(self, announcement: str, work: str, editor: str, now: dt.datetime) -> int:
        return self._edits.rekey(self._work(announcement), work, editor, now, only=[announcement])

    def _work(self, announcement: str) -> str:
        known = self._announcements.get(announcement)
        if known is None:
            raise StoreError(f"{announcement}: there is no such announcement")
        return known.work

    def _last_edit(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM announcement_edit").fetchone()[0])

    def _log(self, kind: str, about: str, editor: str, now: dt.datetime, detail: Mapping[str, Any], undoes: int | None = None) -> int:
        sql = "INSERT INTO desk_action (kind, about, editor, at, detail, undoes) VALUES (?, ?, ?, ?, ?, ?) RETURNING id"
        return int(self._db.conn.execute(sql, (kind, about, editor, to_text(now), pack(detail), undoes)).fetchone()[0])


@contextmanager
def exclusive(db: Database) -> Iterator[None]:
    """A transaction that waits for its turn at the start: one that began by reading could not write once another process had."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def standing_number(history: Sequence[tuple[int, Verdict]]) -> int | None:
    """The number of the decision that holds; as `verdicts.standing`."""
    stack: list[int] = []
    for number, verdict in history:
        if verdict.action != "undo":
            stack.append(number)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None
