"""The language of the pattern files: readable phrases compiled to regular expressions over `Line.text`.

    {network} (has|have)? renewed {title} for {season}

word          that word, in any case          (a|b c)      either           x?       x or nothing
{slot}        a mention of that kind          {slot:name}  the same, kept under a name of its own
<macro>       a named phrase (macros.toml)    ...          up to eight words of the same clause; `..`: no verb or title among them
^ $           the edge of a clause            \\( \\? …      the punctuation itself
=go           that word, and no verb group of it
[renews]      that verb, active, with its auxiliaries and adverbs; so [is renewed], [renewing], [not renew], [picks up | renews]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, block
from tradewatch.extract.numbers import CARDINALS
from tradewatch.extract.verbs import ARTICLES, verbs

SYMBOL = re.compile(
    r"\{(?P<slot>[a-z_]+)(?::(?P<key>[a-z_]+))?\}|<(?P<macro>[a-z_]+)>|\[(?P<verbs>[^\]]+)\]|(?P<gap>\.\.\.?)|(?P<op>[()|?*^$])"
    r"|\\(?P<escaped>.)|(?P<word>[^\s(){}<>\[\]|?*^$]+)"
)
SEPARATOR = r" (?:, and|, &|, plus|,|and|&|plus|as well as)"
WEAK = r"(?:to|in|on|for|with|is|are|at|from|by|me|you|it|my|your|us|not|up|out|who|what|how|i)"
MARKED, LOOSE, ANY = block(Kind.TITLE, Kind.REF), block(Kind.NAME), block(Kind.TITLE, Kind.NAME, Kind.REF)
WHO = block(Kind.PERSON, Kind.NAME, Kind.PRONOUN)
VERB = r"[a-z-]+/[ap](?= )"
NEAR_GAP = rf"(?: (?!{block(Kind.SEASON, Kind.EPISODES, Kind.TITLE)}|[a-z-]+/[aep]n? )[^ .,;:?!—–]+){{0,8}}?"
"""A gap without a verb or a work: what stands before it and after it belongs together."""
GAP = rf"(?: (?!{block(Kind.SEASON, Kind.EPISODES)}|{VERB})[^ .;:?!—–]+){{0,8}}?"
PLAIN = rf"(?:(?! (?:is|are|will|has|have|was) | {VERB})[^.;:?!—–{block(Kind.TITLE)[1:-1]}])"
"""A stretch without a verb or another work: a relative clause after it still speaks of the title before it."""
ASIDE = (
    rf"(?: \( [^()]{{0,80}} \))?(?: (?:starring|star/g|featuring|feature/g|from"
    rf"|with) {WHO}(?:{SEPARATOR} {WHO})*)?(?: , (?:(?:who|whose|which|where|whom) [^.;:?!—–]{{1,160}}?"
    rf"|(?:(?! {VERB})[^.;:?!—–]){{1,160}}?) ,(?! which ))?(?:(?: ,{PLAIN}{{1,80}})?(?: ,)? which"
    rf"(?= (?:will|is|are|returns|premieres|debuts|launches|opens|arrives)(?= )))?"
    rf"(?: (?:about|of|from|set/e|based|following|in which){PLAIN}{{1,140}}? ,(?= [a-z-]+/[aep] ))?"
)


AND_MORE = r"(?: (?:&|and|, and|,) more(?: (?:shows|series|originals|titles))?(?= |$))?"


FORMATS = "|".join(map(re.escape, sorted(lexicon().formats, key=len, reverse=True)))
GENRES = "|".join(map(re.escape, sorted(lexicon().genres, key=len, reverse=True)))


PART = rf" as(?: (?!{block(Kind.ROLE)})[^ ,.;:]+){{1,9}}?(?: , (?:who(?: [^ ,.;:]+){{1,15}}?|{WHO})(?= ;| , and ))?"
"""The character that a person plays, and what is said of it."""
TOLD_OF = r" , who(?: [^ ,.;:]+){1,15}?(?= , and )"
CREDIT = rf"(?: \( [^()]{{1,60}} \))?(?:{PART}|{TOLD_OF})?"
"""What may stand between the persons of a list: earlier work, the character."""


def _list_of(item: str) -> str:
    return rf"{item}(?:{SEPARATOR} {item})*{AND_MORE}"


HEAD_TITLE = rf"(?:{MARKED}|{LOOSE}(?: (?:for|to) {LOOSE})(?=$)|{LOOSE}(?: {WEAK} {LOOSE})*?)"
SLOTS = {
    "title": rf"(?:{block(Kind.REF)}|{_list_of(block(Kind.TITLE, Kind.NAME))})",
    "person": rf"{WHO}(?:(?:{CREDIT}{SEPARATOR}|{PART} ;(?: and)?) {WHO})*{AND_MORE}",
    "name": block(Kind.NAME, Kind.PERSON, Kind.TITLE),
    "network": block(Kind.NETWORK, Kind.NETREF),
    "who": block(Kind.NETWORK, Kind.NETREF, Kind.REF, Kind.NAME),
    "outlet": block(Kind.OUTLET, Kind.NETWORK),
    "season": rf"(?:(?:the|a|an|its|his|her|their) )?{_list_of(block(Kind.SEASON))}",
    "offshoot": block(Kind.TITLE),
    "episodes": block(Kind.EPISODES),
    "date": block(Kind.DATE),
    "role": block(Kind.ROLE),
    "act": block(Kind.ACT),
    "done": block(Kind.DONE),
    "ref": block(Kind.REF),
    "marked": block(Kind.TITLE),
    "listing": r"[^.?!]+",
    "speech": block(Kind.SPEECH),
    "count": block(Kind.AFTER),
    "relation": "(?:" + "|".join(map(re.escape, sorted(lexicon().relations, key=len, reverse=True))) + ")",
    "number": rf"(?:\d{{1,3}}|{'|'.join(CARDINALS)})",
    "work": rf"(?:{block(Kind.NETWORK)} (?:'s )?)?(?:(?:{FORMATS}) )*(?:(?:{GENRES}) )*(?:{GENRES})",
    "company": block(Kind.NETWORK, Kind.NETREF, Kind.NAME),
}
HEAD_SLOTS = SLOTS | {"title": _list_of(HEAD_TITLE), "name": rf"(?:{SLOTS['name']}|{LOOSE}(?: {WEAK} {LOOSE})*?)"}
SLOT_KINDS = {
    "title": (Kind.TITLE, Kind.NAME, Kind.REF),
    "person": (Kind.PERSON, Kind.NAME, Kind.PRONOUN),
    "name": (Kind.NAME, Kind.PERSON, Kind.TITLE),
    "network": (Kind.NETWORK, Kind.NETREF),
    "who": (Kind.NETWORK, Kind.NETREF, Kind.REF, Kind.NAME),
    "company": (Kind.NETWORK, Kind.NETREF, Kind.NAME),
    "season": (Kind.SEASON,),
    "episodes": (Kind.EPISODES,),
    "date": (Kind.DATE,),
    "role": (Kind.ROLE,),
    "act": (Kind.ACT,),
    "done": (Kind.DONE,),
    "ref": (Kind.REF,),
    "count": (Kind.AFTER,),
    "marked": (Kind.TITLE,),
    "listing": (Kind.TITLE, Kind.NAME),
    "offshoot": (Kind.TITLE,),
    "speech": (Kind.SPEECH,),
}
"""The kinds of mention that can fill a slot; a line that has none of them cannot match a phrase that needs the slot."""
SLOT_WORDS: dict[str, Need] = {"relation": frozenset(lexicon().relations), "work": lexicon().genres}
"""The words of which one fills a slot."""
EVERYWHERE = frozenset((Kind.TITLE, Kind.NAME, Kind.PERSON, Kind.PRONOUN, Kind.REF))
"""Kinds that hardly a sentence is without."""
Need = frozenset[str | Kind]
"""Words, phrases and kinds of mention, one of which must be there."""


EDGE = {"^": r"(?:^|(?<= [:;,—–|-])|(?<=[:;,—–|-]))", "$": r"(?= [.:;,—–|!)-]|$)"}


LED = r"[^ ]+-(?:created|led|starring|produced|hosted|backed|based)"
AFTER_TITLE = rf"(?= |$)(?! 's| rights| {block(Kind.TITLE)}| {LED}(?= |$))"
"""A title is none where it only tells whose the next words are."""
AFTER_HEAD_TITLE = rf"{AFTER_TITLE}(?! {LOOSE}(?= |$))"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled pattern: one expression for prose, one for headlines in capitals; `keys` says which group holds which slot."""

    in_prose: str
    in_headlines: str
    keys: dict[str, str]
    """Group name to slot key."""
    slots: dict[str, str]
    """Slot key to the slot's kind."""
    required: tuple[Need, ...]
    """A sentence that has not one of each set, in this order, cannot match."""
    heads: tuple[frozenset[str], ...]
    """Sets of words: a line's text, grouped where the phrase is, that has none of a set cannot match."""
    words: frozenset[str]
    grouped: bool
    """Whether it is to be found in a line's grouped text, because it uses verbs in brackets."""

    @property
    def prose(self) -> re.Pattern[str]:
        """The expression for prose."""
        return _compiled(self.in_prose)

    @property
    def headline(self) -> re.Pattern[str]:
        """The expression for headlines."""
        return _compiled(self.in_headlines)

    def fits(self, present: int) -> bool:
        """Whether a line with these kinds of mention can hold the phrase."""
        kinds = (need for need in self.required if all(isinstance(one, Kind) for one in need))
        return all(any(present >> kind & 1 for kind in need if isinstance(kind, Kind)) for need in kinds)

    def is_worded(self, words: frozenset[str]) -> bool:
        """Whether a text of these words can hold the phrase."""
        return not any(map(words.isdisjoint, self.heads))


