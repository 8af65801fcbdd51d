"""Which titles a match speaks of."""

from __future__ import annotations

import re

from tradewatch.extract.language import WHO
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, block
from tradewatch.extract.match import PEOPLE, Match, has_kind, items
from tradewatch.extract.names import LABELS, could_be_person
from tradewatch.extract.numbers import CARDINALS
from tradewatch.extract.state import Memory, in_aside
from tradewatch.text import fold
from tradewatch.types import ClaimType

BEFORE_TITLE = rf"(?:the|its|a|an|'s|of|upcoming|new|{WHO}|{block(Kind.NETWORK, Kind.SEASON)})"
AHEAD = re.compile(rf"^[^.;:?!—–]*? (?:in|on|of|for|at|to) (?:{BEFORE_TITLE} ){{0,5}}({block(Kind.TITLE)})(?= |$)(?! 's)")
FIRM = re.compile(r" (?:Pictures|Studios|Entertainment|Productions|Films|Television|Media|Group)$")
"""What a company's name ends with, and hardly an unmarked title."""
PLURALS = frozenset(
    [
        "dramas", "comedies", "shows", "films", "movies", "pilots", "originals", "sitcoms", "titles", "projects", "ongoings", "series",
        "animes",
    ]
)  # fmt: skip
"""Capitals that end in one of these are a kind of work, not a title."""
EVENTS = frozenset(
    [
        "option", "options", "contract", "deal", "license", "licence", "panel", "event", "tour", "premiere", "screening", "plans", "party",
        "appearance", "convention", "festival", "concert", "finale", "podcast", "gala", "ceremony", "order", "prediction", "verdict",
        "forecast", "day", "junket", "ceremonies", "screenings", "festivities",
    ]
)  # fmt: skip
"""What is canceled is not always a show."""
FATES = frozenset({ClaimType.CANCELLATION, ClaimType.RENEWAL})
NEW_WORKS = frozenset({ClaimType.SERIES_ORDER, ClaimType.ACQUISITION, ClaimType.DEVELOPMENT, ClaimType.FILM_GREENLIGHT})
"""Types whose titles nobody has heard of: one capitalised word alone is too little."""
NO_NAMES = frozenset({"i am", "season", "series", "show", "production", "season finale"})
MAKERS_OF_ALL = frozenset(["Apple TV+", "Prime Video", "YouTube", "Facebook Watch", "Sony", "Disney"])
"""Companies that cancel more than shows: one capitalised word alone is not enough."""
OF_A_SHOW = (Kind.NETWORK, Kind.SEASON, Kind.AFTER)
"""Mentions that say that a line is about a show."""
NAMED = re.compile(
    r"\b(?:titled|entitled|called|dubbed),? [\"'*]?((?:The |A |An )?[A-Z0-9][\w'-]*"
    r"(?: (?:(?:of|the|and|in|to|ka|ki|ke|o) )?[A-Z0-9][\w'-]*){0,6})"
)
"""Where a text gives a project its title."""
COMING_WORK = frozenset(("next", "new", "upcoming", "untitled"))
INTRODUCES_PERSON = frozenset(("starring", "from", "by", "featuring", "co-starring", "star", "opposite", "alongside", "stars", "as"))


def titles_of(match: Match, memory: Memory) -> list[Mention]:
    """The titles that a match is about; an empty one for a deal that names none."""
    if "listing" in match.pieces:
        return _listed(match)
    key = "title" if "title" in match.pieces else "marked"
    titles = [title for mention, words in items(match, key) for title in _read(match, mention, words, memory)]
    wanted = key not in match.pieces and {"title", "near_title", "line_title"} & set(match.pattern.needs)
    if wanted and (fallback := _fallback(match, memory)):
        titles += fallback
    elif "work" in match.pieces and not wanted:
        titles.append(_untitled(match))
    if match.pattern.type is ClaimType.TALENT_DEAL and not titles:
        titles.append(Mention(Kind.TITLE, 0, 0, "", ""))
    return titles


