"""From a matched pattern to claims: who fills which slot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import dropwhile
from typing import Any

from tradewatch.extract.cues import Scope, read_scope
from tradewatch.extract.language import SEPARATOR, WHO
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, block
from tradewatch.extract.names import LABELS, could_be_person, untitled_name
from tradewatch.extract.numbers import Seasons, number
from tradewatch.extract.patterns import Pattern
from tradewatch.extract.state import Memory, in_aside, person_name
from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType, Evidence, Novelty, Status

PEOPLE = frozenset({ClaimType.ROLE_ATTACHED, ClaimType.ROLE_EXIT, ClaimType.CASTING, ClaimType.CAST_EXIT, ClaimType.TALENT_DEAL})
SEASONAL = frozenset({ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.PREMIERE_DATE, ClaimType.NETWORK_MOVE, ClaimType.EPISODE_ORDER, ClaimType.ACQUISITION})
SPLIT = re.compile(SEPARATOR)
RESCUE = re.compile(r" (?:saved|rescued|revived|resurrected|uncanceled|un-canceled|home|cancell?ed|cancellation|axed|axing|dropped|dumped|scrapped|ditched|shelved|un-announced|after)(?= )")
AS_CREW = re.compile(rf"(?: (?:in|for) [^ ]+)? as (?:a |an |the |its |co )?{block(Kind.ROLE)}")
CONDITIONAL_PRESENT = re.compile(r" (?:is|are) (?:renewed|canceled|cancelled|axed|picked up|ordered)(?= |$)")
LAST = re.compile(r" will (?:also )?be (?:its|the show 's|the series '(?:s)?) (?:last|final)(?= |$)| as its last(?= |$)")
NOT_TO_COME = re.compile(r" (?:no|not|won't|n't|against|no longer|reversed|reverses|un-renewed|never) ")
RIGHTS = re.compile(r" (?:rights|acquires?|acquired|buys|bought|snaps|snapped|licenses|licensed|optioned|options|pre-buys|nabs|picks|picked|takes|landed|lands)(?= )")
AND = re.compile(r" (?:&|and) ")


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
    fresh: frozenset[str] = frozenset()
    """Titles that the document announces as new works."""
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
    expression = pattern.phrase.headline if line.field == "headline" else pattern.phrase.prose
    found = expression.search(line.text)
    while found:
        pieces = {pattern.phrase.keys[group]: piece for group, piece in found.groupdict().items() if piece}
        start, end = found.span()
        yield Match(pattern, line, start, end, pieces, read_scope(line, start, end, pattern.phrase.words))
        found = expression.search(line.text, start + 2)


def claims_of(match: Match, memory: Memory) -> list[Claim]:
    """The claims that a match makes, one for each title and person; empty where a slot that it needs is missing."""
    if _guarded(match):
        return []
    match.engaged = frozenset(memory.engaged.keys() | memory.named)
    match.fresh = frozenset(name for name in (memory.names.get(key, key) for key in memory.ordered)) | {mention.name for _, mention in match.line.found(Kind.TITLE, Kind.NAME) if fold(mention.name) in memory.ordered}
    base = _base(match, memory)
    titles = _titles(match, memory)
    persons = _persons(match, memory) if match.pattern.type in PEOPLE else [None]
    roles = _roles(match, memory)
    made = [
        _filled(match, memory, base, title, person, role, index, len(titles))
        for index, title in enumerate(titles)
        for person in persons
        for role in roles
    ]
    return [claim for claim in made if claim is not None]


def _guarded(match: Match) -> bool:
    words = set(match.line.text[match.start : match.end].split()) | set(match.line.text[match.end :].split()[:3])
    if match.pattern.type is ClaimType.CASTING and AS_CREW.match(match.line.text, match.end):
        match.notes.append("joins behind the camera")
        return True
    if match.line.field == "body" and CONDITIONAL_PRESENT.search(match.line.text[match.start : match.end]):
        match.notes.append("a present passive is a rule or a condition, not news")
        return True
    guards = set(match.pattern.guard)
    if match.pattern.unless and set(match.pattern.unless) & set(match.line.text.split()):
        match.notes.append("another word of the line rules it out")
        return True
    if guards:
        named = {word for mention in match.mentions("title") for word in mention.name.lower().split()}
        words |= set(match.evidence.quote.lower().split()) - named
    if guards & words:
        match.notes.append(f"guard: {', '.join(sorted(guards & words))}")
        return True
    if match.pattern.with_any and not set(match.pattern.with_any) & set(re.findall(r"[\w'-]+", match.evidence.quote.lower())):
        match.notes.append("none of the words that it needs")
        return True
    start = match.line.tokens[match.tokens[0]].start
    before = set(match.line.source[match.line.start : start].lower().split()[-NEAR:]) & set(match.pattern.not_after)
    if before:
        match.notes.append(f"stands after: {', '.join(sorted(before))}")
    return bool(before)


NEAR = 6
"""How many words before a match `not_after` looks at."""


def _base(match: Match, memory: Memory) -> Claim:
    return Claim(
        type=match.pattern.type,
        title=None,
        status=_status(match),
        novelty=_novelty(match),
        evidence=(match.evidence,),
        confidence=match.pattern.weight,
        rule=match.pattern.rule,
        network=_network(match, memory),
        **{key: value for key, value in match.pattern.set.items() if key != "status"},
    )


def _novelty(match: Match) -> Novelty:
    """What the scope says; but a day still to come is news wherever it stands ("which premieres in May")."""
    dates = [mention.value for mention in match.mentions("date")] if match.pattern.type is ClaimType.PREMIERE_DATE else []
    ahead = (dates and not any(date.past for date in dates)) or (match.pattern.type is ClaimType.EPISODE_ORDER and "will" in match.words)
    return Novelty.NEW if ahead and match.line.field != "headline" else match.scope.novelty


def _status(match: Match) -> Status:
    """What the scope says; a pattern may fix a softer status than a plain statement."""
    if match.pattern.type is ClaimType.PREMIERE_DATE and EXPECTED.search(match.line.text[match.start : match.end]) and not _is_exact(match):
        return Status.UNDECIDED
    fixed = match.pattern.set.get("status")
    return Status(fixed) if fixed and match.scope.status is Status.ANNOUNCED else match.scope.status


EXPECTED = re.compile(r"(?<! now) expected(?= )")
"""A hope, unless it corrects an earlier plan ("now expected")."""


def _is_exact(match: Match) -> bool:
    return any(mention.value.precision in ("day", "month") for mention in match.mentions("date"))


def _network(match: Match, memory: Memory) -> str | None:
    if any(mention.kind is Kind.REF for mention in match.mentions("who")):
        return memory.network()
    for mention in match.mentions("network") or match.mentions("who") or [m for m in match.mentions("company") if m.kind is not Kind.NAME]:
        return mention.name if mention.kind is Kind.NETWORK else mention.slots.get("network") or memory.network()
    buyers = [mention.name for mention in match.mentions("company")] if match.pattern.type is ClaimType.ACQUISITION else []
    return next((name for name in buyers if not could_be_person(name)), None)


ONE_WORK = re.compile(r"^ , (?:a|an|the) ")
SINGULAR = re.compile(r"^ (?:is|was|has|makes|gets|goes|returns|premieres|debuts|launches|arrives|opens|airs|stars|follows|centers)(?= )")


def _items(match: Match, key: str) -> Iterator[tuple[Mention, str]]:
    """The items of a list in a slot: the head mention and the words that the whole item covers."""
    piece = match.pieces.get(key)
    if not piece:
        return
    if key == "title" and _is_one_title(match, piece):
        found = match.mentions(key)
        yield found[0], match.line.source[found[0].start : found[-1].end]
        return
    for part in SPLIT.split(piece):
        part = re.split(r" (?:as|\()(?= )", part, maxsplit=1)[0]
        found = [match.line.mentions[char] for char in part if char in match.line.mentions]
        if not found:
            continue
        if len(found) == 1:
            yield found[0], found[0].name
        else:
            yield found[0], match.line.source[found[0].start : found[-1].end]


def _is_one_title(match: Match, piece: str) -> bool:
    """"Hex, Lies and Videotape, a drama": unmarked words in a list, spoken of in the singular, are one title."""
    found = match.mentions("title")
    if len(found) < 2 or any(mention.strong or mention.kind is Kind.REF for mention in found) or match.line.title_case:
        return False
    after = match.line.text[match.line.text.find(piece) + len(piece) :]
    return match.pattern.type in PEOPLE or bool(ONE_WORK.match(after) or SINGULAR.match(after))


def _titles(match: Match, memory: Memory) -> list[Mention]:
    titles: list[Mention] = []
    key = "title" if "title" in match.pieces else "marked"
    for mention, words in _items(match, key):
        if "source" in mention.slots and match.pattern.type not in (ClaimType.ACQUISITION, ClaimType.DEVELOPMENT):
            match.notes.append(f"a book, game or song: {words}")
        elif leading := _leading(match.line, mention):
            titles.append(leading)
        elif mention.kind is Kind.REF:
            titles += memory.titles(mention, match.line) or _known_from(match)
        elif mention.kind is Kind.TITLE and mention.name == words and (mention.strong or "relation" in mention.slots):
            titles.append(mention)
        elif _acceptable(match, mention, words, memory):
            titles.append(Mention(Kind.TITLE, mention.start, mention.end, words, words, mention.slots, mention.strong))
        else:
            match.notes.append(f"not a title here: {words}")
    if key not in match.pieces and {"title", "near_title", "line_title"} & set(match.pattern.needs) and (fallback := _fallback(match, memory)):
        titles.append(fallback)
    elif "work" in match.pieces:
        titles.append(_untitled(match, memory))
    if match.pattern.type is ClaimType.TALENT_DEAL and not titles:
        titles.append(Mention(Kind.TITLE, 0, 0, "", ""))
    return titles


def _untitled(match: Match, memory: Memory) -> Mention:
    """A project that is only described: "a new movie"."""
    here = [mention for _, mention in match.line.found(Kind.TITLE) if mention.strong or "relation" in mention.slots]
    if here and match.line.field == "headline":
        return here[0]
    who = next((words for _, words in _items(match, "person")), "")
    name = " ".join(filter(None, ("Untitled", who, match.pieces["work"].split()[-1])))
    return Mention(Kind.TITLE, 0, 0, name, name, {"untitled": True, "noun": True, "genre": "film" if set(match.pieces["work"].split()) & lexicon().film_genres else "series"}, strong=True)


def _leading(line: Line, mention: Mention) -> Mention | None:
    """"'Vale': NBC renews medical drama": a headline's opening title, where the slot holds but a description."""
    if line.field != "headline" or (mention.strong and "untitled" not in mention.slots) or len(line.tokens) < 2 or line.tokens[1].key not in (":", "—", "–"):
        return None
    opening = line.mentions.get(line.tokens[0].key)
    if opening and opening.name.lower() in LABELS:
        return None
    described = mention.kind is Kind.REF or ("noun" in mention.slots and "relation" not in mention.slots) or "untitled" in mention.slots
    return opening if opening and opening.kind in (Kind.TITLE, Kind.NAME) and opening is not mention and described else None


