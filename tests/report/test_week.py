"""Weeks are those of ISO 8601, by the clocks of a desk."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tradewatch.report import week_before, week_named

LA = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(("name", "monday"), [("2026-W10", "2026-03-02"), ("2026W10", "2026-03-02"), ("2020-w53", "2020-12-28")])
def test_a_week_is_known_by_its_name(name: str, monday: str) -> None:
    assert week_named(name, LA).monday.isoformat() == monday


@pytest.mark.parametrize("name", ["2026-W54", "2026-W00", "2021-W53", "2026-03-02", "last week", "0000-W01"])
def test_what_is_no_week_is_said(name: str) -> None:
    with pytest.raises(ValueError, match=r"is no week|has no week"):
        week_named(name, LA)


@pytest.mark.parametrize(("name", "hours"), [("2026-W10", 167), ("2026-W44", 169), ("2026-W20", 168)])
def test_a_week_in_which_clocks_change_is_an_hour_shorter_or_longer(name: str, hours: int) -> None:
    week = week_named(name, LA)
    assert week.until.astimezone(dt.UTC) - week.since.astimezone(dt.UTC) == dt.timedelta(hours=hours)


def test_the_last_week_that_is_over_is_meant_by_the_clocks_of_the_desk() -> None:
    early_monday = dt.datetime(2026, 3, 9, 3, 0, tzinfo=dt.UTC)
    assert week_before(early_monday, LA).name == "2026-W09"
    assert week_before(early_monday, ZoneInfo("Europe/London")).name == "2026-W10"
