"""What an editor sees of one announcement: gathered from the store, changed nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tradewatch.announce import earliest
from tradewatch.review.desk import Desk
from tradewatch.review.highlight import Passage, passages
from tradewatch.store import Store
from tradewatch.store.announcements import Version
from tradewatch.store.claims import StoredClaim
from tradewatch.store.queue import QueueItem
from tradewatch.titles.match import TitleQuery, match
from tradewatch.triage import SLOTS, State, TitleState, corrected
from tradewatch.triage.reopen import differing
from tradewatch.types import Announcement, Article, Claim, Report, Title, Verdict
from tradewatch.wording import predicate

LEASE = dt.timedelta(minutes=5)
MOST_SHOWN = 40
"""Reports with their words on a card; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report with what proves it."""

    report: Report
    stored: StoredClaim | None
    first: bool
    """Whether it is one of the earliest."""

    @property
    def quote(self) -> str:
        """The words, as printed."""
        return self.stored.claim.evidence[0].quote if self.stored and self.stored.claim.evidence else ""

    @property
    def manner(self) -> str:
        """What the report is beside the others, in a word or two."""
        if self.report.stance == "denies":
            return "denies it"
        if self.report.stance == "differs":
            return "says otherwise"
        if self.first:
            return "first"
        return "own report" if self.report.first_hand else f"echo of {self.report.origin}"


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the title, and why it was taken for that one."""

    state: TitleState
    title: Title | None
    reasons: tuple[str, ...]
    candidates: tuple[Title, ...]
    known: tuple[Announcement, ...]
    """Other announcements about it, the newest first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot that tells another thing than it did."""

    slot: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One announcement, ready to be shown."""

    item: QueueItem
    announcement: Announcement
    value: Claim
    """As corrected."""
    verdict: Verdict | None
    told: tuple[Told, ...]
    lead: Told | None
    """The report whose words are quoted."""
    proof: tuple[Passage, ...]
    article: Article | None
    """Where the proof stands."""
    work: Work
    since: tuple[Difference, ...]
    """What differs from what was decided on; of a reopened one."""
    lookers: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """Those that an editor can correct."""
        return (*SLOTS[self.announcement.type], "status")

    @property
    def mergeable(self) -> tuple[Announcement, ...]:
        """Other announcements that may be the same event: of the same work and type."""
        return tuple(one for one in self.work.known if one.type is self.announcement.type)


def card_of(desk: Desk, announcement_id: str, user: str) -> Card | None:
    """The card of an announcement, or of the one it was merged into; None where there is none. The user is taken to look at it."""
    store, now = desk.store, desk.now()
    announcement = store.announcements.get(announcement_id)
    item = store.queue.get(announcement.id) if announcement else None
    if announcement is None or item is None:
        return None
    store.queue.look(user, announcement.id, now + LEASE)
    verdict = store.verdicts.standing(announcement.id)
    told = told_of(store, announcement)
    lead = lead_of(told)
    article = store.articles.at(lead.stored.article_id, lead.stored.last_revision) if lead and lead.stored else None
    proof = passages(article.document, lead.stored.claim.evidence) if article and lead and lead.stored else []
    return Card(
        item=item,
        announcement=announcement,
        value=corrected(announcement.value, verdict.changes) if verdict else announcement.value,
        verdict=verdict,
        told=told,
        lead=lead,
        proof=tuple(proof),
        article=article,
        work=work_of(store, announcement, item, article),
        since=difference(store.announcements.versions(announcement.id), announcement, verdict) if item.reopened and verdict else (),
        lookers=tuple(store.queue.lookers(announcement.id, now, but=user)),
    )


def told_of(store: Store, announcement: Announcement) -> tuple[Told, ...]:
    """The reports of an announcement with their claims, in order of time."""
    first = {report.claim_id for report in earliest(announcement.reports)}
    return tuple(Told(report, store.claims.get(report.claim_id), report.claim_id in first) for report in announcement.reports[:MOST_SHOWN])


def lead_of(told: Sequence[Told]) -> Told | None:
    """The report to quote: the first that its outlet stands by, else the first of all."""
    return next((one for one in told if one.first and one.stored and not one.stored.gone), told[0] if told else None)


def work_of(store: Store, announcement: Announcement, item: QueueItem, article: Article | None) -> Work:
    """What the catalog and the other announcements say of the title."""
    value, catalog = announcement.value, store.titles
    known = store.announcements.find(work=announcement.work, limit=12) if value.title else []
    answer = match(TitleQuery.of_claim(value, article.document.published if article else None), catalog) if value.title else None
    candidates = [catalog.get(one) for one in answer.candidates[:4]] if answer else []
    return Work(
        state=item.title_state,
        title=None if announcement.work.startswith("new:") else catalog.get(announcement.work),
        reasons=answer.reasons if answer else (),
        candidates=tuple(one for one in candidates if one and one.id != announcement.work),
        known=tuple(one for one in known if one.id != announcement.id),
    )


def difference(versions: Sequence[Version], announcement: Announcement, verdict: Verdict) -> tuple[Difference, ...]:
    """What an announcement tells otherwise than the version that was decided on: slots, certainty, rival accounts."""
    seen = next((one for one in reversed(versions) if one.version <= (verdict.version or announcement.version)), versions[0])
    found = [
        Difference(slot, getattr(seen.value, slot), getattr(announcement.value, slot)) for slot in differing(seen.value, announcement.value)
    ]
    if seen.certainty is not announcement.certainty:
        found.append(Difference("certainty", seen.certainty, announcement.certainty))
    rivals = [predicate(rival) for rival in announcement.rivals if rival not in seen.rivals]
    return (*found, *(Difference("also told", None, rival) for rival in rivals))


@dataclass(frozen=True, slots=True)
class Row:
    """An announcement in a list."""

    item: QueueItem
    announcement: Announcement

    @property
    def decided(self) -> bool:
        """Whether it was decided on."""
        return self.item.state in (State.ACCEPTED, State.REJECTED)


def rows_of(store: Store, items: Sequence[QueueItem]) -> list[Row]:
    """The items with their announcements, in the same order."""
    known = {one.id: one for one in store.announcements.named([item.announcement for item in items])} if items else {}
    return [Row(item, known[item.announcement]) for item in items if item.announcement in known]