def _fallback(match: Match, memory: Memory) -> Mention | None:
    """The title of the same line, else the one that the document speaks of."""
    if left := _known_from(match):
        return left[0]
    if "role_left" in match.pattern.needs and (introduced := _introduced(match)):
        return introduced
    first = match.tokens[0]
    near = bool({"near_title", "line_title"} & set(match.pattern.needs)) or match.line.tokens[first].key == "with"
    people = match.pattern.type in PEOPLE
    earlier = [(i, mention) for i, mention in match.line.found(Kind.TITLE) if i < (match.tokens[1] if people else first) and "source" not in mention.slots]
    before = [mention for i, mention in earlier if near or i <= 2 or match.line.field == "headline"]
    if people and match.line.field != "headline":
        known = _ahead(match) or (None if before else _engagement(match, memory))
        outside = [mention for i, mention in earlier if (mention.strong or "relation" in mention.slots) and not in_aside(match.line, i)]
        before = [known] if known else before or [mention for mention in outside if fold(mention.name) in memory.told] or outside
    if match.line.field == "headline" and (not before or "untitled" in before[-1].slots):
        before = _opening(match.line) or before or [mention for _, mention in match.line.found(Kind.TITLE)] or _named_before(match)
    if before or "line_title" in match.pattern.needs:
        return before[-1] if before else None
    if "near_title" in match.pattern.needs and len(memory.latest) == 1:
        return memory.latest[0]
    return memory.spoken_of()


