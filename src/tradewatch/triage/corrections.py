"""What an editor types into a slot, read and checked; and a claim as corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tradewatch.types import Claim, ClaimType, Status

_T = ClaimType
_BIRTH = ("title", "network", "format", "episodes", "relation", "parent", "based_on", "working_title")
SLOTS: dict[ClaimType, tuple[str, ...]] = {
    _T.RENEWAL: ("title", "seasons", "network", "episodes", "final"),
    _T.CANCELLATION: ("title", "seasons", "network"),
    _T.FINAL_SEASON: ("title", "seasons", "network"),
    _T.SERIES_ORDER: _BIRTH,
    _T.PILOT_ORDER: ("title", "network", "stage", "relation", "parent"),
    _T.FILM_GREENLIGHT: ("title", "network", "relation", "parent", "based_on"),
    _T.DEVELOPMENT: ("title", "network", "relation", "parent", "based_on", "working_title"),
    _T.ROLE_ATTACHED: ("title", "person", "role", "network"),
    _T.ROLE_EXIT: ("title", "person", "role", "successor"),
    _T.CASTING: ("title", "person", "character", "tier"),
    _T.CAST_EXIT: ("title", "person", "character"),
    _T.PREMIERE_DATE: ("title", "date", "seasons", "prior_date", "network"),
    _T.NETWORK_MOVE: ("title", "network", "from_network", "seasons"),
    _T.ACQUISITION: ("title", "network", "licensor", "territory"),
    _T.TALENT_DEAL: ("person", "network", "deal"),
    _T.PASSED: ("title", "network", "stage"),
    _T.EPISODE_ORDER: ("title", "episodes", "seasons", "network"),
}
"""The slots that an editor can correct, for each type; `status` besides."""

LONGEST = 300
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4]|-(spring|summer|fall|winter))?")
_FLAGS = ("final", "working_title")


class SlotError(ValueError):
    """What was typed cannot stand in its slot; `slot` says which."""

    def __init__(self, slot: str, problem: str) -> None:
        super().__init__(problem)
        self.slot = slot


def shown(claim: Claim, slot: str) -> str:
    """A slot's value as it is typed."""
    value = getattr(claim, slot)
    if slot == "seasons":
        return ", ".join(map(str, value))
    return "yes" if value is True else "" if value in (None, False) else str(value)


def corrections(claim: Claim, typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The (slot, text) pairs in which what was typed differs from the claim; a flag that was not typed is off.

    Raises SlotError where a text cannot stand in its slot.
    """
    slots = (*SLOTS[claim.type], "status")
    given = {slot: "" if slot in _FLAGS else shown(claim, slot) for slot in slots} | {
        slot: " ".join(text.split()) for slot, text in typed.items() if slot in slots
    }
    changes = [(slot, text) for slot, text in given.items() if value_of(slot, text) != getattr(claim, slot)]
    if claim.title and not given.get("title", claim.title):
        raise SlotError("title", "a claim about a title needs the title")
    return tuple(changes)


def corrected(claim: Claim, changes: Iterable[tuple[str, str]]) -> Claim:
    """The claim as an editor corrected it; what is no slot (such as the end of a deferral) is passed over."""
    return replace(claim, **{slot: value_of(slot, text) for slot, text in changes if slot in _CORRECTABLE})


_CORRECTABLE = frozenset({"status", *(slot for slots in SLOTS.values() for slot in slots)})


def value_of(slot: str, text: str) -> Any:
    """The value of a slot as text gives it. Raises SlotError."""
    return _READ.get(slot, _words)(slot, text)


def _seasons(slot: str, text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(int(number) for number in re.split(r"[,\s]+", text) if number)
    except ValueError:
        raise SlotError(slot, "seasons are numbers, such as 4 or 4, 5") from None
    if any(not 1 <= number <= 200 for number in numbers):
        raise SlotError(slot, "a season is a number from 1 to 200")
    return tuple(sorted(set(numbers)))


def _episodes(slot: str, text: str) -> int | None:
    if text and not (text.isdecimal() and 1 <= int(text) <= 2000):
        raise SlotError(slot, "a number of episodes, such as 10")
    return int(text) if text else None


def _date(slot: str, text: str) -> str | None:
    if text and not _DATE.fullmatch(text):
        raise SlotError(slot, "a date such as 2026-06-18, 2026-06, 2026-Q3, 2026-fall or 2026")
    return text or None


def _status(slot: str, text: str) -> Status:
    try:
        return Status(text)
    except ValueError:
        raise SlotError(slot, f"one of {', '.join(Status)}") from None


def _flag(slot: str, text: str) -> bool:
    return text not in ("", "no", "false")


def _words(slot: str, text: str) -> str | None:
    if len(text) > LONGEST:
        raise SlotError(slot, f"at most {LONGEST} characters")
    return text or None


_READ: dict[str, Callable[[str, str], Any]] = {
    "seasons": _seasons,
    "episodes": _episodes,
    "date": _date,
    "prior_date": _date,
    "status": _status,
    "final": _flag,
    "working_title": _flag,
}
