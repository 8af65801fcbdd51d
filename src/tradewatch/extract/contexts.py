"""What stands right before and right after a name and tells what it is: the rows of `inventory.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tradewatch.extract.lexicon import any_of, lexicon

ANY_CASE = "(?i:"
NOTHING = "(?!)"
TOO_COMMON = frozenset(["feature", "star", "special", "project", "package", "production", "presentation", "reality", "original", "hit"])
"""Nouns of a work that stand before other names as well."""


@dataclass(frozen=True, slots=True)
class Context:
    """What may stand right before or right after a name."""

    weight: int
    as_printed: re.Pattern[str]
    in_any_case: re.Pattern[str]
    """Is looked for in lower case, which is much quicker than to ignore case."""

    def ends(self, text: str, low: str) -> bool:
        """Whether a text, which is also given in lower case, ends with it."""
        return bool(self.as_printed.search(text) or self.in_any_case.search(low))

    def begins(self, text: str, low: str) -> bool:
        """Whether a text, which is also given in lower case, begins with it."""
        return bool(self.as_printed.match(text) or self.in_any_case.match(low))


@dataclass(frozen=True, slots=True)
class Contexts:
    """All that may stand on either side of a name."""

    before: tuple[Context, ...]
    last: frozenset[str]
    """The last letters of what stands before, as `_last_letters` gives them: most names have other words before them."""
    after: tuple[Context, ...]
    any_after: Context
    """All that may stand after as one: after most names stands none, which one look tells."""

    def ending(self, text: str, low: str) -> int:
        """The weight of the first that a text ends with, before its last space; 0 where it ends with none."""
        if not text.endswith(" ") or _last_letters(low) not in self.last:
            return 0
        return next((context.weight for context in self.before if context.ends(text, low)), 0)

    def beginning(self, text: str, low: str) -> int:
        """The weight of the first that a text begins with; 0 where it begins with none."""
        return next((context.weight for context in self.after if context.begins(text, low)), 0) if self.any_after.begins(text, low) else 0


@cache
def contexts() -> Contexts:
    """What may stand before a name, and after it, from `inventory.toml`."""
    data: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("inventory.toml").read_text("utf-8"))
    words = lexicon()
    nouns = (words.genres - TOO_COMMON) | words.relations.keys()
    lists = {
        "fates": "|".join(data["fates"]),
        "says": "|".join(data["says"]),
        "nouns": any_of(nouns),
        "roles": any_of({*words.roles, *words.people, "boss", "bosses", "stars", "actors"}),
    }

    def filled(choices: Iterable[str]) -> list[str]:
        return [re.sub(r"<(\w+)>", lambda found: lists[found[1]], choice) for choice in choices]

    before = tuple(_context(entry["weight"], filled(entry["match"]), " $") for entry in data["before"])
    after = tuple(_context(entry["weight"], filled(entry["match"]), "") for entry in data["after"])
    last = frozenset(_last_letters(word) for entry in data["before"] for choice in filled(entry["match"]) for word in last_words(choice))
    return Contexts(before, last, after, _context(0, filled(choice for entry in data["after"] for choice in entry["match"]), ""))


def _context(weight: int, choices: list[str], ending: str) -> Context:
    loose = [choice.replace(ANY_CASE, "(?:", 1) for choice in choices if choice.startswith(ANY_CASE)]
    strict = [choice for choice in choices if not choice.startswith(ANY_CASE)]
    printed, low = (re.compile(f"(?:{'|'.join(some)}){ending}" if some else NOTHING) for some in (strict, loose))
    return Context(weight, printed, low)


LETTERS = re.compile(r"[\W\d_]*([^\W\d_]*)")


def _last_letters(text: str) -> str:
    """The last word of a text up to a hyphen or the like, backwards, since that is quicker to find."""
    found = LETTERS.match(text[: -REACH - 1 : -1])
    return found[1] if found else ""


REACH = 40
"""No word is longer."""
PIECE = re.compile(
    r"(?P<nothing>\\b|\(\?<![^)]*\))|(?P<open>\(\?i?:)|(?P<close>\))|(?P<or>\|)|(?P<any>\[[^\]]*\]\+?|\\[dw]\+?)|\\?(?P<plain>.)"
)
MAY_LACK = re.compile(r"\?|\{0,\d\}")
ANYTHING = "\0"


def last_words(expression: str) -> frozenset[str]:
    """The words, in lower case, with which what an expression matches can end. It knows the syntax that `inventory.toml` uses before names;
    raises ValueError where a last word could be any word."""
    found = frozenset(ending.rpartition(" ")[2] for ending in _endings(expression, 0)[0])
    if any(ANYTHING in word for word in found):
        raise ValueError(f"what stands before a name must end with known words: {expression}")
    return found


def _endings(expression: str, at: int) -> tuple[set[str], int]:
    """All endings, from a space on, of the choices from `at` to their closing parenthesis, and the place after it."""
    choices: set[str] = set()
    sequence: list[set[str]] = []
    while at < len(expression):
        piece = PIECE.match(expression, at)
        assert piece is not None
        at = piece.end()
        if piece["close"]:
            break
        if piece["or"]:
            choices |= _joined(sequence)
            sequence = []
            continue
        said = {(piece["plain"] or ANYTHING * bool(piece["any"])).lower()}
        if piece["open"]:
            said, at = _endings(expression, at)
        if lack := MAY_LACK.match(expression, at):
            said, at = said | {""}, lack.end()
        sequence.append(said)
    return choices | _joined(sequence), at


def _joined(sequence: list[set[str]]) -> set[str]:
    endings = {""}
    for said in reversed(sequence):
        endings = {ending if ending.startswith(" ") else f"{before}{ending}" for before in said for ending in endings}
        endings = {ending[max(ending.rfind(" "), 0) :] for ending in endings}
    return endings
