"""Rows for exports, one after the other: however many there are, few are held at a time.

Each question is one statement, read as it runs: so all its rows are of one moment, whatever is written meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tradewatch.announce import earliest
from tradewatch.store.announcements import AnnouncementStore
from tradewatch.store.rows import claim_value, to_optional_time, to_text, to_time, unpack
from tradewatch.store.verdicts import VerdictStore
from tradewatch.store.verdicts import standing as standing_of
from tradewatch.types import STANDINGS, Announcement, Certainty, Claim, Excerpt, Standing, Verdict

BATCH = 500
"""Announcements that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The verdict that stands on something, as far as a table tells it."""

    standing: Standing = Standing.UNREVIEWED
    editor: str | None = None
    decided_at: dt.datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim as it was extracted, with the article that makes it."""

    id: str
    claim: Claim
    article_id: str
    revision: int
    outlet: str | None
    headline: str
    url: str
    quote: str | None
    published_at: dt.datetime | None
    fetched_at: dt.datetime
    gone: bool
    announcement: str | None
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The words of a first report: of several, of one that still stands."""

    quote: str | None
    confidence: float
    url: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementRow:
    """One announcement with the words that prove it first, and what editors hold of it."""

    announcement: Announcement
    withdrawn: bool
    """Whether everyone who told it took it back."""
    verdict: Verdict | None
    proof: Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """One title of the catalog, its other names and ids as they are listed."""

    id: str
    name: str
    kind: str
    year: int | None
    ended: int | None
    country: str | None
    network: str | None
    aliases: str | None
    external_ids: str | None
    merged_into: str | None
    announcements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One verdict of the log, standing or not, with what it was given on."""

    id: int
    subject: str
    on: str
    action: str
    stands: bool
    editor: str
    decided_at: dt.datetime
    reason: str | None
    changes: tuple[tuple[str, str], ...]
    version: int | None
    claim: Claim | None
    """What was decided on, as it was extracted."""


_WHEN = "coalesce(article.published_at, article.fetched_at)"
_GONE = """(article.withdrawn_at IS NOT NULL OR EXISTS
            (SELECT 1 FROM article AS newer WHERE newer.id = claim.article_id AND newer.revision > claim.last_revision))"""
CLAIM_ROWS = f"""
SELECT claim.*, article.outlet, article.headline, article.url, article.published_at, article.fetched_at, {_GONE} AS gone,
  (SELECT quote FROM evidence WHERE claim_id = claim.id AND revision = claim.last_revision ORDER BY position LIMIT 1) AS quote,
  report.announcement, verdict.action, verdict.editor, verdict.decided_at, verdict.reason
FROM claim
JOIN article ON article.id = claim.article_id AND article.revision = claim.last_revision
LEFT JOIN announcement_report AS report ON report.claim_id = claim.id
LEFT JOIN announcement ON announcement.id = report.announcement
LEFT JOIN verdict ON verdict.id = coalesce((SELECT id FROM standing_verdict WHERE subject = claim.id),
                                           (SELECT id FROM standing_verdict WHERE subject = report.announcement))"""
_ANNOUNCEMENTS = """
SELECT announcement.id FROM announcement
LEFT JOIN verdict ON verdict.id = (SELECT id FROM standing_verdict WHERE subject = announcement.id)"""
_TITLES = """
SELECT title.id, name, kind, year, ended, country, network,
  (SELECT group_concat(alias.name, '; ') FROM title_alias AS alias WHERE alias.title = title.no) AS aliases,
  (SELECT group_concat(authority || ':' || other.id, '; ') FROM title_external AS other WHERE other.title = title.no) AS external_ids,
  (SELECT id FROM title AS kept WHERE kept.no = title.merged_into) AS merged_into,
  (SELECT count(*) FROM announcement WHERE announcement.work = title.id AND announcement.merged_into IS NULL) AS announcements
FROM title"""
_DECISIONS = """
SELECT verdict.id AS number, verdict.subject, verdict.action, verdict.editor, verdict.decided_at, verdict.reason, verdict.changes,
  verdict.version, verdict.id = (SELECT id FROM standing_verdict WHERE subject = verdict.subject) AS stands,
  announcement.id IS NOT NULL AS announced, claim.*
FROM verdict
LEFT JOIN announcement ON announcement.id = verdict.subject
LEFT JOIN claim ON claim.id = coalesce((SELECT claim_id FROM announcement_report WHERE announcement = announcement.id
                                        ORDER BY first_hand DESC, reported_at LIMIT 1), verdict.subject)"""


