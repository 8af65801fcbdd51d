"""Rows of the store as cells."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from tradewatch.announce import earliest
from tradewatch.store.exports import AnnouncementRow, ClaimRow, DecisionRow, TitleRow
from tradewatch.tables import Row, Value
from tradewatch.triage import corrected
from tradewatch.types import STANDINGS, Claim, Standing
from tradewatch.wording import predicate

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def claim_cells(row: ClaimRow, zone: ZoneInfo) -> Row:
    """A claim as it was extracted."""
    claim, ruling = row.claim, row.ruling
    return {
        "claim_id": row.id,
        "status": claim.status,
        "novelty": claim.novelty,
        "role": claim.role,
        "character": claim.character,
        "parent": claim.parent,
        "relation": claim.relation,
        "format": claim.format,
        "episodes": claim.episodes,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "evidence_quote": row.quote,
        "evidence_url": row.url,
        "outlet": row.outlet,
        "headline": row.headline,
        "attribution": " > ".join(claim.attribution),
        "published_local": local(row.published_at, zone),
        "published_utc": row.published_at,
        "fetched_utc": row.fetched_at,
        "article_id": row.article_id,
        "revision": row.revision,
        "gone": int(row.gone),
        "announcement_id": row.announcement,
        "decision": None if ruling.standing is Standing.UNREVIEWED else ruling.standing,
        "decided_by": ruling.editor,
        "decided_utc": ruling.decided_at,
        "decision_reason": ruling.reason,
        **_said(claim),
    }


def announcement_cells(row: AnnouncementRow, zone: ZoneInfo) -> Row:
    """An announcement as editors corrected it."""
    one, verdict = row.announcement, row.verdict
    first = earliest(one.reports)
    leaders = tuple(dict.fromkeys(report.outlet for report in first))
    return {
        "announcement_id": one.id,
        "certainty": one.certainty,
        "confidence": row.proof.confidence if row.proof else None,
        "evidence_quote": row.proof.quote if row.proof else None,
        "evidence_url": row.proof.url if row.proof else None,
        "first_source": " and ".join(leaders),
        "also_reported_by": "; ".join(outlet for outlet in one.outlets if outlet not in leaders),
        "source_count": len(one.outlets),
        "origin_count": len(one.origins),
        "first_seen_local": local(one.first_seen, zone),
        "first_seen_utc": one.first_seen,
        "last_seen_utc": one.last_seen,
        "version": one.version,
        "withdrawn": int(row.withdrawn),
        "decision": STANDINGS.get(verdict.action) if verdict else None,
        "decided_by": verdict.editor if verdict else None,
        "decided_utc": verdict.decided_at if verdict else None,
        "decision_reason": verdict.reason if verdict else None,
        **_said(corrected(one.value, verdict.changes) if verdict else one.value),
    }


def title_cells(row: TitleRow, zone: ZoneInfo) -> Row:
    """A title of the catalog, which has no times."""
    return {
        "title_id": row.id,
        "title": row.name,
        "kind": row.kind,
        "year": row.year,
        "ended": row.ended,
        "country": row.country,
        "network": row.network,
        "aliases": row.aliases,
        "external_ids": row.external_ids,
        "merged_into": row.merged_into,
        "announcements": row.announcements,
    }


def decision_cells(row: DecisionRow, zone: ZoneInfo) -> Row:
    """A verdict, with what it was given on."""
    return {
        "decision_id": row.id,
        "subject_id": row.subject,
        "subject_kind": row.on,
        "action": row.action,
        "stands": int(row.stands),
        "decided_by": row.editor,
        "decided_local": local(row.decided_at, zone),
        "decided_utc": row.decided_at,
        "reason": row.reason,
        "changes": "; ".join(f"{slot}: {value}" for slot, value in row.changes),
        "version": row.version,
        **(_said(row.claim) if row.claim else {}),
    }


def local(moment: dt.datetime | None, zone: ZoneInfo) -> str | None:
    """A moment by the clocks of a zone, to the minute."""
    return moment.astimezone(zone).isoformat(" ")[:16] if moment else None


def _said(claim: Claim) -> dict[str, Value]:
    """What a claim tells, in the columns that all tables share."""
    return {
        "claim_type": claim.type.value,
        "title": claim.title,
        "title_id": claim.title_id,
        "season": ", ".join(map(str, claim.seasons)),
        "network": claim.network,
        "people": claim.person,
        "detail": predicate(claim),
        "effective_date": claim.date,
        "effective_day": dt.date.fromisoformat(claim.date) if claim.date and _DAY.fullmatch(claim.date) else None,
        "prior_date": claim.prior_date,
    }
