"""One way to make an Entry from what a publisher wrote, whatever the dialect, and to count what was wrong with it."""

from __future__ import annotations

import calendar
import datetime as dt
import html
import re
import time
from collections import Counter

from tradewatch.parse.dates import plausible, read_date
from tradewatch.parse.titles import TAG, plain
from tradewatch.parse.zones import absolute
from tradewatch.types import Entry

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
E_MAIL = re.compile(r"\(?<?[\w.+-]{1,64}@[\w.-]{1,255}>?\)?")
NO_NAME = re.compile(r"\W*(?:admin|administrator|noreply|no-reply|nobody|unknown|none|null|staff)?\W*", re.IGNORECASE)
PERIODS = {
    "hourly": dt.timedelta(hours=1),
    "daily": dt.timedelta(days=1),
    "weekly": dt.timedelta(weeks=1),
    "monthly": dt.timedelta(days=30),
    "yearly": dt.timedelta(days=365),
}
LONGEST_TTL = dt.timedelta(days=30)
LONGEST_NAME = 300
"""Characters of a byline; what is longer is cut."""


class Drafts:
    """Entries as they are read, and the problems met on the way."""

    def __init__(self, base: str, timezone: str) -> None:
        self.base = base
        self.timezone = timezone
        self.entries: list[Entry] = []
        self.problems: Counter[str] = Counter()

    def add(
        self,
        *,
        url: str,
        guid: str | None = None,
        headline: str = "",
        summary_html: str = "",
        content_html: str = "",
        byline: str | None = None,
        published: str | None = None,
        updated: str | None = None,
        read_elsewhere: tuple[time.struct_time | None, time.struct_time | None] = (None, None),
    ) -> None:
        """Append one entry. `read_elsewhere` are the two dates in UTC as another reader saw them, for notations that ours does not know."""
        address = absolute(self.base, UNSTORABLE.sub("", url)) or ""
        if not address:
            self.problems["an entry without a web address"] += 1
        title = plain(headline)
        if not (address or title or summary_html or content_html or guid):
            self.problems["an entry with nothing in it"] += 1
            return
        self.entries.append(
            Entry(
                url=address,
                guid=UNSTORABLE.sub("", guid or "").strip() or None,
                headline=title,
                summary_html=UNSTORABLE.sub("", summary_html),
                content_html=UNSTORABLE.sub("", content_html),
                byline=name_of(byline),
                published_at=self._moment(published, read_elsewhere[0]),
                updated_at=self._moment(updated, read_elsewhere[1]),
            )
        )

    def _moment(self, text: str | None, elsewhere: time.struct_time | None) -> dt.datetime | None:
        moment = read_date(text, self.timezone) or _of_struct(elsewhere)
        if not moment and text and text.strip():
            self.problems["a date that could not be read"] += 1
        return moment

    def found(self) -> tuple[tuple[str, int], ...]:
        """The problems, as they go into a ParsedFeed."""
        return tuple(self.problems.items())


def name_of(byline: str | None) -> str | None:
    """A byline without e-mail address and `By`; None where no name is left."""
    text = plain(E_MAIL.sub("", (byline or "")[: 4 * LONGEST_NAME]))
    text = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE).strip(" ,;|")
    text = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
    return None if NO_NAME.fullmatch(text) else text[:LONGEST_NAME]


def as_html(text: str) -> str:
    """Plain text as paragraphs of HTML; text that turns out to hold tags is HTML already."""
    if TAG.search(text):
        return text
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def time_to_live(minutes: str, period: str, times: str) -> dt.timedelta | None:
    """How often a feed says that it changes: by RSS's ttl, else by the syndication module's period and how often it changes in it."""
    if minutes.isdecimal() and 0 < len(minutes) < 8 and int(minutes):
        return min(dt.timedelta(minutes=int(minutes)), LONGEST_TTL)
    span = PERIODS.get(period.lower())
    return span / (int(times) if times.isdecimal() and 0 < len(times) < 4 and int(times) else 1) if span else None


def _of_struct(moment: time.struct_time | None) -> dt.datetime | None:
    if moment is None:
        return None
    try:
        read = dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return read if plausible(read) else None
