"""Dates as publishers print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.parse.dates import read_date


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2026-03-02T17:04:05Z", "2026-03-02T17:04:05"),
        ("2026-03-02T17:04:05.123456789+01:00", "2026-03-02T16:04:05"),
        ("2026-03-02T17:04-0800", "2026-03-03T01:04:00"),
        ("2026-03-02 17:04:05 PST", "2026-03-03T01:04:05"),
        ("20260302T170405Z", "2026-03-02T17:04:05"),
        ("2026-03-02", "2026-03-02T05:00:00"),
        ("2026-03-02T17:04", "2026-03-02T22:04:00"),
        ("2026/03/02 17:04", "2026-03-02T22:04:00"),
        ("Mon, 02 Mar 2026 17:04:05 +0000", "2026-03-02T17:04:05"),
        ("Mon, 02 Mar 2026 17:04:05 GMT+0100", "2026-03-02T16:04:05"),
        ("Mon, 2 Mar 26 17:04 EDT", "2026-03-02T21:04:00"),
        ("02 Mar 2026 17:04:05", "2026-03-02T22:04:05"),
        ("Mon Mar  2 17:04:05 UTC 2026", "2026-03-02T17:04:05"),
        ("March 2, 2026 5:04pm PT", "2026-03-03T01:04:00"),
        ("July 2, 2026 5:04 p.m. PT", "2026-07-03T00:04:00"),
        ("Published on March 2, 2026 02:30PM EST", "2026-03-02T19:30:00"),
        ("Mar 2, 2026", "2026-03-02T05:00:00"),
        ("Monday 2nd March 2026 at 9 am", "2026-03-02T14:00:00"),
        ("2. März 2026, 09:30 CET", "2026-03-02T08:30:00"),
        ("lun. 2 mars 2026 18:04 +0100", "2026-03-02T17:04:00"),
        ("2 de marzo de 2026", "2026-03-02T05:00:00"),
        ("12:00 AM, 2 March 2026", "2026-03-02T05:00:00"),
        ("12.30pm, 2 March 2026", "2026-03-02T17:30:00"),
        ("Mon, 02 Mar 2026 24:00:00 GMT", "2026-03-03T00:00:00"),
        ("Mon, 02 Mar 2026 17:04:60 GMT", "2026-03-02T17:04:59"),
        ("1772471045", "2026-03-02T17:04:05"),
        ("1772471045000", "2026-03-02T17:04:05"),
    ],
)
def test_a_date_is_read_in_the_zone_that_it_gives_or_else_in_new_york(printed: str, moment: str) -> None:
    read = read_date(printed, "America/New_York")
    assert read
    assert read.tzinfo is dt.UTC
    assert read.replace(tzinfo=None).isoformat() == moment


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "yesterday",
        "2 hours ago",
        "03/02/2026",
        "soon",
        "Thu, 31 Feb 2026 10:00:00 GMT",
        "0000-00-00",
        "9999-12-31",
        "2026-13-01",
        "25:61",
        "Season 2 2026",
        "x" * 500,
    ],
)
def test_what_is_no_certain_date_is_not_guessed_at(printed: str) -> None:
    assert read_date(printed, "UTC") is None


def test_summer_time_holds_in_a_zone_named_by_place() -> None:
    winter, summer = (read_date(f"2026-{month}-02T12:00", "Europe/London") for month in ("01", "07"))
    assert winter
    assert summer
    assert (winter.hour, summer.hour) == (12, 11)


def test_an_unknown_zone_is_utc() -> None:
    assert read_date("2026-03-02T12:00", "Mars/Olympus") == dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@given(st.integers(min_value=700_000_000, max_value=4_000_000_000))
def test_what_is_written_is_read_back(epoch: int) -> None:
    second = dt.datetime.fromtimestamp(epoch, dt.UTC)
    assert read_date(second.isoformat()) == second
    assert read_date(second.strftime("%a, %d %b %Y %H:%M:%S +0000")) == second


@given(st.text(alphabet="0123456789:-+/. TZapmMarchJune,", max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    read = read_date(text)
    assert read is None or 1990 <= read.year <= 2100
