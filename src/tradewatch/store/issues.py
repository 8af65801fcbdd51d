"""Issues of digests: frozen before they are sent, with how each delivery went."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from tradewatch.store.decisions import exclusive
from tradewatch.store.rows import pack, to_optional_time, to_text, to_time
from tradewatch.types import Certainty, DeliveryState, Dispatch, Grouping, Issue, Selection, Told

_UNDONE = (DeliveryState.WAITING, DeliveryState.FAILED)
_CONTENT = ("title", "zone", "formats", "unreviewed", "failing")


class IssueStore:
    """Tables digest_start, issue, issue_row and dispatch, and the log of changes as far as issues follow it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @contextmanager
    def freezing(self) -> Iterator[None]:
        """A transaction in which nobody else writes, so that what is read stands exactly at the end of the log."""
        with exclusive(self._db):
            yield

    # The log of changes: numbers are given inside transactions that exclude each other, so that none appears below one that was seen.

    def end_of_log(self) -> int:
        """The number of the last change."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM announcement_change").fetchone()[0])

    def before(self, time: dt.datetime) -> int:
        """The number of the last change that was written before a time, counting none that came after it."""
        first = self._db.execute("SELECT min(seq) FROM announcement_change WHERE at >= ?", [to_text(time)]).fetchone()[0]
        return self.end_of_log() if first is None else int(first) - 1

    def changed(self, after: int, until: int) -> list[str]:
        """The announcements that changed in a stretch of the log, and those that one of these reverses; those merged away too."""
        sql = """WITH changed AS (SELECT DISTINCT announcement AS id FROM announcement_change WHERE seq > ? AND seq <= ?)
                 SELECT id FROM changed UNION
                 SELECT other FROM announcement_link JOIN changed ON announcement = changed.id WHERE relation = 'reverses'
                 ORDER BY 1"""
        return [one for (one,) in self._db.execute(sql, [after, until]).fetchall()]

    def revisions(self, announcement: str, until: int) -> tuple[int, dt.datetime]:
        """How often an announcement changed up to a place in the log, after it came; and when it last did."""
        sql = "SELECT count(*) - 1, max(at) FROM announcement_change WHERE announcement = ? AND seq <= ?"
        count, last = self._db.execute(sql, [announcement, until]).fetchone()
        return int(count), to_time(last)

    def version_at(self, announcement: str, place: int) -> tuple[int, dt.datetime] | None:
        """The version that an announcement had at a place in the log, and when that was; None where it was not known then."""
        sql = "SELECT version, at FROM announcement_change WHERE announcement = ? AND seq <= ? ORDER BY seq DESC LIMIT 1"
        row = self._db.execute(sql, [announcement, place]).fetchone()
        return (int(row[0]), to_time(row[1])) if row else None

    # Issues

    def start(self, digest: str, now: dt.datetime) -> dt.datetime:
        """Since when a digest is known: now, where it is asked for the first time."""
        with self._db.atomic():
            self._db.execute("INSERT OR IGNORE INTO digest_start VALUES (?, ?)", [digest, to_text(now)])
            return to_time(self._db.execute("SELECT at FROM digest_start WHERE digest = ?", [digest]).fetchone()[0])

    def freeze(self, issue: Issue, targets: Collection[str], *, send: bool) -> None:
        """Write an issue down, with what has to be delivered; where it is not to be sent, nothing has."""
        content = {name: getattr(issue, name) for name in _CONTENT} | {"since": to_text(issue.since), "group_by": list(issue.group_by)}
        key = (issue.digest, issue.number)
        times = (to_text(issue.frozen_at), to_text(issue.scheduled_for))
        self._run("INSERT INTO issue VALUES (?, ?, ?, ?, ?, ?, ?)", [(*key, issue.after, issue.until, *times, pack(content))])
        rows = [(*key, place, one.row["announcement_id"], one.mark, pack(dict(one.row))) for place, one in enumerate(issue.rows)]
        self._run("INSERT INTO issue_row VALUES (?, ?, ?, ?, ?, ?)", rows)
        state = DeliveryState.WAITING if send else DeliveryState.SKIPPED
        self._run("INSERT INTO dispatch VALUES (?, ?, ?, ?, 0, 1, NULL, NULL, '')", [(*key, target, state.value) for target in targets])

    def last(self, digest: str) -> Issue | None:
        """A digest's newest issue; None before the first."""
        return next(iter(self.issues(digest, limit=1)), None)

    def get(self, digest: str, number: int) -> Issue | None:
        """One issue; None where there is none."""
        return next(self._issues("digest = ? AND number = ?", [digest, number]), None)

    def issues(self, digest: str | None = None, *, limit: int = 20) -> list[Issue]:
        """The newest issues, newest first: of one digest where that is asked."""
        where = "(:digest IS NULL OR digest = :digest) ORDER BY frozen_at DESC, number DESC LIMIT :limit"
        return list(self._issues(where, {"digest": digest, "limit": limit}))

    def told(self, digest: str, announcement: str) -> Told | None:
        """What a digest's last word on an announcement was; None where it never told it."""
        sql = 'SELECT "row", mark FROM issue_row WHERE announcement = ? AND digest = ? ORDER BY number DESC LIMIT 1'
        row = self._db.execute(sql, [announcement, digest]).fetchone()
        return Told(row=json.loads(row[0]), mark=row[1]) if row else None

    # Deliveries

    def dispatches(self, digest: str, number: int) -> list[Dispatch]:
        """How each delivery of an issue stands."""
        sql = "SELECT * FROM dispatch WHERE digest = ? AND number = ? ORDER BY target"
        return [_dispatch(row) for row in self._db.query(sql, [digest, number])]

    def outstanding(self, digest: str | None = None) -> list[Dispatch]:
        """The deliveries that are not done, the oldest issue first."""
        marks = ", ".join("?" for _ in _UNDONE)
        sql = f"SELECT * FROM dispatch WHERE state IN ({marks}) AND coalesce(?, digest) = digest ORDER BY digest, number, target"
        return [_dispatch(row) for row in self._db.query(sql, [*(state.value for state in _UNDONE), digest])]

    def save(self, dispatch: Dispatch) -> None:
        """Write down how a delivery went, in place of what was known of it."""
        values = dataclasses.asdict(dispatch) | {"at": to_text(dispatch.at), "next_at": to_text(dispatch.next_at)}
        with self._db.atomic():
            self._db.execute(
                """INSERT OR REPLACE INTO dispatch
                   VALUES (:digest, :number, :target, :state, :tries, :sending, :at, :next_at, :reason)""",
                values,
            )

    # Counting

    def unreviewed(self, selection: Selection) -> int:
        """How many announcements of a selection wait for an editor."""
        tests: dict[str, list[str]] = {
            "type": sorted(selection.types),
            "network": sorted(selection.networks),
            "certainty": sorted(tuple(Certainty)[tuple(Certainty).index(selection.certainty) :]) if selection.certainty else [],
        }
        where = [f"queue.{column} IN ({_marks(values)})" for column, values in tests.items() if values]
        values: list[str] = [value for found in tests.values() for value in found]
        told_by: dict[str, Collection[str] | None] = {"outlet": selection.outlets, "tier": selection.tiers or None}
        for column, wanted in told_by.items():
            if wanted is not None:
                where.append(f"""EXISTS (SELECT 1 FROM announcement_report AS report WHERE report.announcement = queue.announcement
                                 AND report.{column} IN ({_marks(wanted)}))""")
                values += sorted(wanted)
        sql = f"SELECT count(*) FROM queue WHERE {' AND '.join(['state = ?', *where])}"
        return int(self._db.execute(sql, ["open", *values]).fetchone()[0])

    # Steps

    def _run(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._db.conn.executemany(sql, rows)

    def _issues(self, where: str, values: Any) -> Iterator[Issue]:
        for row in list(self._db.query(f"SELECT * FROM issue WHERE {where}", values)):
            yield _issue(row, self._rows(row["digest"], row["number"]))

    def _rows(self, digest: str, number: int) -> tuple[Told, ...]:
        sql = 'SELECT "row", mark FROM issue_row WHERE digest = ? AND number = ? ORDER BY position'
        return tuple(Told(row=json.loads(row), mark=mark) for row, mark in self._db.execute(sql, [digest, number]).fetchall())


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" for _ in values)


def _issue(row: dict[str, Any], rows: tuple[Told, ...]) -> Issue:
    content = json.loads(row["content"])
    return Issue(
        digest=row["digest"],
        title=content["title"],
        number=row["number"],
        after=row["after"],
        until=row["until"],
        since=to_time(content["since"]),
        frozen_at=to_time(row["frozen_at"]),
        zone=content["zone"],
        group_by=tuple(map(Grouping, content["group_by"])),
        formats=tuple(content["formats"]),
        rows=rows,
        unreviewed=content["unreviewed"],
        failing=tuple((source, reason) for source, reason in content["failing"]),
        scheduled_for=to_optional_time(row["scheduled_for"]),
    )


def _dispatch(row: dict[str, Any]) -> Dispatch:
    times = {"at": to_optional_time(row["at"]), "next_at": to_optional_time(row["next_at"])}
    return Dispatch(**(row | times | {"state": DeliveryState(row["state"])}))
