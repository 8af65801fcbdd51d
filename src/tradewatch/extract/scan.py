"""From a document's fields to lines: paragraphs, quotations, sentences, mentions and words, each at its true offset."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tradewatch.extract.catalog import Catalog
from tradewatch.extract.dates import find_dates
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, Token
from tradewatch.extract.names import join_names
from tradewatch.extract.numbers import AFTER, Seasons, find_episodes, find_seasons, number
from tradewatch.extract.quotes import Quoted, find_quoted
from tradewatch.text import same_length_lower, straight
from tradewatch.types import Document, Field, Mark

PARAGRAPH = re.compile(r"[^\n]+")
LONGEST = 1500
"""A sentence longer than this many characters is no prose; it is cut there, so that no pattern sees more."""
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|DR|MR|MRS|ST|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Co|Corp|Gov|Sen|Rep|Lt|Sgt|Capt|Det|Col|Gen|Prof|Rev|Hon|Mt|Ft|Bros|Vol|Ep)"
    r"|\b[A-Z]|\b[ap]\.m|\.\.)\.$"
)
BOUNDARY = re.compile(r"[.!?…](?:[\"')\]]*)\s+(?=[\"'(\[]*[A-Z0-9¿¡])")
TOKEN = re.compile(r"\b[Ss]pin [Oo]ff\b|\d+(?:[.,:]\d+)*(?:[a-z%+]+)?|[^\W\d_]\.(?:[^\W\d_]\.)+|\b(?:Mr|Mrs|Ms|Dr|DR|MR|MRS|ST|St|Jr|Sr|Lt|Sgt|Capt|Det|Bros)\.|[^\W\d_]\.(?=\s[A-Z])|\w+(?:[-'./&]\w+)*(?:\+(?!\w))?|'s\b|[^\w\s]")
CAPS = re.compile(r"\b[A-Z][A-Z'&.]+(?: (?:[A-Z][A-Z'&.]+|&|OR|OF|[A-Z]))*[A-Z!]\b")
LABEL = re.compile(r"([A-Z][A-Z0-9'&!?.,-]+(?: [A-Z0-9&][A-Z0-9'&!?.,-]*)*)(?=:\s)")
NO_LABELS = frozenset(("EXCLUSIVE", "UPDATE", "UPDATED", "BREAKING", "RELATED", "EDITOR'S NOTE", "NOTE", "CORRECTION", "CORRECTED", "CLARIFICATION", "SPOILER ALERT", "WARNING", "TV", "NEW", "CAST", "STAFF", "WATCH", "PHOTOS", "VIDEO"))
TRADE_VERBS = frozenset("renews renewed orders ordered cancels canceled cancelled axes axed has picks commissions commissioned greenlights sets adds gives announces acquires acquired lands".split())


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence's place in its field, with the quotations that stand in it."""

    start: int
    end: int
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One field, ready to be read: working text (straight quotes), its lower case, and its sentences."""

    field: Field
    source: str
    text: str
    low: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    labelled: bool = False
    """Its paragraphs open with titles in capitals, so capitals mark titles in it."""


def read_page(document: Document, field: Field) -> Page:
    """One field of a document cut into sentences."""
    source = document.text(field)
    text = straight(source)
    marks = tuple(mark for mark in document.marks if mark.field == field)
    spans = tuple(_sentences(text)) if field == "body" else tuple(_short(text))
    labels = sum(bool(LABEL.match(text, span.start, span.end)) for span in spans) if field == "body" else 0
    return Page(field, source, text, same_length_lower(text), spans, marks, labels > 1)


def _short(text: str) -> Iterator[Span]:
    """Headlines and deks: a headline is one line, whatever its punctuation; a dek may hold several sentences."""
    if len(text) <= 160:
        quoted = tuple(_shift(q, 0) for q in find_quoted(text))
        yield Span(0, len(text), quoted)
    else:
        yield from _sentences(text)


def _shift(quoted: Quoted, by: int) -> Quoted:
    return Quoted(quoted.start + by, quoted.end + by, (quoted.inner[0] + by, quoted.inner[1] + by), quoted.title)


def _sentences(text: str) -> Iterator[Span]:
    for paragraph in PARAGRAPH.finditer(text):
        quoted = [_shift(q, paragraph.start()) for q in find_quoted(paragraph.group())]
        starts = [q.start for q in quoted]
        start = paragraph.start()
        for end in [*_boundaries(text, paragraph.start(), paragraph.end(), quoted), paragraph.end()]:
            for cut in range(start, end, LONGEST):
                until = min(cut + LONGEST, end)
                yield Span(cut, until, tuple(q for q in quoted[bisect_left(starts, cut) : bisect_left(starts, until)] if q.end <= until))
            start = end


def _boundaries(text: str, start: int, end: int, quoted: list[Quoted]) -> Iterator[int]:
    """Where sentences end: not inside a quotation, not after an abbreviation."""
    inside = iter(quoted)
    current = next(inside, None)
    for match in BOUNDARY.finditer(text, start, end):
        while current and current.end < match.end():
            current = next(inside, None)
        if current and current.start < match.start() and match.end() < current.end:
            continue
        if not ABBREVIATED.search(text, max(start, match.start() - 6), match.start() + 1):
            yield match.end()


def _lowered(words: str) -> str:
    """Capitals as a title is usually printed: "DEAL OR DUEL" is Deal or Duel."""
    small = {"Of", "The", "Or", "And", "A", "An", "In", "On", "To", "For", "With", "At"}
    parts = words.title().replace("'S", "'s").replace("’S", "’s").split(" ")
    return " ".join([parts[0], *(part.lower() if part in small else part for part in parts[1:])])


class Scanner:
    """Turns sentences into lines for one document: it knows the catalog, the day and the titles met so far."""

    def __init__(self, catalog: Catalog, published: dt.date | None, breaks: frozenset[str]) -> None:
        self.catalog = catalog
        self.published = published
        self.breaks = breaks
        self.titles: dict[str, None] = {}
        self._known: re.Pattern[str] | None = None

    def learn(self, titles: Iterable[str]) -> None:
        """Remember titles, so that they are found where they stand without marks."""
        fresh = {straight(title): None for title in titles if title and len(title) > 2}
        if fresh.keys() - self.titles.keys():
            self.titles |= fresh
            longest = sorted(self.titles, key=len, reverse=True)
            self._known = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(title) for title in longest) + r")(?!\w)", re.IGNORECASE)

    def line(self, page: Page, span: Span) -> Line:
        """One sentence, masked."""
        text = page.text[span.start : span.end]
        line = Line(page.field, page.source, span.start, span.end, title_case=page.field == "headline" and in_title_case(text, self.breaks))
        mentions = sorted(self._mentions(page, span, text), key=lambda mention: mention.start)
        self._fill(line, page.text, mentions)
        join_names(line, page.text, self.breaks)
        line.rebuild()
        return line

    def _mentions(self, page: Page, span: Span, text: str) -> list[Mention]:
        """Non-overlapping mentions, the surest kinds first."""
        taken: list[Mention] = []
        for mention in (*self._marked(page, span), *self._labels(page, span), *self._familiar(text, span.start), *self._values(text, span.start), *_role_words(page, span)):
            if not any(mention.start < other.end and other.start < mention.end for other in taken):
                taken.append(mention)
        return taken

    def _marked(self, page: Page, span: Span) -> Iterator[Mention]:
        for mark in page.marks:
            if mark.kind == "italic" and span.start <= mark.start and mark.end <= span.end and mark.end - mark.start < 90:
                words = page.source[mark.start : mark.end].strip(" ,.'\"“”‘’")
                if words[:1].isupper() or words[:1].isdigit():
                    yield Mention(Kind.TITLE, mark.start, mark.end, words, words, strong=True)
        for quoted in span.quoted:
            words = page.source[slice(*quoted.inner)]
            if quoted.title or straight(words) in self.titles:
                yield Mention(Kind.TITLE, quoted.start, quoted.end, words, words, strong=True)
            else:
                yield Mention(Kind.SPEECH, quoted.start, quoted.end, words)

    def _labels(self, page: Page, span: Span) -> Iterator[Mention]:
        """"VALE: The drama returns": a title in capitals that labels its paragraph."""
        label = LABEL.match(page.text, span.start, span.end) if page.field == "body" else None
        if label and label[1] not in NO_LABELS:
            words = page.source[label.start(1) : label.end(1)]
            yield Mention(Kind.TITLE, label.start(1), label.end(1), words, _lowered(words), strong=True)
        if page.labelled:
            for match in CAPS.finditer(page.text, span.start, span.end):
                words = page.source[match.start() : match.end()]
                if words not in NO_LABELS and len(words) > 4:
                    yield Mention(Kind.TITLE, match.start(), match.end(), words, _lowered(words), strong=True)

    def _familiar(self, text: str, offset: int) -> Iterator[Mention]:
        if self._known:
            for match in self._known.finditer(text):
                if match.group() not in self.titles and (match.group()[0].islower() or " " not in match.group()):
                    continue
                yield Mention(Kind.TITLE, offset + match.start(), offset + match.end(), match.group(), match.group(), strong=True)
        for mention in self.catalog.mentions(text):
            if mention.kind is Kind.NETWORK and not self._means_network(text, mention):
                continue
            if mention.kind is Kind.OUTLET and "ambiguous" in mention.slots:
                continue
            if mention.kind is Kind.TITLE and self._goes_on(text, mention.end):
                continue
            mention.start += offset
            mention.end += offset
            yield mention

    def _means_network(self, text: str, mention: Mention) -> bool:
        """Whether a network's name stands for the network here: "Max renews", not "Max Roe"; "on Three", not "Three weeks"."""
        following = re.match(r"('s?)?\s?([\w-]*)", text[mention.end :])
        possessive, word = (following[1], following[2]) if following else (None, "")
        low = word.lower()
        if low in lexicon().tails and word[:1].isupper():
            return False
        if "ambiguous" in mention.slots and self._inside_name(text, mention.start):
            return False
        if possessive and mention.text.lower() not in lexicon().everyday:
            return True
        if mention.text.lower() not in lexicon().everyday:
            return not (word[:1].isupper() and "ambiguous" in mention.slots and not self._ends_name(low))
        if possessive or low in TRADE_VERBS or re.match(r"\s(?:is|has|will|to|also|have)\s(?:been\s|also\s|now\s)?[a-z]+(?:ing|ed|ked|up|en|lit)\b", text[mention.end :]):
            return True
        before = re.search(r"\b(?:at|on|for|by|from|to|via|with|and|&|over at|network|streamer|channel)\s$", text[: mention.start], re.IGNORECASE)
        return bool(before) and (not word[:1].isupper() or self._ends_name(low))

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether a known title is but the beginning of a longer name: "The Great" in "The Great Village Bake"."""
        following = re.match(r" ([A-Z][\w'-]+)", text[end:])
        if following is None:
            return False
        low = following[1].lower()
        return not self._ends_name(low) and low not in lexicon().months

    def _inside_name(self, text: str, start: int) -> bool:
        """Whether a capitalised word that is no verb stands right before: "Captain Marvel"."""
        before = re.search(r"(?:^|[\s\"'(])([A-Z][\w.]*) $", text[:start])
        if before is None or self._ends_name(before[1].lower()):
            return False
        return before[1].lower() not in lexicon().formats | lexicon().genres

    def _ends_name(self, low: str) -> bool:
        return low in self.breaks or low in lexicon().small

    def _values(self, text: str, offset: int) -> Iterator[Mention]:
        for start, end, seasons in find_seasons(text):
            yield Mention(Kind.SEASON, offset + start, offset + end, text[start:end], seasons)
        for start, end, when in find_dates(text, self.published):
            yield Mention(Kind.DATE, offset + start, offset + end, text[start:end], when)
        for start, end, count in find_episodes(text):
            yield Mention(Kind.EPISODES, offset + start, offset + end, text[start:end], count)
        for match in AFTER.finditer(text):
            times = 1 if match["count"].lower() in ("single", "lone") else number(match["count"])
            if times and match["noun"] and not match["years"]:
                start = match.start("count")
                yield Mention(Kind.AFTER, offset + start, offset + match.end(), text[start : match.end()], Seasons(count=times))

    @staticmethod
    def _fill(line: Line, text: str, mentions: list[Mention]) -> None:
        at = line.start
        for mention in mentions:
            _words(line, text, at, mention.start)
            line.tokens.append(Token(line.key_for(mention), mention.start, mention.end))
            at = mention.end
            if mention.kind in (Kind.TITLE, Kind.SPEECH) and text[at - 2 : at - 1] == ",":
                line.tokens.append(Token(",", at, at))
        _words(line, text, at, line.end)


CONTRACTED = re.compile(r"(?i)(?<=\w)'(?:s|ll|ve|re|d)$")
"""What is cut off a word as a token of its own: "Roe's", "she'll"."""


def _words(line: Line, text: str, start: int, end: int) -> None:
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        if word in "®™":
            continue
        if tail := CONTRACTED.search(word):
            cut = match.start() + tail.start()
            line.tokens.append(Token(word[: tail.start()].lower(), match.start(), cut))
            line.tokens.append(Token(tail.group().lower(), cut, match.end()))
        elif word == "'" and text[max(0, match.start() - 2) : match.start()].lower().rstrip(".").endswith("s"):
            line.tokens.append(Token("'s", match.start(), match.end()))
        else:
            line.tokens.append(Token(word.lower(), match.start(), match.end()))


def _compile_roles() -> re.Pattern[str]:
    words = lexicon()

    def any_of(names: Iterable[str]) -> str:
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

    roles, acts, dones = any_of(words.roles), any_of(words.acts), any_of(words.dones)
    joint = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s+&\s+|-)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<done>(?:{dones})(?:{joint}(?:{dones}))*)(?=\s+by\b)"
        rf"|(?P<act>(?<!first )(?<!pilot )(?<!the )(?:{acts})(?:{joint}(?:to\s+)?(?:{acts}))*)|(?P<role>(?:{roles})(?:{joint}(?:{roles}))*))(?![\w-])"
    )


ROLES = _compile_roles()
ROLE_STEMS = re.compile(r"writ|pen|script|direct|helm|produc|host|present|creat|run|scor|compos|front|emcee|anchor|adapt|scribe|film|\bep\b")
SPLIT = re.compile(r"\s*(?:,|/|&|\band\b|\bto\b|(?<=writer)-(?=director|producer))\s*")


def _role_words(page: Page, span: Span) -> Iterator[Mention]:
    low = page.low[span.start : span.end]
    if not ROLE_STEMS.search(low):
        return
    words = lexicon()
    tables = {"done": (Kind.DONE, words.dones), "act": (Kind.ACT, words.acts), "role": (Kind.ROLE, words.roles)}
    for match in ROLES.finditer(low):
        kind, table = tables[match.lastgroup or "role"]
        if kind is Kind.ACT and re.search(r"\b(?:the|a|an|its|his|her|of|as|new|co|longtime|former|veteran|current|original|'s) $", low[: match.start()]):
            kind, table = (Kind.ROLE, words.roles) if match.group() in words.roles else (kind, {})
        elif kind is Kind.ACT and match.group() in words.roles and page.field != "headline" and _names_person(low[: match.start()], match.group(), page.text[span.start + match.end() :][:40]):
            kind, table = Kind.ROLE, words.roles
        found = dict.fromkeys(table[part] for part in SPLIT.split(match.group()) if part in table)
        if found:
            yield Mention(kind, span.start + match.start(), span.start + match.end(), match.group(), tuple(found))


AUXILIARY = re.compile(r"\b(?:to|will|would|also|who|can|'ll|not) $")


def _names_person(before: str, word: str, after: str) -> bool:
    """Whether "host" is what a person is, not what they do: "host Jane Roe", "Hosts Jane Roe and", not "will host Top Spin"."""
    if not re.match(r" [A-Z][\w'-]+ [A-Z]", after):
        return False
    return not before if word.endswith("s") else not AUXILIARY.search(before)


def in_title_case(text: str, verbs: frozenset[str]) -> bool:
    """Whether a headline capitalises its words: most of those that are not small, or words that nobody is called."""
    small = lexicon().small
    if any(match.group().lower() in verbs for match in re.finditer(r"(?<=[a-z] )[A-Z][a-z]+\b", text)):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", text) if word.lower() not in small and len(word) > 2]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
