"""Kinds of article that announce nothing, told by their headlines: reviews, recaps, explainers, predictions, obituaries, awards, lists."""

from __future__ import annotations

import re

from tradewatch.types import Document

SILENT = re.compile(
    r"\breviews?\b(?!s)|\brecap\b|\bexplained\b|\bending explained|\beverything (?:you|we) (?:need|know|want)|\bwhat (?:to|we) (?:expect|know)\b|\bbubble watch\b|\bpredict"
    r"|\bbox office\b|\bnominations?\b|\bnominees\b|\bwinners\b|\bdies\b|\bdead at\b|\bobituary\b|\bhow to watch\b|\bwhere to watch\b|\bbest (?:shows|movies|tv)\b|\bquiz\b|\btheory\b"
    r"|\b\d+ (?:best|things|reasons|times|shows|movies|facts|moments|questions)\b|\bnow streaming:|\bratings:|\blive blog\b|\bepisode guide\b|\bin memoriam\b|\bspoilers?:"
    r"|^(?:what's|what is|every|everything|all the|full list of|here's what's) (?:[\w-]+ ){0,3}(?:new|coming|leaving|streaming)\b|\bcast salaries\b|\bthen (?:and|vs)\.? now\b|\bnet worth\b"
    r"|\bwatch list\b|\bfall tv preview\b|\bpodcast\b|\bstock\b|\bshares (?:fall|rise|drop)|\brelease date(?:s)?,(?: [\w ]+,)* (?:cast|plot|trailer|news)|\bseason \d+(?::| -) (?:release date|everything)",
    re.IGNORECASE,
)


def is_silent(document: Document) -> bool:
    """Whether the headline says that this article is of a kind that announces nothing."""
    return bool(SILENT.search(document.headline))
