"""The queue: where each announcement stands at the desk, kept up to date by following what the pipeline and editors wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from tradewatch.store.announcement_edits import touched
from tradewatch.store.announcements import AnnouncementStore
from tradewatch.store.rows import to_text, to_time
from tradewatch.store.verdicts import VerdictStore, standing
from tradewatch.text import content_id
from tradewatch.triage import Band, Reopening, State, TitleState, band_of, place_of, reopening, state_of, title_state
from tradewatch.triage.state import due
from tradewatch.types import Announcement, ClaimType, Verdict
from tradewatch.wording import predicate

BATCH = 500
"""Announcements placed in one transaction."""
SOON = 4
"""Batches that a page, or a decision, waits for."""
FEW = 2000
"""So many rows that answer are gathered before the queue is read; of more, the next one along the queue is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """Where one announcement stands."""

    announcement: str
    state: State
    place: str
    stamp: str
    """What a decision has to name; another one after each change that it should know of."""
    reopened: Reopening | None
    due_at: dt.datetime | None
    type: ClaimType
    title_state: TitleState

    @property
    def band(self) -> Band:
        """The part of the queue that it is in."""
        return Band(int(self.place[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A question to the queue; what is None or empty is not asked."""

    state: State | None = State.OPEN
    type: ClaimType | None = None
    network: str | None = None
    outlets: tuple[str, ...] = ()
    """Told by one of them."""
    certainty: str | None = None
    title_state: TitleState | None = None
    since: dt.datetime | None = None
    """Last told then or later."""
    words: str = ""


class QueueStore:
    """Tables queue, queue_outlet, announcement_text, followed, lease and saved_view."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._announcements = AnnouncementStore(db)
        self._verdicts = VerdictStore(db)

    # Following the logs

    def catch_up(self, now: dt.datetime, *, most: int | None = None) -> int:
        """Place what was written since the last time, and bring back what is due; returns how many. `most` batches, else all."""
        placed = 0
        for batch, done in islice(self._batches(), most):
            with self._db.atomic():
                self.place(batch, now)
                for log, at in done.items():
                    self._db.execute("INSERT OR REPLACE INTO followed VALUES (?, ?)", [log, at])
            placed += len(batch)
        due_now = "SELECT announcement FROM queue WHERE state = 'deferred' AND due_at <= ?"
        if back := [one for (one,) in self._db.execute(due_now, [to_text(now)]).fetchall()]:
            self.place(back, now)
        return placed + len(back)

    def behind(self) -> int:
        """About how many announcements changed since the queue was brought up to date."""
        return sum(int(newest or 0) - int(self._followed(log)) for log, newest in self._ends().items())

    def _followed(self, log: str) -> str:
        row = self._db.execute("SELECT at FROM followed WHERE log = ?", [log]).fetchone()
        return row[0] if row else "0"

    def _ends(self) -> dict[str, int]:
        ends = {log: self._db.execute(f"SELECT max({key}) FROM {log}").fetchone()[0] for log, key in _LOGS.items()}
        return {log: end or 0 for log, end in ends.items()}

    def _batches(self) -> Iterator[tuple[list[str], dict[str, str]]]:
        """Announcements that changed, some at a time, with how far each log is then followed."""
        sql = """SELECT seq, announcement FROM announcement_change WHERE seq > ? ORDER BY seq LIMIT ?"""
        while rows := self._db.execute(sql, [self._followed("announcement_change"), BATCH]).fetchall():
            yield list(dict.fromkeys(one for _, one in rows)), {"announcement_change": str(rows[-1][0])}
        sql = """SELECT verdict.id, announcement.id FROM verdict LEFT JOIN announcement ON announcement.id = subject
                 WHERE verdict.id > ? ORDER BY verdict.id LIMIT ?"""
        while rows := self._db.execute(sql, [self._followed("verdict"), BATCH]).fetchall():
            yield list(dict.fromkeys(one for _, one in rows if one)), {"verdict": str(rows[-1][0])}
        edits, undone = self._followed("announcement_edit"), self._followed("announcement_edit.undone")
        sql = "SELECT id, detail, undone_at FROM announcement_edit WHERE id > ? OR undone_at > ? ORDER BY id"
        if rows := self._db.execute(sql, [edits, undone]).fetchall():
            about = {one for _, detail, _ in rows for one in touched(json.loads(detail))}
            last = max([undone, *(at for _, _, at in rows if at)])
            yield sorted(about), {"announcement_edit": str(max(int(edits), rows[-1][0])), "announcement_edit.undone": last}

    def place(self, announcements: Sequence[str], now: dt.datetime) -> None:
        """Say anew where some announcements stand; those merged away or told by nobody leave the queue."""
        for start in range(0, len(announcements), BATCH):
            self._place(announcements[start : start + BATCH], now)

    def _place(self, ids: Sequence[str], now: dt.datetime) -> None:
        standing_now = {one.id: one for one in self._announcements.named(ids)}
        histories, matches = self._verdicts.histories(ids), self._matches(ids)
        with self._db.atomic():
            for gone in set(ids) - set(standing_now):
                self._drop(gone)
            for one in standing_now.values():
                self._write(one, histories.get(one.id, []), matches.get(one.id, set()), now)

    def _matches(self, ids: Sequence[str]) -> dict[str, set[str | None]]:
        """What the matcher said of the titles of each announcement's claims."""
        sql = f"""SELECT DISTINCT report.announcement, claim.match_kind FROM announcement_report AS report
                  JOIN claim ON claim.id = report.claim_id WHERE report.announcement IN ({",".join("?" * len(ids))})"""
        found: dict[str, set[str | None]] = {}
        for one, kind in self._db.execute(sql, list(ids)).fetchall():
            found.setdefault(one, set()).add(kind)
        return found

    def _drop(self, announcement: str) -> None:
        row = self._db.execute("SELECT no FROM queue WHERE announcement = ?", [announcement]).fetchone()
        if row:
            self._db.execute("DELETE FROM announcement_text WHERE rowid = ?", [row[0]])
            self._db.execute("DELETE FROM queue WHERE no = ?", [row[0]])

    def _write(self, one: Announcement, history: list[tuple[int, Verdict]], matches: set[str | None], now: dt.datetime) -> None:
        verdict = standing([verdict for _, verdict in history])
        reopened = self._reopened(one, verdict) if verdict else None
        title = title_state(one.work, one.value.title, matches)
        denials = sum(report.stance == "denies" for report in one.reports)
        row = {
            "announcement": one.id,
            "state": state_of(verdict, reopened, now).value,
            "place": place_of(one, band_of(one, title, contradicted=reopened is Reopening.CONTRADICTED)),
            "stamp": content_id(one.version, one.work, denials, reopened, history[-1][0] if history else 0),
            "reopened": reopened.value if reopened else None,
            "decided": verdict.action if verdict else None,
            "due_at": to_text(due(verdict)) if verdict and not reopened else None,
            "type": one.type.value,
            "network": one.value.network,
            "certainty": one.certainty.value,
            "title_state": title.value,
            "seen": to_text(one.last_seen),
        }
        sets = ", ".join(f"{name} = excluded.{name}" for name in row)
        sql = f"""INSERT INTO queue ({", ".join(row)}) VALUES ({", ".join(":" + name for name in row)})
                  ON CONFLICT (announcement) DO UPDATE SET {sets} RETURNING no"""
        no = self._db.conn.execute(sql, row).fetchone()[0]
        self._db.conn.executemany("INSERT OR IGNORE INTO queue_outlet VALUES (?, ?)", [(outlet, no) for outlet in one.outlets])
        self._write_words(no, _words(one))

    def _write_words(self, no: int, words: str) -> None:
        """What an announcement is found by; written only where it changed, for in a large index each writing costs a merge."""
        known = self._db.conn.execute("SELECT words FROM announcement_text WHERE rowid = ?", (no,)).fetchone()
        if known is None or known[0] != words:
            self._db.conn.execute("INSERT OR REPLACE INTO announcement_text (rowid, words) VALUES (?, ?)", (no, words))

    def _reopened(self, one: Announcement, verdict: Verdict) -> Reopening | None:
        """Why a decided announcement is open again, by what was written since the decision."""
        versions = self._announcements.versions(one.id)
        seen = next((version for version in reversed(versions) if version.version <= (verdict.version or one.version)), versions[0])
        sql = "SELECT DISTINCT kind FROM announcement_change WHERE announcement = ? AND at > ?"
        kinds = {kind for (kind,) in self._db.execute(sql, [one.id, to_text(verdict.decided_at)]).fetchall()}
        retracted = "unsaid" in kinds and not self._told_by_anyone(one.id)
        return reopening(kinds, (seen.value, seen.certainty), (one.value, one.certainty), retracted=retracted)

    def _told_by_anyone(self, announcement: str) -> bool:
        """Whether some outlet still asserts it."""
        sql = "SELECT 1 FROM report WHERE announcement = ? AND stance <> 'denies' AND NOT claim_gone AND withdrawn_at IS NULL LIMIT 1"
        return self._db.execute(sql, [announcement]).fetchone() is not None

    # Asking

    def get(self, announcement: str) -> QueueItem | None:
        """Where one announcement stands; None where it is unknown, or merged away."""
        return next(self._items("SELECT * FROM queue WHERE announcement = ?", [announcement]), None)

    def page(self, filters: Filters, *, after: str = "", limit: int = 50) -> list[QueueItem]:
        """The items that answer a question, in the order of the queue, from the place that follows `after`."""
        where, values = self._where(filters)
        sql = f"SELECT * FROM queue WHERE {where} AND place > :after ORDER BY place LIMIT :limit"
        return list(self._items(sql, values | {"after": after, "limit": limit}))

    def before(self, filters: Filters, place: str) -> QueueItem | None:
        """The item that stands right before a place, if there is one."""
        where, values = self._where(filters)
        sql = f"SELECT * FROM queue WHERE {where} AND place < :place ORDER BY place DESC LIMIT 1"
        return next(self._items(sql, values | {"place": place}), None)

    def following(self, filters: Filters, place: str, user: str, now: dt.datetime) -> QueueItem | None:
        """The next item after a place that nobody else looks at, else the first of the question; None where there is none."""
        where, values = self._where(filters)
        free = "announcement NOT IN (SELECT announcement FROM lease WHERE until > :now AND user <> :user)"
        values |= {"place": place, "now": to_text(now), "user": user}
        for test in (f"place > :place AND {free}", free, "true"):
            found = next(self._items(f"SELECT * FROM queue WHERE {where} AND {test} ORDER BY place LIMIT 1", values), None)
            if found:
                return found
        return None

    def newest(self, filters: Filters, limit: int) -> list[QueueItem]:
        """The items that answer a question, the last told first."""
        where, values = self._where(filters)
        return list(self._items(f"SELECT * FROM queue WHERE {where} ORDER BY seen DESC, no LIMIT :limit", values | {"limit": limit}))

    def count(self, filters: Filters, most: int) -> int:
        """How many answer a question; counting stops at `most`."""
        where, values = self._where(filters)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM queue WHERE {where} LIMIT :most)"
        return int(self._db.execute(sql, values | {"most": most}).fetchone()[0])

    def networks(self) -> list[str]:
        """The networks that announcements name."""
        sql = "SELECT DISTINCT network FROM queue WHERE network IS NOT NULL ORDER BY network COLLATE NOCASE"
        return [name for (name,) in self._db.execute(sql).fetchall()]

    def outlets(self) -> list[str]:
        """The outlets that told something."""
        # A loose scan of the index: one step for each outlet, however many announcements it told.
        sql = """WITH RECURSIVE name (outlet) AS (
                   SELECT min(outlet) FROM queue_outlet UNION ALL
                   SELECT (SELECT min(outlet) FROM queue_outlet WHERE outlet > name.outlet) FROM name WHERE outlet IS NOT NULL)
                 SELECT outlet FROM name WHERE outlet IS NOT NULL ORDER BY outlet COLLATE NOCASE"""
        return [name for (name,) in self._db.execute(sql).fetchall()]

    def _where(self, filters: Filters) -> tuple[str, dict[str, Any]]:
        """The condition of a question and its values; its names are ours, so that it can stand in a statement."""
        tests, values = _columns_asked(filters)
        if filters.outlets:
            marks = {f"outlet{i}": name for i, name in enumerate(filters.outlets)}
            told = f"FROM queue_outlet WHERE outlet IN ({', '.join(':' + mark for mark in marks)})"
            tests.append(self._among(told, marks))
            values |= marks
        if query := match_of(filters.words):
            tests.append("no IN (SELECT rowid FROM announcement_text WHERE announcement_text MATCH :words)")
            values["words"] = query
        return " AND ".join(tests) or "true", values

    def _among(self, rows: str, values: dict[str, Any]) -> str:
        """A condition that an item is among some rows: many are asked one by one along the queue, few are gathered first."""
        counted = self._db.execute(f"SELECT count(*) FROM (SELECT 1 {rows} LIMIT {FEW})", values).fetchone()[0]
        return f"EXISTS (SELECT 1 {rows} AND no = queue.no)" if counted == FEW else f"no IN (SELECT no {rows})"

    def _items(self, sql: str, values: Any) -> Iterator[QueueItem]:
        cursor = self._db.conn.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return (_item(dict(zip(names, row, strict=True))) for row in cursor.fetchall())

    # Who looks at what

    def look(self, user: str, announcement: str, until: dt.datetime) -> None:
        """Write down that a user looks at an announcement, and at no other."""
        self._db.execute("INSERT OR REPLACE INTO lease VALUES (?, ?, ?)", [user, announcement, to_text(until)])

    def lookers(self, announcement: str, now: dt.datetime, *, but: str = "") -> list[str]:
        """Who looks at an announcement now, besides `but`."""
        sql = "SELECT user FROM lease WHERE announcement = ? AND until > ? AND user <> ? ORDER BY user"
        return [user for (user,) in self._db.execute(sql, [announcement, to_text(now), but]).fetchall()]

    # Saved views

    def save_view(self, name: str, query: str, editor: str, now: dt.datetime) -> None:
        """Name a question; the name's earlier question gives way."""
        self._db.execute("INSERT OR REPLACE INTO saved_view VALUES (?, ?, ?, ?)", [name, query, editor, to_text(now)])

    def forget_view(self, name: str) -> None:
        """Take a name away."""
        self._db.execute("DELETE FROM saved_view WHERE name = ?", [name])

    def views(self) -> list[tuple[str, str]]:
        """(name, query) of the saved views, by name."""
        return [(name, query) for name, query in self._db.execute("SELECT name, query FROM saved_view ORDER BY name").fetchall()]


_LOGS = {"announcement_change": "seq", "verdict": "id"}


def _words(one: Announcement) -> str:
    """What an announcement is found by."""
    value = one.value
    named = (value.title, value.person, value.network, value.parent, value.character, value.role, value.type, predicate(value))
    return "\n".join(str(name).replace("_", " ") for name in (*named, *one.outlets) if name)


def _columns_asked(filters: Filters) -> tuple[list[str], dict[str, Any]]:
    """The conditions of a question on the queue's own columns, and their values."""
    plain = {name: getattr(filters, name) for name in ("state", "type", "network", "certainty", "title_state")}
    tests = [f"{name} = :{name}" for name, value in plain.items() if value is not None]
    values: dict[str, Any] = {name: str(value) for name, value in plain.items() if value is not None}
    if filters.since:
        tests.append("seen >= :since")
        values["since"] = to_text(filters.since)
    return tests, values


def match_of(words: str) -> str:
    """What a person typed as a query of FTS5: all of the words, the last one perhaps unfinished; no operator gets through."""
    found = ["".join(char for char in word if char.isalnum()) for word in "".join(c if c.isalnum() else " " for c in words).split()]
    return " ".join(f'"{word}"' for word in found[:12]) + ("*" if found else "")


def _item(row: Mapping[str, Any]) -> QueueItem:
    return QueueItem(
        announcement=row["announcement"],
        state=State(row["state"]),
        place=row["place"],
        stamp=row["stamp"],
        reopened=Reopening(row["reopened"]) if row["reopened"] else None,
        due_at=to_time(row["due_at"]) if row["due_at"] else None,
        type=ClaimType(row["type"]),
        title_state=TitleState(row["title_state"]),
    )
