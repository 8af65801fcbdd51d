"""What one claim means beside the announcements already known: pure, and explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tradewatch.announce.certainty import certainty_of, higher, rank
from tradewatch.announce.identity import SHAPES, Comparison, Likeness, compare
from tradewatch.announce.sources import OFFICIAL, traced
from tradewatch.announce.values import Difference, difference, spans_meet
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Decision, DecisionKind, Novelty, Report, Status

WINDOW = dt.timedelta(days=14)
"""How long after the last report another one counts as the same burst. Of real bursts 94 % of echoes come within a week; the rest
straggle for months, which only a full identity survives."""
STALE = dt.timedelta(days=120)
"""How long a report that leaves out the season may still mean the last event: networks decide about a show once or twice a year."""
YEAR = dt.timedelta(days=365)
"""How long after its last report an event that no season tells apart may be told late; beyond, it may have been done again."""
SLIP = dt.timedelta(days=3)
"""How long after its own report an outlet that says otherwise is mending it, rather than telling a new turn."""

_T = ClaimType
_REVERSES: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.CANCELLATION: frozenset({_T.RENEWAL, _T.SERIES_ORDER}),
    _T.RENEWAL: frozenset({_T.CANCELLATION, _T.FINAL_SEASON}),
    _T.NETWORK_MOVE: frozenset({_T.CANCELLATION}),
    _T.PASSED: frozenset({_T.PILOT_ORDER, _T.DEVELOPMENT, _T.SERIES_ORDER}),
    _T.CAST_EXIT: frozenset({_T.CASTING}),
    _T.ROLE_EXIT: frozenset({_T.ROLE_ATTACHED}),
}
_FOLLOWS: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.SERIES_ORDER: frozenset({_T.PILOT_ORDER, _T.DEVELOPMENT}),
    _T.PILOT_ORDER: frozenset({_T.DEVELOPMENT}),
    _T.FILM_GREENLIGHT: frozenset({_T.DEVELOPMENT}),
    _T.EPISODE_ORDER: frozenset({_T.SERIES_ORDER, _T.RENEWAL}),
}
_ACCOMPANIES: Mapping[ClaimType, frozenset[ClaimType]] = {
    _T.FINAL_SEASON: frozenset({_T.RENEWAL}),
    _T.RENEWAL: frozenset({_T.NETWORK_MOVE}),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A known announcement of the claim's type, and how the claim stands to it."""

    announcement: Announcement
    likeness: Comparison
    gap: dt.timedelta
    """Between the report and the nearest end of the announcement's span; zero within it."""


def is_news(claim: Claim) -> bool:
    """Whether a claim is for `decide`: news, or a denial of news."""
    return claim.live or (claim.novelty is Novelty.NEW and claim.status is Status.DENIED)


def decide(
    claim: Claim, report: Report, candidates: Sequence[Announcement], now: dt.datetime, *, networks: Mapping[str, str] | None = None
) -> Decision:
    """Place one claim among the comparable announcements of its work.

    `networks` maps folded names of networks to their owner (`Outlets.networks`). A report dated after `now` counts as of now.
    """
    owners = dict(networks or {})
    report = replace(report, reported_at=min(report.reported_at, now), stance="asserts")
    report, leads_to = traced(report, candidates)
    found = sorted(_found(claim, report, candidates, owners), key=lambda one: (one.likeness.likeness is not Likeness.SAME, one.gap))
    if told := next((one for one in candidates if any(known.claim_id == report.claim_id for known in one.reports)), None):
        return Decision(
            kind=DecisionKind.ECHOES, announcement_id=told.id, certainty=told.certainty, reasons=("already counted",), report=report
        )
    if claim.status is Status.DENIED:
        return _denial(report, found)
    for one in found:
        if decision := _place(claim, report, one, owners, leads_to == one.announcement.id):
            return decision
    return Decision(
        kind=DecisionKind.NEW,
        announcement_id=None,
        certainty=certainty_of(claim, report),
        reasons=("nothing comparable is known",) if not found else tuple(_apart(one) for one in found[:3]),
        report=report,
        links=_links(claim, candidates),
    )


def _found(claim: Claim, report: Report, candidates: Sequence[Announcement], owners: dict[str, str]) -> list[_Found]:
    same_type = [one for one in candidates if one.type is claim.type]
    return [_Found(one, compare(claim, one.value, owners), _gap(report, one)) for one in same_type]


def _gap(report: Report, known: Announcement) -> dt.timedelta:
    return max(report.reported_at - known.last_seen, known.first_seen - report.reported_at, dt.timedelta())


def _apart(one: _Found) -> str:
    return one.likeness.reason or f"the same was announced {one.gap.days} days apart"


def _place(claim: Claim, report: Report, one: _Found, owners: dict[str, str], traced_here: bool) -> Decision | None:
    """The decision for one known announcement; None where the claim is of another event."""
    likeness = one.likeness.likeness
    if likeness is Likeness.OTHER:
        return None
    if traced_here and likeness is not Likeness.SAME:
        return _joins(claim, report, one, owners, "it links to or repeats a report of it")
    if likeness is Likeness.NEAR:
        return _unsure(claim, report, one, one.likeness.reason) if one.gap <= WINDOW else None
    if one.gap <= WINDOW:
        return _joins(claim, report, one, owners, "the same event within the window")
    if SHAPES[claim.type].recurs:
        return None
    if likeness is Likeness.SAME and (claim.seasons or one.gap <= YEAR):
        return _joins(claim, report, one, owners, f"the same event, {one.gap.days} days after")
    if likeness is Likeness.SAME:
        return _unsure(claim, report, one, f"the same, {one.gap.days} days apart: told late, or done again")
    return _unsure(claim, report, one, f"{one.likeness.reason}, {one.gap.days} days apart") if one.gap <= STALE else None


