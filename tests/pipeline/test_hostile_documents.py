"""A document made to hang or kill its reader costs its own source a word in its record, and nobody else anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ParamSpec, TypeVar

import pytest
from pytest_httpserver import HTTPServer

from tests.pipeline.trade_desk import NOW, TEXT, rss, source
from tradewatch.errors import ParseError
from tradewatch.parse.worker import Here, ParseWorkers
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import Outcome

P = ParamSpec("P")
T = TypeVar("T")

AUTHOR_TRAP = f'<?xml version="1.0" encoding="utf-16"?><rss><channel><item><author>{"a." * 60_000}@</author></item></channel></rss>'
"""Half a minute of feedparser, in an encoding in which the trap is not disarmed beforehand."""


@pytest.fixture
def guarded(desk: Desk) -> Iterator[Desk]:
    with ParseWorkers(2, time_limit=dt.timedelta(seconds=4), memory_limit=250 << 20) as workers:
        yield replace(desk, web=replace(desk.web, parser=workers))


def test_a_feed_that_hangs_is_told_and_the_others_are_read(httpserver: HTTPServer, guarded: Desk) -> None:
    httpserver.expect_request("/trap").respond_with_data(AUTHOR_TRAP.encode("utf-16"), content_type="application/rss+xml")
    httpserver.expect_request("/good").respond_with_data(rss("Vale", "Harrow"), content_type="application/rss+xml")
    odd = rss("Quay", host="https://other.test").replace("<rss", "<!DOCTYPE rss><rss", 1)
    httpserver.expect_request("/odd").respond_with_data(odd, content_type="application/rss+xml")
    sources = [source(name, httpserver.url_for(f"/{name}")) for name in ("trap", "good", "odd")]
    trap, good, oddly = poll(guarded, sources, NOW)
    assert (trap.outcome, trap.reason) == (Outcome.UNREADABLE, "reading it took longer than 4 s")
    assert trap.next_check_at
    assert trap.next_check_at > NOW
    assert (good.new, oddly.new) == (2, 1)


def test_a_page_that_swells_leaves_the_words_of_the_feed(httpserver: HTTPServer, guarded: Desk, store: Store) -> None:
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    page = f"<html><body><article>{TEXT.format(title='Vale') * 40_000}</article></body></html>"
    httpserver.expect_request("/0").respond_with_data(page, content_type="text/html")
    (record,) = poll(guarded, [source("pages", httpserver.url_for("/feed"))], NOW)
    assert (record.new, dict(record.dropped)) == (1, {"page not read: unreadable": 1})
    assert store.db.execute("SELECT headline FROM article").fetchone() == ("Hulu Renews ‘Vale’ For Season 3",)


class Frail(Here):
    """A parser that one word kills."""

    def run(self, function: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> T:
        if "Harrow" in repr(args):
            raise ParseError("", Outcome.UNREADABLE, "reading it took longer than 20 s")
        return function(*args, **options)


def test_an_entry_that_kills_its_reader_keeps_its_headline_and_costs_the_others_nothing(
    httpserver: HTTPServer, desk: Desk, store: Store
) -> None:
    feed = rss("Vale", "Harrow", "Quay").replace("</p>", f"</p><p>{'More words. ' * 1000}</p>")
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    (record,) = poll(replace(desk, web=replace(desk.web, parser=Frail())), [source("one", httpserver.url_for("/feed"))], NOW)
    assert (record.new, dict(record.dropped)) == (3, {"text of an entry not read: reading it took longer than 20 s": 1})
    bodies = dict(store.db.execute("SELECT headline, body <> '' FROM article").fetchall())
    assert bodies == {"Hulu Renews ‘Vale’ For Season 3": 1, "Hulu Renews ‘Harrow’ For Season 3": 0, "Hulu Renews ‘Quay’ For Season 3": 1}
