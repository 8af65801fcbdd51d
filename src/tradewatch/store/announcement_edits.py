"""What editors do to whole announcements: merge, split, settle, re-key; each is logged and can be undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from tradewatch.announce.ledger import retold
from tradewatch.errors import StoreError
from tradewatch.store.announcements import AnnouncementStore
from tradewatch.store.rows import pack, to_optional_time, to_text, to_time
from tradewatch.text import content_id
from tradewatch.types import Announcement, Claim, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing that an editor did to announcements."""

    id: int
    action: str
    detail: Mapping[str, Any]
    editor: str
    reason: str | None
    at: dt.datetime
    undone_at: dt.datetime | None


class AnnouncementEdits:
    """Table announcement_edit, and what its rows did.

    Every edit moves reports, or the work they are about; the announcements are then told anew from their reports, as a further version.
    """

    def __init__(self, db: Database, *, networks: Mapping[str, str] | None = None) -> None:
        self._db = db
        self._announcements = AnnouncementStore(db)
        self._networks = networks

    def merge(self, kept: str, gone: str, editor: str, now: dt.datetime, reason: str | None = None) -> int:
        """Hold two announcements for one; returns the edit's number.

        Raises StoreError where one is unknown or merged already, or where both are the same.
        """
        first, second = self._standing(kept), self._standing(gone)
        if first.id == second.id:
            raise StoreError(f"{kept} and {gone} are one announcement already")
        if first.type is not second.type:
            raise StoreError(f"{kept} is a {first.type} and {gone} a {second.type}: they cannot be one event")
        with self._db.atomic():
            told = [*self._announcements.told(first.id), *self._announcements.told(second.id)]
            moved = self._move(self._claims(second.id), first.id)
            self._db.execute("UPDATE announcement SET merged_into = ? WHERE id = ?", [first.id, second.id])
            self._note(second.id, "merged", now)
            self._tell(first.id, told, first.work, "merged", now)
            return self._log("merge", {"kept": first.id, "gone": second.id, "claims": moved}, editor, reason, now)

    def split(self, announcement_id: str, claims: Iterable[str], editor: str, now: dt.datetime, reason: str | None = None) -> int:
        """Hold some of an announcement's claims for an event of their own; returns the edit's number.

        Raises StoreError where the announcement is unknown, a claim is not of it, or none would be left on one side.
        """
        known = self._standing(announcement_id)
        moved, all_claims = sorted(set(claims)), self._claims(known.id)
        if strange := sorted(set(moved) - set(all_claims)):
            raise StoreError(f"{', '.join(strange)}: not a claim of announcement {known.id}")
        if not moved or len(moved) == len(all_claims):
            raise StoreError(f"a split of {known.id} must leave claims on both sides; it has {', '.join(all_claims)}")
        with self._db.atomic():
            apart = content_id("announcement", "split", known.id, *moved)
            told = [pair for pair in self._announcements.told(known.id) if pair[1].claim_id in moved]
            self._tell(apart, told, known.work, "split", now)
            self._move(moved, apart)
            self._retell(known.id, "split", now)
            return self._log("split", {"from": known.id, "into": apart, "claims": moved}, editor, reason, now)

    def settle(self, claim_id: str, announcement_id: str | None, editor: str, now: dt.datetime, reason: str | None = None) -> int:
        """Place a doubtful claim in an announcement, or in a new one of its own (None); returns the edit's number.

        Raises StoreError where the claim waits for nobody or the announcement is unknown.
        """
        doubt = self._announcements.doubt(claim_id)
        if doubt is None:
            raise StoreError(f"{claim_id}: no such claim waits for an editor")
        with self._db.atomic():
            if announcement_id:
                place, work = self._standing(announcement_id).id, self._standing(announcement_id).work
                told = [*self._announcements.told(place), (doubt.claim, doubt.report)]
                self._move([claim_id], place)
                self._tell(place, told, work, "settled", now)
            else:
                place = content_id("announcement", claim_id)
                self._tell(place, [(doubt.claim, doubt.report)], doubt.work, "settled", now)
                self._move([claim_id], place)
            return self._log("settle", {"claims": [claim_id], "into": place, "opened": announcement_id is None}, editor, reason, now)

    def rekey(
        self, work: str, into: str, editor: str, now: dt.datetime, reason: str | None = None, *, only: Sequence[str] | None = None
    ) -> int:
        """Say that announcements of one work (those in `only`, else all) are of another; returns the edit's number."""
        known = self._db.execute("SELECT id FROM announcement WHERE work = ?", [work]).fetchall()
        moved = sorted(one for (one,) in known if only is None or one in only)
        with self._db.atomic():
            for one in moved:
                self._set_work(one, into)
                self._note(one, "rekeyed", now)
            return self._log("rekey", {"from": work, "into": into, "announcements": moved}, editor, reason, now)

    def undo(self, edit: int, editor: str, now: dt.datetime) -> None:
        """Take one edit back; reports that came after it stay where they are.

        Raises StoreError where there is no such edit, it is undone already, or a later one builds on it.
        """
        row = self._db.execute("SELECT action, detail, undone_at FROM announcement_edit WHERE id = ?", [edit]).fetchone()
        if row is None or row[2]:
            raise StoreError(f"edit {edit}: {'undone already' if row else 'there is no such edit'}")
        detail = json.loads(row[1])
        if later := self._built_upon(edit, detail):
            raise StoreError(f"edit {edit}: edit {later} builds on it; undo that first")
        with self._db.atomic():
            {"merge": self._unmerge, "split": self._unsplit, "settle": self._unsettle, "rekey": self._unrekey}[row[0]](detail, now)
            self._db.execute("UPDATE announcement_edit SET undone_at = ?, undone_by = ? WHERE id = ?", [to_text(now), editor, edit])

    def log(self, limit: int = 50) -> list[Edit]:
        """The newest edits, newest first."""
        return [
            Edit(
                id=row["id"],
                action=row["action"],
                detail=json.loads(row["detail"]),
                editor=row["editor"],
                reason=row["reason"],
                at=to_time(row["at"]),
                undone_at=to_optional_time(row["undone_at"]),
            )
            for row in self._db.query("SELECT * FROM announcement_edit ORDER BY id DESC LIMIT ?", [limit])
        ]

    # Taking back

    def _unmerge(self, detail: Mapping[str, Any], now: dt.datetime) -> None:
        self._db.execute("UPDATE announcement SET merged_into = NULL WHERE id = ?", [detail["gone"]])
        self._move(detail["claims"], detail["gone"])
        self._retell(detail["gone"], "undone", now)
        self._retell(detail["kept"], "undone", now)

    def _unsplit(self, detail: Mapping[str, Any], now: dt.datetime) -> None:
        self._move(self._claims(detail["into"]), detail["from"])
        self._db.execute("UPDATE announcement SET merged_into = ? WHERE id = ?", [detail["from"], detail["into"]])
        self._note(detail["into"], "undone", now)
        self._retell(detail["from"], "undone", now)

    def _unsettle(self, detail: Mapping[str, Any], now: dt.datetime) -> None:
        if detail["opened"] and len(self._claims(detail["into"])) > len(detail["claims"]):
            raise StoreError(f"announcement {detail['into']} has more reports since; split it instead")
        self._move(detail["claims"], None)
        if detail["opened"]:
            self._db.execute("UPDATE announcement SET withdrawn = 1 WHERE id = ?", [detail["into"]])
            self._note(detail["into"], "undone", now)
        else:
            self._retell(detail["into"], "undone", now)

    def _unrekey(self, detail: Mapping[str, Any], now: dt.datetime) -> None:
        for one in detail["announcements"]:
            self._set_work(one, detail["from"])
            self._note(one, "undone", now)

    # Steps

    def _standing(self, announcement_id: str) -> Announcement:
        known = self._announcements.get(announcement_id)
        if known is None:
            raise StoreError(f"{announcement_id}: there is no such announcement")
        return known

    def _claims(self, announcement_id: str) -> list[str]:
        sql = "SELECT claim_id FROM announcement_report WHERE announcement = ? ORDER BY claim_id"
        return [claim for (claim,) in self._db.execute(sql, [announcement_id]).fetchall()]

    def _move(self, claims: Sequence[str], into: str | None) -> list[str]:
        self._db.conn.executemany("UPDATE announcement_report SET announcement = ? WHERE claim_id = ?", [(into, claim) for claim in claims])
        return list(claims)

    def _retell(self, announcement_id: str, because: str, now: dt.datetime) -> None:
        """Tell an announcement anew from the reports that it has now."""
        work = self._db.execute("SELECT work FROM announcement WHERE id = ?", [announcement_id]).fetchone()[0]
        self._tell(announcement_id, self._announcements.told(announcement_id), work, because, now)

    def _tell(self, announcement_id: str, told: Sequence[tuple[Claim, Report]], work: str, because: str, now: dt.datetime) -> None:
        """Write a further version of an announcement, made of these reports; it stands again if it did not."""
        sql = "SELECT coalesce(max(version), 0) + 1 FROM announcement_version WHERE announcement = ?"
        version = self._db.execute(sql, [announcement_id]).fetchone()[0]
        announcement = replace(retold(told, work, now, networks=self._networks), id=announcement_id, version=version)
        self._announcements.write(announcement, None, because, now)
        self._db.execute("UPDATE announcement SET withdrawn = 0 WHERE id = ?", [announcement_id])

    def _set_work(self, announcement_id: str, work: str) -> None:
        known = self._announcements.get(announcement_id)
        if known is None:
            return
        self._db.execute("DELETE FROM announcement_key WHERE announcement = ?", [announcement_id])
        title_id = None if work.startswith("new:") else work
        self._db.execute("UPDATE announcement SET work = ?, title_id = ? WHERE id = ?", [work, title_id, announcement_id])
        self._announcements.write_keys(replace(known, id=announcement_id, work=work))

    def _note(self, announcement_id: str, kind: str, now: dt.datetime) -> None:
        sql = "INSERT INTO announcement_change (announcement, version, kind, at) SELECT id, version, ?, ? FROM announcement WHERE id = ?"
        self._db.execute(sql, [kind, to_text(now), announcement_id])

    def _log(self, action: str, detail: Mapping[str, Any], editor: str, reason: str | None, now: dt.datetime) -> int:
        sql = "INSERT INTO announcement_edit (action, detail, editor, reason, at) VALUES (?, ?, ?, ?, ?) RETURNING id"
        return int(self._db.conn.execute(sql, (action, pack(detail), editor, reason, to_text(now))).fetchone()[0])

    def _built_upon(self, edit: int, detail: Mapping[str, Any]) -> int | None:
        """A later edit, not undone, that touches an announcement which this one touched."""
        about = touched(detail)
        rows = self._db.execute(
            "SELECT id, detail FROM announcement_edit WHERE id > ? AND undone_at IS NULL ORDER BY id", [edit]
        ).fetchall()
        return next((later for later, other in rows if about & touched(json.loads(other))), None)


def touched(detail: Mapping[str, Any]) -> set[str]:
    """The announcements that an edit is about, by its detail."""
    if "announcements" in detail:
        return set(detail["announcements"])
    return {detail[role] for role in ("kept", "gone", "from", "into") if role in detail}
