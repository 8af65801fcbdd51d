"""When a digest is due: by clocks on the wall, in nights in which an hour is missing or comes twice, and after a stop."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.digest.schedule import due, following, moment, scheduled
from tradewatch.types import Schedule

LONDON, LOS_ANGELES, KIRITIMATI = "Europe/London", "America/Los_Angeles", "Pacific/Kiritimati"
MORNING = Schedule(zone=LOS_ANGELES, days=frozenset(range(5)), times=(dt.time(8), dt.time(17, 30)))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def at(*times: str, zone: str = LONDON, days: frozenset[int] = frozenset(range(7))) -> Schedule:
    return Schedule(zone=zone, days=days, times=tuple(map(dt.time.fromisoformat, times)))


@pytest.mark.parametrize(
    ("last", "now", "answered"),
    [
        ("2026-03-02 16:00", "2026-03-02 15:59", None),
        ("2026-03-02 15:59", "2026-03-02 16:00", "2026-03-02 16:00"),
        ("2026-03-02 16:00", "2026-03-02 16:01", None),
        ("2026-03-02 16:00:30", "2026-03-03 01:30", "2026-03-03 01:30"),
        ("2026-03-07 01:30", "2026-03-09 14:59", None),
        ("2026-03-07 01:30", "2026-03-09 15:00", "2026-03-09 15:00"),
        ("2026-02-02 16:00", "2026-03-05 20:00", "2026-03-05 16:00"),
        ("2024-01-01 00:00", "2026-03-08 12:00", "2026-03-07 01:30"),
    ],
    ids=[
        "a minute early", "on the minute", "run already", "the second time of a day", "not on a Sunday",
        "summer time came in between", "down for a month: one", "down for years: one",
    ],
)  # fmt: skip
def test_a_digest_is_due_when_a_time_of_its_schedule_passed_since_it_last_ran(last: str, now: str, answered: str | None) -> None:
    assert due(MORNING, utc(last), utc(now)) == (utc(answered) if answered else None)


def test_a_digest_without_times_is_never_due() -> None:
    assert due(Schedule(), utc("2020-01-01"), utc("2026-03-02")) is None
    assert following(Schedule(), utc("2026-03-02")) is None


@pytest.mark.parametrize(
    ("zone", "day", "clock", "meant"),
    [
        (LONDON, "2026-03-29", "00:59", "2026-03-29 00:59"),
        (LONDON, "2026-03-29", "01:30", "2026-03-29 01:30"),
        (LONDON, "2026-03-29", "02:00", "2026-03-29 01:00"),
        (LONDON, "2026-10-25", "00:59", "2026-10-24 23:59"),
        (LONDON, "2026-10-25", "01:30", "2026-10-25 00:30"),
        (LONDON, "2026-10-25", "02:00", "2026-10-25 02:00"),
        (LOS_ANGELES, "2026-03-08", "02:30", "2026-03-08 10:30"),
        (LOS_ANGELES, "2026-11-01", "01:30", "2026-11-01 08:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:45"),
        (KIRITIMATI, "2026-03-02", "08:00", "2026-03-01 18:00"),
    ],
)
def test_the_hour_that_is_missing_counts_later_and_the_one_that_comes_twice_counts_once(
    zone: str, day: str, clock: str, meant: str
) -> None:
    assert moment(dt.date.fromisoformat(day), dt.time.fromisoformat(clock), ZoneInfo(zone)) == utc(meant)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"], ids=["an hour is missing", "an hour comes twice"])
def test_in_a_night_in_which_clocks_change_a_daemon_sends_once(night: str) -> None:
    schedule, last = at("01:30"), utc(f"{night} 00:00") - dt.timedelta(hours=20)
    runs = 0
    for minute in range(0, 60 * 34, 5):
        now = utc(f"{night} 00:00") - dt.timedelta(hours=10) + dt.timedelta(minutes=minute)
        if due(schedule, last, now):
            runs, last = runs + 1, now
    assert runs == 1


ZONES = st.sampled_from([LONDON, LOS_ANGELES, KIRITIMATI, "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC"])
MOMENTS = st.integers(1_577_836_800, 2_050_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
SCHEDULES = st.builds(
    Schedule,
    zone=ZONES,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    times=st.lists(st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=4).map(tuple),
)


@given(SCHEDULES, MOMENTS)
def test_what_follows_now_is_due_then_and_not_before(schedule: Schedule, now: dt.datetime) -> None:
    coming = following(schedule, now)
    assert coming is not None
    assert now < coming <= now + dt.timedelta(days=9)
    assert due(schedule, now, coming - dt.timedelta(seconds=1)) is None
    assert due(schedule, now, coming) == coming


@given(SCHEDULES, MOMENTS, st.integers(1, 400))
def test_however_long_it_was_down_one_run_is_enough(schedule: Schedule, last: dt.datetime, days: int) -> None:
    now = last + dt.timedelta(days=days)
    answered = due(schedule, last, now)
    assert due(schedule, now, now) is None
    if days > 8:
        assert answered is not None
        assert last < answered <= now


def test_a_schedule_reads_well() -> None:
    assert scheduled(MORNING) == "mon tue wed thu fri 08:00, 17:30 (America/Los_Angeles)"
    assert scheduled(at("09:00")) == "daily 09:00 (Europe/London)"
    assert scheduled(Schedule()) == "by hand"
