"""A hostile document costs one child process: the call fails in words and the next one works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.parse.parse_golden import FEED_URL
from tradewatch.errors import ConfigError, ParseError
from tradewatch.parse import parse_feed, parse_listing
from tradewatch.parse.worker import ParseWorkers
from tradewatch.types import Listing, Outcome

GOOD = b'<rss version="2.0"><channel><title>Wire</title><item><title>Vale</title><link>https://wire.example/v</link></item></channel></rss>'
SLOW = f'<?xml version="1.0" encoding="utf-16"?><rss><channel><item><author>{"a." * 60_000}@</author></item></channel></rss>'.encode(
    "utf-16"
)
"""The author trap in an encoding in which it is not disarmed beforehand: half a minute of feedparser."""


@pytest.fixture(scope="module")
def workers() -> Iterator[ParseWorkers]:
    with ParseWorkers(1, time_limit=dt.timedelta(seconds=2), memory_limit=600 << 20) as started:
        yield started


def test_a_child_reads_what_we_read(workers: ParseWorkers) -> None:
    assert workers.run(parse_feed, GOOD, url=FEED_URL) == parse_feed(GOOD, url=FEED_URL)


def test_a_child_s_errors_are_ours(workers: ParseWorkers) -> None:
    with pytest.raises(ParseError) as raised:
        workers.run(parse_feed, b"<html>", url=FEED_URL)
    assert (raised.value.url, raised.value.outcome) == (FEED_URL, Outcome.WRONG_TYPE)
    with pytest.raises(ConfigError, match=r"listing\.item"):
        workers.run(parse_listing, b"<p>", url=FEED_URL, listing=Listing(item="p >"))


def test_a_feed_that_takes_too_long_is_killed_and_the_next_is_read(workers: ParseWorkers) -> None:
    with pytest.raises(ParseError, match="took longer than 2 s"):
        workers.run(parse_feed, SLOW, url=FEED_URL)
    assert workers.run(parse_feed, GOOD, url=FEED_URL).title == "Wire"


def test_a_feed_that_takes_too_much_memory_is_told_and_the_next_is_read() -> None:
    swelling = (
        b"<rss version='2.0'><channel><item><title>A</title><description>" + b"a " * (15 << 20) + b"</description></item></channel></rss>"
    )
    with ParseWorkers(1, memory_limit=200 << 20) as small:
        with pytest.raises(ParseError, match="needs more than 200 MB of memory"):
            small.run(parse_feed, swelling, url=FEED_URL)
        assert small.run(parse_feed, GOOD, url=FEED_URL).title == "Wire"


def test_a_child_that_died_between_two_feeds_is_replaced(workers: ParseWorkers) -> None:
    workers.run(parse_feed, GOOD, url=FEED_URL)
    workers.close()
    assert workers.run(parse_feed, GOOD, url=FEED_URL).title == "Wire"


def test_threads_share_the_children() -> None:
    with ParseWorkers(2) as two, ThreadPoolExecutor(8) as threads:
        titles = list(threads.map(lambda _: two.run(parse_feed, GOOD, url=FEED_URL).title, range(40)))
    assert titles == ["Wire"] * 40
