"""What an event does to other events of its work: undoes them, follows them, goes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tradewatch.announce.certainty import rank
from tradewatch.announce.identity import compare
from tradewatch.announce.likeness import Likeness
from tradewatch.types import Announcement, Certainty, Claim, ClaimType

RECENT = dt.timedelta(days=120)
"""How long after a renewal a cancellation that names no season undoes it, rather than ending the show when that season is over."""

_T = ClaimType
_UNDOES: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.CANCELLATION: frozenset({_T.RENEWAL, _T.SERIES_ORDER}),
    _T.RENEWAL: frozenset({_T.CANCELLATION, _T.FINAL_SEASON}),
    _T.NETWORK_MOVE: frozenset({_T.CANCELLATION}),
    _T.PASSED: frozenset({_T.PILOT_ORDER, _T.DEVELOPMENT, _T.SERIES_ORDER}),
    _T.CASTING: frozenset({_T.CAST_EXIT}),
    _T.CAST_EXIT: frozenset({_T.CASTING}),
    _T.ROLE_ATTACHED: frozenset({_T.ROLE_EXIT}),
    _T.ROLE_EXIT: frozenset({_T.ROLE_ATTACHED}),
}
_FOLLOWS: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.SERIES_ORDER: frozenset({_T.PILOT_ORDER, _T.DEVELOPMENT}),
    _T.PILOT_ORDER: frozenset({_T.DEVELOPMENT}),
    _T.FILM_GREENLIGHT: frozenset({_T.DEVELOPMENT}),
    _T.EPISODE_ORDER: frozenset({_T.SERIES_ORDER, _T.RENEWAL}),
}
_GOES_WITH: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.FINAL_SEASON: frozenset({_T.RENEWAL}),
    _T.RENEWAL: frozenset({_T.NETWORK_MOVE, _T.FINAL_SEASON}),
}


def bearings(claim: Claim, at: dt.datetime, candidates: Sequence[Announcement]) -> tuple[tuple[str, str], ...]:
    """(`reverses` | `follows` | `accompanies`, id) of the events of its work that one reported at `at` undoes, follows or goes with."""
    found = []
    for known in candidates:
        if undoes(claim, at, known) and not undone(known, at, candidates):
            found.append(("reverses", known.id))
        elif known.type in _FOLLOWS.get(claim.type, ()):
            found.append(("follows", known.id))
        elif known.type in _GOES_WITH.get(claim.type, ()) and _same_season(claim, known.value):
            found.append(("accompanies", known.id))
    return tuple(found)


def undoes(claim: Claim, at: dt.datetime, known: Announcement) -> bool:
    """Whether an event reported at `at` takes back a known one: the same person's, or of a season that will not come after all."""
    if known.type not in _UNDOES.get(claim.type, ()) or at < known.first_seen:
        return False
    mine, theirs = claim.seasons, known.value.seasons
    if claim.person or known.value.person:
        return compare(replace(claim, type=known.type), known.value, {}).likeness in (Likeness.SAME, Likeness.OPEN)
    if claim.type is _T.RENEWAL and known.type is _T.FINAL_SEASON:
        return bool(mine and theirs) and max(mine) > max(theirs)
    if claim.type is _T.CANCELLATION and known.type is _T.RENEWAL:
        return max(theirs) > max(mine) if mine and theirs else at - known.first_seen <= RECENT
    return True


def undone(known: Announcement, at: dt.datetime, candidates: Sequence[Announcement]) -> Announcement | None:
    """What took a known event back before `at`, as far as it is more than talk; what is told after that is another event."""
    return next(
        (
            one
            for one in candidates
            if known.last_seen < one.first_seen <= at
            and rank(one.certainty) >= rank(Certainty.REPORTED)
            and undoes(one.value, one.first_seen, known)
        ),
        None,
    )


def _same_season(claim: Claim, known: Claim) -> bool:
    return not claim.seasons or not known.seasons or bool(set(claim.seasons) & set(known.seasons))
