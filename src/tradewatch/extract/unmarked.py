"""Titles in documents that mark none: capitalised words that the text itself calls a show or a film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.names import could_be_person
from tradewatch.text import occurrences

NAME = r"(?<!\w)(?:The |A |An )?[A-Z][\w'&-]*(?: (?:(?:of|the|and|in|on|to|a|for|&) ){0,2}[A-Z][\w'-]*){0,6}"
NAME_HERE, NAME_ENDS = re.compile(NAME), re.compile(f"{NAME}$")
LONGEST = 60
"""How far back a name is looked for, in characters."""
NOT_ALONE = {"project", "package", "production", "format", "special", "feature", "picture"}
"""Nouns of a work that stand before other names as well."""
LEADS_IN = re.compile(r"(?<![a-z-])([a-z][a-z-]*) (?:[A-Z][\w+]*'s? )?(?=[A-Z])")
PART_OF = re.compile(r"\b(?:cast|set|finale|seasons?|[Ss]eason (?:\d+|one|two|three|four|five)) of $")
FOLLOWS = re.compile(
    r", (?:currently|now) in its \w+ season| (?:star|co-star|alum|creator|showrunner|co-creator|boss) (?=[A-Z])"
    r"| (?:is|will be) (?:an?|the) (?P<said>(?:[\w-]+ ){1,5})"
)


def unmarked_titles(text: str) -> Iterator[str]:
    """The titles that a text without quotation marks or italics names at least twice, once as a title."""
    for title in (*_led_in(text), *_followed(text)):
        if " " in title and text.count(title) > 1 and not _is_person(text, title):
            yield title


def _led_in(text: str) -> Iterator[str]:
    """Names after what only a work has: "the drama Vale Road", "the cast of Vale Road"."""
    nouns = lexicon().genres - NOT_ALONE
    for lead in LEADS_IN.finditer(text):
        if lead[1] in nouns or (lead[1] == "of" and PART_OF.search(text, max(0, lead.start() - 20), lead.start() + 3)):
            found = NAME_HERE.match(text, lead.end())
            yield found.group() if found else ""


def _followed(text: str) -> Iterator[str]:
    """Names before what is only said of a work: "Vale Road star Jane Roe", "Vale Road is a crime drama"."""
    nouns = lexicon().genres
    for tail in FOLLOWS.finditer(text):
        if tail["said"] is None or nouns.intersection(tail["said"].split()):
            found = NAME_ENDS.search(text[max(0, tail.start() - LONGEST) : tail.start()])
            yield found.group() if found else ""


def _is_person(text: str, name: str) -> bool:
    """Whether a name is a person's: its last word stands alone elsewhere, or it says something."""
    if not could_be_person(name):
        return False
    *_, given, surname = name.split()
    alone = any(not text.endswith(f"{given} ", 0, at) for at in occurrences(surname, text))
    return alone or any(f"{name} {verb}" in text for verb in ("said", "says", "told"))