def _listed(match: Match) -> list[Mention]:
    """The titles that head the items of a list which tells more of each: "are Vale, from Roe; Dawn, a spinoff of Dusk; and Noon"."""
    line = match.line
    first, last = match.tokens
    found = []
    for i, mention in line.found(Kind.TITLE, Kind.NAME):
        before = line.tokens[i - 1].key if i else ","
        after = line.tokens[i + 1].key if i + 1 < len(line.tokens) else "."
        heads = before in ITEM_BEGINS or ("noun" in mention.slots and before not in lexicon().small) or i == first
        sure = mention.strong or "season" in mention.slots or _is_listed_name(match, mention, before)
        if first <= i <= last and sure and heads and after != "'s" and "source" not in mention.slots and not in_aside(line, i):
            found.append(mention)
    return found


def _is_listed_name(match: Match, mention: Mention, before: str) -> bool:
    """Whether several unmarked words stand beside works in a list, and not behind the one before them: "with Jane Roe"."""
    beside = any(other.strong or "season" in other.slots for _, other in match.line.found(Kind.TITLE))
    if match.line.field == "headline" or mention.kind is not Kind.NAME or " " not in mention.name or before not in ITEM_BEGINS:
        return False
    at = next(i for i, token in enumerate(match.line.tokens) if match.line.mentions.get(token.key) is mention)
    around = [token.key for token in match.line.tokens[max(0, at - 2) : at + 3]]
    return beside and before != "and" and sum(key in match.line.mentions for key in around) > 1


ITEM_BEGINS = frozenset(
    [",", ";", ":", "and", "&", "are", "is", "were", "was", "both", "plus", "include", "includes", "including", "them", "—", "–"]
)
"""What stands before an item of a list."""


def _read(match: Match, mention: Mention, words: str, memory: Memory) -> list[Mention]:
    """The titles that one item of the title slot stands for."""
    adapted = (
        match.pattern.type in (ClaimType.ACQUISITION, ClaimType.DEVELOPMENT)
        or match.pattern.set.get("relation") == "adaptation"
        or "adaptation" in match.words
    )
    if "source" in mention.slots and not adapted:
        match.notes.append(f"a book, game or song: {words}")
        return []
    if leading := _leading(match.line, mention):
        return [leading]
    if "vague" in mention.slots and memory.ahead and mention.name not in memory.ahead.name:
        marked = [title for _, title in match.line.found(Kind.TITLE) if title.strong and "source" not in title.slots]
        return marked[:1]
    if mention.kind is Kind.REF and memory.over and match.line.field == "headline":
        return memory.named_later(mention)
    if mention.kind is Kind.REF:
        return memory.titles(mention, match.line) or _known_from(match) or _described(match, mention, memory)
    if mention.kind is Kind.TITLE and mention.name == words and (mention.strong or "relation" in mention.slots):
        return [mention]
    words = _in_full(match, mention, words)
    if _acceptable(match, mention, words, memory):
        return [Mention(Kind.TITLE, mention.start, mention.end, words, words, mention.slots, mention.strong)]
    match.notes.append(f"not a title here: {words}")
    return []


def _in_full(match: Match, mention: Mention, words: str) -> str:
    """Unmarked words with what a small word joins to them up to the end of the phrase: "Barn to Be Wild", "Mise en Place"."""
    line = match.line
    if (
        line.field == "headline"
        or mention.strong
        or mention.kind is not Kind.NAME
        or match.pattern.type in PEOPLE
        or could_be_person(words)
    ):
        return words
    at = next((i for i, token in enumerate(line.tokens) if token.end == mention.start + len(words)), None)
    if at is None:
        return words
    last = at
    while last + 2 < len(line.tokens) and line.tokens[last + 1].key in JOINTS:
        step = next((n for n in (2, 3) if last + n < len(line.tokens) and _is_name(line, last + n)), 0)
        if not step or (step == 3 and line.tokens[last + 2].key not in INNER_JOINTS):
            break
        last += step
    following = line.tokens[last + 1].key if last + 1 < len(line.tokens) else "."
    return line.source[mention.start : line.tokens[last].end] if last > at and following in ENDS else words


