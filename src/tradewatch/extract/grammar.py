"""The grammar: the extractor that works offline. Fields to lines, lines to matches, matches to claims, claims merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tradewatch.extract.attribution import credited
from tradewatch.extract.catalog import Catalog
from tradewatch.extract.confidence import weigh
from tradewatch.extract.fill import fill
from tradewatch.extract.frames import claims_of
from tradewatch.extract.gates import is_about_cast, is_calendar, is_off_screen, is_screen, is_silent, speaks_of_screen
from tradewatch.extract.inventory import works
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention
from tradewatch.extract.match import PEOPLE, Match, find_matches
from tradewatch.extract.merge import bare, is_descriptive, merge
from tradewatch.extract.patterns import load_patterns
from tradewatch.extract.reduce import reduce_line
from tradewatch.extract.runs import Runs
from tradewatch.extract.scan import Page, Scanner, Span, read_page
from tradewatch.extract.sieve import Sieve
from tradewatch.extract.state import MOST_TEXT, Memory
from tradewatch.extract.verbs import break_words
from tradewatch.text import fold, occurrences, straight
from tradewatch.types import FIELDS, Claim, ClaimType, Document, Evidence, Novelty, Status

FURNITURE = re.compile(
    r"\s*(?:RELATED|READ MORE|SEE ALSO|MORE:|ALSO READ|Also [Rr]ead|Image|Images|Photo|Credit|WATCH|Related|Read [Mm]ore"
    r"|Read also|Watch:|Subscribe)\b\s?(?::|via|by|credit|–|-)"
)
LEAST = 0.5
"""Claims less sure than this are not given: an empty answer beats a false one."""


@dataclass(slots=True)
class Reading:
    """How one line was read, for `--explain`."""

    line: Line
    matches: list[Match] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    refused: list[Match] = field(default_factory=list)
    """Matches that made no claim."""


class GrammarExtractor:
    """Claims by pattern: deterministic, explainable, offline."""

    def __init__(self) -> None:
        self.patterns = load_patterns()
        self.breaks = (
            break_words() | lexicon().sources | lexicon().breaks | lexicon().genres | lexicon().relations.keys()
        ) - lexicon().small | {"to", "for", "has", "is", "are", "as", "by", "at", "with", "from", "on", "after"}
        self.sieve = Sieve(sorted(self.patterns, key=lambda pattern: not pattern.first))

    def compile(self) -> None:
        """Compile every pattern now, which takes seconds, rather than when one is first needed: for a process that lasts or forks."""
        for pattern in self.patterns:
            _ = pattern.phrase.prose, pattern.phrase.headline

    def extract(self, document: Document, catalog: Catalog) -> list[Claim]:
        """The claims of one document, in reading order."""
        memory, pages = Memory(), self._pages(document, catalog)
        claims = [claim for reading in self._read(document, catalog, pages, memory) for claim in reading.claims]
        claims = _only_news(document, claims, memory.past)
        memory.ordered = {fold(claim.title) for claim in claims if claim.title and claim.live and claim.type in ANNOUNCED}
        claims += memory.put_off()
        if not claims:
            return []
        if any(_is_open(claim) for claim in claims):
            memory.catch_up()
        return self._finish(document, catalog, pages, [_settled(claim, memory) for claim in claims], memory)

    def read(self, document: Document, catalog: Catalog) -> list[Reading]:
        """The lines of a document that may hold news, with what was found in them."""
        return self._read(document, catalog, self._pages(document, catalog), Memory())

    def _pages(self, document: Document, catalog: Catalog) -> list[Page]:
        if is_silent(document):
            return []
        return [read_page(document, name, catalog, self.sieve) for name in FIELDS if document.text(name)]

    def _read(self, document: Document, catalog: Catalog, pages: list[Page], memory: Memory) -> list[Reading]:
        if not any(span.patterns for page in pages for span in page.spans):
            return []
        scanner = Scanner(catalog, document.published, self.breaks, pages)
        memory.text, memory.breaks = "\n".join(page.text for page in pages)[:MOST_TEXT], self.breaks
        quoted = [page.source[slice(*q.inner)] for page in pages for span in page.spans for q in span.quoted if q.title]
        scanner.learn(title for title in quoted if " " in title)
        memory.unmarked, memory.brief = not quoted, not document.body
        memory.marked, memory.on_screen = _marks_titles(pages), speaks_of_screen(document)
        memory.casting = is_about_cast(document)
        if document.headline and not quoted and not any(span.names for page in pages for span in page.spans) and is_off_screen(document):
            return []
        named, memory.persons = works(pages, marked=memory.marked)
        scanner.learn(named)
        memory.runs = Runs(memory.text, [*quoted, *named])
        memory.ahead = _topic([*quoted, *named], memory.text)
        plain_first = sorted(quoted, key=str.isupper)
        memory.names = {fold(title): title for title in reversed(plain_first)}
        readings = (
            self._read_line(scanner, memory, page, span)
            for page in pages
            for span in page.spans
            if not FURNITURE.match(page.text, span.start, span.end)
        )
        return [reading for reading in readings if reading]

    def _read_line(self, scanner: Scanner, memory: Memory, page: Page, span: Span) -> Reading | None:
        """Read a sentence that may hold news; any other is kept for the case that a later one refers to it."""
        if not span.patterns:
            memory.waiting.append((scanner.names_something(page, span), lambda: _reduced(scanner.line(page, span))))
            return None
        line = _reduced(scanner.line(page, span))
        matches = self._matches(line, span.patterns, known=memory.on_screen)
        if not matches:
            memory.waiting.append((scanner.names_something(page, span), lambda: line))
            return None
        memory.catch_up()
        memory.adopt(line)
        reading = _judged(line, matches, memory)
        told = [claim.title for claim in reading.claims if claim.title and not is_descriptive(claim)]
        if memory.unmarked:
            told += [
                mention.name
                for _, mention in line.found(Kind.TITLE)
                if mention.slots.keys() & {"noun", "network"}
                and not mention.slots.keys() & {"untitled", "source", "relation"}
                and " " in mention.name
            ]
        scanner.learn(told)
        memory.names |= {fold(title): title for title in told if fold(title) not in memory.names}
        memory.observe(line)
        memory.role = next(((claim.role,) for claim in reading.claims if claim.type is ClaimType.ROLE_EXIT and claim.role), memory.role)
        return reading

    def _matches(self, line: Line, patterns: int, *, known: bool) -> list[Match]:
        found = [match for pattern in self.sieve.fitting(patterns, line.kinds) for match in find_matches(pattern, line)]
        return found if found and is_screen(line, known=known) else []

    def _finish(self, document: Document, catalog: Catalog, pages: list[Page], claims: list[Claim], memory: Memory) -> list[Claim]:
        if is_calendar(document):
            claims = [claim for claim in claims if claim.type is ClaimType.PREMIERE_DATE]
        publisher = catalog.outlet(document.outlet)
        chain = credited(pages, publisher)
        whole = ((publisher,) if publisher else ()) + chain
        claims = _corrected(document, claims)
        merged = [
            weigh(replace(claim, attribution=whole))
            for claim in fill(merge(claims), memory.runs.knowing(claims))
            if claim.confidence >= LEAST
        ]
        return [
            replace(claim, status=Status.REPORTED) if chain and claim.status is Status.ANNOUNCED and _leans(document, chain) else claim
            for claim in merged
        ]


LEAD = 500
"""What a document is about is named within so many characters."""


def _topic(titles: list[str], text: str) -> Mention | None:
    """The title that a document names first, if it does so early."""
    found = sorted((at, title) for title in titles if 0 <= (at := text.find(straight(title))) < LEAD)
    return Mention(Kind.TITLE, 0, 0, found[0][1], found[0][1], strong=True) if found else None


def _marks_titles(pages: list[Page]) -> bool:
    """Whether a document marks the titles of its body."""
    return sum(q.title for page in pages if page.field == "body" for span in page.spans for q in span.quoted) > 1


def _reduced(line: Line) -> Line:
    reduce_line(line)
    return line


def _judged(line: Line, matches: list[Match], memory: Memory) -> Reading:
    """What the matches of a line make of it, in order."""
    reading = Reading(line)
    firm: list[Match] = []
    for match in matches:
        if any(_same_news(match, other) for other in firm):
            continue
        claims = claims_of(match, memory)
        if match.past is not None:
            memory.past[match.evidence] = match.past
        (reading.matches if claims else reading.refused).append(match)
        firm += [match] if any(claim.live for claim in claims) else []
        reading.claims += claims
        _note(claims, memory)
        memory.ordered |= {fold(claim.title) for claim in claims if claim.title and _is_in_preparation(claim, match)}
    return reading


def _note(claims: list[Claim], memory: Memory) -> None:
    """Remember what a match told, so that the rest of its sentence may build on it."""
    for claim in claims:
        if not (claim.title and claim.live):
            continue
        memory.told.add(fold(claim.title))
        memory.here = Mention(Kind.TITLE, 0, 0, claim.title, claim.title, strong=True)
        memory.main = memory.main or memory.here
        if claim.type in ANNOUNCED:
            memory.ordered.add(fold(claim.title))
        if claim.network and claim.type in AT_HOME:
            memory.homes[fold(claim.title)] = claim.network
        if claim.person and claim.role and claim.type is ClaimType.ROLE_EXIT:
            memory.crew.setdefault(claim.person, (claim.role,))
        if claim.person:
            memory.engaged[claim.person] = claim.title


def _is_in_preparation(claim: Claim, match: Match) -> bool:
    """Whether a work is still to be made: somebody is yet to direct or write all of it."""
    whole = claim.type is ClaimType.ROLE_ATTACHED and claim.role in ("director", "writer", "creator") and match.ahead and claim.live
    return whole and not match.line.found(Kind.SEASON, Kind.EPISODES) and not EPISODIC.search(match.line.text)


EPISODIC = re.compile(r" (?:episodes?|finale|premiere|installment|pilot|season|series|show)(?= )")


def _is_open(claim: Claim) -> bool:
    """Whether a later line may say more of a claim: its title, its network, what the person was."""
    unmeasured = claim.type is ClaimType.SERIES_ORDER and not claim.episodes
    return not claim.network or unmeasured or claim.type is ClaimType.CAST_EXIT or is_descriptive(claim)


def _settled(claim: Claim, memory: Memory) -> Claim:
    """A claim under the title that its project was given later, and with the only network that the document names."""
    title, working = memory.renames.get(claim.title or "", (claim.title, False))
    if claim.type is ClaimType.CAST_EXIT and claim.person in memory.crew:
        claim = replace(claim, type=ClaimType.ROLE_EXIT, role=memory.crew[claim.person][0])
    if claim.type is ClaimType.SERIES_ORDER and not claim.episodes:
        claim = replace(claim, episodes=memory.lengths.get(fold(title or "")))
    if claim.type in ANNOUNCED and not claim.relation and title and _adapts(title, memory.text):
        claim = replace(claim, relation="adaptation")
    network = claim.network or memory.network_of.get(fold(title or "")) or (memory.network() if len(memory.networks) == 1 else None)
    changed = working or title != claim.title or network != claim.network
    return replace(claim, title=title, working_title=working, network=network) if changed else claim


def _adapts(title: str, text: str) -> bool:
    """Whether a text says that a book, game or the like has the title itself: "the 'Vale' video game franchise"."""
    places = (text[at + len(title) :][:40].lower() for at in occurrences(straight(title), text))
    return any(SOURCE.match(after) for after in places)


SOURCE = re.compile(
    r"[\"',]* (?:the |a |an )?(?:[\w-]+ ){0,2}?(?:video ?games?|games?|novels?|graphic novels?|comics?|comic books?|manga|podcast|books?"
    r"|light novels?|webtoon)\b"
)


def _only_news(document: Document, claims: list[Claim], past: dict[Evidence, bool]) -> list[Claim]:
    """A plain past tense in the body is history, unless headline or dek tell the same, or the sentence says when: today, on Monday."""
    told = {_news(claim) for claim in claims if claim.evidence[0].field != "body" and claim.live and claim.type in ORDERS}
    if ROUND_UP.search(document.headline):
        return claims

    def is_history(claim: Claim) -> bool:
        again = _news(claim) in told or _goes_on(document, claim, told)
        return claim.type in ORDERS and not again and _is_plain_past(document, claim, past)

    return [replace(claim, novelty=Novelty.BACKGROUND) if is_history(claim) else claim for claim in claims]


def _goes_on(document: Document, claim: Claim, told: set[tuple[ClaimType, str]]) -> bool:
    """Whether a sentence says that the like of what the headline tells was also done: "The network also renewed ..."."""
    evidence = claim.evidence[0]
    around = document.body[max(0, evidence.start - 30) : evidence.end] if evidence.field == "body" else ""
    return claim.type in {kind for kind, _ in told} and ALSO.search(around) is not None


ALSO = re.compile(r"\b(?:also|likewise|in addition)\b", re.IGNORECASE)
UPDATE = re.compile(r"(?:^|\n)\W*(?:UPDATED?|CORRECTION|CORRECTED|EDITOR[’']S NOTE|Editor[’']s note|Correction|Update)\b[^\n]*")


def _corrected(document: Document, claims: list[Claim]) -> list[Claim]:
    """What an update denies is denied wherever the article says it: the later word wins, and both are kept."""
    updates = [update.span() for update in UPDATE.finditer(document.body)]
    if not updates:
        return claims

    def is_update(claim: Claim) -> bool:
        where = claim.evidence[0]
        return where.field == "body" and any(start <= where.start < end for start, end in updates)

    denied = {(claim.type, bare(claim.title)) for claim in claims if claim.status is Status.DENIED and is_update(claim)}
    return [replace(claim, status=Status.DENIED) if (claim.type, bare(claim.title)) in denied else claim for claim in claims]


def _news(claim: Claim) -> tuple[ClaimType, str]:
    """What a claim tells of which title; an end by choice or not is one thing here."""
    return ClaimType.CANCELLATION if claim.type is ClaimType.FINAL_SEASON else claim.type, bare(claim.title)


def _is_plain_past(document: Document, claim: Claim, past: dict[Evidence, bool]) -> bool:
    evidence = claim.evidence[0]
    if evidence.field != "body":
        return False
    if BEFORE_NOW.search(evidence.quote):
        return True
    if AHEAD.search(evidence.quote):
        return False
    if not past.get(evidence, not NOT_PAST.search(evidence.quote) and bool(PAST_VERB.search(evidence.quote))):
        return False
    text = document.body
    begins = max(text.rfind("\n", 0, evidence.start), text.rfind(". ", 0, evidence.start), evidence.start - 120, 0)
    around = text[begins : evidence.end] + re.split(r"\n|(?<=[a-z])\.[\"”’]* ", text[evidence.end : evidence.end + 120], maxsplit=1)[0]
    return not RECENT.search(around)


ROUND_UP = re.compile(
    r"slate|upfront|line-?up|round-?up|items|briefs|schedule|pilot season|scorecard|unveils|cancell?ations", re.IGNORECASE
)
AHEAD = re.compile(r"\bwill\b")
"""What will be is news, whatever was planned before."""
BEFORE_NOW = re.compile(r"\b(?:has|have) (?:already|previously)\b")
PAST_VERB = re.compile(r"\b(?:\w+ed|was|were|greenlit|took|gave|bought|won|cut|given|set)\b")
NOT_PAST = re.compile(r"\b(?:has|have|is|are|will|to|been|being|be|\w+ing|isn't|won't|hasn't|'s)\b", re.IGNORECASE)
RECENT = re.compile(
    r"\b(?:today|tonight|this (?:week|morning|afternoon|evening)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues"
    r"|Wednes|Thurs|Fri|Satur|Sun)day(?:'s)?|exclusive|has learned|have learned|can (?:reveal|report)|also this week"
    r"|announced (?:today|that|on|its)|EXCLUSIVE)\b"
)


def _leans(document: Document, chain: tuple[str, ...]) -> bool:
    """Whether the article rests on another outlet's report rather than merely noting who was first."""
    return any(name in f"{document.headline} {document.dek} {document.body[:700]}" for name in chain)


