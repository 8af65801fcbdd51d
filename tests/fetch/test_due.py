"""When a source is asked again, and how."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.errors import FetchError, ParseError
from tradewatch.fetch import Pulse, after_failure, after_success, conditional_request, first_state
from tradewatch.fetch.due import (
    DAY,
    FULL_EVERY,
    PAGE_AGES,
    PATIENCE,
    gap,
    held_until,
    hold_host,
    host_of,
    is_due,
    outcome_of,
    page_check_at,
    revive,
    startable,
)
from tradewatch.types import Outcome, Snapshot, Source, SourceKind, SourceState, Tier

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
FEED = "https://vale.example/feed"
NEW_HOME = "https://news.vale.example/feed"


def source(**changed: Any) -> Source:
    return replace(Source(key="vale", name="Vale", outlet="Vale", kind=SourceKind.FEED, url=FEED, tier=Tier.TRADE), **changed)


def snapshot(status: int = 200, *, url: str = FEED, moved_to: str | None = None, sha256: str = "a", **headers: Any) -> Snapshot:
    lines = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Snapshot(url=url, final_url=url, status=status, headers=lines, body=b"", fetched_at=NOW, sha256=sha256, moved_to=moved_to)


def every(span: dt.timedelta, count: int = 10, until: dt.datetime = NOW) -> Pulse:
    """A source that publishes so often, last at `until`."""
    return Pulse(entries=count, new=1, dates=tuple(until - span * index for index in range(count)))


# After a good answer


@pytest.mark.parametrize(
    ("what", "pulse", "headers", "expected"),
    [
        ("nothing is known of its rhythm", Pulse(entries=1), {}, HOUR),
        ("half its usual gap", every(50 * MINUTE), {}, 25 * MINUTE),
        ("not below its shortest interval", every(MINUTE), {}, 10 * MINUTE),
        ("not above its longest interval", every(DAY * 5, until=NOW), {}, DAY),
        ("as its ttl asks", replace(every(MINUTE), asked=2 * HOUR), {}, 2 * HOUR),
        ("a ttl of a month ends at its longest interval", replace(every(MINUTE), asked=DAY * 30), {}, DAY),
        ("as long as it is fresh", every(MINUTE), {"cache_control": "public, max-age=1800"}, 30 * MINUTE),
        ("less the time it lay in a cache", every(MINUTE), {"cache_control": "max-age=1800", "age": "600"}, 20 * MINUTE),
        ("a freshness of a year counts for an hour", every(MINUTE), {"cache_control": "max-age=31536000"}, HOUR),
        ("a freshness that is denied does not count", every(MINUTE), {"cache_control": "no-cache, max-age=1800"}, 10 * MINUTE),
        ("a shared cache's time is not ours", every(MINUTE), {"cache_control": "s-maxage=1800"}, 10 * MINUTE),
        (
            "until it expires by its own clock",
            every(MINUTE),
            {"expires": "Mon, 02 Mar 2026 12:40:00 GMT", "date": "Mon, 02 Mar 2026 12:00:00 GMT"},
            40 * MINUTE,
        ),
        ("an expiry that is no date", every(MINUTE), {"expires": "-1"}, 10 * MINUTE),
        ("silent for a week: a quarter of the longest", every(MINUTE, until=NOW - DAY * 7), {}, HOUR * 6),
        ("silent for a fortnight: half of it", every(MINUTE, until=NOW - DAY * 14), {}, HOUR * 12),
        ("silent for a month: the longest", every(MINUTE, until=NOW - DAY * 31), {}, DAY),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_source_is_asked_again(what: str, pulse: Pulse, headers: dict[str, Any], expected: dt.timedelta) -> None:
    state = after_success(first_state(source(), NOW), source(), snapshot(**headers), pulse, NOW)
    assert state.next_check_at - NOW == expected


def test_what_a_feed_asked_holds_over_its_304s() -> None:
    first = after_success(first_state(source(), NOW), source(), snapshot(etag="1"), replace(every(MINUTE), asked=2 * HOUR), NOW)
    later = after_success(first, source(), snapshot(304), None, NOW + 2 * HOUR)
    assert later.next_check_at == NOW + 4 * HOUR
    assert (later.etag, later.last_304_at) == ("1", NOW + 2 * HOUR)


def test_an_undated_source_is_known_by_when_its_entries_came_to_light() -> None:
    state = after_success(first_state(source(), NOW), source(), snapshot(), Pulse(entries=5, new=5), NOW)
    assert state.rhythm is None
    state = after_success(state, source(), snapshot(), Pulse(entries=5, new=2), NOW + 2 * HOUR)
    assert state.rhythm == HOUR
    state = after_success(state, source(), snapshot(), Pulse(entries=5, new=0), NOW + 3 * HOUR)
    assert (state.rhythm, state.newest_entry_at) == (HOUR, NOW + 2 * HOUR)


def test_an_entry_dated_in_the_future_does_not_pass_for_news() -> None:
    dates = (NOW + DAY * 300, NOW - DAY * 40, NOW - DAY * 41)
    state = after_success(first_state(source(), NOW), source(), snapshot(), Pulse(entries=3, dates=dates), NOW)
    assert state.newest_entry_at == NOW - DAY * 40


spans = st.timedeltas(min_value=dt.timedelta(), max_value=DAY * 400)
bounds = st.tuples(st.timedeltas(MINUTE, DAY), st.timedeltas(MINUTE, DAY * 7))
pulses = st.builds(
    Pulse,
    entries=st.integers(0, 1000),
    new=st.integers(0, 50),
    dates=st.lists(st.timedeltas(-DAY * 9999, DAY * 9999).map(NOW.__add__), max_size=30).map(tuple),
    asked=st.none() | spans,
)


@given(pulses | st.none(), bounds, st.floats(0, 0.999), st.text(max_size=20), st.integers(0, 10**9))
def test_the_next_poll_keeps_the_bounds_whatever_a_source_says(
    pulse: Pulse | None, limits: tuple[dt.timedelta, dt.timedelta], jitter: float, control: str, age: int
) -> None:
    least, most = sorted(limits)
    asked = source(min_interval=least, max_interval=most)
    answer = snapshot(cache_control=control, age=str(age), expires=control)
    state = after_success(first_state(asked, NOW), asked, answer, pulse, NOW, jitter)
    assert least <= state.next_check_at - NOW <= most * 1.1
    if pulse and pulse.asked:
        assert state.next_check_at - NOW >= min(pulse.asked, most)


# After a failure


def failed(
    state: SourceState, outcome: Outcome, retry_after: dt.timedelta | None = None, jitter: float = 0.0, **changed: Any
) -> SourceState:
    return after_failure(state, source(**changed), FetchError(FEED, outcome, "why", retry_after=retry_after), NOW, jitter)


def test_failures_double_the_pause_up_to_a_day_and_never_end_it() -> None:
    state, waits = first_state(source(), NOW), []
    for _ in range(40):
        state = failed(state, Outcome.TIMEOUT)
        waits.append((state.next_check_at - NOW) / MINUTE)
    assert waits[:8] == [10, 20, 40, 80, 160, 320, 640, 1152]
    assert set(waits[7:]) == {1152}
    assert (state.failures, state.parked) == (40, None)
    well = after_success(state, source(), snapshot(), every(50 * MINUTE), NOW)
    assert (well.failures, well.next_check_at - NOW) == (0, 25 * MINUTE)


@given(st.integers(0, 200), st.sampled_from(Outcome), st.none() | spans, st.floats(0, 0.999), st.timedeltas(MINUTE, DAY * 2))
def test_a_pause_keeps_its_bounds_and_what_the_server_asks(
    failures: int, outcome: Outcome, wish: dt.timedelta | None, jitter: float, least: dt.timedelta
) -> None:
    before = replace(first_state(source(), NOW), failures=failures)
    state = failed(before, outcome, wish, jitter, min_interval=least)
    pause = state.next_check_at - NOW
    assert least <= pause <= max(DAY, least)
    assert pause >= min(wish or PATIENCE.get(outcome, pause), DAY / 1.25)
    assert (state.parked is not None) == (outcome is Outcome.GONE)


@given(st.integers(0, 30), st.floats(0, 0.999), st.floats(0, 0.999))
def test_chance_only_delays_and_spreads(failures: int, one: float, other: float) -> None:
    before = replace(first_state(source(), NOW), failures=failures)
    plain = failed(before, Outcome.TIMEOUT).next_check_at
    late = sorted(failed(before, Outcome.TIMEOUT, jitter=jitter).next_check_at for jitter in (one, other))
    assert plain <= late[0] <= late[1]
    assert (late[0] == late[1]) == (one == other) or abs(one - other) < 1e-6


def test_a_feed_that_cannot_be_parsed_backs_off_and_keeps_its_validators() -> None:
    known = replace(first_state(source(), NOW), etag="1", url=FEED, body_sha256="a")
    state = after_failure(known, source(), ParseError(FEED, Outcome.UNREADABLE, "not a feed"), NOW, 0.0)
    assert (state.etag, state.body_sha256, state.next_check_at - NOW) == ("1", "a", 10 * MINUTE)


def test_gone_parks_a_source_until_it_is_revived() -> None:
    state = failed(first_state(source(), NOW), Outcome.GONE)
    assert not is_due(source(), state, NOW + DAY * 400)
    assert is_due(source(), revive(state, NOW), NOW)


# Validators


def known(**changed: Any) -> SourceState:
    base = SourceState(key="vale", next_check_at=NOW, etag='"1"', last_modified="Mon", url=FEED, last_full_at=NOW)
    return replace(base, **changed)


def test_validators_go_back_as_they_came() -> None:
    request = conditional_request(source(), known(), NOW)
    assert (request.url, request.etag, request.last_modified, request.conditional) == (FEED, '"1"', "Mon", True)


@pytest.mark.parametrize(
    "state",
    [
        known(last_full_at=NOW - FULL_EVERY),
        known(url="https://vale.example/old-feed"),
        known(url=None),
        known(false_304=True),
        first_state(source(), NOW),
    ],
    ids=["a full answer is due", "they came from another URL", "it is not known whence", "the 304s are false", "there are none"],
)
def test_validators_are_left_out_when(state: SourceState) -> None:
    assert not conditional_request(source(), state, NOW).conditional


def test_a_server_caught_with_a_false_304_is_asked_in_full_from_then_on() -> None:
    state = after_success(first_state(source(), NOW), source(), snapshot(etag="1"), every(HOUR), NOW)
    state = after_success(state, source(), snapshot(304), None, NOW + 5 * HOUR)
    honest = after_success(state, source(), snapshot(etag="2"), every(HOUR, until=NOW + 5 * HOUR, count=2), NOW + 6 * HOUR)
    assert not honest.false_304
    caught = after_success(state, source(), snapshot(etag="2"), every(HOUR, until=NOW + 5 * HOUR, count=9), NOW + 6 * HOUR)
    assert caught.false_304
    assert not conditional_request(source(), caught, NOW + 6 * HOUR).conditional


# Moves


def test_a_move_is_followed_checked_and_undone() -> None:
    state = after_success(first_state(source(), NOW), source(), snapshot(moved_to=NEW_HOME, etag="1"), every(HOUR), NOW)
    assert conditional_request(source(), state, NOW).url == NEW_HOME
    assert conditional_request(source(), state, NOW).etag == "1"
    state = after_success(state, source(), snapshot(304, url=NEW_HOME), None, NOW + HOUR)
    assert state.moved_to == NEW_HOME
    later = NOW + FULL_EVERY
    assert conditional_request(source(), state, later).url == FEED
    back = after_success(state, source(), snapshot(etag="3"), every(HOUR), later)
    assert (back.moved_to, conditional_request(source(), back, later).url) == (None, FEED)


def test_a_full_answer_of_the_new_home_does_not_put_off_the_check_of_the_old() -> None:
    state = known(moved_to=NEW_HOME, url=NEW_HOME)
    for hours in range(1, 7):
        state = after_success(state, source(), snapshot(url=NEW_HOME), every(HOUR), NOW + hours * HOUR)
    assert conditional_request(source(), state, NOW + FULL_EVERY).url == FEED


def test_a_new_home_that_fails_sends_us_back_even_when_it_says_gone() -> None:
    state = failed(known(moved_to=NEW_HOME), Outcome.GONE)
    assert state.parked is None
    assert conditional_request(source(), state, NOW).url == FEED


@pytest.mark.parametrize(
    ("answer", "pulse", "expected"),
    [
        (snapshot(304), None, Outcome.NOT_MODIFIED),
        (snapshot(sha256="known"), Pulse(entries=3), Outcome.UNCHANGED),
        (snapshot(), Pulse(entries=0), Outcome.EMPTY),
        (snapshot(moved_to=NEW_HOME), Pulse(entries=3), Outcome.MOVED),
        (snapshot(), Pulse(entries=3), Outcome.OK),
    ],
    ids=lambda part: part.name if isinstance(part, Outcome) else "",
)
def test_a_good_answer_has_its_name(answer: Snapshot, pulse: Pulse | None, expected: Outcome) -> None:
    assert outcome_of(known(body_sha256="known"), answer, pulse) is expected


# Hosts


def test_a_retry_after_holds_every_source_of_the_host_and_no_other() -> None:
    error = FetchError(FEED, Outcome.RATE_LIMITED, "why", retry_after=2 * HOUR)
    until = held_until(error, NOW)
    assert until == NOW + 2 * HOUR
    polled = [(source(key=key, url=url), replace(known(), key=key)) for key, url in HOSTS]
    held = hold_host(polled, host_of(FEED), until)
    assert {state.key: state.next_check_at for state in held} == {"feed": until, "page": until}


HOSTS = (
    ("feed", FEED),
    ("page", "https://VALE.example/news/"),
    ("port", "https://vale.example:8443/feed"),
    ("sub", "https://tv.vale.example/feed"),
)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Vale.Example:443/feed", "vale.example"),
        ("http://vale.example:443/feed", "vale.example:443"),
        ("http://me:pass@vale.example:80", "vale.example"),
        ("http://[2001:db8::1]:8080/", "[2001:db8::1]:8080"),
        ("http://[::1", ""),
        ("/feed", ""),
    ],
)
def test_a_host_is_known_however_it_is_written(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_hold_never_brings_a_source_forward() -> None:
    assert hold_host([(source(), known(next_check_at=NOW + DAY))], host_of(FEED), NOW + HOUR) == ()


def test_other_failures_hold_no_host() -> None:
    assert held_until(FetchError(FEED, Outcome.SERVER_ERROR, "why"), NOW) is None
    assert held_until(ParseError(FEED, Outcome.UNREADABLE, "why"), NOW) is None


def test_the_longest_overdue_start_first_one_of_each_free_host() -> None:
    polled = [
        (source(key="late", url="https://a.example/1"), known(next_check_at=NOW - 2 * HOUR)),
        (source(key="later", url="https://a.example/2"), known(next_check_at=NOW - HOUR)),
        (source(key="latest", url="https://b.example/1"), known(next_check_at=NOW - 3 * HOUR)),
        (source(key="early", url="https://c.example/1"), known(next_check_at=NOW + MINUTE)),
        (source(key="off", url="https://d.example/1", enabled=False), known()),
        (source(key="parked", url="https://e.example/1"), known(parked="gone")),
        (source(key="spaced", url="https://f.example/1"), known()),
    ]
    free_at = {"f.example": NOW + MINUTE, "a.example": NOW}
    assert [one.key for one in startable(polled, NOW, most=9, free_at=free_at)] == ["latest", "late"]
    assert [one.key for one in startable(polled, NOW, most=1)] == ["latest"]


@given(st.timedeltas(dt.timedelta(0), DAY * 9))
def test_a_restart_polls_nothing_early(away: dt.timedelta) -> None:
    state = after_success(first_state(source(), NOW), source(), snapshot(), every(50 * MINUTE), NOW)
    assert is_due(source(), state, NOW + away) == (away >= 25 * MINUTE)


# Gaps


@pytest.mark.parametrize(
    ("dates", "expected"),
    [((NOW + HOUR, NOW - HOUR), None), ((NOW + HOUR, NOW), None), ((NOW + 3 * HOUR, NOW + HOUR), HOUR), ((), None)],
    ids=["it reaches back", "it reaches back to the very entry", "it starts later", "it has no dates"],
)
def test_a_gap_is_seen_where_a_poll_does_not_reach_back(dates: tuple[dt.datetime, ...], expected: dt.timedelta | None) -> None:
    assert gap(known(newest_entry_at=NOW), Pulse(entries=2, dates=dates)) == expected
    assert gap(known(), Pulse(entries=2, dates=dates)) is None


# Pages


@given(st.lists(st.timedeltas(MINUTE, DAY * 3), max_size=40), st.timedeltas(-DAY * 9, DAY * 9))
def test_however_often_a_source_is_polled_a_page_is_looked_at_once_for_each_age_at_most(
    pauses: list[dt.timedelta], age: dt.timedelta
) -> None:
    now, published, looks = NOW, NOW - age, 0
    following = page_check_at(published, now)
    for pause in pauses:
        now += pause
        if following and following <= now:
            looks += 1
            following = page_check_at(published, now)
            assert following is None or following > now
    assert looks <= len(PAGE_AGES)


@pytest.mark.parametrize(
    ("age", "wait"),
    [(-2 * DAY, None), (dt.timedelta(), HOUR), (HOUR, 5 * HOUR), (23 * HOUR, HOUR), (DAY, 2 * DAY), (3 * DAY, None), (99 * DAY, None)],
)
def test_a_page_is_looked_at_again_when_its_article_comes_of_age(age: dt.timedelta, wait: dt.timedelta | None) -> None:
    assert page_check_at(NOW - age, NOW) == (wait and NOW + wait)
