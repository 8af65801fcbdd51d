"""When a digest is due. Pure: its schedule, when it last ran, and `now` in; the time that it answers out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from tradewatch.types import Schedule

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = 8
"""Days in which a schedule with any day at all comes round."""


def due(schedule: Schedule, last: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """The newest time of the schedule after `last` and not after `now`; None where there is none.

    Whatever was missed in between is one: a daemon that was down for a week sends one digest.
    """
    return max((time for time in _times(schedule, now, -_WEEK) if last < time <= now), default=None)


def following(schedule: Schedule, now: dt.datetime) -> dt.datetime | None:
    """The next time of the schedule after `now`; None where it is run by hand only."""
    return min((time for time in _times(schedule, now, _WEEK) if time > now), default=None)


def scheduled(schedule: Schedule) -> str:
    """A schedule in words: `mon tue 08:00, 17:30 (Europe/London)`."""
    if not schedule.times:
        return "by hand"
    days = "daily" if len(schedule.days) == len(_DAYS) else " ".join(_DAYS[day] for day in sorted(schedule.days))
    return f"{days} {', '.join(f'{time:%H:%M}' for time in schedule.times)} ({schedule.zone})"


def _times(schedule: Schedule, now: dt.datetime, days: int) -> Iterator[dt.datetime]:
    """The times, in UTC, of the days from about now to so many days from now."""
    zone = ZoneInfo(schedule.zone)
    today = now.astimezone(zone).date()
    for offset in range(min(days, -1), max(days, 1) + 1):
        day = today + dt.timedelta(days=offset)
        if day.weekday() in schedule.days:
            yield from (moment(day, time, zone) for time in schedule.times)


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """When clocks of a zone show a time on a day, in UTC.

    Where they show it twice, the first; where they skip it, as long after the skip as it lies in the gap, as RFC 5545 has it.
    """
    return dt.datetime.combine(day, time, tzinfo=zone).astimezone(dt.UTC)
