"""Noun groups: a cascade of small rules that fold what stands around a title or person into one mention.

"Netflix's slow-burning drama 'Vale'" becomes the title Vale with its network; "*Fargo* alum Jane Roe" becomes the person Jane Roe;
"a prequel to 'Vale'" becomes an untitled project with its relation and parent; "the drama" becomes a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, block
from tradewatch.extract.names import could_be_person

T, N, P = block(Kind.TITLE), block(Kind.NAME), block(Kind.PERSON)
TN, NP = block(Kind.TITLE, Kind.NAME), block(Kind.NAME, Kind.PERSON)
NET, SEASON, ROLE = block(Kind.NETWORK), block(Kind.SEASON), block(Kind.ROLE)
DATE, EPISODES = block(Kind.DATE), block(Kind.EPISODES)


def _any(words: frozenset[str] | dict[str, str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


GENRE, RELATION, PEOPLE = _any(lexicon().genres), _any(lexicon().relations), _any(lexicon().people)
FORMAT = r"(?:limited|event|anthology|live-action|animated|straight-to-series|original|scripted|unscripted|single-camera|multi-camera|half-hour|hour-long|one-hour|tv|television|new|drama|comedy|feature|next|upcoming|forthcoming|short-form|stop-motion|period|streaming|hit|indie|medical|legal|crime|action|sci-fi|horror|spy|family|romantic|reality|competition|docu|theatrical|standalone|spin-off|film|movie|big-screen|small-screen|untitled|planned|potential)"
DET = r"(?:the|its|a|an|his|her|their|this|that|another|one|our)"
WORD = r"(?!(?:to|for|in|on|at|by|with|from|is|are|was|has|have|will|as|after|that|who|which|of|based|about|into|renewed|ordered|season|starring|called|titled|not|it|when)\b)[a-z0-9][\w'-]*"
PREMODIFIER = rf"(?: (?:{WORD}|,|and|&|of the|{NET}|{NET} 's|{EPISODES}|{NP}(?! ,)))"
CALLED = r"(?: ,)?(?: (?:called|titled|entitled|named|dubbed|tentatively titled|provisionally titled|working title|currently titled|known as|to be titled|with the working title|with a working title of|under the working title|-|–|—|:))+"

Rule = tuple[str, re.Pattern[str], Callable[[Line, list[Mention], str], Mention | None]]


def _mentions(line: Line, piece: str) -> list[Mention]:
    return [line.mentions[char] for char in piece if char in line.mentions]


def _network_of(mentions: list[Mention]) -> str | None:
    return next((m.name for m in mentions if m.kind is Kind.NETWORK), None)


def _merged(head: Mention, kind: Kind, **slots: object) -> Mention:
    merged = Mention(kind, head.start, head.end, head.text, head.value, dict(head.slots), head.strong)
    merged.slots.update({key: value for key, value in slots.items() if value})
    return merged


def _genre_in(piece: str) -> str | None:
    words = set(piece.split()) & lexicon().genres
    return "film" if words & lexicon().film_genres else "series" if words else None


def _credited(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """A name and what stands in parentheses after it: an actor, or earlier work; neither is the sentence's own."""
    head, *inside = mentions
    actor = next((m for m in inside if m.kind in (Kind.NAME, Kind.PERSON)), None)
    return _merged(head, head.kind, actor=actor.name if actor and len(inside) == 1 else None, credited=True)


