"""What a document's unmarked names are: works, told from persons, companies and places by all that the document says around them.

Every run of capitalised words is a candidate, and so are its parts: without the noun before it ("Drama Vale Road"), after a possessive
("Roe's Vale Road"), and joined to the next by a small word ("Murder in the Vale"). What stands right before and after each of its places
speaks for a work or against it (`inventory.toml`); the candidates with enough evidence are the works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tradewatch.extract.contexts import contexts
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind
from tradewatch.extract.names import COMPANY_END, could_be_person
from tradewatch.extract.scan import Page, Span
from tradewatch.extract.verbs import verbs
from tradewatch.text import occurrences

WORD = r"(?:(?:St|Mrs?|Ms|Dr|Jr|Sr|Vs|vs|Bros)\.|[^\W\d_a-z][\w]*(?:[-'.&/+][\w]+)*(?:[!?]|(?<=s)'(?= [A-Z]))?|\d[\w.-]*|(?:[A-Z]\.){1,4})"
RUN = re.compile(
    rf"(?<![\w'’(@#])(?:{WORD}|(?<=\s)\d+)(?:(?:: | (?:(?:of|&|of the|of a|the|a|an|de la|del|de|n'|'n'|& the|and the) )?){WORD}){{0,9}}"
)
LOOSE = re.compile(r" (?:and|or|in|on|to|for|with|vs\.?|into|over|under|up)(?: the| a| my| be)? (?=[A-Z0-9])")
"""Small words that may join two names into one title, or merely stand between them."""
ENDS_TITLE = re.compile(
    r"[.,;:)]| (?:when|after|before|since|while|until|during|which|that|who|as|on|in|at|to|for|and|is|was|will|has|with|by|from)\b|$"
)
"""After these a possessive belongs to the name before: "guest star on St. Crispin's as"."""
POSSESSIVE = re.compile(r"^(.+?(?:'s|s')) (?=[A-Z0-9])")
STRONG = 3
"""The weight of what is said of works alone."""
OWNED = re.compile(r"(?:'s|s') (?:[a-z-]+ ){0,3}$")
ENOUGH = 3
"""The weight of evidence that makes a name a work."""
MOST = 400
"""Candidates looked at; no article names more."""
REACH = 48
"""Characters around a name that are looked at."""


NEVER = frozenset(
    (
        "tv",
        "emmy",
        "oscar",
        "the emmys",
        "hollywood",
        "new york",
        "los angeles",
        "london",
        "comic-con",
        "christmas",
        "halloween",
        "netflix original",
    )
)


@dataclass(slots=True)
class Candidate:
    """A name and what speaks for its being a work."""

    name: str
    score: int = 0
    strong: int = 0
    """How often something beside it said outright that it is a work."""
    outright: bool = False
    """Whether a noun before it says so."""
    personal: int = 0
    """How often something beside it is only said of persons."""
    count: int = 0
    listed: set[str] = field(default_factory=set)
    """Names that stand beside it in a list."""


def works(pages: list[Page], *, marked: bool) -> tuple[list[str], frozenset[str]]:
    """The works that a document names without marking them, in order, and the persons; more evidence is asked where it `marked` others."""
    found: dict[str, Candidate] = {}
    texts = [page.text for page in pages]
    for page in pages:
        around = _Around(page)
        for start, end in _candidates(page):
            _weigh(found, around, start, end)
        if len(found) > MOST:
            break
    text = "\n".join(texts)
    headline = next((page.low for page in pages if page.field == "headline"), "")
    for candidate in found.values():
        candidate.score += _whole(candidate, text, headline)
    _share(found)
    _possess(found)
    brief = all(page.field != "body" for page in pages)
    chosen = [
        c for c in found.values() if _is_work(c, marked=marked) and not _is_none(c.name) and not (brief and c.name.lower() not in headline)
    ]
    return [_of_its_own(c.name) for c in chosen if not _is_worse(c, chosen)], frozenset(c.name for c in found.values() if _is_person(c))


def _of_its_own(name: str) -> str:
    """A work without whose it is: "Jane Roe's Legend of the Vale"."""
    owner = POSSESSIVE.match(name)
    owned = name[owner.end() :] if owner else ""
    return owned if owner and " " in owned and could_be_person(owner[1][:-2]) and not could_be_person(owned) else name


def _is_person(candidate: Candidate) -> bool:
    return candidate.personal > 1 and not candidate.strong and could_be_person(candidate.name)


def _is_work(candidate: Candidate, *, marked: bool) -> bool:
    said = candidate.strong - candidate.personal
    if could_be_person(candidate.name) or " " not in candidate.name:
        return said > (0 if candidate.outright else 1) and candidate.score > marked
    return (said > 0 and candidate.score > marked) or candidate.score >= ENOUGH + 2 * marked


def _candidates(page: Page) -> Iterator[tuple[int, int]]:
    """Where names and their parts stand; known networks and outlets are none, and part names."""
    if page.field == "headline":
        return
    for span in page.spans:
        taken = sorted([*_known(page, span), *((q.start, q.end) for q in span.quoted)])
        at = span.start
        for start, end in [*taken, (span.end, span.end)]:
            if start > at:
                yield from _in_stretch(page.text, at, start, span.start)
            at = max(at, end)


def _known(page: Page, span: Span) -> Iterator[tuple[int, int]]:
    """Where networks and outlets stand that are no everyday words."""
    for start, end, kind, _ in span.names:
        if kind is not Kind.TITLE and page.low[start:end] not in lexicon().everyday:
            yield start, end


def _in_stretch(text: str, begin: int, stop: int, sentence: int) -> Iterator[tuple[int, int]]:
    runs = [(run.start(), run.end()) for run in RUN.finditer(text, begin, stop)]
    for number, (start, end) in enumerate(runs):
        end = _without_season(text, start, end)
        if text[end - 2 : end] == "'s" and not ENDS_TITLE.match(text, end):
            end -= 2
        yield from _parts(text, start, end, first=start == sentence)
        last = runs[number][1]
        for following in runs[number + 1 : number + 3]:
            joint = LOOSE.match(text, last)
            if not joint or joint.end() != following[0]:
                break
            last = following[1]
            yield from _parts(text, start, _without_season(text, start, last), first=start == sentence)


SEASON = re.compile(
    r"[ :,-]*\b(?:Seasons?|Series|Episodes?|Part) (?:\d+|One|Two|Three|Four|Five|Six)$|[.:]+$"
    r"| (?:on|in|from|by) (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?$"
)


def _without_season(text: str, start: int, end: int) -> int:
    """Where a name ends without the season, the date or the full stop after it."""
    while tail := SEASON.search(text[start:end]):
        if tail.start() == 0:
            break
        end = start + tail.start()
    return end


def _parts(text: str, start: int, end: int, *, first: bool) -> Iterator[tuple[int, int]]:
    """A run as it is, without the nouns before the name, and after a possessive."""
    name = text[start:end]
    words = name.split(" ")
    lead = 0
    if ": " in name and could_be_person(name.rsplit(": ", 1)[1]):
        end = start + name.rfind(": ")
    yield start, end
    if first:
        while lead < len(words) - 1 and words[lead].lower() in _leads():
            lead += 1
        if lead:
            yield start + sum(len(word) + 1 for word in words[:lead]), end
    if (original := ORIGINAL.search(name)) and original.end() < end - start:
        yield start + original.end(), end
    at = start
    possessive = POSSESSIVE.match(text[at:end])
    if possessive and len(possessive[0]) < end - at:
        yield at + possessive.end(), end


ORIGINAL = re.compile(r"\bOriginals? (?:Series |Film |Movie |Drama |Comedy )?(?=[A-Z])")
"""What stands between a network and its work: "the Sky Original The Vale"."""


@cache
def _leads() -> frozenset[str]:
    """Words that stand capitalised before a sentence's first name and are no part of it."""
    lists = lexicon()
    return lists.genres | lists.formats | lists.people | lists.small | LEADS | verbs().forms.keys()


