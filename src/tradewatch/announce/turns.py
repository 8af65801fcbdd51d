"""The same event told with another value: a correction, a new turn, or two accounts that cannot both be right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradewatch.announce.sources import OFFICIAL
from tradewatch.announce.values import Difference, spans_meet
from tradewatch.types import Announcement, Certainty, Claim, Decision, DecisionKind, Report

SLIP = dt.timedelta(days=3)
"""How long after its own report an outlet that says otherwise is mending it, rather than telling a new turn."""


def clash(claim: Claim, report: Report, known: Announcement, told: Difference, certainty: Certainty, *, late: bool) -> Decision:
    """The decision on a claim of a known event that says `told.clashes` otherwise; `late`: outside the window of its reports."""
    said = "; ".join(f"{name} {getattr(claim, name)}, not {getattr(known.value, name)}" for name in told.clashes)
    kind, why = _turn(claim, report, known, late=late)
    if kind in (DecisionKind.CONTRADICTS, DecisionKind.ECHOES):
        return Decision(
            kind=kind, announcement_id=known.id, certainty=known.certainty, reasons=(said, why), report=replace(report, stance="differs")
        )
    changes = (*told.refines, *told.clashes)
    return Decision(kind=kind, announcement_id=known.id, certainty=certainty, reasons=(said, why), report=report, changes=changes)


def _turn(claim: Claim, report: Report, known: Announcement, *, late: bool) -> tuple[DecisionKind, str]:
    own = [earlier for earlier in known.reports if earlier.article_id == report.article_id or earlier.outlet == report.outlet]
    if claim.prior_date and known.value.date and spans_meet(claim.prior_date, known.value.date):
        return DecisionKind.UPDATES, f"moved from {claim.prior_date}"
    if own and (report.correction or any(earlier.article_id == report.article_id for earlier in own)):
        return DecisionKind.CORRECTS, f"{report.outlet} mends its own report"
    if any(abs(report.reported_at - earlier.reported_at) <= SLIP for earlier in own):
        return DecisionKind.CORRECTS, f"{report.outlet} said otherwise shortly before"
    if report.origin == OFFICIAL and OFFICIAL not in known.origins:
        return DecisionKind.UPDATES, "the official word"
    if late or own:
        return DecisionKind.UPDATES, "a later turn"
    if report.origin in known.origins:
        return DecisionKind.ECHOES, f"goes back to {report.origin}, as before: no account of its own"
    return DecisionKind.CONTRADICTS, "independent reports within the window"
