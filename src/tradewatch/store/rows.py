"""Values to columns and back: times as UTC text that sorts, tuples as JSON, claims as their slots."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tradewatch.types import Claim, ClaimType, Novelty, Status

CLAIM_COLUMNS: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Claim) if field.name != "evidence")
"""Every slot of a claim has a column of its own; its evidence has a table."""

_JSON_SLOTS = frozenset({"seasons", "attribution"})
_FLAGS = frozenset({"working_title", "final"})
_ENUMS: dict[str, dict[str, StrEnum]] = {
    name: {member.value: member for member in kind} for name, kind in (("type", ClaimType), ("status", Status), ("novelty", Novelty))
}


def to_text(time: dt.datetime | None) -> str | None:
    """A UTC time as fixed-width text; None stays None."""
    return None if time is None else time.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def to_time(text: str) -> dt.datetime:
    """The UTC time that `to_text` wrote."""
    return dt.datetime.fromisoformat(text)  # ten times as quick as strptime


def to_optional_time(text: str | None) -> dt.datetime | None:
    """As `to_time`; None stays None."""
    return None if text is None else to_time(text)


def columns_of(value: Any) -> dict[str, Any]:
    """The fields of a flat dataclass by name, as they are (`asdict` would copy each)."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def pack(value: object) -> str:
    """Compact JSON with the characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> tuple[Any, ...]:
    """The list that `pack` wrote."""
    return () if text == "[]" else tuple(json.loads(text))


def claim_row(claim: Claim) -> dict[str, Any]:
    """The columns of a claim, without its evidence."""
    row = {name: getattr(claim, name) for name in CLAIM_COLUMNS}
    return {name: pack(list(value)) if name in _JSON_SLOTS else value for name, value in row.items()}


def claim_value(row: Mapping[str, Any]) -> Claim:
    """The claim that `claim_row` wrote, without its evidence; columns beyond the slots are passed over."""
    slots = {name: row[name] for name in CLAIM_COLUMNS}
    for name in _JSON_SLOTS:
        slots[name] = unpack(slots[name])
    for name in _FLAGS:
        slots[name] = bool(slots[name])
    for name, values in _ENUMS.items():
        slots[name] = values[slots[name]]
    return Claim(**slots)
