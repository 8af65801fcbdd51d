"""From a document's fields to lines: paragraphs, quotations, sentences, mentions and words, each at its true offset."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from tradewatch.extract.capitals import in_title_capitals, in_title_case, is_third_person
from tradewatch.extract.catalog import Catalog, Hit
from tradewatch.extract.dates import find_dates
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, Token
from tradewatch.extract.names import join_names
from tradewatch.extract.numbers import Seasons, find_counts, find_episodes, find_seasons
from tradewatch.extract.quotes import Quoted, find_quoted, without_scare
from tradewatch.extract.roles import role_words
from tradewatch.extract.sieve import Sieve
from tradewatch.text import occurrences, same_length_lower, straight
from tradewatch.types import Document, Field, Mark

PARAGRAPH = re.compile(r"[^\n]+")
LONGEST = 1500
"""A sentence longer than this many characters is no prose; it is cut there, so that no pattern sees more."""
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|DR|MR|MRS|ST|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Co|Corp|Gov|Sen"
    r"|Rep|Lt|Sgt|Capt|Det|Col|Gen|Prof|Rev|Hon|Mt|Ft|Bros|Vol|Ep)"
    r"|\b[A-Z]|\b[ap]\.m|\.\.)\.$"
)
BOUNDARY = re.compile(r"[.!?…](?:[\"')\]]*)\s+(?=[\"'(\[]*[A-Z0-9¿¡])")
TOKEN = re.compile(
    r"\b[Ss]pin [Oo]ff\b|\d+(?:[.,:]\d+)*(?:[a-z%+]+)?|[^\W\d_]\.(?:[^\W\d_]\.)+|\b(?:Mr|Mrs|Ms|Dr|DR|MR|MRS|ST|St|Jr|Sr"
    r"|Lt|Sgt|Capt|Det|Bros)\.|[^\W\d_]\.(?=\s[A-Z])|\w+(?:[-'./&]\w+)*(?:\+(?!\w))?|'s\b|[^\w\s]"
)
CAPS = re.compile(r"\b[A-Z][A-Z'&.]+(?: (?:[A-Z][A-Z'&.]+|&|OR|OF|[A-Z]))*[A-Z!]\b")
LABEL = re.compile(r"([A-Z][A-Z0-9'&!?.,-]+(?: [A-Z0-9&][A-Z0-9'&!?.,-]*)*)(?=:\s)")
NO_LABELS = frozenset(
    (
        "EXCLUSIVE", "UPDATE", "UPDATED", "BREAKING", "RELATED", "EDITOR'S NOTE", "NOTE", "CORRECTION", "CORRECTED", "CLARIFICATION",
        "SPOILER ALERT", "WARNING", "TV", "NEW", "CAST", "STAFF", "WATCH", "PHOTOS", "VIDEO",
    )
)  # fmt: skip
TRADE_VERBS = frozenset(
    [
        "renews", "renewed", "orders", "ordered", "cancels", "canceled", "cancelled", "axes", "axed", "has", "picks", "commissions",
        "commissioned", "greenlights", "sets", "adds", "gives", "announces", "acquires", "acquired", "lands",
    ]
)  # fmt: skip


NO_CHANNEL = frozenset(["more", "new", "other", "others", "additional", "further", "of", "years", "weeks", "months", "seasons", "episodes"])
"""After "Three" these make it a number."""


@dataclass(slots=True)
class Span:
    """A sentence's place in its field, with the quotations and the known names that stand in it."""

    start: int
    end: int
    quoted: list[Quoted]
    names: list[Hit]
    """Names of the catalog."""
    signs: int = 0
    """The kinds of mention that its words may hold, as the sieve tells."""
    patterns: int = 0
    """The patterns that it may hold, a bit each."""

    def may_hold(self, kind: Kind) -> bool:
        """Whether it has a word that mentions of this kind need."""
        return bool(self.signs >> kind & 1)


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


