"""What makes two claims one event, and what of it may change while it stays the same event."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType

_T = ClaimType


@dataclass(frozen=True, slots=True)
class Shape:
    """How the events of one claim type are told apart."""

    identity: tuple[str, ...]
    """Slots that differ only between different events; the work, and the person where there is one, always count."""
    values: tuple[str, ...]
    """Slots that may change within one event."""
    recurs: bool = False
    """Whether the same may happen again in full: then a later report outside the window is another event."""


SHAPES: dict[ClaimType, Shape] = {
    _T.RENEWAL: Shape(("seasons",), ("final", "episodes", "network")),
    _T.CANCELLATION: Shape(("seasons",), ("network",)),
    _T.FINAL_SEASON: Shape(("seasons",), ("network",)),
    _T.SERIES_ORDER: Shape(("network", "territory"), ("episodes", "format")),
    _T.PILOT_ORDER: Shape(("network", "territory"), ("stage",)),
    _T.FILM_GREENLIGHT: Shape(("network",), ()),
    _T.DEVELOPMENT: Shape(("network",), ("format", "based_on")),
    _T.ROLE_ATTACHED: Shape(("person", "role"), ()),
    _T.ROLE_EXIT: Shape(("person", "role"), ("successor",)),
    _T.CASTING: Shape(("person",), ("character", "tier")),
    _T.CAST_EXIT: Shape(("person",), ("character",)),
    _T.PREMIERE_DATE: Shape(("seasons", "territory"), ("date",)),
    _T.NETWORK_MOVE: Shape(("network",), ("from_network", "seasons")),
    _T.ACQUISITION: Shape(("network", "territory"), ("licensor",)),
    _T.TALENT_DEAL: Shape(("person", "network", "deal"), (), recurs=True),
    _T.PASSED: Shape(("network",), ("stage",)),
    _T.EPISODE_ORDER: Shape(("seasons",), ("episodes",), recurs=True),
}
"""By claim type; a network is a value where the event is the work's, and identity where the event is the buyer's."""

_WITH_PEOPLE = frozenset({_T.ROLE_ATTACHED, _T.ROLE_EXIT, _T.CASTING, _T.CAST_EXIT, _T.TALENT_DEAL})


class Likeness(enum.Enum):
    """How two claims of one type about one work stand to each other."""

    SAME = "same"
    OPEN = "open"
    """The same in all that both state, but one leaves out what would tell events apart."""
    NEAR = "near"
    """Different by something that is easily misprinted or told differently."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two claims are, and why."""

    likeness: Likeness
    reason: str = ""


def block_keys(claim: Claim, work: str) -> tuple[str, ...]:
    """The keys under which announcements that a claim must be compared with are found.

    News of people is kept apart by each part of the name, dates apart from the rest, so that a long-running work stays cheap.
    """
    if claim.type in _WITH_PEOPLE:
        place = "deal" if claim.type is _T.TALENT_DEAL else work
        return tuple(f"{place}|person|{word}" for word in _name_ends(claim.person))
    return (f"{work}|{'date' if claim.type is _T.PREMIERE_DATE else 'fate'}",)


def compare(claim: Claim, known: Claim, owners: dict[str, str]) -> Comparison:
    """How a claim stands to the value of an announcement of its type and work; `owners` maps folded networks to their owner."""
    verdicts = [_slot(name, getattr(claim, name), getattr(known, name), owners) for name in SHAPES[claim.type].identity]
    for likeness in (Likeness.OTHER, Likeness.NEAR, Likeness.OPEN):
        reasons = [verdict.reason for verdict in verdicts if verdict.likeness is likeness]
        if reasons:
            return Comparison(likeness, "; ".join(reasons))
    return Comparison(Likeness.SAME)


def _slot(name: str, mine: Any, theirs: Any, owners: dict[str, str]) -> Comparison:
    if not mine and not theirs:
        return Comparison(Likeness.OPEN if name == "seasons" else Likeness.SAME, "neither names a season" if name == "seasons" else "")
    if not mine or not theirs:
        return Comparison(Likeness.OPEN, f"only one names the {name}")
    if name == "seasons":
        return _seasons(mine, theirs)
    if name == "person":
        return _person(mine, theirs)
    if name == "network":
        return _network(mine, theirs, owners)
    if fold(mine) == fold(theirs):
        return Comparison(Likeness.SAME)
    return Comparison(Likeness.OTHER, f"{name} {mine}, not {theirs}")


def _seasons(mine: tuple[int, ...], theirs: tuple[int, ...]) -> Comparison:
    if set(mine) == set(theirs):
        return Comparison(Likeness.SAME)
    words = f"seasons {list(mine)}, not {list(theirs)}"
    return Comparison(Likeness.NEAR if set(mine) & set(theirs) else Likeness.OTHER, words)


def _network(mine: str, theirs: str, owners: dict[str, str]) -> Comparison:
    if fold(mine) == fold(theirs) or same_owner(mine, theirs, owners):
        return Comparison(Likeness.SAME)
    return Comparison(Likeness.NEAR, f"{mine}, not {theirs}")


def same_owner(mine: str, theirs: str, owners: dict[str, str]) -> bool:
    """Whether two networks are one house: "HBO" and "Max" vary from report to report."""
    first, second = fold(mine), fold(theirs)
    return owners.get(first, first) == owners.get(second, second)


def _person(mine: str, theirs: str) -> Comparison:
    first, second = fold(mine).split(), fold(theirs).split()
    if sorted(first) == sorted(second) or _short_form(first, second):
        return Comparison(Likeness.SAME)
    if OSA.distance(fold(mine), fold(theirs), score_cutoff=1) <= 1 and len(fold(mine)) > 7:
        return Comparison(Likeness.NEAR, f"{mine} and {theirs} differ in a letter")
    return Comparison(Likeness.OTHER, f"{mine}, not {theirs}")


def _short_form(first: list[str], second: list[str]) -> bool:
    """Whether two names are one person's: the same last name, and first names that are equal or cut short (Matt, Matthew)."""
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return len(short) > 2 and long.startswith(short)


def _name_ends(person: str | None) -> tuple[str, ...]:
    words = fold(person or "").split()
    return tuple(dict.fromkeys((words[-1], words[0]))) if words else ("",)
