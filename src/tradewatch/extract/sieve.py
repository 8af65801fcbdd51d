"""The sieve: from a sentence's bare words, the patterns that it may hold; a sentence that can hold none need not be read closely.

Every pattern has steps: sets of words, phrases and kinds of mention, one of each of which a sentence must have, in this order. One
automaton finds the words of all patterns; a number with a bit for each step of each pattern tells how far every pattern has come: a word
takes all that wait for it one step on, at once. The sieve lets too much through, never too little: it knows the words that, say, no season
goes without, not the season; and that a name has a capital.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import accumulate

import ahocorasick

from tradewatch.extract.dates import ANCHORS
from tradewatch.extract.language import COMMON, Need
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind
from tradewatch.extract.numbers import ORDINALS, SCHOOL
from tradewatch.extract.patterns import Pattern
from tradewatch.extract.verbs import ARTICLES
from tradewatch.types import FIELDS, Field

MARKS = "—–•…®™¡¿·«»"
"""Marks that patterns use, and others outside ASCII: words of their own."""
PLAIN_MARKS = ":*"
HYPHEN = "‐"
LONE_HYPHEN = re.compile(r"(?<!\w)-|-(?!\w)")
"""One that parts no word: it begins an item of a list."""
SPACES = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) not in PLAIN_MARKS)
BLANKED = bytes.maketrans(SPACES, b" " * len(SPACES))
"""What stands between words."""
DEPTH = 4
"""How many steps of a pattern count: the rarest."""
KINDS = len(Kind)
ASIDES = 3
"""How many needs count that may be met anywhere."""
SEASONS = [
    "season", "seasons", "series", "run", "runs", "outing", "outings", "cycle", "cycles", "instalment", "instalments", "installment",
    "installments", "batch", "round", "chapter", "chapters",
] + [f"s{n}" for n in range(100)]  # fmt: skip
DIGITS = [f"{n}{ending}" for n in range(1, 100) for ending in ("st", "nd", "rd", "th")]
EPISODES = [
    "episode", "episodes", "eps", "episodic", "part", "parts", "chapter", "chapters", "instalment", "instalments", "installment",
    "installments", "hours", "x", *[f"{n}x{length}" for n in range(1, 61) for length in (15, 30, 45, 50, 60, 75, 90)],
]  # fmt: skip
NETWORKS = ["network", "streamer", "broadcaster", "cabler", "net", "channel", "platform", "studio", "netlet", "company", "giant", "service"]


def _split(text: str) -> list[str]:
    """A text's words of letters and digits; marks that count are words too. Texts and requirements alike."""
    for mark in PLAIN_MARKS:
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    if "-" in text:
        text = LONE_HYPHEN.sub(f" {HYPHEN} ", text)
    if text.isascii():
        return text.encode().translate(BLANKED).decode().split()
    for mark in MARKS:
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    return text.encode("utf-8", "replace").translate(BLANKED).decode().split()


def _key(text: str) -> str:
    """Lower-case words parted by single spaces, without articles."""
    return " ".join([word for word in _split(text) if word not in ARTICLES])


def _kind_words() -> dict[Kind, Iterable[str]]:
    words = lexicon()
    dates = [word for anchors in ANCHORS.values() for word in anchors]
    return {
        Kind.SEASON: SEASONS, Kind.AFTER: SEASONS, Kind.EPISODES: EPISODES, Kind.DATE: dates, Kind.NETREF: NETWORKS,
        Kind.ROLE: words.roles | words.acts, Kind.ACT: words.acts, Kind.DONE: words.dones,
    }  # fmt: skip


SIGNS: dict[Kind, frozenset[str]] = {kind: frozenset(map(_key, words)) for kind, words in _kind_words().items()}
"""Kinds of mention to the words of which each needs one, as `Span.may_hold` tells."""


def _at_its_place() -> dict[Kind, frozenset[str]]:
    """What stands in a mention where its sign may stand elsewhere ("a season, and a third"), and what may stand for a title or a person
    without being a name: "it", "the drama", "a spin-off", "the actress"."""
    words = lexicon()
    works, relations = map(_key, words.genres), frozenset(map(_key, words.relations))
    return {
        Kind.SEASON: SIGNS[Kind.SEASON].union(map(_key, [*ORDINALS, *SCHOOL, *DIGITS, "another"])),
        Kind.TITLE: relations,
        Kind.REF: relations.union(works, ["it", "they", "both", "neither"]),
        Kind.PRONOUN: SIGNS[Kind.ROLE].union(map(_key, words.people), ["he", "she"]),
    }


NEEDS = SIGNS | _at_its_place()
"""Kinds of mention to words that can make one, a name aside."""
NAMES = frozenset((Kind.TITLE, Kind.NAME, Kind.PERSON))
"""Kinds that a name can be; `Kind.NAME` stands for them all."""
FOUND = frozenset((Kind.NETWORK, Kind.OUTLET, Kind.SPEECH))
"""Kinds that are found in the whole text before its sentences are read."""