def _is_name(line: Line, number: int) -> bool:
    mention = line.mentions.get(line.tokens[number].key)
    return mention is not None and mention.kind is Kind.NAME


JOINTS = frozenset(["to", "in", "en", "at", "vs", "vs.", "for", "on", "into", "like", "over", "under", "about", "up", "out", "with"])
"""Small words that join the parts of a title; after them may also end a clause, so that the end of the phrase decides."""
INNER_JOINTS = frozenset(["the", "a", "be", "an", "my"])
ENDS = frozenset([".", ",", ";", ":", "for", "after", "—", "–", "!", "?", ")"])


def _described(match: Match, mention: Mention, memory: Memory) -> list[Mention]:
    """A project that a headline describes by its maker: "Jane Roe's next film"; it may be given its title later."""
    line = match.line
    token = next(token for token in line.tokens if line.mentions.get(token.key) is mention)
    name = _by_its_maker(line, mention, line.source[token.start : token.end])
    if COMING_WORK.isdisjoint(mention.text.split()) or not name:
        return []
    if named := NAMED.search(memory.text):
        return [Mention(Kind.TITLE, token.start, token.end, name, named[1], {**mention.slots, "noun": True}, strong=True)]
    memory.related = Mention(Kind.TITLE, token.start, token.end, name, name, {**mention.slots, "untitled": True, "noun": True}, strong=True)
    return [memory.related]


def _by_its_maker(line: Line, mention: Mention, words: str) -> str | None:
    """What to call a project that is known by its maker alone: "Jane Roe's next film", and "her next film" after "Jane Roe"."""
    if line.field == "headline" and "'s" in mention.text.replace("’", "'"):
        return words
    if line.field == "headline" and "network" in mention.slots and mention.text.startswith("new "):
        return words
    maker = next((other.name for _, other in line.found(Kind.PERSON, Kind.NAME)), "")
    owned = mention.text.split()[0] in ("his", "her", "their") and could_be_person(maker)
    return f"{maker}'s {words.split(' ', 1)[-1]}" if owned else None


def _untitled(match: Match) -> Mention:
    """A project that is only described: "a new movie"."""
    here = [mention for _, mention in match.line.found(Kind.TITLE) if mention.strong or "relation" in mention.slots]
    if here and match.line.field == "headline":
        return here[0]
    who = next((words for _, words in items(match, "person")), "")
    nouns = match.pieces["work"].split()
    name = " ".join(filter(None, ("Untitled", who, nouns[-1])))
    genre = "series" if lexicon().film_genres.isdisjoint(nouns) else "film"
    return Mention(Kind.TITLE, 0, 0, name, name, {"untitled": True, "noun": True, "genre": genre}, strong=True)


def _leading(line: Line, mention: Mention) -> Mention | None:
    """A headline's opening title, where the slot holds but a description: "'Vale': NBC renews medical drama"."""
    colon = len(line.tokens) > 1 and line.tokens[1].key in (":", "—", "–")
    if line.field != "headline" or not colon or not _is_described(mention):
        return None
    opening = line.mentions.get(line.tokens[0].key)
    if opening is None or opening is mention or opening.name.lower() in LABELS:
        return None
    return opening if opening.kind in (Kind.TITLE, Kind.NAME) else None


def _is_described(mention: Mention) -> bool:
    """Whether words only describe the work: "medical drama"."""
    if "untitled" in mention.slots:
        return True
    return not mention.strong and (mention.kind is Kind.REF or ("noun" in mention.slots and "relation" not in mention.slots))


