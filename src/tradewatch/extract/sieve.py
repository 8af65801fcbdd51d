"""The sieve: from a sentence's bare words, the patterns that it may hold; a sentence that can hold none need not be read closely.

Every pattern has requirements: sets of words and phrases of which one must be there, and kinds of mention of which one must be there. One
automaton finds them all; each hit gives a number with a bit for every requirement that it meets, and `and` over the requirements leaves
the patterns. The sieve lets too much through, never too little: it knows the words that, say, no season goes without, not the season.
"""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from tradewatch.extract.dates import ANCHORS
from tradewatch.extract.language import COMMON, Need
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind
from tradewatch.extract.patterns import Pattern
from tradewatch.extract.verbs import ARTICLES
from tradewatch.types import FIELDS, Field

MARKS = ":—–•…®™¡¿·«»"
"""Marks that patterns use, and others outside ASCII: words of their own."""
SPACES = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != ":")
BLANKED = bytes.maketrans(SPACES, b" " * len(SPACES))
"""What stands between words."""
DEPTH = 5
"""How many requirements of a pattern count: the rarest."""
SEASONS = [
    "season", "seasons", "series", "run", "runs", "outing", "outings", "cycle", "cycles", "instalment", "instalments", "installment",
    "installments", "batch", "round", "chapter", "chapters",
] + [f"s{n}" for n in range(100)]  # fmt: skip
EPISODES = [
    "episode", "episodes", "eps", "episodic", "part", "parts", "chapter", "chapters", "instalment", "instalments", "installment",
    "installments", "hours",
]  # fmt: skip
NETWORKS = ["network", "streamer", "broadcaster", "cabler", "net", "channel", "platform", "studio", "netlet", "company", "giant", "service"]


def _key(text: str) -> str:
    """Lower-case text as words of letters and digits parted by single spaces, without articles; texts and requirements alike."""
    for mark in MARKS:
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    words = text.encode("utf-8", "replace").translate(BLANKED).decode().split()
    return " ".join([word for word in words if word not in ARTICLES])


def _kind_words() -> dict[Kind, Iterable[str]]:
    words = lexicon()
    dates = [word for anchors in ANCHORS.values() for word in anchors]
    return {
        Kind.SEASON: SEASONS, Kind.AFTER: SEASONS, Kind.EPISODES: EPISODES, Kind.DATE: dates, Kind.NETREF: NETWORKS,
        Kind.ROLE: words.roles | words.acts, Kind.ACT: words.acts, Kind.DONE: words.dones,
    }  # fmt: skip


NEEDS: dict[Kind, frozenset[str]] = {kind: frozenset(map(_key, words)) for kind, words in _kind_words().items()}
"""Kinds of mention to the words of which each needs one."""
FOUND = frozenset((Kind.NETWORK, Kind.OUTLET, Kind.SPEECH))
"""Kinds that are found in the whole text before its sentences are read."""
ANYWHERE = frozenset(Kind) - NEEDS.keys() - FOUND


class Sieve:
    """Compiled once from all patterns."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        met: dict[str | Kind, int] = {}
        for kind, words in NEEDS.items():
            _add(met, words, 1 << kind)
        for kind in FOUND:
            _add(met, (kind,), 1 << kind)
        _add(met, map(_key, lexicon().genres | lexicon().relations.keys()), 1 << Kind.REF)
        self._always = 0
        for number, pattern in enumerate(self.patterns):
            asked = _requirements(pattern)
            for level in range(DEPTH):
                bit = 1 << len(Kind) + level * len(self.patterns) + number
                if level < len(asked):
                    _add(met, asked[level], bit)
                else:
                    self._always |= bit
        self._fields = {field: met.get(_sign_of(field), 0) for field in FIELDS}
        self._kinds = [met.get(kind, 0) for kind in Kind]
        self._fit: dict[int, int] = {}
        """Kinds of mention, a bit each, to the patterns that need no other."""
        self._words = ahocorasick.Automaton()
        for key, bits in met.items():
            if isinstance(key, str) and not key.startswith(FIELD):
                self._words.add_word(f" {key} ", bits)
        self._words.make_automaton()

    def signs(self, low: str, field: Field, kinds: Iterable[Kind] = ()) -> int:
        """What a sentence in lower case, its field and the kinds found in it meet: a bit each for kinds and requirements."""
        met = self._always | self._fields[field]
        for _, bits in self._words.iter(f" {_key(low)} "):
            met |= bits
        for kind in kinds:
            met |= self._kinds[kind]
        return met

    def let_through(self, signs: int) -> int:
        """The patterns whose every requirement is met, a bit each."""
        left = (1 << len(self.patterns)) - 1
        signs >>= len(Kind)
        for _ in range(DEPTH):
            left &= signs
            signs >>= len(self.patterns)
        return left

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


FIELD = "@"


def _sign_of(field: str) -> str:
    """What stands for a field among the words: "headline" is a verb of the trade as well."""
    return FIELD + field


def _add(met: dict[str | Kind, int], keys: Iterable[str | Kind], bits: int) -> None:
    for key in keys:
        met[key] = met.get(key, 0) | bits


def _requirements(pattern: Pattern) -> list[frozenset[str | Kind]]:
    """Sets of keys of which each must be met by one; the rarest first."""
    needs = [*pattern.phrase.required, frozenset(pattern.with_any)] + [frozenset((Kind.ROLE,))] * ("person_roles" in pattern.needs)
    expanded = [_expanded(need) for need in needs if need and not need & ANYWHERE]
    found = sorted((keys for keys in dict.fromkeys(expanded) if "" not in keys), key=_commonness)
    return [*([frozenset[str | Kind](map(_sign_of, pattern.fields))] if pattern.fields else []), *found][:DEPTH]


def _expanded(need: Need) -> frozenset[str | Kind]:
    """The keys of a need: words as texts have them, kinds that are found beforehand, and for other kinds the words that these need."""
    words = {_key(one) for one in need if isinstance(one, str)}
    kinds = {one for one in need if isinstance(one, Kind)}
    return frozenset(words.union(*(NEEDS[kind] for kind in kinds & NEEDS.keys()), kinds & FOUND))


def _commonness(keys: frozenset[str | Kind]) -> tuple[bool, int, int]:
    """How many sentences should have one of them: those with common words first of all, else as there are many and short ones."""
    words = [key for key in keys if isinstance(key, str)]
    return bool(keys & COMMON), -min(map(len, words), default=0), len(keys)
