"""Dates as publishers write them -> aware UTC datetimes. Where no zone is given the source's own zone holds.

RFC 822 and 3339 first, then words: `February 3, 2025 5:04pm PT`, `3. März 2025`, `03/Feb/2025 17:04`. Dates that need today's date to be
understood ("yesterday", "2 hours ago") are not read, and an order of digits that could be two days (03/02/2025) is not guessed at.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Names that news pages print; the ones that change with the season are read as the place they mean.
ZONES = {
    "PT": "America/Los_Angeles", "PST": "Etc/GMT+8", "PDT": "Etc/GMT+7",
    "MT": "America/Denver", "MST": "Etc/GMT+7", "MDT": "Etc/GMT+6",
    "CT": "America/Chicago", "CST": "Etc/GMT+6", "CDT": "Etc/GMT+5",
    "ET": "America/New_York", "EST": "Etc/GMT+5", "EDT": "Etc/GMT+4",
    "UT": "UTC", "UTC": "UTC", "GMT": "UTC", "Z": "UTC", "WET": "UTC",
    "BST": "Etc/GMT-1", "WEST": "Etc/GMT-1", "CET": "Etc/GMT-1", "CEST": "Etc/GMT-2", "EET": "Etc/GMT-2", "EEST": "Etc/GMT-3",
    "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Etc/GMT-10", "AEDT": "Etc/GMT-11", "NZST": "Etc/GMT-12",
}  # fmt: skip

# The first letters that tell a month apart, in the languages of the trade press; longest match wins.
MONTHS = {
    1: "jan janv gen ene", 2: "feb fév fev", 3: "mar mär maer mrt mars", 4: "apr avr abr", 5: "may mai mag maj mei maio", 6: "jun juin giu",
    7: "jul juil lug", 8: "aug aoû aou ago", 9: "sep sept set", 10: "oct okt ott out", 11: "nov", 12: "dec déc dez dic",
}  # fmt: skip
MONTH_OF = {stem: number for number, stems in MONTHS.items() for stem in stems.split()}

CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\b\.?)?"
OFFSET = r"(?P<offset>[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b)"
ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"
    rf"(?:[T\s]\s*(?P<hour>\d{{2}}):?(?P<minute>\d{{2}})(?::?(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?\s*(?:{OFFSET}|(?P<zone>[A-Z]{{1,4}})\b)?)?",
    re.IGNORECASE,
)
SLASHED = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})")
DAY_FIRST = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s\-/]+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,12})\.?,?[\s\-/]+(?:de\s+)?(?P<year>\d{4}|\d{2}(?=\s+\d{1,2}:))"
)
MONTH_FIRST = re.compile(r"\b(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b")
ASCTIME = re.compile(r"\b(?P<name>[^\W\d_]{3})\s+(?P<day>\d{1,2})\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?:[A-Z]{1,5}\s+)?(?P<year>\d{4})\b")
TIME = re.compile(CLOCK, re.IGNORECASE)
HOUR_ONLY = re.compile(r"\b(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
ZONE_NAME = re.compile(r"\b([A-Z]{1,4})\b")
NUMERIC_ZONE = re.compile(rf"(?:\s|GMT|UTC|\d){OFFSET}")
EPOCH = re.compile(r"\d{9,10}|\d{13}")
LONGEST = 200
"""Characters; nothing longer is a date."""


@functools.lru_cache(maxsize=4096)
def read_date(text: str | None, timezone: str = "UTC") -> dt.datetime | None:
    """The moment that a publisher's date names, in UTC; None where it names none. `timezone` (IANA) holds where the date gives no zone."""
    text = (text or "").strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        moment = _epoch(text) or _iso(text, timezone) or _words(text, timezone)
    except (ValueError, OverflowError):
        return None
    return moment if moment and plausible(moment) else None


def plausible(moment: dt.datetime) -> bool:
    """Whether a story can have been published then: the web is from 1990, and a year beyond 2100 is a slip."""
    return 1990 <= moment.year <= 2100


def zone(name: str) -> dt.tzinfo:
    """The IANA zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def _epoch(text: str) -> dt.datetime | None:
    """Unix seconds or milliseconds."""
    if not EPOCH.fullmatch(text):
        return None
    return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)


def _iso(text: str, timezone: str) -> dt.datetime | None:
    found = ISO.match(text)
    if not found or any(char.isdigit() for char in text[found.end() :]):
        return None
    day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    return _utc(day, _since_midnight(found), _zone(found["offset"], found["zone"], timezone))


def _words(text: str, timezone: str) -> dt.datetime | None:
    """A date with its month in letters (or year first), with or without a time of day after or before it."""
    for pattern in (DAY_FIRST, MONTH_FIRST, ASCTIME, SLASHED):
        for found in pattern.finditer(text):
            day = _day(found)
            if day:
                rest = f"{text[: found.start()]} {found[0] if pattern is ASCTIME else ''} {text[found.end() :]}"
                return _at(day, rest, timezone)
    return None


def _day(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    if not month:
        return None
    year = int(parts["year"])
    return dt.date(year if year > 99 else 2000 + year if year < 70 else 1900 + year, month, int(parts["day"]))


def _month(name: str) -> int | None:
    folded = name.casefold()
    return next((MONTH_OF[folded[:size]] for size in (4, 3) if folded[:size] in MONTH_OF), None)


def _at(day: dt.date, rest: str, timezone: str) -> dt.datetime:
    clock = TIME.search(rest) or HOUR_ONLY.search(rest)
    if not clock:
        return _utc(day, dt.timedelta(), zone(timezone))
    after = rest[clock.end() :]
    offset = NUMERIC_ZONE.search(f" {after.lstrip()}") or NUMERIC_ZONE.search(after)
    names = [name for name in ZONE_NAME.findall(after) if name in ZONES]
    return _utc(day, _since_midnight(clock), _zone(offset["offset"] if offset else None, names[0] if names else None, timezone))


def _since_midnight(found: re.Match[str]) -> dt.timedelta:
    parts = found.groupdict()
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    if hour > 24 or minute > 59:
        raise ValueError("no time of day")
    return dt.timedelta(hours=hour, minutes=minute, seconds=min(second, 59))  # a leap second is read as the one before it


def _zone(offset: str | None, name: str | None, timezone: str) -> dt.tzinfo:
    if offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return dt.timezone(dt.timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    return zone(ZONES.get((name or "").upper(), timezone))


def _utc(day: dt.date, since_midnight: dt.timedelta, tz: dt.tzinfo) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time()) + since_midnight
    return moment.replace(tzinfo=tz).astimezone(dt.UTC)