def _known_from(match: Match) -> list[Mention]:
    """The work that whoever leaves something is introduced by: "'Vale' star Jane Roe is leaving the soap"; their successor's too."""
    leaving = match.pattern.type in (ClaimType.ROLE_EXIT, ClaimType.CAST_EXIT)
    after_them = "role_left" in match.pattern.needs
    own = match.mentions("person")
    persons = own if leaving else [other for _, other in match.line.found(Kind.PERSON) if after_them and other not in own]
    known = [(person, person.slots["of"]) for person in persons if person.slots.get("of")]
    return [Mention(Kind.TITLE, person.start, person.end, work, work, strong=True) for person, work in known[:1]]


BEFORE_TITLE = rf"(?:the|its|a|an|'s|of|upcoming|new|{WHO}|{block(Kind.NETWORK, Kind.SEASON)})"
def _introduced(match: Match) -> Mention | None:
    """The work by which a headline introduces the person before: "'Vale' showrunner Ann Poe exits; Jane Roe to take over"."""
    if match.line.field != "headline":
        return None
    works = (person.slots.get("of") for i, person in match.line.found(Kind.PERSON) if i < match.tokens[0])
    return next((Mention(Kind.TITLE, 0, 0, work, work, strong=True) for work in works if work), None)


AHEAD = re.compile(rf"^[^.;:?!—–]*? (?:in|on|of|for|at|to) (?:{BEFORE_TITLE} ){{0,5}}({block(Kind.TITLE)})(?= |$)(?! 's)")


