"""Premiere dates with their precision: "Feb. 3", "Tuesday, February 3, 2026", "this fall", "early 2025", "summer 2026", "next month"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = "january february march april may june july august september october november december".split()
SHORT = {name[:3]: n for n, name in enumerate(MONTHS, 1)}
SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
FIRST_MONTH = {"spring": 3, "summer": 6, "fall": 9, "winter": 12}
HOLIDAYS = {"christmas": 12, "halloween": 10, "thanksgiving": 11, "valentine's": 2}
STALE = dt.timedelta(days=21)
"""A bare month and day this far in the past still means this year: premieres are also reported after the event."""

MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
YEAR = r"(?:19|20)\d\d"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
PART = r"(?:early|mid|late|the end of|the start of)"
DATE = re.compile(
    rf"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:"
    rf"\b(?P<month>{MONTH})\s(?P<day>{DAY})\b(?![:/%]|\sepisodes?\b|\sseasons?\b)(?:,?\s(?P<year>{YEAR})\b)?"
    rf"|\b(?P<day2>{DAY})(?:\sof)?\s(?P<month2>{MONTH})\b(?:,?\s(?P<year2>{YEAR})\b)?"
    rf"|\b(?:(?P<part>{PART})[\s-])?(?P<month3>{MONTH}),?\s(?:of\s)?(?P<year3>{YEAR})\b"
    rf"|\b(?:(?P<part2>{PART})[\s-])?(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter),?\s(?:of\s)?(?P<year4>{YEAR})\b"
    rf"|\bQ(?P<quarter>[1-4])\s(?P<year5>{YEAR})\b|\b(?P<quarter2>first|second|third|fourth)\squarter\sof\s(?P<year6>{YEAR})\b"
    rf"|\b(?P<when>[Tt]his|[Nn]ext|[Ll]ater\s[Tt]his|[Ee]arly\s[Nn]ext|[Ll]ate\s[Nn]ext|[Cc]oming|[Ll]ate\s[Tt]his|[Ee]arlier\s[Tt]his)\s"
    rf"(?P<unit>[Yy]ear|[Mm]onth|[Ww]eek|[Ff]all|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|{MONTH}|[Mm]idseason|[Cc]hristmas|[Ww]eekend|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
    rf"|\b(?P<relative>tomorrow|tonight|today)\b"
    rf"|\b(?:(?P<part3>{PART})[\s-])(?P<month4>{MONTH})\b"
    rf"|(?<=[Ii]n )(?P<month5>{MONTH})(?!\w)|(?<=\b[Tt]o )(?P<month6>{MONTH})(?!\w)|(?<=[Tt]his )(?P<month7>{MONTH})(?!\w)"
    rf"|(?<=[Uu]ntil )(?P<month8>{MONTH})(?!\w)"
    rf"|(?<=\b[Ii]n the )(?P<season2>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)(?!\w)"
    rf"|(?<=[Ii]n )(?P<season3>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)(?!\w)"
    rf"|\b(?P<month9>{MONTH})(?=\s(?:premiere|release|return|debut|launch|bow|date|start)\b)"
    rf"|\b(?P<midseason>[Mm]idseason)\b|(?<=\b[Aa]t )(?P<holiday>[Cc]hristmas)\b|(?<=\b[Oo]n )(?P<holiday2>[Cc]hristmas)\b"
    rf"|(?<=in )(?:(?P<part4>{PART})[\s-])?(?P<year7>{YEAR})\b|\b(?P<part5>{PART})[\s-](?P<year9>{YEAR})\b"
    rf"|(?<=for )(?P<year8>{YEAR})\b|(?<=until )(?:(?P<part6>{PART})[\s-])?(?P<year10>{YEAR})\b|(?<=into )(?P<year11>{YEAR})\b"
    rf"|(?<=In )(?P<year12>{YEAR})\b|(?<=Until )(?P<year13>{YEAR})\b|(?<=to )(?P<year14>{YEAR})\b|(?<=For )(?P<year15>{YEAR})\b|(?<=To )(?P<year16>{YEAR})\b"
    rf")"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as stated: ISO text (None where it cannot be resolved) and its precision."""

    iso: str | None
    precision: str
    past: bool = False
    """Lies clearly before the day of publication."""