def _fallback(match: Match, memory: Memory) -> list[Mention]:
    """The title of the same line, else the one that the document speaks of; more than one only of whoever leaves several works."""
    needs = set(match.pattern.needs)
    if left := _known_from(match):
        return left
    if "role_left" in needs and (introduced := _introduced(match)):
        return [introduced]
    titles = _titles_of_headline(match) if match.line.field == "headline" else _titles_of_sentence(match, memory)
    if titles or "line_title" in needs:
        return titles[-1:]
    if "near_title" in needs and len(memory.latest) == 1:
        return memory.latest
    spoken = memory.spoken_of()
    return [spoken] if spoken else []


def _earlier(match: Match) -> list[tuple[int, Mention]]:
    """The titles that the line names before the match, for news of a person before its end."""
    last = match.tokens[1] if match.pattern.type in PEOPLE else match.tokens[0]
    return [(i, mention) for i, mention in match.line.found(Kind.TITLE) if i < last and "source" not in mention.slots]


def _titles_of_headline(match: Match) -> list[Mention]:
    """The title meant last where a headline's match names none."""
    before = [mention for _, mention in _earlier(match)]
    if before and "untitled" not in before[-1].slots:
        return before
    return _opening(match.line) or before or [mention for _, mention in match.line.found(Kind.TITLE)] or _named_before(match)


def _titles_of_sentence(match: Match, memory: Memory) -> list[Mention]:
    """The title meant last where a sentence's match names none."""
    first = match.tokens[0]
    near = not {"near_title", "line_title"}.isdisjoint(match.pattern.needs) or match.line.tokens[first].key == "with"
    earlier = _earlier(match)
    before = [mention for i, mention in earlier if near or i <= 2]
    if match.pattern.type not in PEOPLE:
        named = [mention for _, mention in earlier if mention.strong and "source" not in mention.slots]
        return before or (named if len(named) == 1 else [])
    known = _ahead(match) or (None if before else _engagement(match, memory))
    if known or before:
        return [known] if known else before
    outside = [mention for i, mention in earlier if (mention.strong or "relation" in mention.slots) and not in_aside(match.line, i)]
    return [mention for mention in outside if fold(mention.name) in memory.told] or outside


def _known_from(match: Match) -> list[Mention]:
    """The work that whoever leaves something is introduced by: "'Vale' star Jane Roe is leaving the soap"; their successor's too."""
    leaving = match.pattern.type in (ClaimType.ROLE_EXIT, ClaimType.CAST_EXIT)
    after_them = "role_left" in match.pattern.needs
    own = match.mentions("person")
    persons = own if leaving else [other for _, other in match.line.found(Kind.PERSON) if after_them and other not in own]
    if leaving and own and (owner := _owner(match.line, own[0])):
        return [owner]
    known = next((person for person in persons if person.slots.get("of")), None)
    works = [known.slots["of"], *known.slots.get("of_too", ())] if known else []
    return [Mention(Kind.TITLE, known.start, known.end, work, work, strong=True) for work in works] if known else []


def _owner(line: Line, person: Mention) -> Mention | None:
    """The unmarked work whose possessive stands before a person in an article's body: "Vale Road's Jane Roe"."""
    at = next((i for i, token in enumerate(line.tokens) if line.mentions.get(token.key) is person), 0)
    owner = line.mentions.get(line.tokens[at - 2].key) if at > 1 and line.tokens[at - 1].key == "'s" else None
    if owner is None or owner.kind is not Kind.NAME or " " not in owner.name or line.field == "headline":
        return None
    return Mention(Kind.TITLE, owner.start, owner.end, owner.name, owner.name, strong=True)


def _introduced(match: Match) -> Mention | None:
    """The work by which a headline introduces the person before: "'Vale' showrunner Ann Poe exits; Jane Roe to take over"."""
    if match.line.field != "headline":
        return None
    works = (person.slots.get("of") for i, person in match.line.found(Kind.PERSON) if i < match.tokens[0])
    return next((Mention(Kind.TITLE, 0, 0, work, work, strong=True) for work in works if work), None)


