"""The life of a title in what was announced of it, and what was never announced. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tradewatch.types import Announcement, ClaimType

_T = ClaimType
ORDERS = frozenset({_T.SERIES_ORDER, _T.FILM_GREENLIGHT})
LEADERS = frozenset({"showrunner", "creator"})
ENDS = frozenset({_T.CANCELLATION, _T.FINAL_SEASON})
FILMS = frozenset({_T.FILM_GREENLIGHT})


def life(announcements: Sequence[Announcement]) -> list[Announcement]:
    """The announcements of a title in the order in which they were told; of those told together the weightiest first."""
    return sorted(announcements, key=lambda one: (one.first_seen, tuple(ClaimType).index(one.type), one.id))


def gaps(announcements: Sequence[Announcement], *, is_film: bool = False) -> list[str]:
    """What one would expect to have been announced and was not seen, in words: order, showrunner, cast, seasons, dates."""
    types = {one.type for one in announcements}
    if not types:
        return []
    return [*_making(announcements, types, is_film), *([] if is_film else _seasons(announcements, types))]


def _making(announcements: Sequence[Announcement], types: set[ClaimType], is_film: bool) -> Iterator[str]:
    if not types & ORDERS:
        yield "no greenlight was seen" if is_film else "no series order was seen"
    if not any(one.value.role in ({"director"} if is_film else LEADERS) for one in announcements if one.type is _T.ROLE_ATTACHED):
        yield "no director was named" if is_film else "no showrunner or creator was named"
    if _T.CASTING not in types:
        yield "nobody was cast"
    if is_film and _T.PREMIERE_DATE not in types:
        yield "no release date"


def _seasons(announcements: Sequence[Announcement], types: set[ClaimType]) -> Iterator[str]:
    renewed = {season for one in announcements if one.type is _T.RENEWAL for season in one.value.seasons}
    dated = {season for one in announcements if one.type is _T.PREMIERE_DATE for season in one.value.seasons}
    ordered = {1} if _T.SERIES_ORDER in types else set()
    known = renewed | dated | ordered
    if not known:
        return
    for season in range(max(min(known), 2), max(known)):
        if season not in renewed:
            yield f"no renewal for season {season} was seen"
    undated_ok = any(one.type is _T.PREMIERE_DATE and not one.value.seasons for one in announcements)
    for season in sorted(renewed | ordered):
        if season not in dated and not (season == max(known) and undated_ok):
            yield f"no premiere date for season {season}"
