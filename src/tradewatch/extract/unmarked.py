"""Titles in documents that mark none: capitalised words that the text itself calls a show or a film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.names import could_be_person

NAME = r"(?<!\w)(?P<title>(?:The |A |An )?[A-Z][\w'&-]*(?: (?:(?:of|the|and|in|on|to|a|for|&) ){0,2}[A-Z][\w'-]*){0,6})"
GENRES = "|".join(map(re.escape, sorted(lexicon().genres - {"project", "package", "production", "format", "special", "feature", "picture"}, key=len, reverse=True)))
CONTEXTS = (
    re.compile(rf"\b(?:{GENRES}) {NAME}"),
    re.compile(rf"\b(?:[Ss]eason (?:\d+|one|two|three|four|five) of|cast of|set of|finale of|seasons? of) (?:[A-Z][\w+]*'s? )?{NAME}"),
    re.compile(rf"{NAME}, (?:currently|now) in its \w+ season"),
    re.compile(rf"{NAME} (?:star|co-star|alum|creator|showrunner|co-creator|boss) [A-Z][\w'-]+ [A-Z]"),
    re.compile(rf"{NAME} (?:is|will be) (?:an?|the) (?:[\w-]+ ){{0,4}}(?:{GENRES})\b"),
)
"""What is said around a title and hardly around any other name."""


def unmarked_titles(text: str) -> Iterator[str]:
    """The titles that a text without quotation marks or italics names at least twice, once as a title."""
    for context in CONTEXTS:
        for found in context.finditer(text):
            title = found["title"]
            if " " in title and text.count(title) > 1 and not _speaks(text, title):
                yield title


def _speaks(text: str, name: str) -> bool:
    """Whether a name is a person's: its last word stands alone elsewhere, or it says something."""
    return could_be_person(name) and bool(re.search(rf"(?<!{re.escape(name.split()[-2])} )\b{re.escape(name.split()[-1])}\b|{re.escape(name)} (?:said|says|told)", text))
