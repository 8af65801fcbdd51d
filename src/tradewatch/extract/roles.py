"""Roles behind the camera: the nouns ("showrunner"), the verbs ("to direct") and the participles before "by" ("directed")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Mention
from tradewatch.types import Field


def _compile_roles() -> re.Pattern[str]:
    words = lexicon()

    def any_of(names: Iterable[str]) -> str:
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

    roles, acts, dones = any_of(words.roles), any_of(words.acts), any_of(words.dones)
    joint = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s+&\s+|-)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<done>(?:{dones})(?:{joint}(?:{dones}))*)(?=\s+by\b)"
        rf"|(?P<act>(?<!first )(?<!pilot )(?<!the )(?:{acts})(?:{joint}(?:to\s+)?(?:{acts}))*)"
        rf"|(?P<role>(?:{roles})(?:{joint}(?:{roles}))*))(?![\w-])"
    )


ROLES = _compile_roles()
SPLIT = re.compile(r"\s*(?:,|/|&|\band\b|\bto\b|(?<!co)-(?=director|producer|showrunner|creator|writer|host|executive))\s*")


def role_words(field: Field, text: str, low: str, span: tuple[int, int]) -> Iterator[Mention]:
    """The roles, and the verbs that say who fills them, of one sentence of a field's text, which is also given in lower case."""
    first, last = span
    low = low[first:last]
    words = lexicon()
    tables = {"done": (Kind.DONE, words.dones), "act": (Kind.ACT, words.acts), "role": (Kind.ROLE, words.roles)}
    for match in ROLES.finditer(low):
        kind, table = tables[match.lastgroup or "role"]
        if kind is Kind.ACT and re.search(
            r"\b(?:the|a|an|its|his|her|of|as|new|co|longtime|former|veteran|current|original|'s) $", low[: match.start()]
        ):
            kind, table = (Kind.ROLE, words.roles) if match.group() in words.roles else (kind, {})
        elif (
            kind is Kind.ACT
            and match.group() in words.roles
            and field != "headline"
            and _names_person(low[: match.start()], match.group(), text[first + match.end() :][:40])
        ):
            kind, table = Kind.ROLE, words.roles
        if OFFICES.search(low, 0, match.start()):
            continue
        if field == "body" and kind is Kind.ROLE and _in_name(text, first + match.start()):
            continue
        found = dict.fromkeys(table[part] for part in SPLIT.split(match.group()) if part in table)
        if found:
            yield Mention(kind, first + match.start(), first + match.end(), match.group(), tuple(found))


def _in_name(text: str, start: int) -> bool:
    """Whether a capitalised role ends a name: "Ghost Writers"; not "Emmy Winner Jane Roe", nor at the start of a sentence."""
    return text[start].isupper() and NAME_BEFORE.search(text, max(0, start - 24), start) is not None


OFFICES = re.compile(r"\b(?:managing|creative|art|casting|music|technical|artistic|commercial|programming|marketing|musical|sports|news) $")
"""Before these a director or producer holds an office, and makes no work."""
NAME_BEFORE = re.compile(r"[a-z,] [A-Z][a-z]+ $")
AUXILIARY = re.compile(r"\b(?:to|will|would|also|who|can|'ll|not) $")


def _names_person(before: str, word: str, after: str) -> bool:
    """Whether "host" is what a person is, not what they do: "host Jane Roe", "Hosts Jane Roe and", not "will host Top Spin"."""
    if not re.match(r" [A-Z][\w'-]+ [A-Z]", after):
        return False
    return not before if word.endswith("s") else not AUXILIARY.search(before)
