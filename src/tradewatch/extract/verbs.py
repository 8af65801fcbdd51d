"""Verb groups: a verb of the trade with its auxiliaries and adverbs becomes one word of the line's grouped text.

"has now officially been renewed" is `renew/p`, "is set to renew" `renew/a`, "renewing" `renew/g`, a bare "renewed" `renew/e`: active or
passive, as what stands around it decides. "opted not to renew" is `renew/an`: a verb that is denied ends in n.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import VERB, Grouped, Kind, Line

DETERMINERS = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "this", "that", "our", "another", "no", "any", "each", "every", "some", "'s"]
)
BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "'re", "isn't", "wasn't", "aren't", "weren't"])
HAVE = frozenset(["has", "have", "had", "having", "'ve", "hasn't", "haven't", "hadn't"])
GET = frozenset(["gets", "get", "got", "getting"])
SUBJECTS = frozenset([Kind.TITLE, Kind.NAME, Kind.PERSON, Kind.NETWORK, Kind.REF, Kind.NETREF, Kind.PRONOUN, Kind.OUTLET, Kind.SEASON])
OWNERS = frozenset(["its", "his", "her", "their"])
"""A past form before one of these is active: "renewed its deal"."""
DECISIONS = frozenset(["opted", "opts", "decided", "decides", "chose", "chosen", "elected"])
ARTICLES = frozenset(["the", "a", "an"])
"""Left out of the grouped text: patterns that use verbs in brackets need not name them."""
AFTER_SUBJECT = frozenset(["who", "which", "that", "and", ")", ",", "also", ":", ";", "—", "–", "-", "|", "'"])
"""What stands right before a verb that has no auxiliary; before a noun of the same form stands something else."""
WEEK = frozenset(["week", "morning", "afternoon", "evening", "month"])
AHEAD = frozenset(["will", "to", "'ll"])
LONGEST_LINK = 6


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs that patterns may use, and what may stand in their groups."""

    forms: dict[str, dict[str, frozenset[str]]]
    """Form to what it may be: base to its kinds, of b(ase), s, e (past or participle) and g(erund)."""
    adverbs: frozenset[str]
    auxiliaries: frozenset[str]
    negations: frozenset[str]
    denials: frozenset[str]
    """Words of a decision not to do something."""
    links: re.Pattern[str]
    refusals: re.Pattern[str]

    def of(self, base: str, kinds: str = "bseg") -> frozenset[str]:
        """Every form of a verb that can be of one of these kinds."""
        return frozenset(form for form, bases in self.forms.items() if not bases.get(base, NO_KINDS).isdisjoint(kinds))


NO_KINDS: frozenset[str] = frozenset()


@cache
def verbs() -> Verbs:
    """The verbs that ship with the package."""
    data: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("verbs.toml").read_text("utf-8"))
    forms: dict[str, dict[str, frozenset[str]]] = {}
    for base in dict.fromkeys(data["verbs"]):
        for form, kind in _inflected(base, data["irregular"].get(base), doubled=base in data["doubled"]["verbs"]):
            known = forms.setdefault(form, {})
            known[base] = known.get(base, frozenset()) | {kind}
    group = data["group"]
    return Verbs(
        forms,
        frozenset(group["adverbs"]),
        frozenset(group["auxiliaries"]),
        frozenset(group["negations"]),
        frozenset(group["negations"]) | DECISIONS | frozenset(word for phrase in group["refusals"] for word in phrase.split()),
        _ending(group["links"]),
        _ending(group["refusals"]),
    )


def break_words() -> frozenset[str]:
    """Words of the trade: in a headline they end a name, and in prose they say nothing of a work that they stand before."""
    return (frozenset(verbs().forms) | lexicon().breaks) - lexicon().title_words


def _ending(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})$")