Exact = frozenset[str] | None
"""All that a part of a phrase can say, where it is but words; None where it holds slots or gaps."""
START: frozenset[str] = frozenset({""})
MOST = 400
"""How many wordings of one part are kept apart."""


class PhraseError(ValueError):
    """A phrase is not well formed; the message quotes it."""


class _Parser:
    """Recursive descent over the symbols of one phrase."""

    def __init__(self, phrase: str, macros: dict[str, str], *, grouped: bool = False) -> None:
        self.phrase, self.macros = phrase, macros
        self.grouped = grouped or _is_grouped(phrase, macros)
        self.symbols = list(SYMBOL.finditer(phrase))
        self.at = 0
        self.keys: dict[str, str] = {}
        self.slots: dict[str, str] = {}
        self.words: set[str] = set()
        self.required: list[Need] = []

    def parse(self) -> tuple[str, str]:
        """The expressions for prose and for headlines."""
        prose, headline, exact = self._sequence(required=True)
        if exact:
            self.required.append(exact)
        if self.at < len(self.symbols):
            raise PhraseError(f"unbalanced parenthesis in {self.phrase!r}")
        return prose, headline

    def _sequence(self, *, required: bool) -> tuple[str, str, Exact]:
        """The expressions, and all that the sequence can say where it is but words; else its words, run by run, are required."""
        prose = headline = ""
        exact: Exact = START
        run = START
        while self.at < len(self.symbols) and self.symbols[self.at]["op"] not in (")", "|"):
            before = len(self.required)
            a, b, words = self._item(required=required)
            prose, headline = prose + a, headline + b
            longer = _joined(run, words)
            if words is None or longer is None:
                exact = None
                self._require(run, before)
            run = longer or words or START
        if exact is None:
            self._require(run)
        return prose, headline, exact and run

    def _require(self, need: Need, at: int | None = None) -> None:
        """Note a need, in the order of the phrase: at the end, or before what was noted since."""
        if "" not in need:
            self.required.insert(len(self.required) if at is None else at, need)

    def _item(self, *, required: bool) -> tuple[str, str, Exact]:
        symbol = self.symbols[self.at]
        optional = self._is_optional()
        self.at += 1
        a, b, words = self._atom(symbol, required=required and not optional)
        if (sign := self._peek()) in ("?", "*"):
            self.at += 1
            often = "?" if sign == "?" else "{0,4}"
            return f"(?:{a}){often}", f"(?:{b}){often}", words | START if words and sign == "?" else None
        return a, b, words

    def _is_optional(self) -> bool:
        """Whether the item that starts here may be left out."""
        depth = 0
        for i in range(self.at, len(self.symbols)):
            depth += {"(": 1, ")": -1}.get(self.symbols[i]["op"] or "", 0)
            if depth == 0:
                return i + 1 < len(self.symbols) and self.symbols[i + 1]["op"] in ("?", "*")
        return False

    def _peek(self) -> str | None:
        return self.symbols[self.at]["op"] if self.at < len(self.symbols) else None

    def _atom(self, symbol: re.Match[str], *, required: bool) -> tuple[str, str, Exact]:
        if symbol["slot"]:
            return *self._slot(symbol["slot"], symbol["key"] or symbol["slot"], required=required), None
        if symbol["macro"]:
            return self._macro(symbol["macro"], required=required)
        if symbol["verbs"]:
            return self._verbs(symbol["verbs"], required=required)
        if symbol["gap"]:
            gap = GAP if symbol["gap"] == "..." else NEAR_GAP
            return gap, gap, None
        if symbol["op"] == "(":
            return self._group(required=required)
        if symbol["op"] in EDGE:
            edge = EDGE[symbol["op"]]
            return edge, edge, None
        if symbol["op"]:
            raise PhraseError(f"stray {symbol['op']!r} in {self.phrase!r}")
        return self._word(symbol["escaped"] or symbol["word"], required=required)

    def _word(self, word: str, *, required: bool) -> tuple[str, str, Exact]:
        low, plain = word.lower().removeprefix("="), word.startswith("=")
        if low.isalnum() or "-" in low or "'" in low:
            self.words.add(low)
        if self.grouped and low in ARTICLES:
            return "", "", None
        bases = verbs().forms.get(low) if self.grouped and not plain else None
        folded = f"(?:{re.escape(low)}|(?:{_any(bases)})/[aepg])" if bases else re.escape(low)
        if bases and required:
            self._require(frozenset([low, *(f"{base}/{voice}" for base in bases for voice in "aepg")]))
        piece = f" {folded}(?= |$)"
        return piece, piece, None if bases else frozenset({low})

    def _verbs(self, choices: str, *, required: bool) -> tuple[str, str, Exact]:
        """Verb groups, each with the words that belong to the verb ("picks up")."""
        pieces, wordings = [], set[str]()
        for choice in choices.split("|"):
            marker, form, *tail = choice.split() if choice.split()[0] in ("is", "not") else ("", *choice.split())
            bases = verbs().forms.get(form)
            if bases is None:
                raise PhraseError(f"unknown verb {form!r} in {self.phrase!r}; add it to verbs.toml")
            voices = _voices(marker, frozenset[str]().union(*bases.values()))
            folded = [f"{base}/{voice}" for base in bases for voice in voices] + [form] * (voices == ACTIVE and form.endswith("s"))
            rest = "".join(f" {word}" for word in tail if word not in ARTICLES)
            pieces.append(f"(?:{_any(folded)}){re.escape(rest)}")
            wordings |= {word + rest for word in folded}
            own = frozenset[str]().union(*(verbs().of(base) for base in bases))
            self.words |= own | set(tail)
        if required:
            self._require(frozenset(wordings))
        piece = f" (?:{'|'.join(pieces)})(?= |$)"
        return piece, piece, None

    def _slot(self, slot: str, key: str, *, required: bool) -> tuple[str, str]:
        if slot not in SLOTS:
            raise PhraseError(f"unknown slot {{{slot}}} in {self.phrase!r}; known: {', '.join(SLOTS)}")
        if required and slot in SLOT_KINDS:
            self._require(frozenset(SLOT_KINDS[slot]))
        if required and slot in SLOT_WORDS:
            self._require(SLOT_WORDS[slot])
        group = f"{key}__{len(self.keys)}"
        self.keys[group] = key
        self.slots[key] = slot
        aside = ASIDE if slot in ("title", "person") and self.at < len(self.symbols) else ""
        edge, head = (AFTER_TITLE, AFTER_HEAD_TITLE) if slot == "title" else (r"(?= |$)", r"(?= |$)")
        return f" (?P<{group}>{SLOTS[slot]}){edge}{aside}", f" (?P<{group}>{HEAD_SLOTS[slot]}){head}{aside}"

    def _macro(self, name: str, *, required: bool) -> tuple[str, str, Exact]:
        if name not in self.macros:
            raise PhraseError(f"unknown macro <{name}> in {self.phrase!r}")
        return self._nested(f"({self.macros[name]})", required=required)

    def _nested(self, phrase: str, *, required: bool) -> tuple[str, str, Exact]:
        inner = _Parser(phrase, self.macros)
        inner.keys, inner.slots, inner.grouped = self.keys, self.slots, self.grouped
        inner.at = 1
        a, b, words = inner._group(required=required)
        self.words |= inner.words
        self.required += inner.required
        return a, b, words

    def _group(self, *, required: bool) -> tuple[str, str, Exact]:
        """Alternatives up to the closing parenthesis; where each of them needs something, one of these is required."""
        choices: list[tuple[str, str, Exact]] = []
        outer = self.required
        branches: list[list[Need]] = []
        while True:
            self.required = []
            choices.append(self._sequence(required=True))
            branches.append([*self.required, *([exact] if (exact := choices[-1][2]) else [])])
            if self.at >= len(self.symbols):
                raise PhraseError(f"unbalanced parenthesis in {self.phrase!r}")
            closing = self.symbols[self.at]["op"]
            self.at += 1
            if closing == ")":
                break
        self.required = outer
        exacts = [exact for *_, exact in choices]
        words = None if None in exacts else frozenset[str]().union(*(exact for exact in exacts if exact))
        if required and len(branches) == 1:
            self.required += branches[0] if words is None else []
        elif required and words is None and all(branches):
            self.required += _needed_in_each(branches)
        return "(?:" + "|".join(a for a, *_ in choices) + ")", "(?:" + "|".join(b for _, b, _ in choices) + ")", words


