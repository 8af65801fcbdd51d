"""How a headline uses capitals: throughout, on every word of weight, or as a sentence does."""

from __future__ import annotations

import re

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.verbs import verbs
from tradewatch.text import same_length_lower

CAPITAL = re.compile(r"[^\W\d_]{2,}")


def in_title_capitals(text: str) -> str:
    """A headline that is set in capitals throughout, in title case; its length stays."""
    if len(text) < LEAST_CAPITALS or any(char.islower() for char in text):
        return text
    return CAPITAL.sub(lambda word: word[0][0] + same_length_lower(word[0][1:]), text)


LEAST_CAPITALS = 24
"""Characters; what is shorter may be a name."""


NOUNS_TOO = frozenset(
    ["features", "stars", "hosts", "leads", "guests", "plans", "films", "pilots", "shows", "talks", "returns", "lands", "plays"]
)
"""Third persons that are as often plural nouns."""


def is_third_person(word: str) -> bool:
    """Whether a word in lower case is the third person of a trade verb, and no plural noun; headlines in capitals never leave it small."""
    kinds = verbs().forms.get(word, {}).values()
    return word not in NOUNS_TOO and any("s" in kind for kind in kinds)


def in_title_case(text: str, breaks: frozenset[str]) -> bool:
    """Whether a headline capitalises its words: most of those that are not small, or words that nobody is called."""
    small = lexicon().small
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", text) if word.lower() not in small and len(word) > 2]
    if any(map(is_third_person, words)):
        return False
    capitals: int = sum(word[0].isupper() for word in words)
    if any(match[0].lower() in breaks - small for match in re.finditer(r"(?<=[a-z] )[A-Z][a-z]+\b", text)):
        return capitals >= 0.5 * len(words)
    return len(words) >= 3 and capitals >= 0.8 * len(words)
