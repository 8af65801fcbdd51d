"""What editors decided: rows are only added, and the last one that was not undone stands."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import pack, to_text, to_time
from tradewatch.types import Verdict


class VerdictStore:
    """Table verdict."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, verdict: Verdict) -> None:
        """Write one decision down."""
        self._db.execute(
            "INSERT INTO verdict (subject, action, editor, decided_at, reason, changes) VALUES (?, ?, ?, ?, ?, ?)",
            [verdict.subject, verdict.action, verdict.editor, to_text(verdict.decided_at), verdict.reason, pack(verdict.changes)],
        )

    def history(self, subject: str) -> list[Verdict]:
        """All decisions on a claim or an announcement, oldest first."""
        return [_verdict(row) for row in self._db.query("SELECT * FROM verdict WHERE subject = ? ORDER BY id", [subject])]

    def standing(self, subject: str) -> Verdict | None:
        """The decision that holds now; None where there is none or the last one was undone."""
        return standing(self.history(subject))


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
    )