def find_dates(text: str, published: dt.date | None) -> list[tuple[int, int, When]]:
    """Every date in a text: (start, end, value), resolved against the day of publication."""
    return [(match.start(), match.end(), when) for match in DATE.finditer(text) if (when := _read(match, published))]


def _first(match: re.Match[str], *names: str) -> str | None:
    return next((match[name] for name in names if match[name]), None)


def _read(match: re.Match[str], published: dt.date | None) -> When | None:
    year_text = _first(match, *(f"year{n}" if n > 1 else "year" for n in range(1, 17)))
    year = int(year_text) if year_text else None
    month = _month(_first(match, *(f"month{n}" if n > 1 else "month" for n in range(1, 10))))
    day_text = _first(match, "day", "day2")
    if month and day_text:
        return _day(int(re.sub(r"\D", "", day_text)), month, year, published)
    if month:
        return _month_of(month, year, published)
    season = _first(match, "season", "season2", "season3")
    if season:
        return _season(season, year, published)
    quarter = _first(match, "quarter", "quarter2")
    if quarter:
        names = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
        return When(f"{year}-Q{names.get(quarter, quarter)}", "quarter", _past_year(year, published))
    if year:
        return When(str(year), "year", _past_year(year, published))
    return _relative(match, published)


def _month(text: str | None) -> int | None:
    return SHORT[text[:3].lower()] if text else None


def _past_year(year: int | None, published: dt.date | None) -> bool:
    return bool(year and published and year < published.year)


def _day(day: int, month: int, year: int | None, published: dt.date | None) -> When | None:
    if year is None and published is None:
        return When(None, "day")
    try:
        date = dt.date(year or published.year, month, day)  # type: ignore[union-attr]
        if year is None and published and date < published - STALE:
            date = date.replace(year=date.year + 1)
    except ValueError:
        return None
    return When(date.isoformat(), "day", bool(published and date < published - STALE))


def _month_of(month: int, year: int | None, published: dt.date | None) -> When:
    if year is None:
        if published is None:
            return When(None, "month")
        year = published.year + (month < published.month)
    past = bool(published and (year, month) < (published.year, published.month))
    return When(f"{year}-{month:02}", "month", past)


def _season(word: str, year: int | None, published: dt.date | None) -> When:
    season = SEASONS[word.lower()]
    if year is None:
        if published is None:
            return When(None, "season")
        year = published.year + (published.month > FIRST_MONTH[season] + 2)
    return When(f"{year}-{season}", "season", _past_year(year, published))


def _relative(match: re.Match[str], published: dt.date | None) -> When | None:
    holiday = _first(match, "holiday", "holiday2")
    if holiday:
        return _month_of(12, None, published)
    if match["midseason"]:
        return When(str(published.year + (published.month > 2)) if published else None, "year")
    if published is None:
        return When(None, "day" if match["relative"] else "year")
    if match["relative"]:
        days = {"today": 0, "tonight": 0, "tomorrow": 1}[match["relative"].lower()]
        return When((published + dt.timedelta(days=days)).isoformat(), "day")
    return _unit(match["when"].lower(), match["unit"].lower(), published)


def _unit(when: str, unit: str, published: dt.date) -> When | None:
    ahead = "next" in when
    if unit in ("week", "weekend"):
        return None
    if unit.endswith("day"):
        return _weekday(unit, ahead, published)
    if unit == "year":
        return When(str(published.year + ahead), "year")
    if unit == "month":
        year, month = divmod(published.month - 1 + ahead, 12)
        return When(f"{published.year + year}-{month + 1:02}", "month")
    if unit == "midseason":
        return When(str(published.year + 1), "year")
    if unit == "christmas":
        return _month_of(12, published.year + ahead, published)
    if unit in SEASONS:
        return When(f"{published.year + (ahead and published.month >= FIRST_MONTH[SEASONS[unit]])}-{SEASONS[unit]}", "season") if ahead else _season(
            unit, None, published
        )
    return _month_of(SHORT[unit[:3]], published.year + 1 if ahead else None, published)


def _weekday(unit: str, ahead: bool, published: dt.date) -> When:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    days = (names.index(unit[:3]) - published.weekday()) % 7 + (7 if ahead else 0)
    return When((published + dt.timedelta(days=days)).isoformat(), "day")
