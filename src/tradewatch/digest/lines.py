"""The announcements that a digest carries, each with who told it first, the words, and what an editor decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tradewatch.announce import earliest
from tradewatch.store import Store
from tradewatch.store.claims import StoredClaim
from tradewatch.triage import corrected
from tradewatch.types import Announcement, Change, Claim, ClaimType, Report, Review, Verdict
from tradewatch.wording import predicate

_REVIEWS = {"accept": Review.ACCEPTED, "edit": Review.CORRECTED, "defer": Review.DEFERRED}


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
    revision: int = 0
    """How often it changed since it came."""
    changed_at: dt.datetime | None = None
    """When it last did."""

    @property
    def leaders(self) -> tuple[str, ...]:
        """The outlets that told it first."""
        return tuple(dict.fromkeys(report.outlet for report in self.first))

    @property
    def review(self) -> Review:
        """What editors made of it."""
        return _REVIEWS.get(self.verdict.action, Review.UNREVIEWED) if self.verdict else Review.UNREVIEWED

    @property
    def disputes(self) -> tuple[str, ...]:
        """What speaks against it: later events, other accounts, denials, outlets that took it back."""
        return (
            *(f"reversed since: {predicate(later.value)}" for later in self.undone_by),
            *(f"also told: {predicate(rival)}" for rival in self.announcement.rivals),
            *(f"denied by {report.outlet}" for report in self.announcement.reports if report.stance == "denies"),
            *(f"no longer told by {outlet}" for outlet in self.unsaid),
        )

    @property
    def others(self) -> tuple[str, ...]:
        """The outlets that told it besides the first, in order of time, once each."""
        return tuple(outlet for outlet in self.announcement.outlets if outlet not in self.leaders)


def lines(store: Store, since: dt.datetime) -> list[Line]:
    """The announcements written since a time, in the order of a digest; those that an editor rejected are left out."""
    after = store.issues.before(since)
    found = [
        line for announcement in store.issues.changed(after, store.issues.end_of_log()) if (line := _since(store, announcement, after))
    ]
    return sorted(found, key=_place)


def _since(store: Store, identity: str, after: int) -> Line | None:
    line = line_of(store, identity, known_before=store.issues.version_at(identity, after) is not None)
    return None if line is None or rejected(line.verdict) else line


def rejected(verdict: Verdict | None) -> bool:
    """Whether an editor holds it for no news."""
    return verdict is not None and verdict.action == "reject"


def line_of(store: Store, identity: str, *, known_before: bool) -> Line | None:
    """An announcement as a digest tells it now; None where it was merged into another or is told by nobody."""
    announcement = next(iter(store.announcements.named([identity])), None)
    if announcement is None:
        return None
    first, verdict = earliest(announcement.reports), store.verdicts.standing(identity)
    told = {report.claim_id: store.claims.get(report.claim_id) for report in announcement.reports}
    proof = _proof([told[report.claim_id] for report in first])
    revision, changed_at = store.issues.revisions(identity, store.issues.end_of_log())
    if proof is None:
        return None
    return Line(
        announcement=replace(announcement, value=as_decided(announcement.value, verdict)),
        change=change(announcement, told, known_before=known_before),
        first=first,
        proof=proof,
        verdict=verdict,
        unsaid=_unsaid(announcement, told),
        undone_by=tuple(store.announcements.reversed_by(identity)),
        supersedes=f"{identity}/{announcement.version - 1}" if announcement.version > 1 else None,
        revision=revision,
        changed_at=changed_at,
    )


def as_decided(value: Claim, verdict: Verdict | None) -> Claim:
    """A value as an editor corrected it."""
    return corrected(value, verdict.changes) if verdict else value


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
