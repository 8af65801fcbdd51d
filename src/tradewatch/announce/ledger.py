"""What an announcement is after each report: versions follow each other, nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tradewatch.announce.certainty import certainty_of, higher
from tradewatch.announce.decide import decide
from tradewatch.announce.values import difference, taken_over
from tradewatch.text import content_id
from tradewatch.types import Announcement, Claim, Decision, DecisionKind, Report


def opened(claim: Claim, decision: Decision, work: str) -> Announcement:
    """The first version of a new announcement; its id depends on the claim that made it alone."""
    report = decision.report
    return Announcement(
        id=content_id("announcement", report.claim_id),
        type=claim.type,
        work=work,
        value=replace(claim, evidence=()),
        certainty=decision.certainty,
        version=1,
        first_seen=report.reported_at,
        last_seen=report.reported_at,
        reports=(report,),
    )


def advance(known: Announcement, claim: Claim, decision: Decision) -> Announcement:
    """The announcement with one more report; the version rises where its value, certainty or rivals change."""
    report = decision.report
    value, rivals = known.value, known.rivals
    if decision.kind is DecisionKind.CONTRADICTS and report.stance == "differs":
        rivals = (*rivals, replace(claim, evidence=()))
    elif report.stance == "asserts":
        firmer = ("status",) if decision.certainty is not known.certainty else ()
        value = taken_over(value, claim, (*decision.changes, *firmer))
        if decision.kind is DecisionKind.CORRECTS:
            value = replace(value, prior_date=claim.prior_date or known.value.prior_date)  # a date put right was not moved
        rivals = tuple(rival for rival in rivals if difference(rival, value, {}).clashes)
    certainty = higher(known.certainty, decision.certainty)
    moved = (value, rivals, certainty) != (known.value, known.rivals, known.certainty)
    return replace(
        known,
        value=value,
        rivals=rivals,
        certainty=certainty,
        version=known.version + moved,
        first_seen=min(known.first_seen, report.reported_at),
        last_seen=max(known.last_seen, report.reported_at),
        reports=tuple(sorted((*known.reports, report), key=lambda one: (one.reported_at, one.claim_id))),
    )


def retold(told: Sequence[tuple[Claim, Report]], work: str, now: dt.datetime, *, networks: Mapping[str, str] | None = None) -> Announcement:
    """One announcement out of these reports, told in the order given: what merging and splitting leave.

    Takes at least one pair of a claim and its report; what the first says of the event's identity stands.
    """
    claim, report = told[0]
    announcement = opened(claim, decide(claim, report, (), now, networks=networks), work)
    for claim, report in told[1:]:
        decision = decide(claim, report, (announcement,), now, networks=networks)
        if decision.announcement_id is None or decision.kind is DecisionKind.UNSURE:
            decision = _forced(claim, decision, announcement)
        announcement = advance(announcement, claim, decision)
    return announcement


def _forced(claim: Claim, decision: Decision, known: Announcement) -> Decision:
    """An editor holds these for one event where the machine would not: the report joins, and what it says otherwise is no rival."""
    certainty = higher(known.certainty, certainty_of(claim, decision.report))
    return replace(decision, kind=DecisionKind.CORROBORATES, announcement_id=known.id, certainty=certainty)