LEADS = frozenset(
    [
        "according",
        "meanwhile",
        "elsewhere",
        "also",
        "new",
        "renewed",
        "returning",
        "cancelled",
        "canceled",
        "exclusive",
        "updated",
        "joining",
        "created",
        "returning",
        "comedian",
        "however",
    ]
)


ENDS_SENTENCE = frozenset([".", "!", "?", "…", '"', ")"])
"""With one of these before it a sentence's first name has nothing to say of it before it."""


class _Around:
    """What stands around the names of one page; names begin and end at the same places many times."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._starts = frozenset(span.start for span in page.spans if page.text[span.start - 2 : span.start - 1] in ENDS_SENTENCE)
        self._before: dict[int, tuple[int, bool]] = {}
        self._after: dict[int, tuple[int, list[str]]] = {}

    def before(self, start: int) -> tuple[int, bool]:
        """What is said right before a place, and whether a network's possessive stands there."""
        if start in self._starts:
            return 0, False
        if start not in self._before:
            near = slice(max(0, start - REACH), start)
            text, low = self.page.text[near], self.page.low[near]
            weight = contexts().ending(text, low)
            self._before[start] = weight, OWNED.search(text) is not None and _after_network(self.page, start)
        return self._before[start]

    def after(self, end: int) -> tuple[int, list[str]]:
        """What is said right after a place, and the names that follow there as in a list."""
        if end not in self._after:
            near = slice(end, end + REACH)
            text, low = self.page.text[near], self.page.low[near]
            weight = contexts().beginning(text, low)
            following = (RUN.match(self.page.text, end + joint.end()) for joint in JOINT.finditer(text))
            self._after[end] = weight, [name.group().rstrip(".:") for name in following if name]
        return self._after[end]


