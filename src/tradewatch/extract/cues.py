"""Scope: the words around a match, within its clause, that make it a denial, a hope, a condition, a question or history."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

from tradewatch.extract.line import Kind, Line, block
from tradewatch.types import Novelty, Status


def _words(kind: str) -> re.Pattern[str]:
    """The cue words of one kind from `cues.toml`, as whole words."""
    rows: dict[str, list[str]] = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8"))
    return re.compile(f" (?:{'|'.join(rows[kind])})(?= |$)")


CLAUSE = re.compile(r" (?:[:;—–]|, (?:but|while|although|though|and|so|yet)|but|although|though)(?= )")
NEGATION = _words("negation")
DENIAL = _words("denial")
REFUTED = _words("refuted")
HOPE = _words("hope")
CONDITION = _words("condition")
QUESTION_WORDS = frozenset(
    [
        "will", "is", "are", "has", "have", "could", "can", "why", "how", "what", "when", "where", "who", "does", "did", "should", "was",
        "do", "would", "may",
    ]
)  # fmt: skip
HISTORY = _words("history")
SEGMENT = re.compile(r" [?.!:;—–](?= |$)")
AGO = _words("ago")
TOLD_BEFORE = _words("told_before")
ASIDE = re.compile(r" ,[^,]* ,(?= )")
OF_OLD = re.compile(r" ,[^,]* (?:that|which|who|set in|set on)(?= )[^,]* ,(?= )")
"""An aside in which a past day says nothing of the news: ", the drama that began in 2012,"."""
SUBORDINATE = re.compile(
    r" (?:after|since|when|before|following|until|because|(?<! in )which|where|once|as if|ever since|(?<!, )while|like|than|who"
    r"|whose|even though)(?: [^ ]+)?$"
)
WITH = re.compile(rf" with {block(Kind.NAME, Kind.PERSON)}")
UNDER_WITH = re.compile(rf" with(?: {block(Kind.NAME, Kind.PERSON)}(?: [^ ,;:.]+){{0,8}} and)?$")
ONCE = re.compile(r" (?:was|were) (?!\w+(?:ed|lit)(?= )|given|set up at|put)| (?:had|took|got|was once|earlier|once)(?= )")
"""What tells, before or after "with Roe attached to star", that it came to nothing or is long ago."""
TALKS = _words("talks")
RUMOUR = _words("rumour")
REPORTED = _words("reported")
WHY = re.compile(
    r" (?:why|did|reasons?|how|because|when|since|after|before|until|explains?|lied about|regrets?|if|claims|the time)(?: [^ ]+){0,3}$"
)
"""In a headline these make what follows old news, if they stand before it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words around a match say of it, and which words they were."""

    status: Status
    novelty: Novelty
    cues: tuple[str, ...]


def read_scope(line: Line, start: int, end: int, own: frozenset[str]) -> Scope:
    """Judge the match at `start:end` of a line's text; `own` are the pattern's words, which are no cues."""
    text = line.text
    before = text[_clause_start(text, start) : start]
    inside = _without(ASIDE.sub(" ", text[start:end]), own)
    after = text[end : _clause_end(text, end)]
    before_comma = before.rsplit(" ,", 1)[-1]
    near = f"{_last(before_comma, 5)} ; {inside}"
    close = f"{_last(before_comma, 3)} ; {inside}"
    cues: list[str] = []

    def hit(name: str, pattern: re.Pattern[str], where: str) -> bool:
        found = pattern.search(where)
        if found:
            cues.append(f"{name}:{found.group().strip()}")
        return bool(found)

    status = Status.ANNOUNCED
    if hit("negation", NEGATION, close) or hit("denial", DENIAL, before) or hit("refuted", REFUTED, text):
        status = Status.DENIED
    elif _is_question(line, start, end) or hit("hope", HOPE, near) or hit("condition", CONDITION, before + inside):
        status = Status.UNDECIDED
    elif hit("talks", TALKS, text[start:end] + before):
        status = Status.IN_TALKS
    elif hit("rumour", RUMOUR, text):
        status = Status.RUMOURED
    elif hit("report", REPORTED, text):
        status = Status.REPORTED
    novelty = Novelty.BACKGROUND if line.field == "headline" and hit("old news", WHY, before) else Novelty.NEW
    if line.field != "headline" and (
        hit("history", HISTORY, near)
        or hit("told before", TOLD_BEFORE, _first(text, 6))
        or hit("history", AGO, _first(after, 6))
        or hit("subordinate", SUBORDINATE, before)
        or (_is_absolute(text, start) and hit("once", ONCE, before + " ;" + after))
        or _past_date(line, start, end)
    ):
        novelty = Novelty.BACKGROUND
    return Scope(status, novelty, tuple(cues))


def _is_absolute(text: str, start: int) -> bool:
    """Whether a match stands under "with": what its clause says of the past holds for it too."""
    return WITH.match(text, start) is not None or UNDER_WITH.search(text, 0, start) is not None


def _clause_start(text: str, at: int) -> int:
    starts = [match.end() for match in CLAUSE.finditer(text, 0, at + 1) if match.end() <= at]
    return starts[-1] if starts else 0


def _clause_end(text: str, at: int) -> int:
    found = CLAUSE.search(text, at)
    return found.start() if found else len(text)


def _without(inside: str, own: frozenset[str]) -> str:
    return "".join(f" {word}" if word not in own else " _" for word in inside.split(" ") if word)


def _last(text: str, count: int) -> str:
    return "".join(f" {word}" for word in text.split()[-count:])


def _first(text: str, count: int) -> str:
    return "".join(f" {word}" for word in text.split()[:count])


def _is_question(line: Line, start: int, end: int) -> bool:
    """A question asserts nothing, as far as its mark reaches; a headline that opens like a question is one without its mark."""
    first = SEGMENT.split(line.text[:start])[-1].split()[:1]
    mark = re.search(r" [?.!:;—–](?= |$)", line.text[end:])
    if mark and mark.group() == " ?":
        return True
    if line.field == "headline" and re.search(r" : [^—–]* \?", line.text) and not any(mention.strong for mention in line.mentions.values()):
        return True
    return line.field == "headline" and (first or line.text[start:].split()[:1])[0] in QUESTION_WORDS


DATES = block(Kind.DATE)


def _past_date(line: Line, start: int, end: int) -> bool:
    first = _clause_start(line.text, start) if _is_absolute(line.text, start) else start
    window = OF_OLD.sub(" ", line.text[first:end]) + line.text[end : end + 8]
    return any(line.mentions[char].value.past for char in re.findall(DATES, window))
