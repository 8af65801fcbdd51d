"""What makes two claims one event, and what of it may change while it stays the same event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradewatch.announce.likeness import SAME, Comparison, Likeness
from tradewatch.announce.people import compare_people, name_ends
from tradewatch.announce.territories import compare_territories
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
    """Whether the same may happen again in full, and soon."""
    once: bool = False
    """Whether it can happen to a work only once in a fortnight, so that two seasons told then are one of them miscounted."""


SHAPES: dict[ClaimType, Shape] = {
    _T.RENEWAL: Shape(("seasons",), ("final", "episodes", "network")),
    _T.CANCELLATION: Shape(("seasons",), ("network",), once=True),
    _T.FINAL_SEASON: Shape(("seasons",), ("network",), once=True),
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

WITH_PEOPLE = frozenset({_T.ROLE_ATTACHED, _T.ROLE_EXIT, _T.CASTING, _T.CAST_EXIT, _T.TALENT_DEAL})
_OF_THE_WORK = frozenset({_T.RENEWAL, _T.CANCELLATION, _T.FINAL_SEASON, _T.PREMIERE_DATE, _T.EPISODE_ORDER})
"""Events of the whole work: told of two houses, they are two works of one name, unless the catalog knows the work."""


def block_keys(claim: Claim, work: str) -> tuple[str, ...]:
    """The keys under which announcements that a claim must be compared with are found.

    News of people is kept apart by each end of the name, dates apart from the rest, so that a long-running work stays cheap.
    """
    if claim.type in WITH_PEOPLE:
        place = "deal" if claim.type is _T.TALENT_DEAL else work
        return tuple(f"{place}|person|{word}" for word in name_ends(claim.person))
    return (f"{work}|{'date' if claim.type is _T.PREMIERE_DATE else 'fate'}",)


def compare(claim: Claim, known: Claim, owners: Mapping[str, str]) -> Comparison:
    """How a claim stands to the value of an announcement of its type and work; `owners` maps folded networks to their owner."""
    verdicts = [_slot(claim.type, name, getattr(claim, name), getattr(known, name), owners) for name in SHAPES[claim.type].identity]
    verdicts.append(_two_houses(claim, known, owners))
    worst = max(verdicts, key=lambda one: one.likeness)
    if worst.likeness is Likeness.SAME:
        return SAME
    reasons = [one.reason for one in verdicts if one.likeness is worst.likeness]
    return Comparison(worst.likeness, "; ".join(reasons), worst.slot)


def _slot(kind: ClaimType, name: str, mine: Any, theirs: Any, owners: Mapping[str, str]) -> Comparison:
    if not mine and not theirs:
        return Comparison(Likeness.OPEN, "neither names a season", name) if name == "seasons" else SAME
    if not mine or not theirs:
        return Comparison(Likeness.OPEN, f"only one names the {name}", name)
    if name == "seasons":
        return _seasons(kind, mine, theirs)
    if name == "person":
        return compare_people(mine, theirs)
    if name == "territory":
        return compare_territories(mine, theirs)
    if name == "network":
        return _networks(mine, theirs, owners)
    return SAME if fold(mine) == fold(theirs) else Comparison(Likeness.OTHER, f"{name} {mine}, not {theirs}", name)


def _seasons(kind: ClaimType, mine: tuple[int, ...], theirs: tuple[int, ...]) -> Comparison:
    if set(mine) == set(theirs):
        return SAME
    near = SHAPES[kind].once or set(mine) & set(theirs)
    return Comparison(Likeness.NEAR if near else Likeness.OTHER, f"seasons {list(mine)}, not {list(theirs)}", "seasons")


def _networks(mine: str, theirs: str, owners: Mapping[str, str]) -> Comparison:
    return SAME if same_owner(mine, theirs, owners) else Comparison(Likeness.NEAR, f"{mine}, not {theirs}", "network")


def _two_houses(claim: Claim, known: Claim, owners: Mapping[str, str]) -> Comparison:
    """Two works that are in no catalog may share a name; that two houses tell of them is the sign."""
    if claim.type not in _OF_THE_WORK or not claim.network or not known.network or (claim.title_id and claim.title_id == known.title_id):
        return SAME
    return _networks(claim.network, known.network, owners)


def same_owner(mine: str, theirs: str, owners: Mapping[str, str]) -> bool:
    """Whether two networks are one house: "HBO" and "Max" vary from report to report."""
    first, second = fold(mine), fold(theirs)
    return first == second or owners.get(first, first) == owners.get(second, second)