def _ahead(match: Match) -> Mention | None:
    """The title that the rest of the clause places a person in: "has been cast as a judge / in Netflix's 'Vale'"."""
    if "who" in match.line.text[match.end :].split()[:2]:
        return None
    found = AHEAD.search(match.line.text[match.end :])
    title = match.line.mentions[found[1]] if found and " and " not in found[0] else None
    return title if title and "source" not in title.slots and "credited" not in title.slots else None


def _engagement(match: Match, memory: Memory) -> Mention | None:
    """The title that the document gave to this person before: "Roe will play a lawyer"."""
    names = (memory.person or "" if mention.kind is Kind.PRONOUN else memory.full_name(mention.name) for mention in match.mentions("person"))
    title = next((memory.engaged[name] for name in names if name in memory.engaged), None)
    return Mention(Kind.TITLE, 0, 0, title, title, strong=True) if title else None


FIRM = re.compile(r" (?:Pictures|Studios|Entertainment|Productions|Films|Television|Media|Group)$")
"""What a company's name ends with, and hardly an unmarked title."""
def _named_before(match: Match) -> list[Mention]:
    """The last name before the match in a headline that is no person's full name: "first look from Vale unveiled; film to premiere ..."."""
    return [mention for i, mention in match.line.found(Kind.NAME) if i < match.tokens[0] and not could_be_person(mention.name)][-1:]


def _opening(line: Line) -> list[Mention]:
    """The name that opens a headline before its colon: "Vale Season 2: Syfy confirms ..."."""
    first = line.mentions.get(line.tokens[0].key) if len(line.tokens) > 1 and line.tokens[1].key == ":" else None
    return [first] if first and first.kind is Kind.NAME and first.name.lower() not in LABELS else []


PLURALS = frozenset("dramas comedies shows films movies pilots originals sitcoms titles projects ongoings series animes".split())
"""Capitals that end in one of these are a kind of work, not a title."""
EVENTS = frozenset("option options contract deal license licence panel event tour premiere screening plans party appearance convention festival concert finale podcast gala ceremony order prediction verdict forecast".split())
"""What is canceled is not always a show."""
FATES = frozenset({ClaimType.CANCELLATION, ClaimType.RENEWAL})
NEW_WORKS = frozenset({ClaimType.SERIES_ORDER, ClaimType.ACQUISITION, ClaimType.DEVELOPMENT, ClaimType.FILM_GREENLIGHT})
"""Types whose titles nobody has heard of: one capitalised word alone is too little."""
INTRODUCES_PERSON = frozenset(("starring", "from", "by", "featuring", "co-starring", "star", "opposite", "alongside", "stars", "as"))


def _acceptable(match: Match, mention: Mention, words: str, memory: Memory) -> bool:
    """Whether unmarked capitals may be a title here: something beside them must say so."""
    low = words.lower()
    if _before(match.line, mention) in INTRODUCES_PERSON:
        return False
    if match.pattern.support == "not_person" and could_be_person(words) and "noun" not in mention.slots:
        return False
    if low in lexicon().small or low.removesuffix("s") in lexicon().genres or low in lexicon().genres or low in lexicon().months or len(words) < 2 or words.split()[-1].lower() in lexicon().people:
        return False
    if low in ("season", "series", "show", "production", "season finale") or FIRM.search(words):
        return False
    if not low.split() or low.split()[-1] in PLURALS or all(word in lexicon().small for word in low.split()):
        return False
    if match.pattern.support == "marked" or (match.pattern.type in FATES and low.split()[-1] in EVENTS):
        return False
    if match.pattern.type in NEW_WORKS and (low in lexicon().formats or low in lexicon().breaks):
        return False
    if match.pattern.support == "self":
        return True
    if len(words.split()) == 1 and match.pattern.type in NEW_WORKS and "noun" not in mention.slots:
        return False
    if match.pattern.type in FATES and could_be_person(words) and match.line.field == "headline" and not _has_kind(match.line, Kind.NETWORK, Kind.SEASON, Kind.AFTER):
        return False
    if memory.unmarked and match.line.field != "headline" and match.pattern.support != "not_person" and (len(words.split()) > 1 or "noun" in mention.slots):
        return True
    if not any(char.isalpha() for char in words):
        return False
    if _has_kind(match.line, Kind.NETWORK, Kind.SEASON, Kind.AFTER) or (match.pattern.type in FATES and _has_kind(match.line, Kind.EPISODES)):
        return True
    return match.line.field == "headline" and ("noun" in mention.slots or (" " in words and bool(set(match.line.text.split()) & lexicon().genres)))