JOINT = re.compile(r"^,? (?:and )?(?=[A-Z])|^, (?:and )?")


def _weigh(found: dict[str, Candidate], around: _Around, start: int, end: int) -> None:
    """Add what stands around one place of a name."""
    name = around.page.text[start:end]
    if len(name) < 2 or name.lower() in _nameless() or (name not in found and len(found) > MOST):
        return
    candidate = found.setdefault(name, Candidate(name))
    candidate.count += 1
    before, owned = around.before(start)
    after, listed = around.after(end)
    if name.startswith("The ") and _is_described(around.page, end):
        after = 0
    if around.page.text.endswith(", ", 0, start) and could_be_person(name):
        before = min(before, 0)
    if not after and around.page.text.startswith("'s", end):
        before = min(before, 0)
    for weight in (before, after, STRONG if owned else 0):
        candidate.score += weight
        candidate.strong += weight >= STRONG
        candidate.personal += weight <= -STRONG
        candidate.outright |= weight > STRONG
    candidate.listed.update(listed)


def _is_described(page: Page, end: int) -> bool:
    """Whether a noun of a work follows: "The Belfast comedy" is no title."""
    following = page.low[end : end + REACH].split()[:1]
    return bool(following) and following[0].strip(",.") in lexicon().genres


def _after_network(page: Page, start: int) -> bool:
    """Whether the possessive before a name is a network's: "ITV's Vale Road"."""
    for span in page.spans:
        if span.start <= start < span.end:
            return any(kind is Kind.NETWORK and 0 <= start - end < 30 for _, end, kind, _ in span.names)
    return False


