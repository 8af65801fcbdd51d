"""What is wrong with a source that brings nothing, told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tradewatch.fetch.liveness import Health, liveness
from tradewatch.types import Outcome, PollRecord, Source, SourceKind, SourceState, Tier

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SOURCE = Source(key="vale", name="Vale", outlet="Vale", kind=SourceKind.FEED, url="https://vale.example/feed", tier=Tier.TRADE)
LIVELY = SourceState(key="vale", next_check_at=NOW, last_ok_at=NOW, newest_entry_at=NOW - 2 * HOUR, rhythm=HOUR)
SILENT = replace(LIVELY, newest_entry_at=NOW - 5 * DAY)
BROKEN = replace(LIVELY, failures=4, last_ok_at=NOW - DAY)
WALL = "a bot wall answered (Cloudflare, status 403)"


def polls(*outcomes: Outcome, reason: str = "") -> list[PollRecord]:
    """Newest first, an hour apart."""
    return [
        PollRecord(source="vale", started_at=NOW - HOUR * index, outcome=outcome, reason=reason if outcome.failed else "")
        for index, outcome in enumerate(outcomes)
    ]


OK, SAME, NOTHING = [Outcome.OK], [Outcome.UNCHANGED], [Outcome.NOT_MODIFIED]

WEEKLY = replace(LIVELY, rhythm=7 * DAY)
UNKNOWN = replace(LIVELY, rhythm=None)


def since(state: SourceState, days: float) -> SourceState:
    return replace(state, newest_entry_at=NOW - DAY * days)


CASES = [
    ("news within its rhythm", LIVELY, polls(*OK), Health.LIVE, ""),
    ("304s within its rhythm", LIVELY, polls(*NOTHING * 9), Health.LIVE, ""),
    ("a passing trouble", replace(LIVELY, failures=2), polls(Outcome.TIMEOUT, reason="late"), Health.LIVE, ""),
    ("a long weekend", since(LIVELY, 2.9), polls(*SAME), Health.LIVE, ""),
    ("a weekly column after three weeks", since(WEEKLY, 21), polls(*SAME), Health.LIVE, ""),
    ("a weekly column after five weeks", since(WEEKLY, 35), polls(*SAME), Health.STALE, "7 days"),
    ("no known rhythm, six days", since(UNKNOWN, 6), polls(*SAME), Health.LIVE, ""),
    ("no known rhythm, eight days", since(UNKNOWN, 8), polls(*SAME), Health.STALE, "nothing new since"),
    ("the same bytes for days", SILENT, polls(*SAME * 9), Health.STALE, "nothing new since 2026-03-15 09:00 UTC; usually one in 60 min"),
    ("304s for days, with a full answer among them", SILENT, polls(*NOTHING * 5, *SAME), Health.STALE, "nothing new since"),
    ("304s alone for days", SILENT, polls(*NOTHING * 9), Health.ALWAYS_304, "304 to each of the last 9 polls"),
    ("no entries", SILENT, polls(*NOTHING, Outcome.EMPTY, *OK), Health.EMPTY, "no entries"),
    ("no entries before, some now", LIVELY, polls(*OK, Outcome.EMPTY), Health.LIVE, ""),
    ("a bot wall, at once", replace(LIVELY, failures=1), polls(Outcome.CHALLENGE, reason=WALL), Health.CHALLENGED, f"{WALL}: 1 poll"),
    ("a refusal", BROKEN, polls(Outcome.REFUSED, reason="refused (403)"), Health.REFUSED, "4 polls in a row, last read 2026-03-19"),
    ("robots.txt", BROKEN, polls(Outcome.ROBOTS, reason="robots.txt asks us not to"), Health.REFUSED, "robots.txt"),
    ("trouble that does not pass", BROKEN, polls(Outcome.TIMEOUT, reason="too late"), Health.FAILING, "too late: 4 polls in a row"),
    ("never read at all", replace(BROKEN, last_ok_at=None), polls(Outcome.NOT_FOUND, reason="nothing"), Health.FAILING, "last read never"),
    ("moved", replace(LIVELY, moved_to="https://new.example/feed"), polls(Outcome.MOVED), Health.MOVED, "now at https://new.example/feed"),
    ("moved and silent", replace(SILENT, moved_to="https://new.example/feed"), polls(*SAME), Health.STALE, "nothing new"),
    ("parked", replace(LIVELY, parked="gone for good (410)"), polls(Outcome.GONE, reason="gone"), Health.PARKED, "gone for good (410)"),
    ("not polled yet", None, [], Health.UNREAD, "not polled yet"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "state", "last", "health", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_source_is_told_to_be(case: str, state: SourceState | None, last: Sequence[PollRecord], health: Health, words: str) -> None:
    told = liveness(SOURCE, state, last, NOW)
    assert told.health is health
    assert words in told.reason
    assert bool(told.reason) == (health is not Health.LIVE)


def test_a_source_switched_off_is_only_that() -> None:
    assert liveness(replace(SOURCE, enabled=False), BROKEN, polls(Outcome.TIMEOUT), NOW).health is Health.OFF


def test_every_health_has_a_case() -> None:
    assert {case[3] for case in CASES} | {Health.OFF} == set(Health)