class Sieve:
    """Compiled once from all patterns."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        count = self._count = len(self.patterns)
        met: dict[str | Kind, int] = {}
        steps: dict[str | Kind, int] = {}
        for kind, words in SIGNS.items():
            _add(met, words, 1 << kind)
        for kind in FOUND:
            _add(met, (kind,), 1 << kind)
        _add(met, map(_key, lexicon().genres | lexicon().relations.keys()), 1 << Kind.REF)
        self._always = self._begun = 0
        self._fields = dict.fromkeys(FIELDS, 0)
        for number, pattern in enumerate(self.patterns):
            anywhere, in_order = _requirements(pattern)
            for level in range(ASIDES):
                bit = 1 << KINDS + level * count + number
                if level < len(anywhere):
                    _add(met, anywhere[level], bit)
                else:
                    self._always |= bit
            for level, keys in enumerate(in_order, DEPTH - len(in_order)):
                _add(steps, keys, 1 << level * count + number)
            self._begun |= 1 << (DEPTH - len(in_order)) * count + number
            for field in FIELDS:
                self._fields[field] |= (not pattern.fields or field in pattern.fields) << number
        self._kinds = [met.get(kind, 0) for kind in Kind]
        self._name = met.get(Kind.NAME, 0), steps.get(Kind.NAME, 0)
        self._fit: dict[int, int] = {}
        """Kinds of mention, a bit each, to the patterns that need no other."""
        self._words = ahocorasick.Automaton()
        for key in dict.fromkeys((*met, *steps)):
            if isinstance(key, str):
                self._words.add_word(f" {key} ", (met.get(key, 0), steps.get(key, 0)))
        self._words.make_automaton()

    def sift(self, text: str, field: Field, kinds: Iterable[Kind] = (), named: Collection[str] = ()) -> tuple[int, int]:
        """What a sentence, as printed but for its quotations, may hold: the kinds of mention and the patterns, a bit each.

        `kinds` are those found in it before, `named` the words of which titles without a capital of their own are made.
        """
        words = _split(text)
        first = bool(words) and words[0] in SMALL and words[0].lower() not in named and text.startswith(words[0]) and field != "headline"
        words = [word for word in words if word not in ARTICLES_AS_PRINTED]
        places = self._words.iter(f" {' '.join(words)} ".lower())
        ends = accumulate([len(word) + 1 for word in words])
        names = [end for end, word in zip(ends, words, strict=True) if not word.islower() and _may_name(word, named)]
        count, signs, state = self._count, self._always, self._begun
        for kind in kinds:
            signs |= self._kinds[kind]
        for _, (sign, step) in sorted([*places, *((end, self._name) for end in names[first:])]):
            signs |= sign
            state |= (state & step) << count
        left = state >> DEPTH * count & self._fields[field]
        for level in range(ASIDES):
            left &= signs >> KINDS + level * count
        return signs, left

    def fitting(self, left: int, present: int) -> list[Pattern]:
        """Those of the patterns let through that a line with these kinds of mention can hold, in order."""
        fit = self._fit.get(present)
        if fit is None:
            fit = sum(1 << number for number, pattern in enumerate(self.patterns) if pattern.phrase.fits(present))
            self._fit[present] = fit
        left &= fit
        kept = []
        while left:
            lowest = left & -left
            kept.append(self.patterns[lowest.bit_length() - 1])
            left ^= lowest
        return kept


ARTICLES_AS_PRINTED = frozenset(form for word in ARTICLES for form in (word, word.capitalize(), word.upper()))
SMALL = frozenset(word.capitalize() for word in lexicon().small - ARTICLES)
"""A sentence's first word that is one of these is no name by itself."""
NO_NAMES = frozenset(MARKS + PLAIN_MARKS + HYPHEN) - {"…"}
"""The ellipsis stands for a quotation, which may be a title."""


def _may_name(word: str, named: Collection[str]) -> bool:
    """Whether a word that is not in lower case may be part of a name; numbers are none unless a title is one."""
    return word not in NO_NAMES and (not word.isdigit() or word in named)


def _add(met: dict[str | Kind, int], keys: Iterable[str | Kind], bits: int) -> None:
    for key in keys:
        met[key] = met.get(key, 0) | bits


Keys = frozenset[str | Kind]


def _requirements(pattern: Pattern) -> tuple[list[Keys], list[Keys]]:
    """Sets of keys of which each must be met by one: those that may be met anywhere, and those in the order of the phrase; the rarest."""
    steps = [keys for need in pattern.phrase.required if "" not in (keys := _expanded(need))]
    others: list[Need] = [frozenset(pattern.with_any), frozenset((Kind.ROLE,) if "person_roles" in pattern.needs else ())]
    anywhere = [*(keys for keys in steps if keys & FOUND), *map(_expanded, filter(None, others))]
    in_order = [keys for keys in steps if not keys & FOUND]
    chosen = sorted(sorted(range(len(in_order)), key=lambda number: _commonness(in_order[number]))[:DEPTH])
    return sorted(dict.fromkeys(anywhere), key=_commonness)[:ASIDES], [in_order[number] for number in chosen]


def _expanded(need: Need) -> Keys:
    """The keys of a need: words as texts have them, kinds that are found beforehand, and for other kinds the words that these need."""
    words = {_key(one) for one in need if isinstance(one, str)}
    kinds = {one for one in need if isinstance(one, Kind)}
    names = {Kind.NAME} if kinds & NAMES else set[Kind]()
    return frozenset(words.union(*(NEEDS[kind] for kind in kinds & NEEDS.keys()), kinds & FOUND, names))


def _commonness(keys: Keys) -> tuple[bool, bool, int, int]:
    """How many sentences should have one of them: names and common words first of all, else as there are many and short ones."""
    words = [key for key in keys if isinstance(key, str)]
    return Kind.NAME in keys, bool(keys & COMMON), -min(map(len, words), default=0), len(keys)
