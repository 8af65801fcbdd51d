"""Whatever a server does ends in a record with a reason and a next check, in time, and hurts nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fetch.hostile_scenarios import GROUPS, NOW, SCENARIOS, Scenario, table
from tests.fetch.hostile_server import GOOD, HostileServer, Play
from tradewatch.errors import FetchError
from tradewatch.fetch import Fetcher, FetchRequest, Pulse, after_failure, after_success
from tradewatch.fetch.due import outcome_of
from tradewatch.fetch.wire import system_addresses
from tradewatch.types import Outcome, Source, SourceKind, SourceState, Tier

SPANS = {"10 min": 600, "30 min": 1800, "40 min": 2400, "1 h": 3600, "2 h": 7200, "3 h": 10800, "1 day": 86400}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_hostile_server_gets_its_record_and_hurts_nothing_else(scenario: Scenario, server: HostileServer) -> None:
    server.plays = _Everywhere(server.plays, scenario)
    url = scenario.at.format(base=server.url, port=server.port)
    source = Source(key="vale", name="Vale", outlet="Vale", kind=SourceKind.FEED, url=url, tier=Tier.TRADE)
    known = SourceState(key="vale", next_check_at=NOW, body_sha256=hashlib.sha256(b"what we have").hexdigest())
    resolve = scenario.resolves or system_addresses
    with Fetcher(scenario.limits, user_agent="tests", allow_loopback=True, resolve=resolve) as fetcher:
        begun = time.monotonic()
        outcome, reason, state = _poll(fetcher, source, known, scenario)
        assert time.monotonic() - begun < scenario.limits.total.total_seconds() + 1
        assert outcome is scenario.outcome
        assert scenario.reason in reason
        if scenario.next_check == "parked":
            assert state.parked == reason
        else:
            assert state.next_check_at - NOW == dt.timedelta(seconds=SPANS[scenario.next_check])
        after = fetcher.get(FetchRequest(url=f"{server.url}/good"), NOW)
        assert after.body == GOOD


def _poll(fetcher: Fetcher, source: Source, known: SourceState, scenario: Scenario) -> tuple[Outcome, str, SourceState]:
    try:
        snapshot = fetcher.get(replace(scenario.request, url=source.url), NOW)
    except FetchError as error:
        return error.outcome, error.reason, after_failure(known, source, error, NOW, jitter=0.0)
    if scenario.body is not None:
        assert snapshot.body == scenario.body
    pulse = Pulse(entries=1 if snapshot.body else 0)
    return outcome_of(known, snapshot, pulse), "", after_success(known, source, snapshot, pulse, NOW)


class _Everywhere(dict[str, Play]):
    """The scenario's play at every path but /good."""

    def __init__(self, plays: dict[str, Play], scenario: Scenario) -> None:
        super().__init__(plays)
        self.scenario = scenario

    def __missing__(self, path: str) -> Play:
        return self.scenario.play


def test_there_are_at_least_sixty_scenarios_and_no_two_share_a_name() -> None:
    names = [(group, scenario.name) for group, scenarios in GROUPS.items() for scenario in scenarios]
    assert len(set(names)) == len(names) >= 60


def test_the_documentation_shows_the_table_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "fetching.md"
    assert table() in page.read_text(encoding="utf-8"), (
        "run python -m tests.fetch.hostile_scenarios and put its output into docs/fetching.md"
    )
