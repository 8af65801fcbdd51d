"""The premieres of an issue as a calendar: events that move when their date does, and are cancelled when nobody stands by them."""

from __future__ import annotations

import datetime as dt
import re

from icalendar import Calendar, Event

from tradewatch import __version__
from tradewatch.digest.telling import one_line, said, web
from tradewatch.types import Certainty, Change, ClaimType, Issue, Row

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_calendar(issue: Issue) -> bytes:
    """The calendar, as RFC 5545 has it. A premiere that is known to a month or a season alone has no day and is left out."""
    calendar = Calendar()
    calendar.add("prodid", f"-//tradewatch//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(issue.title))
    for event in premieres(issue):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def premieres(issue: Issue) -> list[Event]:
    """An event for each premiere with a day; one for each that had a day and has none any more, cancelled."""
    return [_event(told.row, day, issue) for told in issue.rows if (day := _day(told.row))]


def _day(row: Row) -> dt.date | None:
    """The day on which an event stands in calendars, or stood."""
    if row["claim_type"] != ClaimType.PREMIERE_DATE:
        return None
    dates = [row["effective_date"], *([row["prior_date"]] if row["was"] else [])]
    found = next((date for date in dates if _DAY.fullmatch(date)), None)
    return dt.date.fromisoformat(found) if found else None


def _event(row: Row, day: dt.date, issue: Issue) -> Event:
    event = Event()
    event.add("uid", f"{row['announcement_id']}@tradewatch")
    event.add("sequence", int(row["revision"] or 0))
    event.add("dtstamp", issue.frozen_at)
    event.add("created", dt.datetime.fromisoformat(row["first_seen_utc"]))
    event.add("last-modified", dt.datetime.fromisoformat(row["changed_utc"] or row["first_seen_utc"]))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", _summary(row))
    event.add("description", one_line(f"{said(row['certainty'])}, by {row['first_source']}: “{row['evidence_quote']}” {row['note']}"))
    event.add("status", _status(row, day))
    event.add("transp", "TRANSPARENT")
    if address := web(row["evidence_url"]):
        event.add("url", address)
    return event


def _summary(row: Row) -> str:
    season = f" season {row['season']}" if row["season"] else ""
    return one_line(f"{row['title']}{season} premieres" + (f" ({row['network']})" if row["network"] else ""))


def _status(row: Row, day: dt.date) -> str:
    if row["change"] == Change.RETRACTED or row["effective_date"] != day.isoformat():
        return "CANCELLED"
    return "CONFIRMED" if row["certainty"] == Certainty.CONFIRMED else "TENTATIVE"
