"""Weeks by ISO 8601: from Monday to Monday by the clocks of a zone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_NAME = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, by the clocks of a zone."""

    monday: dt.date
    zone: ZoneInfo

    @property
    def name(self) -> str:
        """As ISO 8601 names it: `2026-W10`."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def sunday(self) -> dt.date:
        """Its last day."""
        return self.monday + dt.timedelta(days=6)

    @property
    def since(self) -> dt.datetime:
        """The midnight that begins it."""
        return dt.datetime.combine(self.monday, dt.time(), self.zone)

    @property
    def until(self) -> dt.datetime:
        """The midnight that ends it: 167 or 169 hours later where clocks are changed."""
        return dt.datetime.combine(self.monday + dt.timedelta(days=7), dt.time(), self.zone)


def week_named(name: str, zone: ZoneInfo) -> Week:
    """The week of a name such as `2026-W10`. Raises ValueError where there is none."""
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is no week; 2026-W10 is one")
    try:
        return Week(dt.date.fromisocalendar(int(found[1]), int(found[2]), 1), zone)
    except ValueError:
        raise ValueError(f"{found[1]} has no week {int(found[2])}") from None


def week_before(now: dt.datetime, zone: ZoneInfo) -> Week:
    """The last week that is over."""
    today = now.astimezone(zone).date()
    return Week(today - dt.timedelta(days=today.weekday() + 7), zone)
