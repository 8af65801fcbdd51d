"""The figures of a week, from its announcements: counted, nothing looked up."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tradewatch.announce import earliest
from tradewatch.report.week import Week
from tradewatch.store.exports import AnnouncementRow
from tradewatch.triage import corrected
from tradewatch.types import STANDINGS, Announcement, Claim, Standing

MOST = 12
"""Bars of a chart; what is left is summed up in a last one."""
_GAPS = (
    (dt.timedelta(minutes=15), "under 15 minutes"),
    (dt.timedelta(hours=1), "15 minutes to an hour"),
    (dt.timedelta(hours=6), "1 to 6 hours"),
    (dt.timedelta(days=1), "6 to 24 hours"),
    (dt.timedelta.max, "longer than a day"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its name, how long it is, and what is said beside it."""

    label: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a report tells of a week; announcements that were rejected or taken back count in `verdicts` and `withdrawn` alone."""

    week: Week
    announcements: int
    reports: int
    outlets: int
    withdrawn: int
    types: tuple[Bar, ...]
    networks: tuple[Bar, ...]
    firsts: tuple[Bar, ...]
    """How often each outlet was first, with its median lead."""
    gaps: tuple[Bar, ...]
    """How long until another outlet told it, of what more than one did."""
    alone: int
    """Announcements that nobody else told."""
    verdicts: tuple[Bar, ...]
    titles: tuple[Bar, ...]

    @property
    def decided(self) -> int:
        """Announcements that were accepted, corrected or rejected."""
        return sum(bar.count for bar in self.verdicts if bar.label in (Standing.ACCEPTED, Standing.CORRECTED, Standing.REJECTED))

    @property
    def accept_rate(self) -> float | None:
        """The part of the decided ones that was accepted, corrected or not; None where none was decided."""
        held = sum(bar.count for bar in self.verdicts if bar.label in (Standing.ACCEPTED, Standing.CORRECTED))
        return held / self.decided if self.decided else None

    @property
    def empty(self) -> bool:
        """Whether nothing was announced, rejected or taken back."""
        return not (self.announcements or self.withdrawn or self.decided)


def figures(week: Week, rows: Iterable[AnnouncementRow]) -> Figures:
    """The figures of a week, from the announcements that were first told in it."""
    found = list(rows)
    standings = [_standing(row) for row in found]
    kept = [row for row, standing in zip(found, standings, strict=True) if standing is not Standing.REJECTED and not row.withdrawn]
    values = [_value(row) for row in kept]
    told = [row.announcement for row in kept]
    leads = [_lead(one) for one in told]
    return Figures(
        week=week,
        announcements=len(kept),
        reports=sum(len(one.reports) for one in told),
        outlets=len({outlet for one in told for outlet in one.outlets}),
        withdrawn=sum(row.withdrawn for row in found),
        types=_bars(Counter(value.type.replace("_", " ") for value in values)),
        networks=_bars(Counter(value.network or "no network told" for value in values)),
        firsts=_firsts(told, leads),
        gaps=_gaps([lead for lead in leads if lead is not None]),
        alone=leads.count(None),
        verdicts=tuple(Bar(standing.value, standings.count(standing)) for standing in Standing),
        titles=_titles(values, told),
    )


def lasting(span: dt.timedelta) -> str:
    """A length of time in words, such as `25 min`, `3.5 h`, `2 days`."""
    minutes = span / dt.timedelta(minutes=1)
    if minutes < 60:
        return f"{minutes:.0f} min"
    hours = minutes / 60
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} days"


def _standing(row: AnnouncementRow) -> Standing:
    return STANDINGS.get(row.verdict.action, Standing.UNREVIEWED) if row.verdict else Standing.UNREVIEWED


def _value(row: AnnouncementRow) -> Claim:
    value = row.announcement.value
    return corrected(value, row.verdict.changes) if row.verdict else value


def _leaders(one: Announcement) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.outlet for report in earliest(one.reports)))


def _lead(one: Announcement) -> dt.timedelta | None:
    """How long the first was alone with it; None where nobody followed."""
    leaders = _leaders(one)
    first = [report.reported_at for report in earliest(one.reports)]
    later = [report.reported_at for report in one.reports if report.outlet not in leaders and report.stance != "denies"]
    return max(min(later) - min(first), dt.timedelta()) if later and first else None


def _firsts(told: Sequence[Announcement], leads: Sequence[dt.timedelta | None]) -> tuple[Bar, ...]:
    led: dict[str, list[dt.timedelta | None]] = {}
    for one, lead in zip(told, leads, strict=True):
        for outlet in _leaders(one):
            led.setdefault(outlet, []).append(lead)
    notes = {outlet: _ahead([lead for lead in spans if lead is not None]) for outlet, spans in led.items()}
    return tuple(
        Bar(bar.label, bar.count, notes.get(bar.label, "")) for bar in _bars(Counter({outlet: len(led[outlet]) for outlet in led}))
    )


def _ahead(spans: Sequence[dt.timedelta]) -> str:
    return f"median lead {lasting(statistics.median_low(spans))}" if spans else "nobody followed"


def _gaps(spans: Sequence[dt.timedelta]) -> tuple[Bar, ...]:
    counts = Counter(next(name for limit, name in _GAPS if span < limit) for span in spans)
    return tuple(Bar(name, counts[name]) for _, name in _GAPS)


def _titles(values: Sequence[Claim], told: Sequence[Announcement]) -> tuple[Bar, ...]:
    reports: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for value, one in zip(values, told, strict=True):
        if value.title:
            reports[value.title] += len(one.reports)
            kinds.setdefault(value.title, Counter())[value.type.replace("_", " ")] += 1
    notes = {
        title: ", ".join(f"{kind} × {count}" if count > 1 else kind for kind, count in found.items()) for title, found in kinds.items()
    }
    ranked = sorted(reports.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Bar(title, count, notes[title]) for title, count in ranked)


def _bars(counts: Counter[str]) -> tuple[Bar, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = ranked[MOST:]
    last = [Bar(f"{len(rest)} others", sum(count for _, count in rest))] if rest else []
    return (*(Bar(label, count) for label, count in ranked[:MOST]), *last)
