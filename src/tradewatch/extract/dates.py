"""Premiere dates with their precision: "Tuesday, Feb. 3", "8 April", "this fall", "early 2025", "summer of 2026", "Diwali 2023"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ahocorasick

from tradewatch.text import same_length_lower

STALE = dt.timedelta(days=21)
"""A bare month and day this far in the past still means this year: premieres are also reported after the event."""
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
FIRST_MONTH = {"spring": 3, "summer": 6, "fall": 9, "winter": 12}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
FEASTS = {
    "new year's day": (1, 1), "sankranti": (1, 14), "sankranthi": (1, 14), "pongal": (1, 14), "republic day": (1, 26),
    "valentine's day": (2, 14), "april fools' day": (4, 1), "memorial day": (5, 0), "labor day": (9, 0), "halloween": (10, 31),
    "thanksgiving": (11, 0), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "diwali": (0, 0), "holi": (0, 0), "eid": (0, 0), "ramadan": (0, 0), "easter": (0, 0),
    "the holidays": (0, 0), "the holiday season": (0, 0),
}  # fmt: skip
"""Feast to month and day; 0 where it moves from year to year."""


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _after(*words: str) -> str:
    """That one of these words stands before, with one space."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


SHORT = [*(name[:3] for name in MONTHS), "sept"]
MONTH = rf"(?:{_any(MONTHS)}|(?:{_any(SHORT)})\b\.?)"
YEAR = r"(?:(?:19|20)\d\d(?!-\d|\d|%)|'\d\d\b)"
NAMED_YEAR = rf"(?:{YEAR}|(?:next|this)\syear)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
NO_DAY = r"(?!:\d|[/%]|\sepisodes?\b|\sseasons?\b|-(?:episode|part|minute))"
SEASON = f"(?:{_any(SEASONS)})"
WEEKDAY = f"(?:{_any(WEEKDAYS)})"
FEAST = rf"(?:{_any(FEASTS)})(?:\sweekend|\sday)?"
HALF = r"(?:the\s)?(?:end|start|beginning|middle|(?:first|second|latter|back)\shalf)\sof\s(?:the\s)?"
PART = rf"(?:(?:very\s)?(?:early|mid|late)(?:\s(?:in\s)?|-)|{HALF})"
RELEASE = "premiere release return debut launch bow date start berth slot opening roll-?out arrival kick-?off drop finale".replace(" ", "|")
BEGINS = rf"(?=\s(?:(?:world|global|theatrical|series|season|uk|u\.s\.|us)\s)?(?:{RELEASE})s?\b)"
"""What a bare month, season or year stands before: "a February return"."""
TIME = _after("in", "to", "until", "till", "from", "by", "into", "for", "of", "since", "starting", "beginning", "come", "and")
A_WORK = r"\s(?:[\w'-]+\s){0,3}(?:classic|hit|film|movie|comedy|drama|thriller|series|novel|feature|original|blockbuster)\b"
"""What a year stands before that is no date: "a follow-up to 1982 sci-fi classic Vale"."""
FORMS = {
    "day": rf"(?:{WEEKDAY},?\s)?(?:{MONTH}\s{DAY}\b{NO_DAY}(?:[-–]{DAY}\b)?|{DAY}(?:\sof)?\s{MONTH})(?:,?\s{YEAR})?(?!\w)",
    "feast": rf"(?:this|next|around|over|on|at|for|by|until)\s{FEAST}\b(?!-|\s(?:special|movie|film|episode))(?:,?\s(?:of\s)?{NAMED_YEAR})?"
    rf"|{FEAST}(?:,?\s(?:of\s)?{NAMED_YEAR}(?!\w)|{BEGINS})",
    "month": rf"{PART}?{MONTH},?\s(?:of\s)?{NAMED_YEAR}(?!\w)|{PART}{MONTH}(?!\w)"
    rf"|(?:(?:later\s)?this(?:\scoming)?|next|coming)\s{MONTH}(?!\w|\s\d)|{TIME}{MONTH}(?!\s?\w*\d)(?![\w'])|{MONTH}{BEGINS}",
    "season": rf"{PART}?(?:the\s)?{SEASON},?\s(?:season\s)?(?:of\s)?{NAMED_YEAR}(?!\w)|{PART}(?:this\s|next\s)?{SEASON}\b"
    rf"|(?:later\sthis|this(?:\scoming)?|next|the\scoming|coming)\s{SEASON}\b"
    rf"|{_after('in', 'for', 'until', 'till', 'into', 'by', 'to', 'of')}the\s{SEASON}\b(?!\sof)"
    rf"|{_after('in', 'for', 'until', 'from', 'into', 'by')}{SEASON}\b|{SEASON}{BEGINS}",
    "quarter": rf"q[1-4](?:,?\s(?:of\s)?{NAMED_YEAR})?(?!\w)|(?:first|second|third|fourth)\squarter(?:\sof\s{NAMED_YEAR})?\b",
    "midseason": rf"mid-?season(?:\sof)?(?:\s{YEAR})?\b(?!\sfinale)",
    "year": rf"(?:{PART}|sometime\sin\s){YEAR}(?!\w)|{TIME}{YEAR}(?!\w|\sepisodes?\b|{A_WORK})|{YEAR}{BEGINS}"
    rf"|(?:later\s(?:in\s)?|early\s(?:in\s)?|late\s(?:in\s)?|sometime\s|{HALF})(?:this\s|next\s|the\s(?:new\s)?)?year\b(?!')"
    r"|(?:this|next|the\snew)\syear\b(?!')",
    "span": r"(?:later\s|early\s|late\s)?(?:this|next)\smonth\b",
    "near": rf"(?<!the\s)(?:this\s(?:coming\s)?|next\s|coming\s)?{WEEKDAY}\b"
    r"(?!'|\s(?:nights?|evenings?|mornings?|afternoons?|slot|prime-?time|line-?up|and)\b)",
}
ANCHORS: dict[tuple[str, ...], Iterable[str]] = {
    ("day", "month"): [*MONTHS, *SHORT],
    ("day", "near"): WEEKDAYS,
    ("feast",): FEASTS,
    ("season",): SEASONS,
    ("quarter",): ["q1", "q2", "q3", "q4", "quarter"],
    ("midseason",): ["midseason", "mid-season"],
    ("year",): ["year", *map(str, range(1950, 2060))],
    ("span",): ["month"],
}
"""Forms to the words that they do not go without: only around such a word is one looked for, in lower case.
A month needs its capital: "may" and "march" are verbs."""
BEFORE, AFTER = 36, 40
"""How far around such a word the rest of its date may stand, in characters."""