class ExportStore:
    """All tables, read only."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._announcements = AnnouncementStore(db)
        self._verdicts = VerdictStore(db)

    def claims(self, excerpt: Excerpt) -> Iterator[ClaimRow]:
        """Claims in the order in which they were read; in time by their article's publication."""
        where = _Where()
        where.within("claim.type", excerpt.selection.types)
        where.within("claim.network", excerpt.selection.networks)
        where.within("article.outlet", excerpt.selection.outlets, asked=excerpt.selection.outlets is not None)
        where.within("report.tier", excerpt.selection.tiers)
        where.within("announcement.certainty", _rungs(excerpt.selection.certainty))
        where.standing(excerpt.standings)
        where.between(_WHEN, excerpt)
        return map(_claim_row, self._stream(f"{CLAIM_ROWS} {where} ORDER BY claim.rowid", where.values))

    def announcements(self, excerpt: Excerpt) -> Iterator[AnnouncementRow]:
        """Announcements in the order in which they came, merged ones left out; in time by when they were first told.

        Types and networks are asked of what they were told to be, whatever editors made of it.
        """
        where = _Where("announcement.merged_into IS NULL")
        where.within("announcement.type", excerpt.selection.types)
        where.within("announcement.network", excerpt.selection.networks)
        where.within("announcement.certainty", _rungs(excerpt.selection.certainty))
        where.told_by("outlet", excerpt.selection.outlets, asked=excerpt.selection.outlets is not None)
        where.told_by("tier", excerpt.selection.tiers)
        where.standing(excerpt.standings)
        where.between("announcement.first_seen", excerpt)
        cursor = self._db.conn.execute(f"{_ANNOUNCEMENTS} {where} ORDER BY announcement.rowid", where.values)
        while batch := cursor.fetchmany(BATCH):
            yield from self._announced([identity for (identity,) in batch])

    def titles(self, networks: Collection[str] = ()) -> Iterator[TitleRow]:
        """The catalog; those on some networks where that is asked."""
        where = _Where()
        where.within("title.network", networks)
        return (TitleRow(**row) for row in self._stream(f"{_TITLES} {where} ORDER BY title.no", where.values))

    def decisions(self, excerpt: Excerpt) -> Iterator[DecisionRow]:
        """The log of verdicts, oldest first; in time by when they were given, by standing those that stand alone."""
        where = _Where()
        where.within("claim.type", excerpt.selection.types)
        where.within("claim.network", excerpt.selection.networks)
        where.between("verdict.decided_at", excerpt)
        if excerpt.standings:
            where.standing(excerpt.standings)
            where.tests.append("stands")
        return map(_decision_row, self._stream(f"{_DECISIONS} {where} ORDER BY verdict.id", where.values))

    def _announced(self, ids: Sequence[str]) -> Iterator[AnnouncementRow]:
        known = {one.id: one for one in self._announcements.named(ids, withdrawn=True)}
        told = self._still_told(ids)
        verdicts = self._verdicts.histories(known)
        first = {one.id: earliest(one.reports) for one in known.values()}
        proofs = self._proofs([report.claim_id for reports in first.values() for report in reports])
        for identity in ids:
            if one := known.get(identity):
                found = sorted((proofs[report.claim_id] for report in first[identity]), key=lambda proof: proof.gone)
                verdict = standing_of([given for _, given in verdicts.get(identity, [])])
                yield AnnouncementRow(announcement=one, withdrawn=identity not in told, verdict=verdict, proof=next(iter(found), None))

    def _still_told(self, announcements: Collection[str]) -> set[str]:
        """Those that at least one outlet tells as it told it."""
        sql = f"""SELECT DISTINCT report.announcement FROM announcement_report AS report
                  JOIN claim ON claim.id = report.claim_id
                  JOIN article ON article.id = claim.article_id AND article.revision = claim.last_revision
                  WHERE report.announcement IN ({_marks(announcements)}) AND report.stance <> 'denies' AND NOT {_GONE}"""
        return {one for (one,) in self._db.conn.execute(sql, list(announcements))}

    def _proofs(self, claims: Collection[str]) -> dict[str, Proof]:
        sql = f"""SELECT claim.id, quote, confidence, article.url, {_GONE} FROM claim
                  JOIN article ON article.id = claim.article_id AND article.revision = claim.last_revision
                  LEFT JOIN evidence ON evidence.claim_id = claim.id AND evidence.revision = claim.last_revision AND evidence.position = 0
                  WHERE claim.id IN ({_marks(claims)})"""
        rows = self._db.conn.execute(sql, list(claims))
        return {one: Proof(quote=quote, confidence=confidence, url=url, gone=bool(gone)) for one, quote, confidence, url, gone in rows}

    def _stream(self, sql: str, values: Collection[object]) -> Iterator[dict[str, Any]]:
        cursor = self._db.conn.execute(sql, list(values))
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