def read_page(document: Document, field: Field, catalog: Catalog, sieve: Sieve) -> Page:
    """One field of a document cut into sentences, each with what it may hold."""
    source = document.text(field)
    printed = without_scare(straight(source))
    text = in_title_capitals(printed) if field == "headline" else printed
    low = same_length_lower(text)
    marks = tuple(sorted((mark for mark in document.marks if mark.field == field and mark.kind == "italic"), key=attrgetter("start")))
    spans = list(_sentences(text)) if field == "body" or len(text) > SHORT else [Span(0, len(text), find_quoted(text), [])]
    _place(catalog.hits(text) if text is printed else _merged(catalog.hits(printed), catalog.hits(text)), spans)
    named = _named(document)
    for span in spans:
        kinds = [name[2] for name in span.names] + [Kind.SPEECH for quoted in span.quoted if not quoted.title]
        words = text[span.start : span.end] if marks else _unquoted(text, span)
        span.signs, span.patterns = sieve.sift(words, field, kinds, named)
    labels = sum(bool(LABEL.match(text, span.start, span.end)) for span in spans) if field == "body" else 0
    return Page(field, source, text, low, tuple(spans), marks, labels > 1)


def _merged(first: list[Hit], second: list[Hit]) -> list[Hit]:
    """The hits of two readings of one text, in order; where they overlap, those of the first."""
    more = [hit for hit in second if all(hit[1] <= other[0] or other[1] <= hit[0] for other in first)]
    return sorted([*first, *more])


OPENED = re.compile(r"[\"'](\w+)")


@lru_cache(maxsize=4)
def _named(document: Document) -> frozenset[str]:
    """The lower-case words of the headline, of italics, and those that open a quotation: a title may be one of them alone."""
    marked = [document.text(mark.field)[mark.start : mark.end] for mark in document.marks]
    opened = OPENED.findall(straight(f"{document.dek}\n{document.body}").lower())
    return frozenset((*re.findall(r"\w+", " ".join((document.headline, *marked)).lower()), *opened))


def _unquoted(text: str, span: Span) -> str:
    """A sentence without its quotations, whose words no pattern reads."""
    if not span.quoted:
        return text[span.start : span.end]
    starts = [span.start, *(quoted.end for quoted in span.quoted)]
    ends = [*(quoted.start for quoted in span.quoted), span.end]
    return QUOTATION.join([text[start:end] for start, end in zip(starts, ends, strict=True)])


QUOTATION = " … "
"""Stands for a quotation, so that words around it do not become a phrase."""
SHORT = 160
"""A headline or dek of no more characters is one line, whatever its punctuation; a longer dek may hold several sentences."""


def _place(hits: list[Hit], spans: list[Span]) -> None:
    """Give every sentence the hits that lie in it."""
    following = iter(spans)
    span = next(following, None)
    for hit in hits:
        while span and span.end <= hit[0]:
            span = next(following, None)
        if span and span.start <= hit[0] and hit[1] <= span.end:
            span.names.append(hit)


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
                yield Span(cut, until, [q for q in quoted[bisect_left(starts, cut) : bisect_left(starts, until)] if q.end <= until], [])
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
        before = text[max(start, match.start() - 5) : match.start()]
        if (len(before) == 5 and before.isalpha()) or not ABBREVIATED.search(text, max(start, match.start() - 6), match.start() + 1):
            yield match.end()


def _lowered(words: str) -> str:
    """Capitals as a title is usually printed: "DEAL OR DUEL" is Deal or Duel."""
    small = {"Of", "The", "Or", "And", "A", "An", "In", "On", "To", "For", "With", "At"}
    parts = words.title().replace("'S", "'s").replace("’S", "’s").split(" ")
    return " ".join([parts[0], *(part.lower() if part in small else part for part in parts[1:])])


