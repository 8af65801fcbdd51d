"""What one claim means beside the announcements already known: pure, and explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tradewatch.announce.bearing import bearings, undone
from tradewatch.announce.certainty import certainty_of, higher, rank
from tradewatch.announce.identity import SHAPES, compare
from tradewatch.announce.kin import nearest_kin
from tradewatch.announce.likeness import Likeness
from tradewatch.announce.sources import traced
from tradewatch.announce.turns import SLIP, clash
from tradewatch.announce.values import compare_dates, difference
from tradewatch.text import fold
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Decision, DecisionKind, Novelty, Report, Status

WINDOW = dt.timedelta(days=14)
"""How long after the last report another one counts as the same burst. Of real bursts 94 % of echoes come within a week; the rest
straggle for months, which only a full identity survives."""
STALE = dt.timedelta(days=120)
"""How long a report that leaves out the season may still mean the last event: networks decide about a show once or twice a year."""
YEAR = dt.timedelta(days=365)
"""How long after its last report an event that no season tells apart may be told late; beyond, it may have been done again."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A known announcement of the claim's type, and how the claim stands to it."""

    announcement: Announcement
    likeness: Likeness
    reason: str
    slot: str
    gap: dt.timedelta
    """Between the report and the nearest end of the announcement's span; zero within it."""


def is_news(claim: Claim) -> bool:
    """Whether a claim is for `decide`: news, or a denial of news."""
    return claim.live or (claim.novelty is Novelty.NEW and claim.status is Status.DENIED)


def decide(
    claim: Claim,
    report: Report,
    candidates: Sequence[Announcement],
    now: dt.datetime,
    *,
    networks: Mapping[str, str] | None = None,
    akin: Sequence[Announcement] = (),
    offered: Sequence[Announcement] = (),
) -> Decision:
    """Place one claim among the comparable announcements of its work.

    `networks` maps folded names of networks to their owner (`Outlets.networks`). A report dated after `now` counts as of now. What is
    new may still be an event of another work: of those `akin` (a project under another name), or of those `offered` because the printed
    title may be theirs; then an editor decides.
    """
    owners = networks or {}
    report = replace(report, reported_at=min(report.reported_at, now), stance="asserts")
    report, leads_to = traced(report, candidates)
    if told := next((one for one in candidates if any(known.claim_id == report.claim_id for known in one.reports)), None):
        return Decision(
            kind=DecisionKind.ECHOES, announcement_id=told.id, certainty=told.certainty, reasons=("already counted",), report=report
        )
    found = _found(claim, report, candidates, owners)
    if claim.status in (Status.DENIED, Status.REVERSED):
        return _denial(claim, report, found)
    for one in found:
        if decision := _place(claim, report, one, candidates, owners, leads_to == one.announcement.id):
            return decision
    return (
        _miscounted(claim, report, found)
        or _of_another_work(claim, report, akin, offered, owners)
        or Decision(
            kind=DecisionKind.NEW,
            announcement_id=None,
            certainty=certainty_of(claim, report),
            reasons=tuple(_apart(one) for one in found[:3]) or ("nothing comparable is known",),
            report=report,
            links=bearings(claim, report.reported_at, candidates),
        )
    )


def _found(claim: Claim, report: Report, candidates: Sequence[Announcement], owners: Mapping[str, str]) -> list[_Found]:
    """The announcements of the claim's type, likeliest first."""
    found = []
    for known in candidates:
        if known.type is claim.type:
            one = compare_dates(claim, known.value) or compare(claim, known.value, owners)
            gap = max(report.reported_at - known.last_seen, known.first_seen - report.reported_at, dt.timedelta())
            found.append(_Found(known, one.likeness, one.reason, one.slot, gap))
    return sorted(found, key=lambda one: (one.likeness is not Likeness.SAME, one.gap))


def _apart(one: _Found) -> str:
    return one.reason or f"the same was announced {one.gap.days} days apart"


def _place(
    claim: Claim, report: Report, one: _Found, candidates: Sequence[Announcement], owners: Mapping[str, str], traced_here: bool
) -> Decision | None:
    """The decision for one known announcement; None where the claim is of another event."""
    if one.likeness is not Likeness.SAME and _mended(report, one):
        return _corrects(claim, report, one, owners)
    if one.likeness is Likeness.OTHER:
        return None
    if past := undone(one.announcement, report.reported_at, candidates):
        why = f"a {past.type} came in between: told again, or done again"
        return _unsure(claim, report, one, why) if one.gap <= WINDOW else None
    if one.likeness is not Likeness.SAME and traced_here:
        return _joins(claim, report, one, owners, "it links to or repeats a report of it")
    if one.likeness is Likeness.NEAR:
        return _near(claim, report, one, owners)
    if one.gap <= WINDOW:
        return _joins(claim, report, one, owners, "the same event within the window")
    return _late(claim, report, one, owners)


def _near(claim: Claim, report: Report, one: _Found, owners: Mapping[str, str]) -> Decision | None:
    """What differs by a trifle: the same where something else vouches for it, else for an editor."""
    if one.gap > WINDOW:
        return None
    known = one.announcement
    credited = not report.first_hand and report.origin in known.origins
    mine, theirs = fold(claim.character or ""), fold(known.value.character or "")
    same_part = mine and mine == theirs
    if one.slot == "person" and mine and theirs and not same_part and _beside(report, known):
        return None
    if one.slot == "person" and (credited or same_part):
        return _joins(claim, report, one, owners, f"{one.reason}: {'it credits' if credited else 'the part is'} the same")
    return _unsure(claim, report, one, one.reason)