def _has_kind(line: Line, *kinds: Kind) -> bool:
    return any(mention.kind in kinds for mention in line.mentions.values())


def _before(line: Line, mention: Mention) -> str:
    """The word before a mention."""
    return next((line.tokens[i - 1].key for i, token in enumerate(line.tokens) if i and token.start == mention.start), "")


def _persons(match: Match, memory: Memory) -> list[str | None]:
    if match.line.text[: match.start].endswith((" of", " of the")) and match.pieces.get("person", "").strip() == match.line.text[match.start : match.start + len(match.pieces.get("person", ""))].strip():
        return []
    items = [(mention, part) for mention, words in (*_items(match, "person"), *_items(match, "also")) for part in AND.split(words)]
    if "person_roles" in match.pattern.needs:
        items = list(dropwhile(lambda item: not item[0].slots.get("roles"), items))
    if match.line.field != "headline" and NEW_CLAUSE.match(match.pieces.get("person", "")):
        items = items[1:]
    names = [_named(match, memory, mention, words) for mention, words in items]
    if len(names) == 2 and "," not in match.pieces.get("person", ""):
        names = [_shared_surname(*names), names[1]]
    full = [could_be_person(name) for name in names]
    kept: list[str | None] = []
    for (mention, _), name, whole in zip(items, names, full, strict=True):
        if not name or fold(name) in memory.names or fold(name) in memory.told:
            continue
        company = match.pattern.type is ClaimType.TALENT_DEAL and " " in name
        name = OWNER.sub("", name) if company else name
        if whole or mention.kind is Kind.PERSON or (any(full) and match.line.field != "body") or company or _mononym(match, name):
            kept.append(name)
        else:
            match.notes.append(f"not a person here: {name}")
    return kept


def _shared_surname(first: str, second: str) -> str:
    """The first of two given names with one surname: "Pete and Andy Roe"."""
    return f"{first} {second.split()[-1]}" if first and " " not in first and " " in second and not second.endswith(".") else first


NEW_CLAUSE = re.compile(r"^[^ ,] , and [^ ,]$")
"""Two names with a comma before their "and" belong to two clauses."""


def _named(match: Match, memory: Memory, mention: Mention, words: str) -> str:
    """A person's full name; a pronoun stands for the last person before it in its sentence, else for the document's latest."""
    if mention.kind is not Kind.PRONOUN:
        return person_name(memory.full_name(words))
    first = match.tokens[0]
    before = [other.name for i, other in match.line.found(Kind.PERSON, Kind.NAME) if i < first and could_be_person(other.name)]
    return before[0] if before else memory.person or ""


OWNER = re.compile(r"^.+['’]s? (?=[A-Z])")
"""Whose company: "Mumbai's Kite String Films"."""


def _mononym(match: Match, name: str) -> bool:
    """One capitalised word may be a person in a headline whose title is marked."""
    return match.line.field == "headline" and len(name) > 4 and any(mention.strong for mention in match.mentions("title")) and match.line.tokens[0].start == match.line.tokens[match.tokens[0]].start


def _roles(match: Match, memory: Memory) -> list[str | None]:
    if match.pattern.type not in (ClaimType.ROLE_ATTACHED, ClaimType.ROLE_EXIT):
        return [None]
    found = [role for key in ("act", "role", "done") for mention in match.mentions(key) for role in mention.value]
    if {"role_left", "role_in_line"} & set(match.pattern.needs):
        found = [role for _, mention in match.line.found(Kind.ROLE) for role in mention.value] or ([role for _, mention in match.line.found(Kind.PERSON) for role in mention.slots.get("roles") or ()]) or list(memory.role)
    if not found:
        found = [role for mention in match.mentions("person") for role in mention.slots.get("roles") or () if {"person_roles", "writer_by_trade"} & set(match.pattern.needs)]
    fixed = match.pattern.set.get("role")
    return list(dict.fromkeys(found)) or ([fixed] if fixed else [])