def _title_aside(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    return _merged(mentions[0], mentions[0].kind, network=_network_of(mentions[1:]))


def _described(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """A title with the nouns and owner before it."""
    head = mentions[-1]
    owner = next((m for m in mentions[:-1] if m.kind in (Kind.TITLE,)), None)
    relation = next((lexicon().relations[word] for word in piece.split() if word in lexicon().relations), None)
    if owner is not None and relation is None:
        return None
    merged = _merged(head, Kind.TITLE, network=_network_of(mentions[:-1]), genre=_genre_in(piece), relation=relation, described=True, new="new" in piece.split())
    if owner is not None and relation:
        merged.slots["parent"] = owner.name
    return merged


def _related(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """"'Vale' prequel 'Vale: Dawn'": the last is the title, the first its parent."""
    parent, head = mentions[0], mentions[-1]
    return _merged(head, Kind.TITLE, relation=_relation(piece), parent=parent.name, genre=_genre_in(piece), described=True, network=_network_of(mentions[1:-1]))


def _relation_to(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """"'Dawn,' a prequel to 'Vale'"."""
    head, parent = mentions[0], mentions[-1]
    return _merged(head, Kind.TITLE, relation=_relation(piece), parent=parent.name, genre=_genre_in(piece), described=True, network=_network_of(mentions[1:-1]))


def _relation(piece: str) -> str | None:
    low = f" {piece} "
    for noun in sorted(lexicon().relations, key=len, reverse=True):
        if f" {noun} " in low:
            return lexicon().relations[noun]
    return None


def _untitled(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """"'Vale' sequel", "a spin-off of 'Vale'": a project with no title of its own."""
    parent = next((m for m in mentions if m.kind in (Kind.TITLE, Kind.NAME)), None)
    relation = _relation(piece)
    if parent is None or relation is None:
        return None
    name = f"{parent.name} {relation}"
    return Mention(Kind.TITLE, parent.start, parent.end, name, name, {"relation": relation, "parent": parent.name, "untitled": True, "network": _network_of(mentions)}, parent.strong)


def _followed(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """"'Tiger King' movie", "'Vale' (limited) series"."""
    head = mentions[0]
    return _merged(head, Kind.TITLE, genre=_genre_in(piece), described=True, biopic="biopic" in piece.split())


def _with_season(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    head, season = mentions[0], mentions[-1]
    return _merged(head, head.kind, season=season.value, season_mention=season)


def _person(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    """A person with the nouns before the name; other works named there are consumed."""
    head = mentions[-1]
    role = next((m.value for m in mentions if m.kind is Kind.ROLE), None)
    work = next((m for m in mentions[:-1] if m.kind is Kind.TITLE), None)
    if head.kind is Kind.NAME and not could_be_person(head.name) and work is None and role is None and not re.search(rf" {PEOPLE} ", f" {piece} "):
        return None
    return _merged(head, Kind.PERSON, roles=role, of=work.name if work else None)


def _reference(line: Line, mentions: list[Mention], piece: str) -> Mention | None:
    words = piece.split()
    kind = Kind.NETREF if words[-1] in NETWORK_NOUNS else Kind.REF
    relation = next((lexicon().relations[word] for word in words if word in lexicon().relations), None)
    slots: dict[str, object] = {"relation": relation, "genre": _genre_in(piece), "network": _network_of(mentions), "new": bool({"new", "upcoming"} & set(words)), "plural": words[0] in ("both", "neither", "all")}
    return Mention(kind, 0, 0, piece.strip(), piece.strip(), {k: v for k, v in slots.items() if v})


NETWORK_NOUNS = frozenset("network streamer streamers broadcaster cabler net channel platform service giant studio netlet company streaming".split())
TAIL = rf"(?: {FORMAT})*"
RULES: tuple[Rule, ...] = tuple(
    (need, re.compile(pattern), act)
    for need, pattern, act in (
        ("(", rf" {NP}(?: 's)? \( [^()]{{1,90}} \)", _credited),
        ("(", rf" {T} \( [^()]{{1,60}} \)", _title_aside),
        # "Jane Roe, who ..." needs no rule; "Vale alum Jane Roe", "Oscar winner Jane Roe", "X's creator and showrunner Jane Roe"
        (
            "",
            rf"(?: (?:{TN}|{NET}|{block(Kind.OUTLET)})(?: 's)?(?: and {TN})?)?(?: (?:{NET}|series|co|former|fellow|longtime|original|veteran|acclaimed|rising|stage|film|tv|{block(Kind.NAME)}))*"
            rf" (?:{ROLE}|{PEOPLE})(?:(?: ,| and| &| /| -)? (?:{ROLE}|{PEOPLE}))*(?: turned (?:{ROLE}|{PEOPLE}))?(?: ,)? {N}(?= |$)",
            _person,
        ),
        ("rel", rf" {TN}(?: 's)?{TAIL} {RELATION}{TAIL}(?: (?:{GENRE}|{NET}))*{CALLED}? {TN}(?= |$)", _related),
        ("rel", rf" {T}(?: (?:is|-|–|—))?(?: ,)?(?: {DET})?(?:{PREMODIFIER}){{0,6}} {RELATION}(?: {GENRE})? (?:of|to|from)(?: {DET})?(?:(?: {WORD}| {NET}| 's){{0,5}}(?: {GENRE}))? {TN}(?= |$)", _relation_to),
        ("rel", rf" {DET}(?:{PREMODIFIER}){{0,5}} {RELATION}(?: {GENRE})? (?:of|to|from|for)(?: {DET})?(?:(?: {WORD}| {NET}| 's){{0,5}}(?: {GENRE}))? {TN}{CALLED} {TN}(?= |$)", lambda line, m, piece: _related(line, m, piece)),
        ("rel", rf"(?: {DET})?(?:{PREMODIFIER}){{0,5}} {RELATION}(?: {GENRE})? (?:of|to|from|for)(?: {DET})?(?:(?: {WORD}| {NET}| 's){{0,5}}(?: {GENRE}))? {TN}(?= |$)", _untitled),
        ("rel", rf"(?: {DET})? {TN}(?: 's)?{TAIL} {RELATION}(?: (?:{GENRE}))*(?= |$)", _untitled),
        ("", rf"(?: (?:{DET}|{NET}(?: 's)?|{NP} 's))*(?:{PREMODIFIER}){{0,7}}? (?:{GENRE}|{FORMAT} {GENRE})(?: (?:{GENRE}|{RELATION}|of|adaptation))*{CALLED}? {T}(?= |$)", _described),
        ("", rf" {DET}?(?: {WORD}){{0,3}}? {GENRE}{CALLED} {TN}(?= |$)", _described),
        ("", rf"(?: {DET})? {NET}(?: 's)?(?: {FORMAT})*(?: {GENRE})* {T}(?= |$)", _described),
        ("", rf" {NET} 's(?: {FORMAT})*(?: {GENRE})* {N}(?= |$)", _described),
        ("", rf" {TN}{TAIL}(?: {GENRE})+(?= |$)", _followed),
        ("", rf" {TN}(?: ,)? {SEASON}(?= |$)", _with_season),
        ("", rf" (?:the|this|that|its|both|neither|these)(?:{PREMODIFIER}){{0,4}}?(?: {FORMAT})* (?:{GENRE}|{RELATION}|one|shows)(?= |$)(?! {TN})", _reference),
        ("", r" (?:it|they)(?= |$)", _reference),
        ("", rf" (?:the|its|this)(?: {WORD}){{0,2}}? (?:network|streamer|broadcaster|cabler|net|channel|platform|streaming service|streaming giant|studio|netlet|company)(?= |$)", _reference),
        ("", r" (?:he|she)(?= |$)", lambda line, m, piece: Mention(Kind.PRONOUN, 0, 0, piece.strip(), piece.strip())),
    )
)


def reduce_line(line: Line) -> None:
    """Apply every rule once, in order, from the right end of the line to its left."""
    relational = any(word in line.text for word in ("quel", "spin", "shoot", "boot", "viv", "make", "imagin", "adapt", "follow", "redo"))
    for need, pattern, act in RULES:
        if (need == "rel" and not relational) or (need == "(" and "(" not in line.text):
            continue
        matches = [(m.start(), m.end()) for m in pattern.finditer(line.text)]
        changed = False
        for start, end in reversed(matches):
            piece = line.text[start:end]
            mention = act(line, _mentions(line, piece), piece)
            if mention is not None:
                line.replace(line.index(start), line.index(end - 1), mention)
                changed = True
        if changed:
            line.rebuild()
