"""How times, numbers and claims are said on a page. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from tradewatch.review.cards import Card
from tradewatch.text import plain
from tradewatch.triage import shown
from tradewatch.types import Certainty
from tradewatch.wording import predicate, sentence


def ago(time: dt.datetime, now: dt.datetime) -> str:
    """How long before `now`, in one unit: `5 min`, `3 h`, `2 days`; `just now`, or `in 3 h` where it is to come."""
    seconds = (now - time).total_seconds()
    length = span(abs(seconds))
    if abs(seconds) < 60:
        return "just now"
    return f"{length} ago" if seconds > 0 else f"in {length}"


def span(seconds: float) -> str:
    """A length of time in one unit."""
    for unit, name in ((86400 * 365, "year"), (86400 * 30, "month"), (86400, "day")):
        if seconds >= unit * (1 if unit == 86400 else 1.5):
            return f"{seconds / unit:.0f} {name}{'s' if round(seconds / unit) != 1 else ''}"
    return f"{seconds / 3600:.0f} h" if seconds >= 3600 else f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"


def moment(time: dt.datetime, zone: ZoneInfo) -> str:
    """A time as the desk's clock shows it."""
    return f"{time.astimezone(zone):%-d %b %Y %H:%M}"


def day(time: dt.datetime, zone: ZoneInfo) -> str:
    """A day as the desk's calendar shows it."""
    return f"{time.astimezone(zone):%-d %b %Y}"


def iso(time: dt.datetime) -> str:
    """A time for machines."""
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 outlet`, `2 outlets`, `12,000 outlets`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float | None) -> str:
    """`93 %`; a dash where there is nothing to share."""
    return "–" if share is None else f"{share * 100:.0f} %"


def said(name: object) -> str:
    """A name of ours for people: `series_order` as `series order`."""
    return str(name).replace("_", " ")


def slot(value: object) -> str:
    """A slot's value for people; a dash where it says nothing."""
    if value in (None, (), "", False):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "yes" if value is True else said(value)


_DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "corrected",
    "defer": "put off",
    "merge": "merged",
    "split": "split",
    "settle": "settled",
    "same_title": "given a known title",
    "new_title": "given a new title",
    "retitle": "retitled",
    "undo": "taken back",
}


def did(kind: str) -> str:
    """What an act did, as a participle: `accepted`."""
    return _DONE[kind]


def is_web(url: str) -> bool:
    """Whether an address can be linked to: nothing but the web, whatever an outlet wrote."""
    return url.startswith(("https://", "http://"))


def attributed(card: Card, zone: ZoneInfo) -> str:
    """A line to paste into a story: what, whose word it is, when, and where it stands."""
    subject = card.value.title or card.value.person or "?"
    hedge = "" if card.announcement.certainty is Certainty.CONFIRMED else f" [{said(card.announcement.certainty)}]"
    line = f"{subject}: {predicate(card.value)}{hedge}"
    if card.lead is None:
        return line
    report = card.lead.report
    return f"{line} ({report.outlet}, {day(report.reported_at, zone)}, {report.url})"


def unpacked(text: str | None) -> list[str]:
    """The strings of a JSON list; none where there is no text."""
    return [str(one) for one in json.loads(text)] if text else []


FILTERS: dict[str, Callable[..., Any]] = {
    "ago": ago,
    "span": span,
    "moment": moment,
    "day": day,
    "iso": iso,
    "count": count,
    "percent": percent,
    "plain": plain,
    "said": said,
    "sentence": sentence,
    "predicate": predicate,
    "slot": slot,
    "typed": shown,
    "did": did,
    "is_web": is_web,
    "attributed": attributed,
    "unpacked": unpacked,
}
