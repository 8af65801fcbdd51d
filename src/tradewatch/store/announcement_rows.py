"""Announcements and reports to rows and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tradewatch.store.rows import SLOT_READERS, claim_row, pack, to_text, to_time, unpack
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Decision, Report, Tier

_TIERS = {tier.value: tier for tier in Tier}
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}
_UNSET = claim_row(Claim(type=ClaimType.RENEWAL, title=None))


def claim_json(claim: Claim) -> str:
    """The slots of a claim that are set, as JSON; its evidence stays with the claim itself."""
    return pack({name: value for name, value in claim_row(claim).items() if name == "type" or value != _UNSET[name]})


def claim_of_json(text: str) -> Claim:
    """The claim that `claim_json` wrote."""
    return _claim(json.loads(text))


def _claim(slots: dict[str, Any]) -> Claim:
    """The claim of the slots that are set; `title` has no default."""
    slots.setdefault("title", None)
    for name in SLOT_READERS.keys() & slots.keys():
        slots[name] = SLOT_READERS[name](slots[name])
    return Claim(**slots)


def rivals_json(rivals: Sequence[Claim]) -> str:
    """A JSON list of what `claim_json` writes."""
    return "[" + ",".join(map(claim_json, rivals)) + "]"


def announcement_row(announcement: Announcement) -> dict[str, Any]:
    """The columns of an announcement's newest version."""
    return claim_row(announcement.value) | {
        "id": announcement.id,
        "work": announcement.work,
        "rivals": rivals_json(announcement.rivals),
        "certainty": announcement.certainty.value,
        "version": announcement.version,
        "first_seen": to_text(announcement.first_seen),
        "last_seen": to_text(announcement.last_seen),
        "outlets": len(announcement.outlets),
        "origins": len(announcement.origins),
    }


def announcement_value(row: Mapping[str, Any], reports: Sequence[Report]) -> Announcement:
    """The announcement of a row of its work, its times and its newest version, with its reports.

    An editor may have said since that version whose the work is: the row's `title_id` holds.
    """
    value = _claim(json.loads(row["value"]) | {"title_id": row["title_id"]})
    return Announcement(
        id=row["id"],
        type=value.type,
        work=row["work"],
        value=value,
        certainty=_CERTAINTIES[row["certainty"]],
        version=row["version"],
        first_seen=to_time(row["first_seen"]),
        last_seen=to_time(row["last_seen"]),
        reports=tuple(reports),
        rivals=tuple(_claim(rival) for rival in unpack(row["rivals"])),
    )


def report_row(claim: Claim, decision: Decision, work: str) -> dict[str, Any]:
    """The columns of a report with the claim and the decision on it, but for where it went and when."""
    report = decision.report
    return {
        "claim_id": report.claim_id,
        "work": work,
        "article_id": report.article_id,
        "outlet": report.outlet,
        "owner": report.owner,
        "tier": report.tier.value,
        "url": report.url,
        "reported_at": to_text(report.reported_at),
        "chain": pack(report.chain),
        "origin": report.origin,
        "first_hand": report.first_hand,
        "cites": pack(report.cites),
        "copy_of": report.copy_of,
        "correction": report.correction,
        "unsaid": pack(report.unsaid),
        "stance": report.stance,
        "claim": claim_json(claim),
        "decision": decision.kind.value,
        "certainty": decision.certainty.value,
        "reasons": pack(decision.reasons),
    }


def report_value(row: Mapping[str, Any]) -> Report:
    """The report of a row."""
    return Report(
        claim_id=row["claim_id"],
        article_id=row["article_id"],
        outlet=row["outlet"],
        owner=row["owner"],
        tier=_TIERS[row["tier"]],
        url=row["url"],
        reported_at=to_time(row["reported_at"]),
        chain=unpack(row["chain"]),
        origin=row["origin"],
        first_hand=bool(row["first_hand"]),
        cites=unpack(row["cites"]),
        copy_of=row["copy_of"],
        correction=bool(row["correction"]),
        unsaid=unpack(row["unsaid"]),
        stance=row["stance"],
    )