def _filled(match: Match, memory: Memory, base: Claim, title: Mention, person: str | None, role: str | None, index: int, many: int) -> Claim | None:
    kind = match.pattern.type
    if kind in PEOPLE and not person:
        return None
    seasons, final, episodes = _seasons(match, memory, title, index, many)
    name = memory.names.get(fold(title.name), title.name) if title.name else None
    title = _offshoot(match, title)
    slots: dict[str, Any] = {
        "title": name,
        "person": person,
        "role": role or base.role,
        "relation": title.slots.get("relation"),
        "parent": title.slots.get("parent"),
        "network": base.network or title.slots.get("network") or _sibling(match) or _beside(match, title, memory),
        "episodes": number(match.pieces["number"]) if "number" in match.pieces else episodes,
        "deal": _deal(match),
        "from_network": _from(match, base.network, title),
        "stage": base.stage or ("pilot" if kind is ClaimType.PASSED and title.slots.get("pilot") else None),
        "territory": next((mention.name for mention in match.mentions("territory") if mention.name in lexicon().territories), None),
        "licensor": next((mention.name for mention in match.mentions("licensor")), None),
        "successor": next((words for _, words in _items(match, "successor")), None),
        "character": _character(match, person),
        **_dates(match),
    }
    if kind in SEASONAL:
        slots |= {"seasons": seasons, "final": final}
    claim = replace(base, **{key: value for key, value in slots.items() if value})
    if kind is ClaimType.CAST_EXIT and (crew := memory.crew.get(person or "") or next((mention.slots["roles"] for mention in match.mentions("person") if mention.slots.get("roles")), ())):
        claim = replace(claim, type=ClaimType.ROLE_EXIT, role=crew[0], rule=f"role_exit.{match.pattern.rule.partition('.')[2]}")
    missing = [need for need in match.pattern.needs if not _has(need, claim, match, title)]
    if missing:
        match.notes.append(f"missing: {', '.join(missing)}")
        return None
    return claim


BEHIND = re.compile(rf" (?:as(?: [^ ]+){{0,4}}?|to|for) {block(Kind.ROLE, Kind.ACT)}")
"""Who joins "as showrunner" or "to direct" joins no cast."""
NEEDS: dict[str, Callable[[Claim, Match, Mention], bool]] = {
    "no_day": lambda claim, match, title: not _has_day(match),
    "project": lambda claim, match, title: bool({"noun", "relation", "genre"} & title.slots.keys()),
    "from_broadcaster": lambda claim, match, title: not any(mention.slots.get("studio") for mention in match.mentions("from")),
    "no_season": lambda claim, match, title: not claim.seasons and "season" not in title.slots and not match.line.found(Kind.SEASON),
    "no_production": lambda claim, match, title: "production" not in match.evidence.quote.lower(),
    "near_title": lambda claim, match, title: bool(claim.title),
    "line_title": lambda claim, match, title: bool(claim.title),
    "season": lambda claim, match, title: bool(claim.seasons or match.mentions("season") or "season" in title.slots),
    "ref_or_season": lambda claim, match, title: bool(claim.seasons) or "season" in title.slots,
    "series": lambda claim, match, title: title.slots.get("genre") == "series",
    "film": lambda claim, match, title: _is_film(match, title),
    "not_film": lambda claim, match, title: not _is_film(match, title) and "pilot" not in title.slots,
    "new_order": lambda claim, match, title: not re.search(r"\b(?:more|additional|extra)\b", match.evidence.quote),
    "role_left": lambda claim, match, title: bool(claim.role),
    "film_word": lambda claim, match, title: bool(set(match.evidence.quote.lower().split()) & (lexicon().film_genres | {"production"})),
    "writer_by_trade": lambda claim, match, title: any({"writer"} & set(mention.slots.get("roles") or ()) for mention in match.mentions("person")),
    "person_roles": lambda claim, match, title: bool(claim.role),
    "second_done": lambda claim, match, title: False,
    "more_episodes": lambda claim, match, title: bool(re.search(r"\b(?:more|additional|extra|back|new)\b", match.evidence.quote)),
    "not_standing": lambda claim, match, title: claim.title is not None and bool(fold(claim.title) and match.line.field != "headline"),
    "new_work": lambda claim, match, title: title.name in match.fresh or "fresh" in title.slots or claim.parent is not None and claim.relation is not None and claim.title != claim.parent,
    "no_role": lambda claim, match, title: not any({"producer", "executive_producer", "writer", "director", "showrunner", "creator", "host", "composer"} & set(mention.slots.get("roles") or ()) for mention in match.mentions("person")),
    "own_role": lambda claim, match, title: claim.role not in ("showrunner", "creator") or not any(mention.slots.get("of") for mention in match.mentions("person")),
    "craft": lambda claim, match, title: claim.role not in ("producer", "executive_producer"),
    "beside_cast": lambda claim, match, title: any(mention.name in match.engaged for _, mention in match.line.found(Kind.PERSON, Kind.NAME) if mention.name != claim.person),
    "cast_news": lambda claim, match, title: title.name in match.fresh or bool(match.engaged),
    "on_screen": lambda claim, match, title: not BEHIND.search(match.line.text[match.start :][: match.end - match.start + 24]),
    "introduced": lambda claim, match, title: title.name in match.fresh or claim.person in match.engaged,
    "genre": lambda claim, match, title: bool(title.slots.get("genre") or title.slots.get("relation")) and title.slots.get("genre") != "film",
    "role_in_line": lambda claim, match, title: bool(claim.role),
    "no_crew": lambda claim, match, title: not _has_kind(match.line, Kind.ROLE) and "roles" not in {key for _, m in match.line.found(Kind.PERSON) for key in m.slots},
    "title_is_new": lambda claim, match, title: title.name in match.fresh,
    "title_season": lambda claim, match, title: "season" in title.slots,
    "gerund": lambda claim, match, title: all(mention.text.endswith(("ing", "helms", "directs")) for mention in match.mentions("act")),
    "pilot_word": lambda claim, match, title: "pilot" in match.line.source[match.line.start : match.line.end].lower(),
    "adaptation": lambda claim, match, title: title.slots.get("relation") == "adaptation",
    "rescue": lambda claim, match, title: bool(RESCUE.search(match.line.text)),
    "rights_or_acquire": lambda claim, match, title: bool(RIGHTS.search(match.line.text[match.start : match.end])),
    "order_context": lambda claim, match, title: False,
    "cast_in_document": lambda claim, match, title: False,
    "new_cast": lambda claim, match, title: False,
    "person_role": lambda claim, match, title: bool(claim.role),
}
"""What a pattern may require beyond a filled slot."""


