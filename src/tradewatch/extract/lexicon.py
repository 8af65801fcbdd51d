"""The shared word lists of `lexicon.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Lexicon:
    """Word lists by what they mean for the grammar; words are lower case."""

    genres: frozenset[str]
    film_genres: frozenset[str]
    formats: frozenset[str]
    relations: dict[str, str]
    """Noun to relation ("offshoot" to "spin-off")."""
    roles: dict[str, str]
    acts: dict[str, str]
    dones: dict[str, str]
    people: frozenset[str]
    small: frozenset[str]
    breaks: frozenset[str]
    sources: frozenset[str]
    months: frozenset[str]
    everyday: frozenset[str]
    """Network names that are everyday words."""
    title_words: frozenset[str]
    """Words of patterns that titles are also made of."""
    territories: frozenset[str]
    """Where rights hold, as printed."""
    tails: frozenset[str]
    """Words after a network's name that make it another name."""


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    data: dict[str, dict[str, Any]] = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    genre, words = data["genre"], data["words"]
    return Lexicon(
        genres=frozenset(word for group in genre.values() for word in group),
        film_genres=frozenset(genre["film"]),
        formats=frozenset(data["format"]["words"]),
        relations=_inverted(data["relation"]),
        roles=_inverted(data["role"]),
        acts=_inverted(data["act"]),
        dones=_inverted(data["done"]),
        people=frozenset(data["people"]["before"]),
        small=frozenset(words["small"]),
        breaks=frozenset(words["breaks"]),
        sources=frozenset(data["source"]["words"]),
        months=frozenset(words["months"]),
        everyday=frozenset(data["network"]["everyday"]),
        title_words=frozenset(words["title_words"]),
        territories=frozenset(words["territories"]),
        tails=frozenset(data["network"]["tails"]),
    )


def any_of(words: Iterable[str]) -> str:
    """An expression for any of these words, the longest that fits. It branches by letter: a plain list is tried word by word."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    longer = [re.escape(letter) + _branches(rest) for letter, rest in tree.items() if letter]
    if not longer:
        return ""
    return (longer[0] if len(longer) == 1 and "" not in tree else f"(?:{'|'.join(longer)})") + "?" * ("" in tree)


def _inverted(groups: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in groups.items() for word in words}
