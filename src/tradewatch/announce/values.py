"""What two claims of one event say differently, and what they say together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from tradewatch.announce.identity import SHAPES, same_owner
from tradewatch.announce.likeness import Comparison, Likeness
from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType

_SAID_ONCE = frozenset(
    {"type", "title", "status", "novelty", "attribution", "evidence", "confidence", "rule", "working_title", "prior_date"}
)
"""Slots that belong to one telling, not to the event."""

_QUARTERS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_SEASONS_OF_YEAR = {"winter": (1, 3), "spring": (3, 6), "summer": (6, 9), "fall": (9, 12), "autumn": (9, 12)}
"""First and last month; a television season begins a little before the calendar's and its months overlap."""
_DAY_OR_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a claim says beyond, more exactly than, or otherwise than the known value."""

    adds: tuple[str, ...] = ()
    refines: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


def compare_dates(claim: Claim, known: Claim) -> Comparison | None:
    """What two dates of one work say of its being one release, before its seasons and territories are asked; None where nothing.

    A work without seasons has one date in a territory, wherever it moves. Two dates of which one names a territory, or that two houses
    give, may be of two releases: at home and abroad, in cinemas and then at a streamer.
    """
    if claim.type is not ClaimType.PREMIERE_DATE or not claim.date or not known.date:
        return None
    seasonless = not claim.seasons and not known.seasons
    if spans_meet(claim.date, known.date) or (claim.prior_date and spans_meet(claim.prior_date, known.date)):
        return Comparison(Likeness.SAME) if seasonless and claim.territory == known.territory else None
    words = f"{claim.date}, not {known.date}"
    if bool(claim.territory) != bool(known.territory):
        return Comparison(Likeness.NEAR, f"{words}, and only one names the territory", "territory")
    if seasonless and len({fold(name) for name in (claim.network, known.network) if name}) == 2:
        return Comparison(Likeness.NEAR, f"{words}, and {claim.network}, not {known.network}", "network")
    return None


def difference(claim: Claim, known: Claim, owners: Mapping[str, str]) -> Difference:
    """Compare what may change within one event."""
    adds, refines, clashes = [], [], []
    for name in SHAPES[claim.type].values:
        mine, theirs = getattr(claim, name), getattr(known, name)
        if not mine or mine == theirs:
            continue
        if not theirs:
            adds.append(name)
        elif name == "date" and spans_meet(mine, theirs):
            if _length(mine) < _length(theirs):
                refines.append(name)
        elif not _alike(name, mine, theirs, owners):
            clashes.append(name)
    return Difference(tuple(adds), tuple(refines), tuple(clashes))


def taken_over(known: Claim, claim: Claim, changed: tuple[str, ...]) -> Claim:
    """The known value with the slots in `changed` as the claim has them, and its own blanks filled from the claim."""
    slots: dict[str, Any] = {}
    for field in fields(Claim):
        mine, theirs = getattr(claim, field.name), getattr(known, field.name)
        if field.name in changed or (field.name not in _SAID_ONCE and mine and not theirs):
            slots[field.name] = mine
    if "date" in slots:
        slots |= {"date_precision": claim.date_precision, "prior_date": claim.prior_date or known.prior_date}
        if "date" in changed and known.date and not spans_meet(slots["date"], known.date):
            slots["prior_date"] = claim.prior_date or known.date
    return replace(known, **slots) if slots else known


def spans_meet(one: str, other: str) -> bool:
    """Whether two dates of any precision can be the same day: `2026-02` and `2026-02-03` can, `2026-fall` and `2026-03` cannot."""
    first, second = _span(one), _span(other)
    if first is None or second is None:
        return one == other
    return first[0] <= second[1] and second[0] <= first[1]


def _span(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a date as precise as stated; None where it cannot be read."""
    year, _, part = text.partition("-")
    months = _QUARTERS.get(part) or _SEASONS_OF_YEAR.get(part)
    if months and year.isdigit():
        return dt.date(int(year), months[0], 1), _month_end(int(year), months[1])
    found = _DAY_OR_MONTH.fullmatch(text)
    if not found:
        return None
    try:
        return _calendar_span(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        return None


def _calendar_span(year: int, month: int, day: int) -> tuple[dt.date, dt.date]:
    if not month:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if not day:
        return dt.date(year, month, 1), _month_end(year, month)
    return dt.date(year, month, day), dt.date(year, month, day)


def _month_end(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _length(text: str) -> int:
    """Days that a date leaves open."""
    span = _span(text)
    return (span[1] - span[0]).days if span else 0


def _alike(name: str, mine: Any, theirs: Any, owners: Mapping[str, str]) -> bool:
    if name in ("network", "from_network", "licensor"):
        return same_owner(mine, theirs, owners)
    if name == "seasons":
        return bool(set(mine) & set(theirs))
    if isinstance(mine, str) and isinstance(theirs, str):
        first, second = set(fold(mine).split()), set(fold(theirs).split())
        return name == "character" and (first <= second or second <= first)
    return bool(mine == theirs)