class _Where:
    """The conditions of one statement, with the values that they ask for."""

    def __init__(self, *tests: str) -> None:
        self.tests = list(tests)
        self.values: list[object] = []

    def within(self, column: str, wanted: Collection[str] | None, *, asked: bool = False) -> None:
        """One of some values; where none is named, and it is not asked, any."""
        if wanted or asked:
            self._add(f"{column} IN ({_marks(wanted or ())})", wanted or ())

    def told_by(self, column: str, wanted: Collection[str] | None, *, asked: bool = False) -> None:
        """A report of the announcement with one of some values."""
        if wanted or asked:
            test = f"report.announcement = announcement.id AND report.{column} IN ({_marks(wanted or ())})"
            self._add(f"EXISTS (SELECT 1 FROM announcement_report AS report WHERE {test})", wanted or ())

    def standing(self, wanted: Collection[Standing]) -> None:
        """What the verdict that was joined says; where there is none, it is unreviewed."""
        actions = [action for action, standing in STANDINGS.items() if standing in wanted]
        tests = [f"verdict.action IN ({_marks(actions)})", *(["verdict.id IS NULL"] if Standing.UNREVIEWED in wanted else [])]
        if wanted:
            self._add(f"({' OR '.join(tests)})", actions)

    def between(self, column: str, excerpt: Excerpt) -> None:
        """From `since` on, and before `until`."""
        for test, moment in ((f"{column} >= ?", excerpt.since), (f"{column} < ?", excerpt.until)):
            if moment is not None:
                self._add(test, [to_text(moment) or ""])

    def _add(self, test: str, values: Collection[str]) -> None:
        self.tests.append(test)
        self.values += sorted(values)

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self.tests)}" if self.tests else ""


def _rungs(least: Certainty | None) -> list[str]:
    ladder = tuple(Certainty)
    return [] if least is None else [rung.value for rung in ladder[ladder.index(least) :]]


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))


def _claim_row(row: Mapping[str, Any]) -> ClaimRow:
    return ClaimRow(
        id=row["id"],
        claim=claim_value(row),
        article_id=row["article_id"],
        revision=row["last_revision"],
        outlet=row["outlet"],
        headline=row["headline"],
        url=row["url"],
        quote=row["quote"],
        published_at=to_optional_time(row["published_at"]),
        fetched_at=to_time(row["fetched_at"]),
        gone=bool(row["gone"]),
        announcement=row["announcement"],
        ruling=_ruling(row) if row["action"] else _NONE,
    )


_NONE = Ruling()


def _ruling(row: Mapping[str, Any]) -> Ruling:
    standing = STANDINGS.get(row["action"], Standing.UNREVIEWED)
    return Ruling(standing=standing, editor=row["editor"], decided_at=to_optional_time(row["decided_at"]), reason=row["reason"])


def _decision_row(row: Mapping[str, Any]) -> DecisionRow:
    return DecisionRow(
        id=row["number"],
        subject=row["subject"],
        on="announcement" if row["announced"] else "claim",
        action=row["action"],
        stands=bool(row["stands"]),
        editor=row["editor"],
        decided_at=to_time(row["decided_at"]),
        reason=row["reason"],
        changes=tuple((slot, value) for slot, value in unpack(row["changes"])),
        version=row["version"],
        claim=_slots(row),
    )


def _slots(row: Mapping[str, Any]) -> Claim | None:
    return claim_value(row) if row["id"] is not None else None
