"""robots.txt is read once, obeyed, and in doubt taken for a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fetch.hostile_scenarios import NOW, ROOMY
from tests.fetch.hostile_server import HostileServer, Play, redirects, says, sends
from tradewatch.errors import FetchError
from tradewatch.fetch import Fetcher
from tradewatch.fetch.robots import KEPT, KEPT_UNREAD, MOST, Robots
from tradewatch.types import Outcome, Source, SourceKind, Tier

SOURCE = Source(key="vale", name="Vale", outlet="Vale", kind=SourceKind.PAGE, url="https://vale.example/", tier=Tier.TRADE)
RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: tradewatch\nDisallow: /not-for-you\nCrawl-delay: 9999\n"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def robots() -> Iterator[Robots]:
    with Fetcher(ROOMY, user_agent="tests", allow_loopback=True) as fetcher:
        yield Robots(fetcher)


def serve(server: HostileServer, play: Play) -> None:
    server.plays["/robots.txt"] = play


def test_rules_for_our_name_go_before_those_for_all(server: HostileServer, robots: Robots) -> None:
    serve(server, says(200, RULES))
    assert not robots.allowed(SOURCE, f"{server.url}/not-for-you/1", NOW)
    assert robots.allowed(SOURCE, f"{server.url}/private/1", NOW)
    assert robots.allowed(SOURCE, f"{server.url}/news", NOW)


def test_a_source_with_an_agent_of_its_own_goes_by_that_name(server: HostileServer, robots: Robots) -> None:
    serve(server, says(200, RULES))
    other = replace(SOURCE, user_agent="DeskReader/2 (+https://desk.example)")
    assert not robots.allowed(other, f"{server.url}/private/1", NOW)
    assert robots.allowed(other, f"{server.url}/not-for-you/1", NOW)
    assert robots.delay(other, f"{server.url}/", NOW) == dt.timedelta(seconds=7)


def test_a_delay_of_hours_is_taken_for_a_minute_and_none_for_none(server: HostileServer, robots: Robots) -> None:
    serve(server, says(200, RULES))
    assert robots.delay(SOURCE, f"{server.url}/", NOW) == MINUTE
    with HostileServer({"/robots.txt": says(404)}) as other:
        assert robots.delay(SOURCE, f"{other.url}/", NOW) == dt.timedelta()


def test_it_is_read_once_a_day_for_each_origin(server: HostileServer, robots: Robots) -> None:
    serve(server, says(200, RULES))
    for moment in (NOW, NOW + MINUTE, NOW + KEPT - MINUTE, NOW + KEPT):
        robots.allowed(SOURCE, f"{server.url}/news", moment)
    assert [call.path for call in server.calls] == ["/robots.txt"] * 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_there_is_none_everything_is_allowed(status: int, server: HostileServer, robots: Robots) -> None:
    serve(server, says(status, b""))
    assert robots.allowed(SOURCE, f"{server.url}/private/1", NOW)


@pytest.mark.parametrize(
    ("play", "outcome"),
    [
        (says(500), Outcome.SERVER_ERROR),
        (says(429, Retry_After="60"), Outcome.RATE_LIMITED),
        (sends(b""), Outcome.UNREACHABLE),
        (redirects(302, "http://10.0.0.1/robots.txt"), Outcome.FORBIDDEN_ADDRESS),
    ],
    ids=["a server error", "a rate limit", "no answer", "a forbidden redirect"],
)
def test_where_it_cannot_be_read_nothing_is_and_soon_it_is_asked_again(
    play: Play, outcome: Outcome, server: HostileServer, robots: Robots
) -> None:
    serve(server, play)
    for _ in range(2):
        with pytest.raises(FetchError, match=r"its robots\.txt could not be read") as caught:
            robots.allowed(SOURCE, f"{server.url}/news", NOW)
        assert caught.value.outcome is outcome
    assert len(server.calls) == 1
    serve(server, says(200, b""))
    assert robots.allowed(SOURCE, f"{server.url}/news", NOW + KEPT_UNREAD)


def test_a_url_that_is_none_has_no_robots_txt_to_ask(robots: Robots) -> None:
    with pytest.raises(FetchError, match=r"its robots\.txt could not be read"):
        robots.allowed(SOURCE, "http://[::1/news", NOW)


def test_a_redirect_is_followed(server: HostileServer, robots: Robots) -> None:
    server.plays["/rules"] = says(200, RULES)
    serve(server, redirects(301, "/rules"))
    assert not robots.allowed(SOURCE, f"{server.url}/not-for-you", NOW)


@pytest.mark.parametrize(
    "body",
    [b"<html>Not found</html>", b"\xff\xfe\0U\0s\0e\0r", b"\0" * 999, b"Disallow: /\n", b"User-agent: *\nDisallow: /" + b"*a" * 5000],
    ids=["a page", "UTF-16", "NUL bytes", "a rule for nobody", "ten thousand wildcards"],
)
def test_what_is_no_robots_txt_allows_everything_and_takes_no_time(body: bytes, server: HostileServer, robots: Robots) -> None:
    serve(server, says(200, body))
    assert robots.allowed(SOURCE, f"{server.url}/news/{'a' * 2000}b", NOW)


def test_what_stands_after_the_first_500_kib_does_not_count_nor_half_a_rule(server: HostileServer) -> None:
    early = b"User-agent: *\nDisallow: /early\n"
    filler = b"#" * (MOST - len(early) - len(b"\nDisallow: /"))
    serve(server, says(200, early + filler + b"\nDisallow: /late\n"))
    with Fetcher(replace(ROOMY, body=10**6), user_agent="tests", allow_loopback=True) as fetcher:
        robots = Robots(fetcher)
        assert not robots.allowed(SOURCE, f"{server.url}/early", NOW)
        assert robots.allowed(SOURCE, f"{server.url}/late", NOW)
        assert robots.allowed(SOURCE, f"{server.url}/news", NOW)
