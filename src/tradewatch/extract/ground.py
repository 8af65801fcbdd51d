"""The grounding check: a claim whose evidence does not stand in the document is dropped and counted, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

from tradewatch.types import FIELDS, Claim, Document, Evidence


@dataclass(frozen=True, slots=True)
class Grounded:
    """Claims whose every quotation is where it says, and how many were dropped, by reason."""

    claims: tuple[Claim, ...]
    dropped: tuple[tuple[str, int], ...] = ()


def ground(document: Document, claims: list[Claim]) -> Grounded:
    """Keep the claims of any extractor that a reader could check against the text."""
    kept: list[Claim] = []
    reasons: dict[str, int] = {}
    for claim in claims:
        reason = _fault(document, claim)
        if reason is None:
            kept.append(claim)
        else:
            reasons[reason] = reasons.get(reason, 0) + 1
    return Grounded(tuple(kept), tuple(sorted(reasons.items())))


def _fault(document: Document, claim: Claim) -> str | None:
    if not claim.evidence:
        return "no evidence"
    if not all(_stands(document, evidence) for evidence in claim.evidence):
        return "evidence not found"
    return None


def _stands(document: Document, evidence: Evidence) -> bool:
    if evidence.field not in FIELDS or not 0 <= evidence.start < evidence.end:
        return False
    return document.text(evidence.field)[evidence.start : evidence.end] == evidence.quote != ""
