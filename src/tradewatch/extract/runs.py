"""What a document says of the runs of its titles: the seasons that were made, those to come, and how long they are.

Read from the text as a whole, because a headline's "two more seasons" is told apart only by the body's "the second season ended".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tradewatch.extract.numbers import CARDINAL, ORDINAL, Seasons, find_counts, find_episodes, find_seasons, find_years, number
from tradewatch.text import fold, occurrences, same_length_lower, straight
from tradewatch.types import Claim, ClaimType

BEFORE, AFTER = 60, 60
"""How many characters around a season tell whether it has been seen."""
SEEN_BEFORE = re.compile(
    r"\b(?:wrap(?:s|ped)|ended|ends|end of|concluded|aired|finished|ran|after|averaged|days after|following|since|came to an end with"
    r"|was in|is in|currently (?:in|airing)|dropped|launched|premiered|debuted|returned for|conclusion of|finale of"
    r"|(?:strength|success|performance|popularity) of)\b[^.#:]{0,30}$"
    r"|\bahead of(?: the| its| their)?(?: \w+'s)? $",
    re.IGNORECASE,
)
SEEN_AFTER = re.compile(
    r"^(?:[^.#;]{0,40}\b(?:finished|ended|ends|concluded|wrapped|concludes)\b|[ -]*(?:finale|ender)\b"
    r"|[^.,;#]{0,12}\b(?:came to an end|came to a close|aired|bowed|averaged|launched|premiered|debuted|dropped|landed|drew|scored"
    r"|run (?:has|ended))\b"
    r"|,? which (?:ran|aired|ended|premiered|launched|debuted|bowed|dropped|wrapped|concluded|is (?:currently|now) airing)\b)",
    re.IGNORECASE,
)
COMING_BEFORE = re.compile(
    r"\b(?:upcoming|forthcoming|through|up to|including|for|renewed|orders?|ordered|gets?|lands?|order for|picked up|picks up|greenlit"
    r"|greenlights|commissioned|gear(?:s|ing) up for|approved|announced?s?|and)(?: an?| its| the| their|,)*"
    r" (?:upcoming |forthcoming |[\w-]+ )?$",
    re.IGNORECASE,
)
COMING_AFTER = re.compile(
    r"^[^.;#]{0,40}?\b(?:will|is set|is slated|is due|to (?:be|premiere|air|begin|start|bow)|goes into|go into"
    r"|has been (?:ordered|greenlit)|picks up|renewal|pick-?up|order|begins|consists|gets"
    r"|is (?:coming|on the way|expected|happening|planned)|premiere date|release date|was its last|is its last|to be its last)\b",
    re.IGNORECASE,
)
OF = re.compile(r"^(?: order| run)?,? (?:of|for)(?: the| its)?(?: [\w'-]+){0,4}? [\"'(]?$", re.IGNORECASE)
KNOWN_FOR = re.compile(
    r"\b(?:creators?|stars?|makers?|writers?|producers?|showrunners?|team|directors?|author|behind|based on|offshoot|spin-?off|prequel"
    r"|sequel|inspired by|follow-up|alum|rival|leading out)(?: of| behind| to| from)?(?: the| its)?(?: [\w'-]+){0,3}? [\"'(]*$",
    re.IGNORECASE,
)
"""What stands before a title that only tells who somebody is: what follows does not speak of it."""
THROUGH = re.compile(r"\b(?:through|up to(?: and including)?|until|take (?:it|the show) to)(?: the| its)? $", re.IGNORECASE)
SHORT_ORDINAL = re.compile(
    rf"\b(?:its|the|their) ({ORDINAL})(?= (?:came to an? (?:end|close)|ended|wrapped|concluded|bowed|finished|aired)\b)"
)
"""A season without its noun: "its second came to an end"."""
COUNTED = re.compile(r"\b(?:after|following|lasted|ran|just)(?: (?:for|just|only|an?|its|the))* $", re.IGNORECASE)
"""Before a number of seasons that have been made; "for two seasons" may be an order."""
EACH = re.compile(r"(?:^|[.\n\"')]\s)(?:each|both|all)\b[^.\n]*$", re.IGNORECASE)
ELIDED = re.compile(rf"\bseasons?\b[^.;\n]{{0,80}}\bafter ({CARDINAL})(?=[.,;]| while| and|$)", re.IGNORECASE)
"""A count that leaves out what is counted: "canceled 'Vale' after two seasons and 'Dawn' after one"."""
ORDER_BEFORE = re.compile(
    r"(?:order(?:ed)? is for|order,? for|pick-?up,? (?:is )?for|renewal,? for|consists? of|comprises?|made up of"
    r"|run (?:for|to)|will (?:have|run|span|total|be|comprise)|has ordered|ordered|handed|given|span(?:s|ning)?|the|a|an|another|new"
    r"|in|of|with|on|for|[(:]|seasons?|series|last|,)\s+(?:the\s|full\s|second\s|third\s|first\s)?$|\(\s?$|(?:^|[.:;]\s)$",
    re.IGNORECASE,
)
ORDER_AFTER = re.compile(
    r"^\s*(?:,? (?:first|second|third|new|upcoming|straight-to-series|series|limited|drama|comedy|season|show|run|order|project|dramedy"
    r"|medical|half-hour|animated|thriller|multi-cam(?:era)?|single-cam(?:era)?|docuseries|cyber|crime|family|legal|sci-fi|will air on"
    r"|have been|has been|were|apiece|and)|\(|\)|of|gets|will|,|\.|;|are|long|each|more will)",
    re.IGNORECASE,
)
NOT_THE_ORDER = re.compile(
    r"(?:aired|previous|appear in|appears in|recur in|first|final|directed|wrote|unaired|remaining|of its|after"
    r"|watched|two-|over|more than|nearly|back|from|down from|up from|instead of|than|just|made|drops|debuts|premieres"
    r"|launch(?:es)? with|debuts? with|premieres? with|direct|directing|write|writing|half of|starting with)\s+(?:the\s|its\s|an?\s)?$",
    re.IGNORECASE,
)


def _is_order(before: str, after: str) -> bool:
    """Whether a number of episodes between these words is the length of an order."""
    return bool(not NOT_THE_ORDER.search(before) and ORDER_BEFORE.search(before) and ORDER_AFTER.search(after))


@dataclass(frozen=True, slots=True)
class Fact:
    """One expression of a season, a count or a length, and of which title it speaks ("" where no title stands near)."""

    owner: str
    at: int
    seasons: Seasons
    seen: bool = False
    through: bool = False
    coming: bool = False


class Runs:
    """The seasons and lengths that a text gives to titles. `titles` are all works that it names, so that none takes another's."""

    def __init__(self, text: str, titles: Iterable[str]) -> None:
        self.text = straight(text)
        self.low = same_length_lower(self.text)
        self.titles = {fold(title): straight(title) for title in titles if title}

    def knowing(self, claims: Iterable[Claim]) -> Runs:
        """The same text, with the titles of claims known too."""
        titles = {fold(claim.title): straight(claim.title) for claim in claims if claim.title}
        if titles.keys() <= self.titles.keys():
            return self
        return Runs(self.text, [*self.titles.values(), *titles.values()])

    @cached_property
    def _places(self) -> list[tuple[int, int, str]]:
        """Where titles stand: start, end, key; of overlapping ones the longest."""
        found = [
            (start, start + len(title), key)
            for key, title in self.titles.items()
            for start in occurrences(same_length_lower(title), self.low)
            if not self.text[start].islower()
        ]
        found.sort(key=lambda place: (place[0], -place[1]))
        kept: list[tuple[int, int, str]] = []
        for place in found:
            if not kept or place[0] >= kept[-1][1]:
                kept.append(place)
        return kept

    def _owner(self, start: int, end: int) -> str:
        """The title that an expression speaks of: "the third season of 'Vale'", else the last before it in its paragraph, else the first
        after it in its sentence."""
        places = self._places
        at = bisect_right(places, (start,))
        following = places[at] if at < len(places) else None
        if following and OF.search(self.text[end : following[0]]):
            return following[2]
        begins = self.text.rfind("\n", 0, start) + 1
        before = next((place for place in reversed(places[:at]) if place[0] < begins or not self._is_known_for(place)), None)
        if before and before[0] >= begins:
            return before[2]
        stop = re.search(r"[.;\n]", self.text[end:])
        if following and following[0] < end + (stop.start() if stop else 200):
            return following[2]
        return self._main

    def _is_known_for(self, place: tuple[int, int, str]) -> bool:
        return bool(KNOWN_FOR.search(self.text[max(0, place[0] - BEFORE) : place[0]]))

    @cached_property
    def _main(self) -> str:
        """The only title of the first paragraph, which is the headline; what names no title speaks of it."""
        first = {key for start, _, key in self._places if start < self.text.find("\n") % (len(self.text) + 1)}
        return first.pop() if len(first) == 1 else ""

    @cached_property
    def _facts(self) -> list[Fact]:
        return list(self._read())

    def _read(self) -> Iterator[Fact]:
        for start, end, value in find_seasons(self.text):
            before = self.text[max(0, start - BEFORE) : start].rpartition("\n")[2]
            after = self.text[end : end + AFTER].partition("\n")[0]
            seen = bool(SEEN_BEFORE.search(before) or SEEN_AFTER.search(after))
            coming = not seen and bool(COMING_BEFORE.search(before) or COMING_AFTER.search(after))
            yield Fact(self._owner(start, end), start, value, seen, bool(THROUGH.search(before)), coming)
        counts = [hit for hit in find_counts(self.text) if COUNTED.search(self.text[max(0, hit[0] - 20) : hit[0]])]
        for start, end, count in [*counts, *find_years(self.text)]:
            yield Fact(self._owner(start, end), start, Seasons(count=count), seen=True)
        for match in SHORT_ORDINAL.finditer(self.low):
            yield Fact(self._owner(match.start(), match.end()), match.start(), Seasons(count=number(match[1]) or 0), seen=True)
        for match in ELIDED.finditer(self.text):
            yield Fact(self._owner(match.start(1), match.end(1)), match.start(1), Seasons(count=number(match[1]) or 0), seen=True)

    def _of(self, title: str) -> list[Fact]:
        """What is said of one title; where no other title has seasons, also what is said of none by name."""
        key = fold(title)
        owners = {fact.owner for fact in self._facts if fact.owner}
        alone = owners <= {key} or len(self.titles) <= 1
        return [fact for fact in self._facts if fact.owner == key or (alone and not fact.owner)]

    def made(self, title: str) -> int:
        """The last season of a title that has been made: said to have ended, aired or begun, or counted; 0 where none is."""
        facts = [fact for fact in self._of(title) if fact.seen]
        return max([fact.seasons.count or max(fact.seasons.numbers, default=0) for fact in facts], default=0)

    def coming(self, title: str) -> tuple[int, ...]:
        """The seasons of a title that are said to come."""
        made = self.made(title)
        numbers = {number for fact in self._of(title) if fact.coming for number in fact.seasons.numbers}
        return tuple(sorted(number for number in numbers if number > made))

    def named(self, title: str) -> tuple[int, ...]:
        """Every season of a title that is named."""
        return tuple(sorted({number for fact in self._of(title) for number in fact.seasons.numbers}))

    def more(self, title: str, count: int) -> tuple[int, ...]:
        """What "two more seasons" of a title are: as many seasons said to come, else those after the last one made."""
        coming = self.coming(title)
        if len(coming) == count:
            return coming
        last = max([max(fact.seasons.numbers) for fact in self._of(title) if fact.through and fact.seasons.numbers], default=0)
        if last > count:
            return tuple(range(last - count + 1, last + 1))
        made = self.made(title)
        return tuple(range(made + 1, made + count + 1)) if made else ()

    def seasons(self, claim: Claim) -> tuple[int, ...]:
        """The seasons that a claim which names none is about."""
        title = claim.title or ""
        made, coming, named = self.made(title), self.coming(title), self.named(title)
        if claim.type is ClaimType.CANCELLATION:
            return (made,) if made else named if len(named) == 1 and named != coming else ()
        if claim.type in (ClaimType.RENEWAL, ClaimType.NETWORK_MOVE) and not coming and made:
            return (made + 1,)
        if len(coming) == 1 or (coming and claim.type is ClaimType.RENEWAL and coming[0] == made + 1):
            return coming
        return named if len(named) == 1 and not made else ()

    def episodes(self, title: str) -> int | None:
        """How many episodes a title's order is said to have."""
        key = fold(title)
        alone = {owner for owner, _ in self._lengths} <= {key, ""}
        return next((count for owner, count in self._lengths if owner == key or (alone and not owner)), None)

    @cached_property
    def _lengths(self) -> list[tuple[str, int]]:
        """Every number of episodes that is an order's: its title and the number."""
        return [
            (owner, count)
            for start, end, count in find_episodes(self.text)
            if count > 1 and _is_order(self.text[max(0, start - 40) : start], self.text[end : end + 30])
            for owner in self._owners(start, end)
        ]

    def _owners(self, start: int, end: int) -> list[str]:
        """The titles that a length belongs to: after "each" all those of the sentence before."""
        each = EACH.search(self.text, max(0, start - BEFORE), start)
        if not each:
            return [self._owner(start, end)]
        begins = max(self.text.rfind(". ", 0, each.start()), self.text.rfind("\n", 0, each.start()))
        return [key for at, _, key in self._places if begins < at < start]
