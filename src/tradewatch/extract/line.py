"""A line: one sentence as a string of words and mentions, each mention a single private-use character.

Patterns are regular expressions over `Line.text`; every word and mention is preceded by one space, so positions in the text count tokens,
and tokens know where they stand in the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, reduce
from operator import or_
from typing import Any

from tradewatch.types import Evidence, Field

BLOCK = 256
BASE = 0xE000


class Kind(IntEnum):
    """What a mention is; its value picks its block of private-use characters."""

    TITLE = 0
    NAME = 1
    """Capitalised words that may be a title, a person or neither: the pattern's slot decides."""
    PERSON = 2
    NETWORK = 3
    OUTLET = 4
    SEASON = 5
    EPISODES = 6
    DATE = 7
    ROLE = 8
    ACT = 9
    DONE = 10
    REF = 11
    """A word that stands for a title: it, the drama, the spin-off."""
    NETREF = 12
    """A word that stands for a network: the streamer."""
    SPEECH = 13
    AFTER = 14
    """How long something has run: "after two seasons"."""
    PRONOUN = 15


BLOCKS = [BASE + BLOCK * kind for kind in Kind]
"""Where each kind's characters begin."""


@cache
def block(*kinds: Kind) -> str:
    """A regular-expression class that matches one mention of these kinds."""
    ranges = "".join(f"{chr(BASE + BLOCK * kind)}-{chr(BASE + BLOCK * (kind + 1) - 1)}" for kind in kinds)
    return f"[{ranges}]"


@dataclass(slots=True, eq=False)
class Mention:
    """A span of a field with a meaning. `value` is its normal form; `slots` holds what was read beside it."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Any = None
    slots: dict[str, Any] = field(default_factory=dict)
    strong: bool = False
    """Marked by the outlet: quoted, italic, or known from elsewhere."""

    @property
    def name(self) -> str:
        """The normal form as text."""
        return str(self.value if self.value is not None else self.text)


@dataclass(slots=True)
class Token:
    """A word or mention and where it stands in its field."""

    key: str
    """Lower-case word, or the private-use character of a mention."""
    start: int
    end: int


VERB = re.compile(f"/|{block(Kind.ACT, Kind.DONE)}")
"""What a word of the grouped text holds that is a verb."""


OPENS_ASIDE = re.compile(r"(?:who|whose|[a-z-]+/e)$")
"""After a comma these open an aside about a person: ", who played Ann," and ", cast as Ann,"."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A line's grouped text, and the tokens of the line that each of its words stands for: first and last."""

    text: str
    places: tuple[tuple[int, int], ...]
    past: frozenset[int]
    """Numbers of the words that are verbs in a plain past ("renewed", "was renewed")."""
    ahead: frozenset[int]
    """Numbers of the verbs that tell of what is to come or has begun ("will renew", "to star", "is being directed")."""
    words: frozenset[str]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The line's tokens, first and last, that a stretch of the text stands for."""
        first, last = self._number(start), self._number(end - 1)
        return self.places[first][0], self.places[last][1]

    def tells_past(self, start: int, end: int) -> bool:
        """Whether the first verb of a stretch of the text, that of an aside about a person left out, is in a plain past."""
        first = self._number(start)
        words = self.text[start:end].split()
        aside = False
        for number, word in enumerate(words[:-1]):
            aside = word != "," if aside else word == "," and bool(OPENS_ASIDE.match(words[number + 1]))
            if VERB.search(word) and not aside:
                return first + number in self.past
        return bool(words) and VERB.search(words[-1]) is not None and first + len(words) - 1 in self.past

    def tells_ahead(self, start: int, end: int) -> bool:
        """Whether a verb of a stretch of the text tells of what is to come."""
        return any(self._number(start) <= number <= self._number(end - 1) for number in self.ahead)

    def _number(self, position: int) -> int:
        """The number of the word that starts at, or holds, a position."""
        return self.text.count(" ", 0, position + 1) - 1


class Line:
    """One sentence, masked."""

    def __init__(self, field: Field, source: str, start: int, end: int, *, title_case: bool = False) -> None:
        self.field = field
        self.source = source
        self.start, self.end = start, end
        self.title_case = title_case
        self.tokens: list[Token] = []
        self.mentions: dict[str, Mention] = {}
        self.text = ""
        self.grouped: Grouped | None = None
        """Made when a pattern first asks for it."""
        self._found: list[tuple[int, Mention]] | None = None
        self._words: frozenset[str] | None = None
        self._next = [*BLOCKS]

    def key_for(self, mention: Mention) -> str:
        """A fresh private-use character for a mention; the ellipsis once its block is full."""
        point = self._next[mention.kind]
        if point >= BLOCKS[mention.kind] + BLOCK:
            return "…"
        self._next[mention.kind] = point + 1
        key = chr(point)
        self.mentions[key] = mention
        return key

    def rebuild(self) -> None:
        """Renew the text after a change of tokens."""
        self.text = "".join([f" {token.key}" for token in self.tokens])
        self._found = self._words = self.grouped = None

    def index(self, position: int) -> int:
        """The number of the token that starts at, or holds, a position in the text."""
        return self.text.count(" ", 0, position + 1) - 1

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Where tokens `first` to `last` inclusive stand in the text: start and end."""
        start = sum([len(token.key) + 1 for token in self.tokens[:first]])
        return start, start + sum([len(token.key) + 1 for token in self.tokens[first : last + 1]])

    def replace(self, first: int, last: int, mention: Mention) -> None:
        """Put one mention in the place of tokens `first` to `last` inclusive."""
        token = Token(self.key_for(mention), self.tokens[first].start, self.tokens[last].end)
        self.tokens[first : last + 1] = [token]

    def evidence(self, first: int, last: int) -> Evidence:
        """The exact words of tokens `first` to `last` inclusive."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Evidence(self.field, start, end, self.source[start:end])

    @property
    def words(self) -> frozenset[str]:
        """The words of the text."""
        if self._words is None:
            self._words = frozenset(token.key for token in self.tokens)
        return self._words

    @property
    def kinds(self) -> int:
        """The kinds of mention that stand in the line, a bit each."""
        return reduce(or_, [1 << mention.kind for _, mention in self._standing()], 0)

    def found(self, *kinds: Kind) -> list[tuple[int, Mention]]:
        """(token number, mention) of the mentions of these kinds, in order."""
        return [(i, m) for i, m in self._standing() if m.kind in kinds]

    def _standing(self) -> list[tuple[int, Mention]]:
        if self._found is None:
            self._found = [(i, m) for i, token in enumerate(self.tokens) if (m := self.mentions.get(token.key))]
        return self._found