def _late(claim: Claim, report: Report, one: _Found, owners: Mapping[str, str]) -> Decision | None:
    """The same, or all but the same, outside the window: a late echo as long as it cannot have happened again."""
    if not one.announcement.outlets:
        return None  # so far it was only denied: what happens later is an event of its own
    days = f"{one.gap.days} days after"
    same = one.likeness is Likeness.SAME
    if SHAPES[claim.type].recurs:
        again = one.gap > STALE or difference(claim, one.announcement.value, owners).clashes
        return None if again or not same else _joins(claim, report, one, owners, f"the same event, {days}")
    if same and (claim.seasons or one.gap <= YEAR):
        return _joins(claim, report, one, owners, f"the same event, {days}")
    if same:
        return _unsure(claim, report, one, f"the same, {days}: told late, or done again")
    return _unsure(claim, report, one, f"{one.reason}, {days}") if one.gap <= STALE else None


def _joins(claim: Claim, report: Report, one: _Found, owners: Mapping[str, str], why: str) -> Decision:
    """The claim is of this announcement: say what it does to its value."""
    known = one.announcement
    told = difference(claim, known.value, owners)
    certainty = higher(known.certainty, certainty_of(claim, report))
    if told.clashes and _beside(report, known):
        names = " and ".join(f"{getattr(claim, name)} beside {getattr(known.value, name)}" for name in told.clashes)
        return _unsure(claim, report, one, f"one article says {names}")
    if told.clashes:
        return clash(claim, report, known, told, certainty, late=one.gap > WINDOW)
    firmer = _firmer(report, known, certainty)
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


def _beside(report: Report, known: Announcement) -> bool:
    """Whether the article told the announcement as well and stands by it: it knows two events, or two values."""
    told = [earlier for earlier in known.reports if earlier.article_id == report.article_id]
    return bool(told) and not report.correction and not any(earlier.claim_id in report.unsaid for earlier in told)


def _firmer(report: Report, known: Announcement, certainty: Certainty) -> bool:
    """Whether talk becomes a report, or a house that told it before says it more firmly now."""
    before, now = rank(known.certainty), rank(certainty)
    told_before = report.origin in known.origins and not _own_voice(report, known)
    return now > before and (before < rank(Certainty.REPORTED) <= now or told_before)


def _own_voice(report: Report, known: Announcement) -> bool:
    """Whether an origin that was only credited so far now speaks for itself."""
    return report.first_hand and not any(one.first_hand for one in known.reports if one.origin == report.origin)


def _mended(report: Report, one: _Found) -> bool:
    """Whether the article told this announcement, does so no more, and nobody else stands by what it said."""
    if not report.unsaid or (one.likeness is Likeness.OTHER and one.slot != "seasons"):
        return False
    reports = one.announcement.reports
    return any(earlier.claim_id in report.unsaid for earlier in reports) and all(earlier.origin == report.origin for earlier in reports)


def _corrects(claim: Claim, report: Report, one: _Found, owners: Mapping[str, str]) -> Decision:
    known = one.announcement
    told = difference(claim, known.value, owners)
    return Decision(
        kind=DecisionKind.CORRECTS,
        announcement_id=known.id,
        certainty=higher(known.certainty, certainty_of(claim, report)),
        reasons=(one.reason, f"{report.outlet} no longer says what it said"),
        report=report,
        changes=(one.slot, *told.refines, *told.clashes),
    )


def _miscounted(claim: Claim, report: Report, found: Sequence[_Found]) -> Decision | None:
    """A season beside another one that somebody told just now: one of them may have miscounted.

    Suspect is a report that credits a house which told the other season, and a renewal by a house that did not tell the first.
    """
    for one in found:
        if one.slot != "seasons" or one.gap > WINDOW:
            continue
        credited = report.origin in one.announcement.origins
        if credited and not report.first_hand:
            return _unsure(claim, report, one, f"credits {report.origin}, which told {one.reason}")
        if not credited and claim.type is ClaimType.RENEWAL and one.gap <= SLIP:
            return _unsure(claim, report, one, f"{one.reason}, from a house that did not tell the other")
    return None


def _of_another_work(
    claim: Claim, report: Report, akin: Sequence[Announcement], offered: Sequence[Announcement], owners: Mapping[str, str]
) -> Decision | None:
    """What an editor should see before a new announcement is opened."""
    if near := nearest_kin(claim, report.reported_at, akin, owners):
        return _unsure(claim, report, _Found(near[0], Likeness.NEAR, near[1], "", dt.timedelta()), near[1])
    for one in _found(claim, report, offered, owners):
        if one.likeness is not Likeness.OTHER and one.gap <= WINDOW:
            return _unsure(claim, report, one, f"“{claim.title}” may be {one.announcement.value.title}, which told the same")
    return None


def _denial(claim: Claim, report: Report, found: Sequence[_Found]) -> Decision:
    """A denial is kept beside what it denies, and a reversal beside what it takes back."""
    denied = next((one for one in found if one.likeness <= Likeness.OPEN and one.gap <= STALE), None)
    report = replace(report, stance="denies")
    reversal = claim.status is Status.REVERSED
    if denied is None:
        why = "takes back what nobody reported" if reversal else "denies what nobody reported"
        return Decision(kind=DecisionKind.NEW, announcement_id=None, certainty=Certainty.RUMOURED, reasons=(why,), report=report)
    known = denied.announcement
    why = f"{report.outlet} {'says that it was taken back' if reversal else 'denies it'}"
    return Decision(kind=DecisionKind.CONTRADICTS, announcement_id=known.id, certainty=known.certainty, reasons=(why,), report=report)


def _unsure(claim: Claim, report: Report, one: _Found, why: str) -> Decision:
    return Decision(
        kind=DecisionKind.UNSURE, announcement_id=one.announcement.id, certainty=certainty_of(claim, report), reasons=(why,), report=report
    )