def _whole(candidate: Candidate, text: str, headline: str) -> int:
    """What the document as a whole says of a name: a person's surname stands alone; a work comes again; a company's name ends like one."""
    name = candidate.name
    words = name.split(" ")
    score = min(candidate.count - 1, 2)
    personal = could_be_person(name)
    if personal:
        alone = _stands_alone(words[-2], words[-1], text)
        candidate.personal += alone
        score -= 4 if alone else 0
    elif len(words) > 1:
        score += 1 + 2 * (name.lower() in headline)
    if joint := LOOSE.search(name):
        parts = name[: joint.start()], name[joint.end() :]
        if candidate.count == 1 or any(map(could_be_person, parts)):
            score -= 4
    if name.isupper() and len(words) > 1:
        score += 2 if name.lower() in headline else -3
    return score - 6 if COMPANY_END.search(name) else score


AFTER_SURNAME = re.compile(r"'s|,| [a-z(]")


def _stands_alone(given: str, surname: str, text: str) -> bool:
    """Whether a surname stands in a text without the given name before it."""
    return any(
        text[at - 1 : at] not in ("'", "-") and not text.endswith(f"{given} ", 0, at) and AFTER_SURNAME.match(text, at + len(surname))
        for at in occurrences(surname, text)
    )


def _share(found: dict[str, Candidate]) -> None:
    """A name in a list with works is one too."""
    for candidate in list(found.values()):
        for other in candidate.listed:
            beside = found.get(other)
            if beside is None or " " not in other or could_be_person(other) or could_be_person(candidate.name):
                continue
            high = max(candidate.score, beside.score)
            if high >= ENOUGH:
                candidate.score, beside.score = max(candidate.score, high - 1, ENOUGH), max(beside.score, high - 1, ENOUGH)


def _possess(found: dict[str, Candidate]) -> None:
    """A possessive that somewhere ends its phrase is the name's own: what is said of "St. Crispin" is said of "St. Crispin's"."""
    for candidate in found.values():
        base = found.get(candidate.name[:-2]) if candidate.name.endswith("'s") else None
        if base:
            candidate.score, base.score = max(candidate.score, base.score), -ENOUGH
            candidate.strong, base.strong = max(candidate.strong, base.strong), 0


def _is_none(name: str) -> bool:
    low = name.lower()
    lists = lexicon()
    words = low.split()
    return (
        low in NEVER
        or (len(words) == 1 and low in verbs().forms)
        or _nameless().issuperset(words)
        or words[0] in lists.months
        or words[-1] in lists.months
        or not any(char.isalpha() for char in name)
        or not {"season", "cast", "exclusive"}.isdisjoint(words)
        or words[0] in ("summer", "fall", "spring", "winter", "jr.", "sr.")
        or bool(re.match(r"(?:Q[1-4]|\d{4}|(?:[Ss]easons?|[Ss]eries|[Ee]pisodes?|[Pp]art|[Cc]hapter) \w+|[\d.,:-]+)$", name))
    )


@cache
def _nameless() -> frozenset[str]:
    """Words of which no name is made alone."""
    lists = lexicon()
    return lists.small | lists.genres | lists.formats | lists.months | lists.people


def _is_worse(candidate: Candidate, chosen: list[Candidate]) -> bool:
    """Whether another candidate that overlaps it is the better name: more evidence, or as much and longer."""
    owner = POSSESSIVE.match(candidate.name)
    if owner and owner[1].removesuffix("'s") in lexicon().territories and could_be_person(candidate.name[owner.end() :]):
        return True
    for other in chosen:
        if owner and candidate.name[owner.end() :] == other.name:
            return other.count > candidate.count or could_be_person(owner[1][:-2]) or owner[1][:-2].lower() in lexicon().everyday
        if other is candidate or not (candidate.name in other.name or other.name in candidate.name):
            continue
        if next(occurrences(min(candidate.name, other.name, key=len), max(candidate.name, other.name, key=len)), None) is None:
            continue
        if (other.score, len(other.name)) > (candidate.score, len(candidate.name)):
            return True
    return False