ON_A_DAY = re.compile(rf"(?: (?:on|from|starting|beginning|,))* ({block(Kind.DATE)})")


def _has_day(match: Match) -> bool:
    """Whether a day follows: a show that returns on a day has long been renewed."""
    found = ON_A_DAY.match(match.line.text, match.end)
    return found is not None and match.line.mentions[found[1]].value.precision == "day"


def _is_film(match: Match, title: Mention) -> bool:
    """A film by its noun, a sequel without one, or whatever a film company orders."""
    genre = title.slots.get("genre") or _apposed_genre(match)
    studio = any(mention.slots.get("studio") for key in ("company", "network") for mention in match.mentions(key))
    return genre == "film" or (genre is None and (title.slots.get("relation") == "sequel" or studio))


def _apposed_genre(match: Match) -> str | None:
    """"'Vale', a 90-minute film": film where the words set beside the title call it one."""
    tokens = match.line.tokens[match.tokens[1] + 1 :][:9]
    if not tokens or tokens[0].key != ",":
        tokens = []
    for token in tokens[1:]:
        mention = match.line.mentions.get(token.key)
        if token.key in (",", ".", ";", "which", "who", "with", "from"):
            break
        if token.key in lexicon().film_genres or (mention and mention.slots.get("genre") == "film" and not mention.strong):
            return "film"
    beside = [mention.slots.get("genre") for mention in match.mentions("title")[1:] if not mention.strong]
    return "film" if "film" in beside else None


def _offshoot(match: Match, title: Mention) -> Mention:
    """"'Vale' is getting a sequel": the title with the relation that the phrase names, itself the parent."""
    noun = match.pieces.get("relation", "").strip()
    relation = lexicon().relations.get(noun) or next((mention.slots.get("relation") for mention in match.mentions("offshoot")), None)
    if not relation:
        return title
    return Mention(Kind.TITLE, title.start, title.end, title.text, title.value, {**title.slots, "relation": relation, "parent": title.name}, title.strong)


def _has(need: str, claim: Claim, match: Match, title: Mention) -> bool:
    return NEEDS[need](claim, match, title) if need in NEEDS else bool(getattr(claim, need, None))


