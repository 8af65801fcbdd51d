"""A pattern found in a line, and what stands in its slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tradewatch.extract.cues import Scope, read_scope
from tradewatch.extract.language import PART, SEPARATOR, TOLD_OF
from tradewatch.extract.line import Kind, Line, Mention
from tradewatch.extract.patterns import Pattern
from tradewatch.extract.verbs import group, verbs
from tradewatch.types import ClaimType, Evidence

PEOPLE = frozenset({ClaimType.ROLE_ATTACHED, ClaimType.ROLE_EXIT, ClaimType.CASTING, ClaimType.CAST_EXIT, ClaimType.TALENT_DEAL})
"""Types that are about a person."""
DENIED = re.compile(r"/[aepg]n(?= |$)")
"""A verb that the pattern itself wants denied."""
SPLIT = re.compile(rf"{SEPARATOR}| ;(?: and)?")
PARTS = re.compile(rf"{PART}(?={SEPARATOR} | ;)|{TOLD_OF}")
"""Characters between the persons of a list."""
ONE_WORK = re.compile(r"^ , (?:a|an|the) ")
SINGULAR = re.compile(r"^ (?:is|was|has|makes|gets|goes|returns|premieres|debuts|launches|arrives|opens|airs|stars|follows|centers)(?= )")


@dataclass(slots=True)
class Match:
    """One pattern found in one line, with what its slots hold."""

    pattern: Pattern
    line: Line
    start: int
    end: int
    pieces: dict[str, str]
    """Slot key to the stretch of the line's text."""
    scope: Scope
    past: bool | None = None
    """Whether its first verb is in a plain past; None where the pattern does not tell verbs from other words."""
    ahead: bool = False
    """Whether a verb of it tells of what is to come."""
    fresh: frozenset[str] = frozenset()
    """Titles that the document announces as new works."""
    casting: bool = False
    """The document is about who joins a cast, as its headline or dek says."""
    told: frozenset[str] = frozenset()
    """Titles that the document has made a claim of."""
    engaged: frozenset[str] = frozenset()
    """Persons whom the document has said to join or leave something, or names in headline or dek."""
    notes: list[str] = field(default_factory=list)
    """Why claims were dropped or doubted, for `--explain`."""

    def mentions(self, key: str) -> list[Mention]:
        """The mentions in a slot, in order."""
        return [self.line.mentions[char] for char in self.pieces.get(key, "") if char in self.line.mentions]

    @property
    def words(self) -> set[str]:
        """The words matched."""
        return set(self.line.text[self.start : self.end].split())

    @property
    def tokens(self) -> tuple[int, int]:
        """First and last token of the match."""
        return self.line.index(self.start), self.line.index(self.end - 1)

    @property
    def evidence(self) -> Evidence:
        """The exact words matched."""
        return self.line.evidence(*self.tokens)


def find_matches(pattern: Pattern, line: Line) -> Iterator[Match]:
    """Every place where a pattern holds in a line; they may overlap, for what begins too early may be refused."""
    if pattern.phrase.grouped and line.grouped is None:
        line.grouped = group(line)
    text, words = (line.grouped.text, line.grouped.words) if pattern.phrase.grouped and line.grouped else (line.text, line.words)
    if not pattern.phrase.is_worded(words):
        return
    expression = pattern.phrase.headline if line.field == "headline" else pattern.phrase.prose
    found = expression.search(text)
    while found:
        pieces = {pattern.phrase.keys[name]: piece for name, piece in found.groupdict().items() if piece}
        start, end = found.span()
        past, ahead, own = False if "listing" in pieces else None, False, pattern.phrase.words
        if pattern.phrase.grouped and line.grouped:
            past, ahead = line.grouped.tells_past(start, end), line.grouped.tells_ahead(start, end)
            own = own | verbs().denials if DENIED.search(text, start, end) else own
            start, end = line.stretch(*line.grouped.tokens(start, end))
        yield Match(pattern, line, start, end, pieces, read_scope(line, start, end, own), past, ahead)
        found = expression.search(text, found.start() + 2)


def items(match: Match, key: str) -> Iterator[tuple[Mention, str]]:
    """The items of a list in a slot: the head mention and the words that the whole item covers."""
    piece = match.pieces.get(key)
    if not piece:
        return
    if key == "title" and _is_one_title(match, piece):
        found = match.mentions(key)
        yield found[0], match.line.source[found[0].start : found[-1].end]
        return
    for part in SPLIT.split(PARTS.sub("", piece) if key == "person" else piece):
        part = re.split(r" (?:as|\()(?= )", part, maxsplit=1)[0]
        found = [match.line.mentions[char] for char in part if char in match.line.mentions]
        if found:
            yield found[0], found[0].name if len(found) == 1 else match.line.source[found[0].start : found[-1].end]


def _is_one_title(match: Match, piece: str) -> bool:
    """Unmarked words in a list, spoken of in the singular, are one title: "Hex, Lies and Videotape, a drama"."""
    found = match.mentions("title")
    if len(found) < 2 or any(mention.kind is Kind.REF for mention in found) or match.line.title_case:
        return False
    sure = [mention for mention in found if mention.strong]
    if len(sure) > 1 or any("noun" not in mention.slots or match.line.source[mention.start] in MARKS for mention in sure):
        return False
    after = match.line.text[match.line.text.find(piece) + len(piece) :]
    return match.pattern.type in PEOPLE or bool(ONE_WORK.match(after) or SINGULAR.match(after))


MARKS = "\"'“‘«"


def has_kind(line: Line, *kinds: Kind) -> bool:
    """Whether a line mentions anything of these kinds."""
    return any(mention.kind in kinds for mention in line.mentions.values())
