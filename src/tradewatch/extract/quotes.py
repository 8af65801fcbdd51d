"""Quotation marks: quoted titles told from quoted speech by length, capitals and closing punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tradewatch.extract.lexicon import lexicon

MOST_WORDS = 14
"""The longest titles in the trade run to a dozen words."""
OPENS = re.compile(r"(['\"])(?<![\w\"'].)(?=[\w(#$¿¡…&@.'*])")
WORD = re.compile(r"[\w'’&-]+")
FEW_WORDS = re.compile(r"[^\W\d_a-z]\w*(?: \w+){1,3}$")
SCARE = re.compile(r"(?<!\w)(['\"])(axed|cancell?ed|scrapped|renewed|dropped|shelved|confirmed|recommissioned|saved)\1(?!\w)")
"""Words that tabloids set in quotation marks, as others report them."""
REACH = 400
"""How far a closing mark is looked for: a title's; speech runs on to the end of its paragraph."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted stretch: `start` and `end` include the marks; `inner` is (start, end) of the words inside."""

    start: int
    end: int
    inner: tuple[int, int]
    title: bool


def without_scare(text: str) -> str:
    """A text with blanks for the marks around a single word of somebody's report: "Vale 'axed' by ITV"; its length stays."""
    return SCARE.sub(r" \2 ", text)


def find_quoted(text: str) -> list[Quoted]:
    """Every quoted stretch of a paragraph with straight quotes, in order, outermost only."""
    found: list[Quoted] = []
    at = 0
    while opening := OPENS.search(text, at):
        quoted = _closed(text, opening)
        if quoted is None:
            at = opening.end()
            continue
        found.append(quoted)
        at = quoted.end
    return found


def _closed(text: str, opening: re.Match[str]) -> Quoted | None:
    mark, start = opening[1], opening.end()
    if mark == '"':
        close = text.find('"', start)
        if close < 0:
            return Quoted(opening.start(), len(text), (start, len(text)), False)
        return _quoted(text, opening.start(), close + 1, start, close)
    for closing in re.compile(r"'(?![a-zA-Z0-9])").finditer(text, start, start + REACH):
        inner = text[start : closing.start()]
        if re.search(r"(?<![\w'])'(?=\w)", inner):
            return _missing_close(opening.start(), start, inner)
        if inner[-1:] == " ":
            continue
        if inner.endswith("s") and _goes_on(text, closing.end()) and not re.match(r"\s", text[closing.end() :]):
            continue
        return _quoted(text, opening.start(), closing.end(), start, closing.start())
    return None


def _goes_on(text: str, at: int) -> bool:
    return text[at : at + 1].isalpha()


def _missing_close(start: int, inner_start: int, inner: str) -> Quoted | None:
    """A title whose closing mark was forgotten ends at the next comma or possessive before another opening mark."""
    end = re.search(r",|'s\b|(?=\s'\w)", inner)
    if not end or not looks_like_title(inner[: end.start()]):
        return None
    close = inner_start + end.start()
    return Quoted(start, close, (inner_start, close), True)


def _quoted(text: str, start: int, end: int, inner_start: int, inner_end: int) -> Quoted:
    while inner_end > inner_start and text[inner_end - 1] in " ,;":
        inner_end -= 1
    inner = text[inner_start:inner_end]
    if inner.endswith(".") and not re.search(r"\b[A-Z]\.$|\.\.\.$|\b(?:Jr|Sr|Mrs|Dr|Inc|Bros)\.$", inner):
        inner_end -= 1
    words = text[inner_start:inner_end]
    return Quoted(start, end, (inner_start, inner_end), looks_like_title(words) or _is_foreign(text[max(0, start - 40) : start], words))


def _is_foreign(before: str, words: str) -> bool:
    """Whether few quoted words after the noun of a work are its title in another language, with one capital: "thriller 'Marea baja'"."""
    noun = re.search(r"([\w-]+),?\s$", before) if FEW_WORDS.match(words) else None
    return bool(noun and noun[1].lower() in lexicon().genres)


FOREIGN = frozenset(
    [
        "de", "la", "las", "los", "el", "del", "y", "du", "des", "le", "les", "et", "der", "die", "das", "und", "von", "no", "na", "ni",
        "wa", "ka", "ki", "ke", "da", "do", "dos", "e", "o", "di", "il", "van", "het", "och", "en",
    ]
)  # fmt: skip
"""Small words of other languages, which titles keep in lower case."""


def looks_like_title(words: str) -> bool:
    """Whether quoted words read as a title: few, not a sentence, and in capitals but for small words."""
    if not words or "\n" in words:
        return False
    found = WORD.findall(words)
    if not found or len(found) > MOST_WORDS:
        return False
    if re.search(r"[.!?,]\s+[a-z]", words):
        return False
    small = lexicon().small | FOREIGN
    content = [word for word in found if word.lower() not in small] or found
    capital = sum(any(not char.islower() for char in word) for word in content)
    first = words.lstrip("'\"#$¿¡.…(")[:1]
    return (
        not (first.islower() and not re.match(r"[a-z][A-Z]", words))
        and capital >= 0.75 * len(content)
        and not (len(found) > 4 and capital < 2)
    )