def _ahead(match: Match) -> Mention | None:
    """The title that the rest of the clause places a person in: "has been cast as a judge / in Netflix's 'Vale'"."""
    if "who" in match.line.text[match.end :].split()[:2]:
        return None
    found = AHEAD.search(match.line.text[match.end :])
    title = match.line.mentions[found[1]] if found and " and " not in found[0] else None
    return title if title and "source" not in title.slots and "credited" not in title.slots else None


def _engagement(match: Match, memory: Memory) -> Mention | None:
    """The title that the document gave to this person before: "Roe will play a lawyer"."""
    names = (
        memory.last_person() or "" if mention.kind is Kind.PRONOUN else memory.full_name(mention.name)
        for mention in match.mentions("person")
    )
    title = next((memory.engaged[name] for name in names if name in memory.engaged), None)
    return Mention(Kind.TITLE, 0, 0, title, title, strong=True) if title else None


def _named_before(match: Match) -> list[Mention]:
    """The last name before the match in a headline that is no person's full name: "first look from Vale unveiled; film to premiere ..."."""
    names = [(i, mention) for i, mention in match.line.found(Kind.NAME) if i < match.tokens[0]]
    dated = match.pattern.type is ClaimType.PREMIERE_DATE
    return [mention for i, mention in names if not could_be_person(mention.name) or (dated and i == 0)][-1:]


def _opening(line: Line) -> list[Mention]:
    """The name that opens a headline before its colon: "Vale Season 2: Syfy confirms ..."."""
    first = line.mentions.get(line.tokens[0].key) if len(line.tokens) > 1 and line.tokens[1].key == ":" else None
    return [first] if first and first.kind is Kind.NAME and first.name.lower() not in LABELS else []


def _acceptable(match: Match, mention: Mention, words: str, memory: Memory) -> bool:
    """Whether unmarked capitals may be a title here: something beside them must say so."""
    if (
        _is_no_name(words.lower())
        or FIRM.search(words)
        or _is_ruled_out(match, mention, words)
        or _is_a_person(match, mention, words, memory)
    ):
        return False
    if match.pattern.support == "self":
        return True
    if _is_too_little(match, mention, words):
        return False
    prose = memory.unmarked and match.line.field != "headline" and match.pattern.support != "not_person"
    if prose and (len(words.split()) > 1 or "noun" in mention.slots):
        return True
    return any(char.isalpha() for char in words) and _is_supported(match, mention, words)


def _is_no_name(low: str) -> bool:
    """Function words, months, kinds of work and of people: no title, however they are capitalised."""
    words, lists = low.split(), lexicon()
    if len(low) < 2 or not words or all(word in lists.small for word in words):
        return True
    if any(low in known for known in (lists.small, lists.genres, lists.months, NO_NAMES)) or low.removesuffix("s") in lists.genres:
        return True
    counted = words[0] in CARDINALS and all(word in lists.genres or word in lists.formats or word in lists.small for word in words[1:])
    last = words[-1]
    return counted or last in PLURALS or last in lists.people or last in ("others", "more", "else") or low.endswith(("s'", "s’"))


def _is_ruled_out(match: Match, mention: Mention, words: str) -> bool:
    """Whether the pattern or the word before speaks against a title."""
    low, pattern = words.lower(), match.pattern
    if match.line.field != "headline" and mention.kind is Kind.NAME and match.line.source[: mention.start].endswith(" the "):
        return True
    if pattern.support == "marked" or _before(match.line, mention) in INTRODUCES_PERSON:
        return True
    if pattern.support == "not_person" and all(map(could_be_person, words.split(" and "))) and "noun" not in mention.slots:
        return True
    if pattern.type in FATES:
        return low.split()[-1] in EVENTS
    return pattern.type in NEW_WORKS and (low in lexicon().formats or low in lexicon().breaks)


