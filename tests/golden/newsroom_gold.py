"""The newsroom's own account of what its stories tell, held against what the demo found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewatch.config import bundled
from tradewatch.text import fold

Event = tuple[str, str, str, str]
"""(type, folded title, folded person, role): what tells one announcement of the newsroom from another."""


@dataclass(frozen=True)
class Difference:
    """What the demo missed and what it made up; an event that careful editors would dispute counts for neither."""

    missing: tuple[Event, ...]
    false: tuple[Event, ...]
    wrong: tuple[str, ...]
    """Slots that are told otherwise than in the stories."""


def told(folder: Path | None = None) -> list[dict[str, Any]]:
    """The announcements that the stories tell."""
    lines = ((folder or bundled("newsroom")) / "announcements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def event(kind: str, title: str | None, person: str | None, seasons: str = "") -> Event:
    return kind, fold(title or ""), fold(person or ""), seasons if kind in ("renewal", "final_season") else ""


def of_gold(row: dict[str, Any]) -> Event:
    return event(row["type"], row["title"], row.get("person"), ", ".join(map(str, row.get("seasons", []))))


def of_digest(row: dict[str, str]) -> Event:
    return event(row["claim_type"], row["title"], row["people"], row["season"])


def compare(digest: Path) -> Difference:
    """The digest's lines against the newsroom's own account."""
    found = list(csv.DictReader(io.StringIO(digest.read_text(encoding="utf-8"), newline="")))
    gold = told()
    firm = {of_gold(row) for row in gold if not row.get("optional")}
    known = {of_gold(row) for row in gold}
    standing = {of_digest(row) for row in found if row["change"] != "retracted"}
    missing = firm - {of_digest(row) for row in found}
    return Difference(missing=tuple(sorted(missing)), false=tuple(sorted(standing - known)), wrong=tuple(_wrong(gold, found)))


def _wrong(gold: Iterable[dict[str, Any]], found: Iterable[dict[str, str]]) -> Iterable[str]:
    by_event = {of_digest(row): row for row in found}
    slots = {"network": "network", "date": "effective_date"}
    for row in gold:
        line = by_event.get(of_gold(row))
        for slot, column in slots.items():
            if line and row.get(slot) and str(row[slot]) != line[column]:
                yield f"{row['key']}: {slot} {line[column] or 'nothing'}, not {row[slot]}"