NEW_WORK = frozenset(
    (ClaimType.SERIES_ORDER, ClaimType.PILOT_ORDER, ClaimType.FILM_GREENLIGHT, ClaimType.DEVELOPMENT, ClaimType.ACQUISITION)
)
ANNOUNCED = NEW_WORK - {ClaimType.ACQUISITION}
"""Types by which a document announces a new work; rights are bought to old ones too."""

AT_HOME = frozenset((ClaimType.RENEWAL, ClaimType.SERIES_ORDER, ClaimType.NETWORK_MOVE, ClaimType.ACQUISITION))
"""Types whose network is where the title will be seen."""
ORDERS = frozenset(
    (
        ClaimType.RENEWAL, ClaimType.SERIES_ORDER, ClaimType.PILOT_ORDER, ClaimType.FILM_GREENLIGHT, ClaimType.DEVELOPMENT,
        ClaimType.ACQUISITION, ClaimType.EPISODE_ORDER, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.PASSED,
    )
)  # fmt: skip
"""Types that one verb cannot announce together: the more important one, whose patterns come first, holds."""


def _same_news(match: Match, other: Match) -> bool:
    """Two matches over the same words that are one piece of news: the earlier pattern holds."""
    one, two = match.pattern.type, other.pattern.type
    if one == two and one in PEOPLE and not set(match.pieces.get("person", "")) & set(other.pieces.get("person", "")) - {" "}:
        return False
    titles = (set(piece) - {" "} if (piece := part.pieces.get("title")) else set() for part in (match, other))
    if one is not ClaimType.CASTING and all(sets := [*titles]) and not sets[0] & sets[1]:
        return False
    return (one == two or (one in ORDERS and two in ORDERS)) and match.start < other.end and other.start < match.end
