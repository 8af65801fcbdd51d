"""Whether a text is the makers' own release, whoever carries it."""

from __future__ import annotations

import re

_WIRE = re.compile(r"/\s?PR\s?Newswire/|\(?BUSINESS WIRE\)?\s*[-–—]|\(GLOBE NEWSWIRE\)|^\s*FOR IMMEDIATE RELEASE\b", re.MULTILINE)
"""Marks that only a release carries, as wires print them."""
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\A\W*(?:PRESS RELEASE\b|[A-Z][A-Z .,'’/-]{3,40}(?:, [A-Z][a-z.]+)?,? ?[(–—-]+ ?[A-Z][a-z]+\.? \d{1,2}, \d{4}\)? ?[–—-])",
        r"^\s*About [A-Z][\w+&.'’ ]{1,40}:?\s*$",
        r"^\s*(?:Media|Press|PR|Publicity) (?:[Cc]ontacts?|[Ii]nquiries|[Rr]elations)\b",
        r"^\s*(?:#\s?#\s?#|-\s?30\s?-|# # # #)\s*$",
        r"\b(?:[Ff]ull|[Oo]fficial|[Nn]etwork[’']s|[Ss]tudio[’']s) (?:press )?release (?:is |reads |follows|below)",
        r"^\s*(?:Source|Via|SOURCE):? (?:[A-Z][\w+&.'’ ]{1,30}) ?(?:press release|PR)?\s*$",
    )
)
ENOUGH = 2
"""Signs that make a release; a news story may have one."""


def is_release(text: str) -> bool:
    """Whether a body is a press release or all but one: a wire's mark, or two of the signs of one (place and date in front, "About NBC",
    "Media contact", "###", "the full release follows", the source at the end)."""
    return _WIRE.search(text) is not None or sum(sign.search(text) is not None for sign in _SIGNS) >= ENOUGH
