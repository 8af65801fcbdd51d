"""The announcements that a digest carries, each with who told it first, the words, and what an editor decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tradewatch.announce import earliest
from tradewatch.store import Store
from tradewatch.store.claims import StoredClaim
from tradewatch.triage import corrected
from tradewatch.types import Announcement, ClaimType, Report, Verdict


class Change(StrEnum):
    """What happened to an announcement in the period, in the order in which a digest tells it."""

    NEW = "new"
    CHANGED = "changed"
    CONTRADICTED = "contradicted"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One announcement of a digest."""

    announcement: Announcement
    """Its value is as an editor corrected it."""
    change: Change
    first: tuple[Report, ...]
    """The earliest first-hand reports; several where they came within minutes."""
    proof: StoredClaim
    """The first report's claim, with its words."""
    verdict: Verdict | None
    unsaid: tuple[str, ...] = ()
    """Outlets that told it and no longer do: their article was taken down, or rewritten without it."""
    undone_by: tuple[Announcement, ...] = ()
    """Later events that reverse this one."""
    supersedes: str | None = None
    """What it was told to be before this version, as a sentence's id: `<announcement>/<version>`."""

    @property
    def leaders(self) -> tuple[str, ...]:
        """The outlets that told it first."""
        return tuple(dict.fromkeys(report.outlet for report in self.first))

    @property
    def others(self) -> tuple[str, ...]:
        """The outlets that told it besides the first, in order of time, once each."""
        return tuple(outlet for outlet in self.announcement.outlets if outlet not in self.leaders)


def lines(store: Store, since: dt.datetime) -> list[Line]:
    """The announcements written since a time, in the order of a digest; those that an editor rejected are left out."""
    changed, _ = store.announcements.changed_since(store.announcements.cursor_at(since))
    found = [line for announcement in changed if (line := _line(store, announcement, since)) is not None]
    return sorted(found, key=_place)


def _line(store: Store, announcement: Announcement, since: dt.datetime) -> Line | None:
    verdict = store.verdicts.standing(announcement.id)
    first = earliest(announcement.reports)
    told = {report.claim_id: store.claims.get(report.claim_id) for report in announcement.reports}
    proof = _proof([told[report.claim_id] for report in first])
    if proof is None or (verdict and verdict.action == "reject"):
        return None
    versions = store.announcements.versions(announcement.id)
    known_before = versions[0].at < since
    right = corrected(announcement.value, verdict.changes) if verdict else announcement.value
    return Line(
        announcement=replace(announcement, value=right),
        change=change(announcement, told, known_before=known_before),
        first=first,
        proof=proof,
        verdict=verdict,
        unsaid=_unsaid(announcement, told),
        undone_by=tuple(store.announcements.reversed_by(announcement.id)),
        supersedes=f"{announcement.id}/{announcement.version - 1}" if announcement.version > 1 else None,
    )


def _proof(claims: Sequence[StoredClaim | None]) -> StoredClaim | None:
    """The claim whose words a digest quotes: one that its outlet still makes, if there is one."""
    known = [claim for claim in claims if claim is not None]
    return next((claim for claim in known if not claim.gone), known[0] if known else None)


def _unsaid(announcement: Announcement, told: Mapping[str, StoredClaim | None]) -> tuple[str, ...]:
    """The outlets none of whose reports stands."""
    standing = {report.outlet for report in announcement.reports if (claim := told[report.claim_id]) and not claim.gone}
    return tuple(outlet for outlet in announcement.outlets if outlet not in standing)


def change(announcement: Announcement, told: Mapping[str, StoredClaim | None], *, known_before: bool) -> Change:
    """What to call the state of an announcement; `told` holds the claims of its reports by id."""
    asserted = [told[report.claim_id] for report in announcement.reports if report.stance != "denies"]
    if all(claim is None or claim.gone for claim in asserted):
        return Change.RETRACTED
    if announcement.rivals or len(asserted) < len(announcement.reports):
        return Change.CONTRADICTED
    return Change.CHANGED if known_before else Change.NEW


def _place(line: Line) -> tuple[object, ...]:
    announcement, value = line.announcement, line.announcement.value
    change_order, type_order = tuple(Change).index(line.change), tuple(ClaimType).index(value.type)
    told = (value.network or "~", value.title or "", value.seasons, value.person or "", value.role or "", announcement.first_seen)
    return change_order, type_order, *told, announcement.id