class Scanner:
    """Turns sentences into lines for one document: it knows the catalog, the day and the titles met so far."""

    def __init__(self, catalog: Catalog, published: dt.date | None, breaks: frozenset[str], pages: list[Page]) -> None:
        self.catalog = catalog
        self.published = published
        self.breaks = breaks
        self.pages = pages
        self.titles: set[str] = set()
        self._places: dict[Field, list[tuple[int, int]]] = {page.field: [] for page in pages}
        """Where they stand: start, and end with its sign turned, so that the longest comes first."""

    def learn(self, titles: Iterable[str]) -> None:
        """Remember titles, so that they are found where they stand without marks."""
        fresh = dict.fromkeys(straight(title) for title in titles if title and len(title) > 2)
        for title in [title for title in fresh if title not in self.titles][: max(0, MOST_TITLES - len(self.titles))]:
            self.titles.add(title)
            for page in self.pages:
                self._places[page.field] += [(start, -start - len(title)) for start in occurrences(same_length_lower(title), page.low)]
        for places in self._places.values():
            places.sort()

    def names_something(self, page: Page, span: Span) -> bool:
        """Whether a sentence holds what a later one may refer to: a title, a network."""
        places = self._places[page.field]
        at = bisect_left(places, (span.start,))
        known = at < len(places) and places[at][0] < span.end
        marked = span.quoted or span.names or page.marks or page.labelled
        return page.field != "body" or known or bool(marked) or span.may_hold(Kind.REF) or span.may_hold(Kind.SEASON)

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
        found = [*self._marked(page, span)] if span.quoted or page.marks else []
        found += self._labels(page, span)
        found += self._familiar(page, span, text)
        found += self._values(span, text)
        if span.may_hold(Kind.ROLE) or span.may_hold(Kind.DONE):
            found += role_words(page.field, page.text, page.low, (span.start, span.end))
        taken: list[Mention] = []
        for mention in found:
            if all(mention.start >= other.end or other.start >= mention.end for other in taken):
                taken.append(mention)
        return taken

    def _marked(self, page: Page, span: Span) -> Iterator[Mention]:
        for mark in page.marks[bisect_left(page.marks, span.start, key=attrgetter("start")) :]:
            if mark.start >= span.end:
                break
            if mark.end <= span.end and mark.end - mark.start < 90:
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
        """A title in capitals that labels its paragraph: "VALE: The drama returns"."""
        label = LABEL.match(page.text, span.start, span.end) if page.field == "body" else None
        if label and label[1] not in NO_LABELS and label[1].split()[0].lower() not in lexicon().months:
            words = page.source[label.start(1) : label.end(1)]
            yield Mention(Kind.TITLE, label.start(1), label.end(1), words, _lowered(words), strong=True)
        if page.labelled:
            for match in CAPS.finditer(page.text, span.start, span.end):
                words = page.source[match.start() : match.end()]
                if words not in NO_LABELS and len(words) > 4:
                    yield Mention(Kind.TITLE, match.start(), match.end(), words, _lowered(words), strong=True)

    def _familiar(self, page: Page, span: Span, text: str) -> Iterator[Mention]:
        last = span.start
        places = self._places[page.field]
        for start, end in places[bisect_left(places, (span.start,)) : bisect_left(places, (span.end,))]:
            if start >= last and -end <= span.end:
                last = -end
                words = page.text[start:last]
                if page.field == "headline" and self._inside_name(text, start - span.start):
                    continue
                if " " not in words and self._goes_on(text, last - span.start):
                    continue
                if words in self.titles or (" " in words and not words[0].islower()):
                    yield Mention(Kind.TITLE, start, last, words, words, strong=True)
        for start, end, kind, name in span.names:
            mention = self.catalog.mention(text, (start - span.start, end - span.start, kind, name))
            if mention.kind is Kind.NETWORK and not self._means_network(text, mention):
                continue
            if mention.kind is Kind.OUTLET and "ambiguous" in mention.slots:
                continue
            if mention.kind is Kind.TITLE and self._goes_on(text, mention.end):
                continue
            mention.start, mention.end = start, end
            yield mention

    def _means_network(self, text: str, mention: Mention) -> bool:
        """Whether a network's name stands for the network here: "Max renews", not "Max Roe"; "on Three", not "Three weeks"."""
        following = re.match(r"('s?)?\s?([\w-]*)", text[mention.end :])
        possessive, word = (following[1], following[2]) if following else (None, "")
        low = word.lower()
        if text[mention.end : mention.end + 1] == "-" and mention.text.lower() in lexicon().everyday:
            return False
        if low in lexicon().tails and word[:1].isupper():
            return False
        if "ambiguous" in mention.slots and self._inside_name(text, mention.start):
            return False
        if mention.text.lower() in lexicon().everyday and low in NO_CHANNEL:
            return False
        if low in ("original", "originals") and word[:1].isupper():
            return True
        if mention.text in RIVERS and text[: mention.start].endswith((" the ", "The ")):
            return False
        if possessive and mention.text.lower() not in lexicon().everyday:
            return True
        if mention.text.lower() not in lexicon().everyday:
            return not (word[:1].isupper() and "ambiguous" in mention.slots and not self._ends_name(low))
        if (
            possessive
            or low in TRADE_VERBS
            or is_third_person(low)
            or re.match(r"\s(?:is|has|will|to|also|have)\s(?:been\s|also\s|now\s)?[a-z]+(?:ing|ed|ked|up|en|lit)\b", text[mention.end :])
        ):
            return True
        before = re.search(
            r"\b(?:at|on|for|by|from|to|via|with|and|&|over at|network|streamer|channel)\s$", text[: mention.start], re.IGNORECASE
        )
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

    def _values(self, span: Span, text: str) -> Iterator[Mention]:
        offset = span.start
        if span.may_hold(Kind.SEASON):
            for start, end, seasons in find_seasons(text):
                yield Mention(Kind.SEASON, offset + start, offset + end, text[start:end], seasons)
        if span.may_hold(Kind.DATE):
            for start, end, when in find_dates(text, self.published):
                yield Mention(Kind.DATE, offset + start, offset + end, text[start:end], when)
        if span.may_hold(Kind.EPISODES):
            for start, end, count in find_episodes(text):
                yield Mention(Kind.EPISODES, offset + start, offset + end, text[start:end], count)
        if span.may_hold(Kind.AFTER):
            for start, end, count in find_counts(text):
                yield Mention(Kind.AFTER, offset + start, offset + end, text[start:end], Seasons(count=count))

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