def _seasons(match: Match, memory: Memory, title: Mention, index: int, many: int) -> tuple[tuple[int, ...], bool, int | None]:
    stated: list[Mention] = match.mentions("season") or [m for m in (title.slots.get("season"),) if m] or _near(match, Kind.SEASON)
    counts = match.mentions("count") or _near(match, Kind.AFTER)
    episodes = next((m.value for m in match.mentions("episodes") or _near(match, Kind.EPISODES)), None)
    if match.pattern.type in (ClaimType.CANCELLATION, ClaimType.FINAL_SEASON) and counts:
        return (counts[0].value.count,), False, episodes
    if not stated:
        return (), False, episodes
    values: list[Seasons] = [m.value for m in stated]
    if len(values) == 1 and len(values[0].numbers) == 1 and " through " in match.line.text:
        known = memory.known_season()
        if 0 < known < values[0].numbers[0] <= known + 4:
            values = [Seasons(tuple(range(known + 1, values[0].numbers[0] + 1)), final=values[0].final)]
    numbers = [number for value in values for number in value.resolve(memory.known_season() if value.more else 0)]
    if many > 1 and len(numbers) == many and "respectively" in match.line.text:
        numbers = [numbers[index]]
    elif match.pattern.type is ClaimType.CANCELLATION and len(numbers) == 1 and NOT_TO_COME.search(match.line.text):
        numbers = [numbers[0] - 1] if numbers[0] > 1 else []
    episodes = episodes or next((value.episodes for value in values if value.episodes), None)
    final = any(value.final for value in values) or bool(LAST.search(match.line.text))
    return tuple(dict.fromkeys(numbers)), final, episodes


def _near(match: Match, kind: Kind) -> list[Mention]:
    """The nearest mention of a kind after the match in its clause, else just before it."""
    text = match.line.text
    wanted = block(kind)
    stop = re.search(r" [;—–](?= )", text[match.end :])
    tail = text[match.start : match.end + stop.start()] if stop else text[match.start :]
    found = re.search(wanted, tail) or None
    if found is None:
        before = re.findall(wanted, text[: match.start].rsplit(" ;", 1)[-1])
        return [match.line.mentions[before[-1]]] if before else []
    return [match.line.mentions[found.group()]]


def _sibling(match: Match) -> str | None:
    """The network of another title in the same list: "Showtime's 'Vale' and 'Meridian' renewed"."""
    return next((mention.slots["network"] for mention in match.mentions("title") if mention.slots.get("network")), None)


def _beside(match: Match, title: Mention, memory: Memory) -> str | None:
    """The network of a title that no slot named: in the same line, else with the title before, else the document's."""
    after = re.search(rf" (?:at|on|by|for|to|from|over at|via)(?: the)? ({block(Kind.NETWORK)})", match.line.text[match.start :])
    if after:
        return match.line.mentions[after[1]].name
    here = match.line.found(Kind.NETWORK)
    if here:
        return here[0][1].name
    return memory.network_of.get(fold(title.name)) or memory.network()


def _from(match: Match, network: str | None, title: Mention) -> str | None:
    """The network left behind: as the pattern names it, else the title's owner, else the other network of the line."""
    if match.pattern.type is not ClaimType.NETWORK_MOVE:
        return None
    named = [mention.name for mention in match.mentions("from") if mention.kind is Kind.NETWORK]
    owners = [title.slots["network"]] if title.slots.get("network", network) != network else []
    others = [mention.name for _, mention in match.line.found(Kind.NETWORK) if mention.name != network]
    return next(iter(named or owners or others), None)


def _deal(match: Match) -> str | None:
    if match.pattern.type is not ClaimType.TALENT_DEAL:
        return None
    return "first-look" if "first-look" in match.words or "first" in match.words else "overall"


def _dates(match: Match) -> dict[str, Any]:
    if match.pattern.type is not ClaimType.PREMIERE_DATE:
        return {}
    date = next((m.value for m in match.mentions("date")), None)
    if date is None:
        return {}
    prior = next((m.value.iso for m in match.mentions("prior")), None)
    return {"date": date.iso, "date_precision": date.precision, "prior_date": prior}


def _character(match: Match, person: str | None) -> str | None:
    if match.pattern.type not in (ClaimType.CASTING, ClaimType.CAST_EXIT):
        return None
    return next((m.name for m in match.mentions("character")), None)


def is_news(claim: Claim) -> bool:
    """Whether a claim may stand for a title in what follows."""
    return claim.novelty is Novelty.NEW and claim.status is not Status.DENIED