def _joined(before: frozenset[str], after: Exact) -> Exact:
    """Every word or phrase of one set followed by every one of another; None where these are too many."""
    if after is None or len(before) * len(after) > MOST:
        return None
    return frozenset(f"{a} {b}".strip() for a in before for b in after)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


ACTIVE = ("a", "e")


def _voices(marker: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """What a folded verb may end with where a pattern writes it in this form."""
    if marker == "not":
        return ("an", "en", "pn", "gn")
    if marker == "is":
        return ("p", "e")
    return ("g",) if kinds == {"g"} else ACTIVE


def _unfolded(need: Need) -> Need:
    """A need as a text prints it: a folded verb in each of the forms that its voice can have."""
    printed = set[str | Kind](one for one in need if isinstance(one, Kind))
    for wording in _wordings(need):
        verb, space, rest = wording.partition(" ")
        base, folded, voice = verb.partition("/")
        forms = verbs().of(base, KINDS_OF_VOICE.get(voice[:1], "bseg")) if folded else (verb,)
        printed |= {form + space + rest for form in forms}
    return frozenset(printed)


KINDS_OF_VOICE = {"p": "e", "e": "e", "g": "ge"}
"""The kinds of form that a voice can have; active groups have any. "Being renewed" is a gerund."""


def _is_grouped(phrase: str, macros: dict[str, str]) -> bool:
    """Whether a phrase, or a macro that it uses, names verbs in brackets."""
    return "[" in phrase or any(_is_grouped(macros.get(name, ""), macros) for name in re.findall(r"<([a-z_]+)>", phrase))


COMMON = frozenset(
    [
        "a", "an", "the", "of", "and", "or", "to", "for", "from", "in", "on", "at", "by", "with", "as", "is", "are", "was", "were", "be",
        "been", "has", "have", "had", "its", "it", "will", "not", "that", "this", "'s", ",", "after", "also",
    ]
)  # fmt: skip


def _wordings(need: Need) -> list[str]:
    return [one for one in need if isinstance(one, str)]


def _needed_in_each(branches: list[list[Need]]) -> list[Need]:
    """What is needed whichever branch holds: as many needs as the branch with the fewest has, the rarest of each, in order."""
    fewest = min(map(len, branches))
    return [frozenset[str | Kind]().union(*needs) for needs in zip(*(_rarest(needs, fewest) for needs in branches), strict=True)]


def _rarest(needs: list[Need], count: int) -> list[Need]:
    """The needs that the fewest lines should meet, in order: none of common words or kinds, then the longest phrases, then the fewest."""

    def commonness(number: int) -> tuple[bool, bool, int, int, int]:
        need, words = needs[number], _wordings(needs[number])
        longest, shortest = min((word.count(" ") for word in words), default=0), min(map(len, words), default=0)
        return bool(need & EVERYWHERE), bool(need & COMMON), -longest, len(need), -shortest

    return [needs[number] for number in sorted(sorted(range(len(needs)), key=commonness)[:count])]


def compile_phrase(phrase: str, macros: dict[str, str], *, grouped: bool = False) -> Phrase:
    """A phrase as expressions, over the grouped text if `grouped` or if it names verbs; raises PhraseError where it is not well formed."""
    parser = _Parser(phrase, macros, grouped=grouped)
    prose, headline = parser.parse()
    required, words = tuple(map(_unfolded, parser.required)), frozenset(parser.words)
    slots = SLOT_WORDS.values()  # whose words may be two in a text and one in a line
    said = [wordings for need in parser.required if len(wordings := _wordings(need)) == len(need) and need not in slots]
    heads = tuple(frozenset(wording.split(" ", 1)[0] for wording in wordings) for wordings in said)
    return Phrase(prose, headline, parser.keys, parser.slots, required, heads, words, parser.grouped)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when it is first needed: hundreds of patterns take seconds, and most documents need a few."""
    return re.compile(expression)