RIVERS = frozenset(["Amazon", "Universal", "Discovery", "Showtime", "Lifetime"])
"""Networks whose name with an article before it means something else."""
MOST_TITLES = 500
"""No article names more works; a text that does is no article."""


TIMES = {"p.m.": "pm", "a.m.": "am"}
"""Full stops that end no sentence; a gap in a pattern stops at any other."""
CONTRACTED = re.compile(r"(?i)(?<=\w)'(?:s|ll|ve|re|d)$")
"""What is cut off a word as a token of its own: "Roe's", "she'll"."""


def _words(line: Line, text: str, start: int, end: int) -> None:
    """Add the words of `text[start:end]`; most are plain letters between spaces, the others are cut by `TOKEN`."""
    add = line.tokens.append
    at = done = start
    for chunk in text[start:end].split(" "):
        stop = at + len(chunk)
        if at < done or not chunk:
            pass
        elif chunk.isalpha() and chunk not in ("spin", "Spin"):
            add(Token(chunk.lower(), at, stop))
        elif chunk[-1] in ",;:" and chunk[:-1].isalpha():
            add(Token(chunk[:-1].lower(), at, stop - 1))
            add(Token(chunk[-1], stop - 1, stop))
        else:
            done = _cut(line, text, at, stop, end)
        at = stop + 1


def _cut(line: Line, text: str, start: int, stop: int, end: int) -> int:
    """Add the tokens that begin in `text[start:stop]`; gives where the last ends."""
    add = line.tokens.append
    for match in TOKEN.finditer(text, start, end):
        word, (first, last) = match.group().lower(), match.span()
        if first >= stop:
            break
        stop = max(stop, last)
        if word in "®™":
            continue
        word = TIMES.get(word, word)
        if "'" not in word:
            add(Token(word, first, last))
        elif tail := CONTRACTED.search(word):
            cut = first + tail.start()
            add(Token(word[: tail.start()], first, cut))
            add(Token(tail.group(), cut, last))
        elif word == "'" and text[max(0, first - 2) : first].lower().rstrip(".").endswith("s"):
            add(Token("'s", first, last))
        else:
            add(Token(word, first, last))
    return stop
