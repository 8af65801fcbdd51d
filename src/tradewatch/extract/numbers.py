"""Seasons and episode counts as the trade writes them: "a fifth and final season", "Seasons 3 & 4", "two more series of six"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tradewatch.text import same_length_lower

CARDINALS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
]  # fmt: skip
SCHOOL = {"freshman": 1, "debut": 1, "inaugural": 1, "rookie": 1, "sophomore": 2, "junior": 3}
TENS = {"twenty": 20, "thirty": 30, "forty": 40}
VALUES = {word: n for words in (CARDINALS, ORDINALS) for n, word in enumerate(words, 1)} | SCHOOL
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
MOST = 60
"""No scripted show has had more seasons (the longest soap operas count years, not seasons)."""

CARDINAL = rf"(?:\d{{1,2}}|{'|'.join(sorted(CARDINALS, key=len, reverse=True))})"
ORDINAL = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty|forty)-(?:{'|'.join(ORDINALS[:9])})"
    rf"|{'|'.join(sorted([*ORDINALS, *SCHOOL], key=len, reverse=True))})"
)
RUN = r"(?:seasons?|series|runs?|outings?|helpings?|cycles?|instal?lments?|batch|go-round|go|chapters?)"
AND = r"\s*(?:,\s*and|,|and|&|\+)\s*"
TO = r"\s*(?:-|–|—|to|through)\s*"
LAST = r"(?:final|last|farewell|concluding)"
LOOSE = (
    r"(?:new|additional|upcoming|forthcoming|expanded|super-sized|abbreviated|shortened|full|\d{1,2}-episode|(?:"
    + "|".join(CARDINALS)
    + r")-episode)"
)

NUMBERED = re.compile(
    rf"\b(?:(?P<final>{LAST})\s+)?(?:seasons?|series|cycle)\s+(?P<first>{CARDINAL}"
    rf"|[iv]{{1,3}})\b(?!\s?(?:of\s(?:{CARDINAL})\b|p\.?m|a\.?m|%|million|episode\s\d|star))"
    rf"(?:(?P<to>{TO})(?:season\s+)?(?P<last>{CARDINAL})\b|(?P<more>(?:{AND}(?:season\s+)?{CARDINAL}\b(?!\s+(?:more|new|episodes?|on)))+))?"
    rf"|\bs(?P<short>\d{{1,2}})\b",
)
ORDINALED = re.compile(
    rf"\b(?P<ordinals>{ORDINAL}(?:(?:{AND}|{TO})(?:an?\s+|its\s+)?{ORDINAL})*)(?P<final>(?:{AND}|\s+and\s+|\s+)(?:presumably\s+|likely\s+)?{LAST})?"
    rf"(?P<hyphen>[\s-]+)(?:{LOOSE}\s+){{0,2}}(?P<noun>{RUN})\b",
)
COUNTED = re.compile(
    rf"\b(?P<count>another|an additional|one more|{CARDINAL}(?=\s+(?:more|additional|further|new|extra)\b|-season\s(?:renewal|pick-?up)))"
    rf"(?:\s+(?:more|additional|further|new|extra))?(?P<number>\s+{CARDINAL})?(?:[\s-]+(?:{LOOSE}\s+)*)(?P<noun>seasons?"
    rf"|series|runs?|outings?|cycles?)\b"
    rf"(?:\s+order|\s+pick-?up|\s+renewal)?(?:\s+of\s+(?P<episodes>{CARDINAL})\b)?",
)
BARE = re.compile(rf"\b(?:gets?|for|given|lands?|with) (?:a|its) ({ORDINAL})(?=[.,;]|$)")
ONE_MORE = re.compile(r"\bfor (another)(?=[.,;]|$)")
AT_ONCE = re.compile(rf"\b(?:renewed|picked up|renews|recommissioned) for ({CARDINAL}) seasons\b")
FIRST = re.compile(rf"\bfirst ({'|'.join(CARDINALS[1:10])}|[2-9]|10) (?:seasons|series)\b")
VAGUE = re.compile(rf"\b(?:(?P<final>{LAST})|(?P<new>new|next|additional))\s+(?:\d{{1,2}}-episode\s+)?(?P<noun>season|run|cycle|chapter)\b")
AFTER = re.compile(
    rf"\b(?:after|following|in|for|its|all|lasted|ran)\s+(?:just\s+|only\s+)?(?:a\s+)?(?P<count>{CARDINAL}|single"
    rf"|lone)(?P<years>[\s-]+(?:years?|decades?))?"
    rf"[\s-]*(?P<noun>seasons?|series|runs?)?\b",
)
EPISODES = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(CARDINALS)})(?:[\s-]+(?:(?:new|more|additional|fresh|all-new|final|half-hour|hour-long"
    rf"|one-hour|first)\s+)*"
    rf"(?:episodes?|eps|episodic|parts?|chapters|-?part|instal?lments?|half-hours|hours)\b|\s?[x×]\s?\d{{1,3}}(?:'|-?\s?(?:mins?|minutes?|hrs?|hours?)\b|\b))",
)
YEAR_OF_RUN = re.compile(
    r"\b(?P<year>sophomore|freshman|rookie)\s+(?:[\w-]+\s){0,2}?(?:series|show|dram(?:a|edy)|comedy|sitcom|thriller|procedural|whodunit|crime|hit)\b"
)
"""A show in the first or second year of its run: "sophomore comedy"."""


STEM = re.compile(r"season|series|run|outing|helping|cycle|instal|batch|go-round|chapter|s\d")
"""Without one of these there is no season; looked for first, because it is cheap."""


@dataclass(frozen=True, slots=True)
class Seasons:
    """Season numbers as stated; `more` counts seasons beyond those already known; `count` is how many there have been."""

    numbers: tuple[int, ...] = ()
    more: int = 0
    final: bool = False
    count: int = 0
    episodes: int | None = None
    ahead: bool = False
    """A season that is yet to come, unnumbered ("a new season")."""

    def resolve(self, known: int) -> tuple[int, ...]:
        """The numbers, counted on from the last season known (0 where none is)."""
        if self.numbers or not self.more or not known:
            return self.numbers
        return tuple(range(known + 1, known + self.more + 1))


def number(word: str) -> int | None:
    """The value of a cardinal, ordinal or school-year word; None where it is none."""
    low = word.strip().lower()
    if low in VALUES:
        return VALUES[low]
    tens, _, ones = low.partition("-")
    if tens in TENS and ones in VALUES:
        return TENS[tens] + VALUES[ones]
    digits = re.match(r"\d+", low)
    return int(digits.group()) if digits else ROMAN.get(low)


def find_seasons(text: str) -> list[tuple[int, int, Seasons]]:
    """Every season expression in a text: (start, end, value), without overlaps, in order."""
    found: list[tuple[int, int, Seasons]] = []
    low = same_length_lower(text)
    if not STEM.search(low):
        return found
    if "season" in low:
        found += [(match.start(1), match.end(1), Seasons((n,))) for match in BARE.finditer(low) if (n := number(match[1]))]
    found += [(match.start(1), match.end(1), Seasons(more=1)) for match in ONE_MORE.finditer(low)]
    found += [(match.start(1), match.end(), Seasons(more=number(match[1]) or 0)) for match in AT_ONCE.finditer(low)]
    found += [(match.start(), match.end(), Seasons(tuple(range(1, (number(match[1]) or 0) + 1)))) for match in FIRST.finditer(low)]
    for pattern, read in ((NUMBERED, _numbered), (ORDINALED, _ordinaled), (COUNTED, _counted), (VAGUE, _vague)):
        for match in pattern.finditer(low):
            value = read(match)
            if value and not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), value))
    return sorted(found, key=lambda item: item[0])


def find_episodes(text: str) -> list[tuple[int, int, int]]:
    """Every count of episodes in a text: (start, end, count)."""
    counts = ((match.start(), match.end(), number(match["count"])) for match in EPISODES.finditer(same_length_lower(text)))
    return [(start, end, count) for start, end, count in counts if count]


def find_counts(text: str) -> list[tuple[int, int, int]]:
    """How many seasons something has run, "after two seasons": (start, end, count)."""
    found = (match for match in AFTER.finditer(same_length_lower(text)) if match["noun"] and not match["years"])
    counts = ((match.start("count"), match.end(), 1 if match["count"] in ("single", "lone") else number(match["count"])) for match in found)
    return [(start, end, count) for start, end, count in counts if count]


def find_years(text: str) -> list[tuple[int, int, int]]:
    """Which year of its run a show is in, "the sophomore drama": (start, end, count)."""
    found = YEAR_OF_RUN.finditer(same_length_lower(text))
    return [(match.start(), match.end(), 2 if match["year"] == "sophomore" else 1) for match in found]


def _numbered(match: re.Match[str]) -> Seasons | None:
    first = number(match["short"] or match["first"])
    if not first or first > MOST:
        return None
    if match["last"]:
        last = number(match["last"]) or first
        return Seasons(tuple(range(first, last + 1))) if first < last <= MOST else Seasons((first,))
    more = re.findall(CARDINAL, match["more"] or "")
    return Seasons((first, *(n for word in more if (n := number(word)))), final=bool(match["final"]))


def _ordinaled(match: re.Match[str]) -> Seasons | None:
    if match["noun"].lower() in ("run", "runs", "batch") and match["ordinals"] == "first":
        return None
    if match["noun"] == "series" and match["ordinals"] in ("sophomore", "freshman", "junior"):
        return None
    words = re.findall(ORDINAL, match["ordinals"])
    numbers = tuple(n for word in words if (n := number(word)) and n <= MOST)
    if len(numbers) == 2 and re.search(r"through|\bto\b|[-–]", match["ordinals"][len(words[0]) : -len(words[1])]):
        numbers = tuple(range(numbers[0], numbers[1] + 1))
    return Seasons(numbers, final=bool(match["final"])) if numbers else None


def _counted(match: re.Match[str]) -> Seasons | None:
    word = match["count"].lower()
    more = 1 if word.startswith(("another", "an ", "one")) else number(word) or 0
    if match["number"]:
        more = number(match["number"]) or more
    episodes = number(match["episodes"]) if match["episodes"] else None
    return Seasons(more=more, episodes=episodes)


def _vague(match: re.Match[str]) -> Seasons | None:
    return Seasons(final=True) if match["final"] else Seasons(more=1, ahead=True)
