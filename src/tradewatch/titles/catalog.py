"""What the matcher asks of the known titles, whatever holds them."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tradewatch.types import Title

MOST_NAMESAKES = 500
"""Works read for one key: no name in IMDb has so many."""


class Way(enum.IntEnum):
    """What of a work a key stands for."""

    NAME = 0
    ALIAS = 1
    PART = 2
    """What stands before or after a colon or dash; never enough for a match."""


@dataclass(frozen=True, slots=True)
class Known:
    """A work that a key led to, and by which of its names."""

    title: Title
    way: Way
    name: str
    translation: bool = False
    """Whether the name is an alias in another language."""


class Catalog(Protocol):
    """Known titles, looked up by key."""

    @property
    def size(self) -> int:
        """How many titles there are."""

    def named(self, key: str, most: int = MOST_NAMESAKES) -> Sequence[Known]:
        """The works that have the canonical key by name or alias, names first, `most` of them."""

    def part_named(self, key: str) -> Sequence[Known]:
        """Some works of whose name the key is a part, before or after a colon or dash."""

    def one_word_apart(self, found: Sequence[str]) -> Sequence[Known]:
        """Works whose tokens are these but for one; nothing where too many are."""

    def spelled_like(self, word: str) -> Sequence[str]:
        """Words of titles that may be one slip from `word`."""

    def frequencies(self, words: Collection[str]) -> Mapping[str, int]:
        """In how many titles each word stands; words in none are left out."""