def _joins(claim: Claim, report: Report, one: _Found, owners: dict[str, str], why: str) -> Decision:
    """The claim is of this announcement: say what it does to its value."""
    known = one.announcement
    told = difference(claim, known.value, owners)
    certainty = higher(known.certainty, certainty_of(claim, report))
    if told.clashes:
        return _clash(claim, report, one, told, certainty)
    firmer = rank(known.certainty) < rank(Certainty.REPORTED) <= rank(certainty)
    if told.refines or firmer:
        reasons = (why, *(f"more exact {name}" for name in told.refines), *([f"now {certainty}"] if firmer else []))
        kind = DecisionKind.UPDATES
    elif report.origin in known.origins and not _own_voice(report, known):
        kind, reasons = DecisionKind.ECHOES, (why, f"goes back to {report.origin}, as before")
    else:
        kind, reasons = DecisionKind.CORROBORATES, (why, f"a report by {report.origin}")
    added = tuple(f"adds {name}" for name in told.adds)
    return Decision(
        kind=kind, announcement_id=known.id, certainty=certainty, reasons=(*reasons, *added), report=report, changes=told.refines
    )


def _own_voice(report: Report, known: Announcement) -> bool:
    """Whether an origin that was only credited so far now speaks for itself."""
    return report.first_hand and not any(one.first_hand for one in known.reports if one.origin == report.origin)


def _clash(claim: Claim, report: Report, one: _Found, told: Difference, certainty: Certainty) -> Decision:
    """The same event with another value: a correction, a new turn, or two accounts that cannot both be right."""
    known = one.announcement
    said = "; ".join(f"{name} {getattr(claim, name)}, not {getattr(known.value, name)}" for name in told.clashes)
    kind, why = _turn(claim, report, one)
    if kind in (DecisionKind.CONTRADICTS, DecisionKind.ECHOES):
        return Decision(
            kind=kind, announcement_id=known.id, certainty=known.certainty, reasons=(said, why), report=replace(report, stance="differs")
        )
    changes = (*told.refines, *told.clashes)
    return Decision(kind=kind, announcement_id=known.id, certainty=certainty, reasons=(said, why), report=report, changes=changes)


def _turn(claim: Claim, report: Report, one: _Found) -> tuple[DecisionKind, str]:
    known = one.announcement
    own = [earlier for earlier in known.reports if earlier.article_id == report.article_id or earlier.outlet == report.outlet]
    if claim.prior_date and known.value.date and spans_meet(claim.prior_date, known.value.date):
        return DecisionKind.UPDATES, f"moved from {claim.prior_date}"
    if own and (report.correction or any(earlier.article_id == report.article_id for earlier in own)):
        return DecisionKind.CORRECTS, f"{report.outlet} mends its own report"
    if any(abs(report.reported_at - earlier.reported_at) <= SLIP for earlier in own):
        return DecisionKind.CORRECTS, f"{report.outlet} said otherwise shortly before"
    if report.origin == OFFICIAL and OFFICIAL not in known.origins:
        return DecisionKind.UPDATES, "the official word"
    if one.gap > WINDOW or own:
        return DecisionKind.UPDATES, "a later turn"
    if report.origin in known.origins:
        return DecisionKind.ECHOES, f"goes back to {report.origin}, as before: no account of its own"
    return DecisionKind.CONTRADICTS, "independent reports within the window"


def _denial(report: Report, found: Sequence[_Found]) -> Decision:
    """A denial is kept beside what it denies."""
    denied = next((one for one in found if one.likeness.likeness in (Likeness.SAME, Likeness.OPEN) and one.gap <= STALE), None)
    report = replace(report, stance="denies")
    if denied is None:
        return Decision(
            kind=DecisionKind.NEW,
            announcement_id=None,
            certainty=Certainty.RUMOURED,
            reasons=("denies what nobody reported",),
            report=report,
        )
    known = denied.announcement
    return Decision(
        kind=DecisionKind.CONTRADICTS,
        announcement_id=known.id,
        certainty=known.certainty,
        reasons=(f"{report.outlet} denies it",),
        report=report,
    )


def _unsure(claim: Claim, report: Report, one: _Found, why: str) -> Decision:
    return Decision(
        kind=DecisionKind.UNSURE, announcement_id=one.announcement.id, certainty=certainty_of(claim, report), reasons=(why,), report=report
    )


def _links(claim: Claim, candidates: Sequence[Announcement]) -> tuple[tuple[str, str], ...]:
    """Other events of the work that this one undoes, follows or goes with."""
    tables = (("reverses", _REVERSES), ("follows", _FOLLOWS), ("accompanies", _ACCOMPANIES))
    return tuple(
        (relation, known.id)
        for relation, table in tables
        for known in candidates
        if known.type in table.get(claim.type, frozenset()) and _bears(claim, known)
    )


def _bears(claim: Claim, known: Announcement) -> bool:
    """Whether two events of one work touch: the same person where there is one, the same season where both name one."""
    if claim.person or known.value.person:
        return compare(replace(claim, type=known.type), known.value, {}).likeness in (Likeness.SAME, Likeness.OPEN)
    if claim.type is _T.FINAL_SEASON and claim.seasons and known.value.seasons:
        return bool(set(claim.seasons) & set(known.value.seasons))
    return True