def _is_a_person(match: Match, mention: Mention, words: str, memory: Memory) -> bool:
    """Whether the document speaks of a name as of a person, or leaves a name of one or two words bare where it marks its titles."""
    if "noun" in mention.slots:
        return False
    if _follows_person(match.line, mention):
        return True
    bare = memory.marked and match.line.field == "body" and (" " not in words or could_be_person(words))
    return bare or words in memory.persons


def _follows_person(line: Line, mention: Mention) -> bool:
    """Whether a name stands beside a person: "director Jane Roe and Ann Poe"."""
    at = next((i for i, token in enumerate(line.tokens) if line.mentions.get(token.key) is mention), 0)
    beside = line.mentions.get(line.tokens[at - 2].key) if at > 1 and line.tokens[at - 1].key in ("and", "&") else None
    return beside is not None and beside.kind is Kind.PERSON


def _is_too_little(match: Match, mention: Mention, words: str) -> bool:
    """One word for a work that nobody knows yet, or what may be a person in a headline that says nothing of a show."""
    if match.pattern.type in NEW_WORKS:
        return len(words.split()) == 1 and "noun" not in mention.slots
    if (
        match.pattern.type in FATES
        and " " not in words
        and "noun" not in mention.slots
        and not has_kind(match.line, Kind.SEASON, Kind.AFTER)
    ):
        return any(other.name in MAKERS_OF_ALL for _, other in match.line.found(Kind.NETWORK))
    bare = match.line.field == "headline" and not has_kind(match.line, *OF_A_SHOW, Kind.EPISODES)
    return bare and match.pattern.type in FATES and could_be_person(words)


def _is_supported(match: Match, mention: Mention, words: str) -> bool:
    """Whether a network, a season or, in a headline, a genre stands in the line."""
    line = match.line
    if has_kind(line, *OF_A_SHOW) or (match.pattern.type in FATES and has_kind(line, Kind.EPISODES)):
        return True
    if line.field == "headline" and match.pattern.type is ClaimType.CASTING and PARTS.search(f"{line.text[match.start : match.end]} "):
        return True
    if line.field == "headline" and (SEQUEL.search(words) or (_is_among_stars(match) and " " in words and not could_be_person(words))):
        return True
    if match.pattern.type is ClaimType.CAST_EXIT and {"after", "years"}.issubset(line.words):
        return True
    if line.field == "headline" and match.mentions("act") and len(words.split()) > 2:
        return True
    of_a_genre = " " in words and not lexicon().genres.isdisjoint(line.text.split())
    return line.field == "headline" and ("noun" in mention.slots or of_a_genre)


SEQUEL = re.compile(r"[^\W\d_]{3,} (?:[2-9]|II|III|IV)$")
"""A numbered work: "Harbor Street 3"."""


def _is_among_stars(match: Match) -> bool:
    """Whether somebody known from another work joins or leaves: "'Casualty' star Jane Roe joins Harbour Street"."""
    return match.pattern.type is ClaimType.CASTING and any(mention.slots.get("of") for mention in match.mentions("person"))


PARTS = re.compile(
    r" (?:(?:cast|casts|cast/[aep]|star/a|starrer|heroine|antagonist|villain|roped) .*"
    r"|(?:lead|female lead|male lead|leading lady|pivotal|key|role) .* )"
    r"(?:in|of|for|on|opposite|as) | (?:role|part|gig) $"
)
"""Words of a part in a film or series: what follows them is one, though nothing else in the headline says so."""


def _before(line: Line, mention: Mention) -> str:
    """The word before a mention, or before the list of names that it ends."""
    at = next((i for i, token in enumerate(line.tokens) if token.start == mention.start), 0)
    while at > 1 and line.tokens[at - 1].key in LISTING and _is_name(line, at - 2):
        at -= 2
    return line.tokens[at - 1].key if at else ""


LISTING = frozenset([",", "and", "&"])
