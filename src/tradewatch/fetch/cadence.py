"""How often to ask: from the source's own rhythm, what its publisher asks for, and the bounds of the desk. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from tradewatch.fetch.answer import http_date
from tradewatch.types import Snapshot, Source, SourceState

RECENT = 20
"""Entries that tell the rhythm: enough to even out a burst, few enough to follow a change of pace."""
UNKNOWN_RHYTHM = dt.timedelta(hours=2)
"""Assumed until two dates are known; asks hourly."""
CACHE_CAP = dt.timedelta(hours=1)
"""Most that Cache-Control or Expires may hold us back: they are often a host's setting for all files, where a ttl is the editor's."""
IDLE = ((dt.timedelta(days=30), 1.0), (dt.timedelta(days=14), 0.5), (dt.timedelta(days=7), 0.25))
"""A silence this long is asked after at this share of the longest interval; commafeed's steps."""

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.I)
_UNCACHED = re.compile(r"\bno-(?:cache|store)\b", re.I)


def interval(state: SourceState, source: Source, snapshot: Snapshot, now: dt.datetime) -> dt.timedelta:
    """Time until the next poll after one that went well: half the usual gap between entries, not below what the publisher asks,
    longer while the source is idle, always within the source's own bounds."""
    wanted = (state.rhythm if state.rhythm is not None else UNKNOWN_RHYTHM) / 2
    asked = (span for span in (state.asked, cache_lifetime(snapshot, now)) if span is not None)
    longest = max(wanted, _idle(state, source, now), *asked)
    return min(max(longest, source.min_interval), max(source.max_interval, source.min_interval))


def rhythm(dates: Iterable[dt.datetime]) -> dt.timedelta | None:
    """The mean gap between the newest entries; None below two dates."""
    newest = sorted(dates, reverse=True)[:RECENT]
    return (newest[0] - newest[-1]) / (len(newest) - 1) if len(newest) > 1 else None


def cache_lifetime(snapshot: Snapshot, now: dt.datetime) -> dt.timedelta | None:
    """How long an answer says that it stays fresh, by max-age less Age, else by Expires; at most `CACHE_CAP`."""
    control = snapshot.header("cache-control") or ""
    if _UNCACHED.search(control):
        return None
    if told := _MAX_AGE.search(control):
        age = snapshot.header("age") or ""
        seconds = int(told[1]) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)
        return _capped(dt.timedelta(seconds=seconds))
    expires = http_date(snapshot.header("expires") or "")
    return _capped(expires - (http_date(snapshot.header("date") or "") or now)) if expires else None


def _capped(span: dt.timedelta) -> dt.timedelta | None:
    return min(span, CACHE_CAP) if span > dt.timedelta() else None


def _idle(state: SourceState, source: Source, now: dt.datetime) -> dt.timedelta:
    """The least interval for a source that has been silent for days."""
    silence = now - (state.newest_entry_at or now)
    return source.max_interval * next((share for span, share in IDLE if silence >= span), 0.0)
