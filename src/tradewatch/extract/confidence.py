"""How sure a claim is: the share of its kind that was right in documents that nobody read while the grammar was made."""

from __future__ import annotations

from dataclasses import replace

from tradewatch.types import Claim

RIGHT = {(True, True): 0.98, (True, False): 0.91, (False, True): 0.79, (False, False): 0.76}
"""(title in quotation marks, told in more than one passage) to the share of such claims that was right; see docs/extraction.md."""


def weigh(claim: Claim) -> Claim:
    """The claim with its calibrated confidence."""
    return replace(claim, confidence=RIGHT[_is_marked(claim), len(claim.evidence) > 1])


def _is_marked(claim: Claim) -> bool:
    return bool(claim.title) and any(f"{mark}{claim.title}" in evidence.quote for evidence in claim.evidence for mark in "“‘\"'„«")
