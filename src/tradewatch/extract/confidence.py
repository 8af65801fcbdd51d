"""How sure a claim is: shares that were right on labelled documents held back from the making of the patterns."""

from __future__ import annotations

from dataclasses import replace

from tradewatch.types import Claim

RIGHT = {(True, True): 0.99, (True, False): 0.97, (False, True): 0.92, (False, False): 0.86}
"""(title in quotation marks, told in more than one passage) to the share of such claims that was right; see docs/extraction.md."""
DOUBTFUL = 0.85
"""A pattern of less weight than this was right less often: by this much."""
DISCOUNT = 0.07


def weigh(claim: Claim) -> Claim:
    """The claim with its calibrated confidence."""
    right = RIGHT[_is_marked(claim), len(claim.evidence) > 1]
    return replace(claim, confidence=round(right - (DISCOUNT if claim.confidence < DOUBTFUL else 0), 2))


def _is_marked(claim: Claim) -> bool:
    return bool(claim.title) and any(f"{mark}{claim.title}" in evidence.quote for evidence in claim.evidence for mark in "“‘\"'„«")
