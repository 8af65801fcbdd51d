"""What editors decided: rows are only added, and the last one that was not undone stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import columns_of, pack, to_text, to_time
from tradewatch.types import Verdict


class VerdictStore:
    """Table verdict."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, verdict: Verdict) -> int:
        """Write one decision down; returns its number."""
        columns = ("subject", "action", "editor", "decided_at", "reason", "changes", "version")
        values = columns_of(verdict) | {"decided_at": to_text(verdict.decided_at), "changes": pack(verdict.changes)}
        sql = f"INSERT INTO verdict ({', '.join(columns)}) VALUES ({', '.join(':' + name for name in columns)})"
        return int(self._db.execute(sql, values).lastrowid or 0)

    def history(self, subject: str) -> list[Verdict]:
        """All decisions on a claim or an announcement, oldest first."""
        return [_verdict(row) for row in self._db.query("SELECT * FROM verdict WHERE subject = ? ORDER BY id", [subject])]

    def histories(self, subjects: Collection[str]) -> dict[str, list[tuple[int, Verdict]]]:
        """All decisions, with their numbers, on each of some subjects, oldest first; a subject without any is left out."""
        found: dict[str, list[tuple[int, Verdict]]] = {}
        marks = ",".join("?" * len(subjects))
        for row in self._db.query(f"SELECT * FROM verdict WHERE subject IN ({marks}) ORDER BY id", list(subjects)):
            found.setdefault(row["subject"], []).append((row["id"], _verdict(row)))
        return found

    def standing(self, subject: str) -> Verdict | None:
        """The decision that holds now; None where there is none or the last one was undone."""
        return standing(self.history(subject))

    def standing_at(self, subject: str, time: dt.datetime) -> Verdict | None:
        """The decision that held at a time."""
        return standing([verdict for verdict in self.history(subject) if verdict.decided_at <= time])


def standing(history: list[Verdict]) -> Verdict | None:
    """The last decision that no later `undo` took back; each undo takes back one."""
    stack: list[Verdict] = []
    for verdict in history:
        if verdict.action != "undo":
            stack.append(verdict)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(
        subject=row["subject"],
        action=row["action"],
        editor=row["editor"],
        decided_at=to_time(row["decided_at"]),
        reason=row["reason"],
        changes=tuple((slot, value) for slot, value in json.loads(row["changes"])),
        version=row["version"],
    )