def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for names, words in ANCHORS.items():
        form = re.compile(r"(?<![\w'])(?:" + "|".join(f"(?P<{name}>{FORMS[name]})" for name in names) + ")")
        for word in words:
            automaton.add_word(word, (len(word), form, "month" in names))
    automaton.make_automaton()
    return automaton


WORDS = _automaton()
IN_TEXT = {
    "year": re.compile(YEAR),
    "month": re.compile(MONTH),
    "day": re.compile(r"(?<![\d'])\d{1,2}(?!\d)"),
    "season": re.compile(SEASON),
    "feast": re.compile(_any(FEASTS)),
    "weekday": re.compile(WEEKDAY),
}


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as stated: ISO text (None where it cannot be resolved) and its precision."""

    iso: str | None
    precision: str
    past: bool = False
    """Lies clearly before the day of publication."""


def find_dates(text: str, published: dt.date | None) -> list[tuple[int, int, When]]:
    """Every date in a text with straight quotes: (start, end, value), resolved against the day of publication."""
    found: list[tuple[int, int, When]] = []
    at = 0
    low = same_length_lower(text)
    for last, (length, form, capital) in WORDS.iter(low):
        start = last - length + 1
        if start < at or text[start - 1 : start].isalpha() or text[last + 1 : last + 2].isalpha() or (capital and text[start].islower()):
            continue
        match = form.search(low, max(at, start - BEFORE), last + AFTER)
        when = READERS[match.lastgroup or ""](match.group(), published) if match and match.start() <= start < match.end() else None
        if match and when:
            at = match.end()
            found.append((match.start(), at, when))
    return found


def _part(name: str, text: str) -> str | None:
    found = IN_TEXT[name].search(text)
    return found.group() if found else None


def _year(text: str, published: dt.date | None) -> int | None:
    """The year that a phrase names, in digits or as this or next year."""
    digits = _part("year", text)
    if digits:
        return 2000 + int(digits[1:]) if digits.startswith("'") else int(digits)
    if published and re.search(r"(?:next|new) year", text):
        return published.year + 1
    return published.year if published and re.search(r"(?:this|the) year", text) else None


def _month_number(text: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith((_part("month", text) or "")[:3]))


def _read_day(text: str, published: dt.date | None) -> When | None:
    year, month, day = _year(text, published), _month_number(text), int(_part("day", text) or 0)
    return _on(day, month, year, published)


def _on(day: int, month: int, year: int | None, published: dt.date | None) -> When | None:
    """A day of a month; without a year the next such day."""
    if year is None and published is None:
        return When(None, "day")
    try:
        date = dt.date(year or published.year, month, day)  # type: ignore[union-attr]
        if year is None and published and date < published - STALE:
            date = date.replace(year=date.year + 1)
    except ValueError:
        return None
    return When(date.isoformat(), "day", bool(published and date < published - STALE))


def _read_feast(text: str, published: dt.date | None) -> When | None:
    """A feast: a day where it is spoken of as one, its month where it is spoken of as a time, its year where it moves."""
    month, day = FEASTS[_part("feast", text) or ""]
    year = _year(text, published)
    as_day = re.search(r"\bon\b|\bday\b|\beve\b", text)
    if month and day and as_day:
        return _on(day, month, year, published)
    return _in_month(month, year, published) if month else _in_year(year or (published.year if published else None), published)


def _read_month(text: str, published: dt.date | None) -> When:
    year = _year(text, published)
    if year is None and published and re.search(r"\bnext\b", text):
        year = published.year + 1
    return _in_month(_month_number(text), year, published)


def _in_month(month: int, year: int | None, published: dt.date | None) -> When:
    """A month; without a year the next such month, this one included."""
    if year is None:
        if published is None:
            return When(None, "month")
        year = published.year + (month < published.month)
    past = bool(published and (year, month) < (published.year, published.month))
    return When(f"{year}-{month:02}", "month", past)


def _read_season(text: str, published: dt.date | None) -> When:
    season, year = SEASONS[_part("season", text) or ""], _year(text, published)
    if year is None:
        if published is None:
            return When(None, "season")
        ahead = bool(re.search(r"\bnext\b", text))
        year = published.year + (ahead or published.month > FIRST_MONTH[season] + 2)
    return When(f"{year}-{season}", "season", bool(published and year < published.year))


def _read_quarter(text: str, published: dt.date | None) -> When:
    digit = re.search(r"q([1-4])", text)
    quarter = int(digit[1]) if digit else next(n for word, n in ORDINALS.items() if word in text.lower())
    year = _year(text, published)
    if year is None:
        if published is None:
            return When(None, "quarter")
        year = published.year + (quarter * 3 <= published.month)
    return When(f"{year}-Q{quarter}", "quarter", bool(published and year < published.year))


def _read_midseason(text: str, published: dt.date | None) -> When:
    """The American season's second half opens with the new year."""
    year = _year(text, published)
    return _in_year(year or (published.year + (published.month > 2) if published else None), published)


def _read_year(text: str, published: dt.date | None) -> When:
    return _in_year(_year(text, published), published)


def _in_year(year: int | None, published: dt.date | None) -> When:
    return When(str(year) if year else None, "year", bool(year and published and year < published.year))


def _read_span(text: str, published: dt.date | None) -> When:
    if published is None:
        return When(None, "month")
    year, month = divmod(published.month - 1 + ("next" in text.lower()), 12)
    return When(f"{published.year + year}-{month + 1:02}", "month")


def _read_near(text: str, published: dt.date | None) -> When:
    """The next such day of the week."""
    if published is None:
        return When(None, "day")
    days = (WEEKDAYS.index(_part("weekday", text) or "") - published.weekday()) % 7 + 7 * ("next" in text.lower())
    return When((published + dt.timedelta(days=days)).isoformat(), "day")


READERS: dict[str, Callable[[str, dt.date | None], When | None]] = {
    "day": _read_day,
    "feast": _read_feast,
    "month": _read_month,
    "season": _read_season,
    "quarter": _read_quarter,
    "midseason": _read_midseason,
    "year": _read_year,
    "span": _read_span,
    "near": _read_near,
}