def _inflected(base: str, irregular: list[str] | None, *, doubled: bool) -> Iterator[tuple[str, str]]:
    """The forms of a verb with their kinds."""
    stem = base + base[-1] if doubled else base.removesuffix("e") if base.endswith("e") and not base.endswith("ee") else base
    yield base, "b"
    yield (re.sub(r"(?<=[^aeiou])y$", "ie", base) + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", base) else "s")), "s"
    own = [form for form in irregular or () if form.endswith("ing")]
    yield from ((form, "g") for form in own or [f"{stem}ing"])
    past = [form for form in irregular or () if not form.endswith("ing")] or [re.sub(r"(?<=[^aeiou])y$", "i", stem) + "ed"]
    yield from ((form, "e") for form in past)


def group(line: Line) -> Grouped:
    """A line with its verb groups folded and its articles left out; which of the verbs tell of the past."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    past: set[int] = set()
    ahead: set[int] = set()
    forms = verbs().forms
    for i, token in enumerate(line.tokens):
        first, key = i, token.key
        if key in ARTICLES:
            continue
        if key in forms or key in line.mentions:
            first, key = _head(line, i) or (first, key)
        while places and places[-1][0] >= first:
            words.pop()
            places.pop()
            past.discard(len(words))
            ahead.discard(len(words))
        words.append(key)
        places.append((first, i))
        if VERB.search(key) and _is_past(line, first, i):
            past.add(len(words) - 1)
        elif first < i and _is_ahead(line, first, i):
            ahead.add(len(words) - 1)
    return Grouped("".join([f" {word}" for word in words]), tuple(places), frozenset(past), frozenset(ahead), frozenset(words))


PAST = frozenset(["was", "were", "had", "did", "would", "didn't", "wasn't", "weren't", "hadn't"])


def _is_past(line: Line, first: int, i: int) -> bool:
    """Whether a verb group tells of the past and no more: "renewed", "was renewed", "had renewed"; not "has renewed"."""
    words = [token.key for token in line.tokens[first:i]]
    finite = next((word for word in words if word in verbs().auxiliaries), None)
    if finite:
        return finite in PAST or {"having", "been"}.issubset(words)
    kinds = _kinds(line.tokens[i].key)
    following = line.tokens[i + 1].key if i + 1 < len(line.tokens) else ""
    return "e" in kinds and "b" not in kinds and following != "by" and not _shares_perfect(line, first)


def _shares_perfect(line: Line, first: int) -> bool:
    """Whether a bare participle goes on with a perfect before it: "has renewed Vale and ordered Dawn"."""
    before = [token.key for token in line.tokens[:first]]
    return not {"and", "while", "but"}.isdisjoint(before[-8:]) and not {"has", "have"}.isdisjoint(before)


TO_COME = frozenset(["will", "'ll", "to", "being"])


def _is_ahead(line: Line, first: int, i: int) -> bool:
    """Whether a verb group tells of what is to come, or is under way: "will star", "has been tapped to star", "being directed"."""
    words = {token.key for token in line.tokens[first:i]}
    return not words.isdisjoint(TO_COME) and words.isdisjoint(PAST)


def _head(line: Line, i: int) -> tuple[int, str] | None:
    """Where the group of the verb at token `i` begins, and its word; None where the token is no verb."""
    key = line.tokens[i].key
    mention = line.mentions.get(key)
    if mention and mention.kind in (Kind.ACT, Kind.DONE):
        first, _, _ = _before(line, i)
        return first, key
    bases = verbs().forms.get(key)
    if bases is None:
        return None
    first, auxiliaries, denied = _before(line, i)
    base, voice = _voice(bases, auxiliaries)
    if voice == "e" and i + 1 < len(line.tokens) and line.tokens[i + 1].key in OWNERS:
        voice = "a"
    if not voice or (not auxiliaries and key in lexicon().formats) or (not auxiliaries and not _stands_as_verb(line, first, i, voice)):
        return None
    return first, f"{base}/{'a' if voice in 'bs' else voice}{'n' if denied else ''}"


def _voice(bases: dict[str, frozenset[str]], auxiliaries: list[str]) -> tuple[str, str]:
    """The verb meant, and its voice: a(ctive), p(assive), g(erund), e(ither), or b and s where nothing stands before it."""
    base, kinds = next(iter(bases.items()))
    last = auxiliaries[-1] if auxiliaries else ""
    if auxiliaries[:1] == ["being"]:
        return base, "g"
    if last in BE or last in GET:
        return base, "p" if "e" in kinds else "a" if "g" in kinds else ""
    if last in HAVE:
        return base, "a" if "e" in kinds else ""
    if last:
        return base, "a" if "b" in kinds else "g" if "g" in kinds else ""
    for kind in "esgb":
        if kind in kinds:
            return base, kind
    return base, ""


def _stands_as_verb(line: Line, first: int, i: int, voice: str) -> bool:
    """Whether a form without auxiliaries is a verb here and no noun or adjective: "NBC orders", not "a series order"."""
    if first == 0:
        return voice in "seg"
    before = line.tokens[first - 1]
    if line.tokens[i].key == "cast" and before.key in CAST:
        return False
    if voice == "b" and i + 1 < len(line.tokens) and line.tokens[i + 1].key in ("date", "dates"):
        return False
    if voice in "eg":
        return before.key not in DETERMINERS
    mention = line.mentions.get(before.key)
    if line.tokens[i].key in PERSONS and i + 1 < len(line.tokens) and line.tokens[i + 1].key in verbs().forms:
        return False
    return bool(mention and mention.kind in SUBJECTS) or before.key in AFTER_SUBJECT


CAST = frozenset(["out", "up", "main", "ensemble", "voice", "full", "principal", "supporting", "and", "boosts", "expands"])
"""After one of these "cast" is no verb: "rounds out cast with"."""
PERSONS = frozenset(["star", "stars", "host", "hosts", "lead", "leads", "guest", "guests"])
"""Before another verb these are persons: "Vale star confirms"."""


def _before(line: Line, i: int) -> tuple[int, list[str], bool]:
    """Walk back over a verb's auxiliaries, adverbs and links: its first token, its auxiliaries, and whether it is denied."""
    known = verbs()
    auxiliaries: list[str] = []
    negated = ahead = refused = infinite = False
    at = i
    while at:
        key = line.tokens[at - 1].key
        if infinite and (width := _linked(line, at, known.links)):
            at, infinite = at - width, False
        elif infinite and (width := _linked(line, at, known.refusals)):
            at, refused, infinite = at - width, True, False
        elif key in known.negations:
            negated, ahead, at = True, ahead or key == "won't", at - 1
            auxiliaries += [key] if "'" in key and key != "n't" else []
        elif key in known.auxiliaries:
            auxiliaries.append(key)
            ahead |= key in AHEAD
            infinite |= key == "to"
            at -= 1
        elif key in GET and at == i and "e" in _kinds(line.tokens[i].key):
            auxiliaries.append(key)
            at -= 1
        elif key in known.adverbs or (key.endswith("ly") and len(key) > 5):
            at -= 1
        elif key == "'s" and _is_short_is(line, at, i):
            auxiliaries.append("is")
            at -= 1
        elif (width := _when(line, at)) or (width := _wrapped(line, at)):
            at -= width
        else:
            break
    return at, list(reversed(auxiliaries)), refused or (negated and _decides(line, at, i, ahead=ahead))


def _is_short_is(line: Line, at: int, i: int) -> bool:
    """Whether "'s" before `at` is a verb: before a credit ("it's written by"), or after "it" or a pronoun ("it's slated to air")."""
    if at == i and (credit := line.mentions.get(line.tokens[i].key)) and credit.kind is Kind.DONE:
        return True
    mention = line.mentions.get(line.tokens[at - 2].key) if at > 1 else None
    return mention is not None and (mention.kind is Kind.PRONOUN or (mention.kind is Kind.REF and mention.text == "it"))


def _kinds(form: str) -> frozenset[str]:
    return frozenset(kind for kinds in verbs().forms.get(form, {}).values() for kind in kinds)


def _decides(line: Line, first: int, i: int, *, ahead: bool) -> bool:
    """Whether a denied verb tells a decision ("will not renew", "is not renewing") rather than that nothing has happened yet."""
    words = {token.key for token in line.tokens[first:i]}
    return (ahead or "g" in _kinds(line.tokens[i].key)) and "yet" not in words


def _linked(line: Line, at: int, phrases: re.Pattern[str]) -> int:
    """How many tokens before `at` are one of the phrases."""
    words = "".join(f" {token.key}" for token in line.tokens[max(0, at - LONGEST_LINK) : at])
    found = phrases.search(words)
    return found.group().count(" ") if found else 0


def _when(line: Line, at: int) -> int:
    """How many tokens before `at` say when: "on Sunday", "Monday", "this week"."""
    last = line.tokens[at - 1]
    before = line.tokens[at - 2].key if at > 1 else ""
    mention = line.mentions.get(last.key)
    if mention and mention.kind is Kind.DATE:
        return 2 if before in ("on", "late", "early", "earlier") else 1 if line.field == "headline" or mention.text.endswith("day") else 0
    return 2 if (last.key in WEEK and before in ("this", "earlier")) or (last.key == "addition" and before == "in") else 0


def _wrapped(line: Line, at: int) -> int:
    """How many tokens before `at` are an adverb between commas: ", meanwhile,"."""
    if at > 3 and line.tokens[at - 1].key == "," and line.tokens[at - 3].key == "," and line.tokens[at - 2].key in verbs().adverbs:
        return 3
    return 0
