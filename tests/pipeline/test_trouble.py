"""A source in trouble gets one line with the reason and the next try, and costs nobody else anything."""

from __future__ import annotations

import datetime as dt
import socket
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from tests.pipeline.trade_desk import NOW, TEXT, rss, source
from tradewatch.extract import Catalog, Extractor
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import Claim, Document, Outcome, PollRecord, Source


@pytest.fixture(autouse=True)
def no_robots(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)


@pytest.fixture
def good(httpserver: HTTPServer) -> Source:
    httpserver.expect_request("/good").respond_with_data(rss("Vale", "Harrow"), content_type="application/rss+xml")
    return source("good", httpserver.url_for("/good"))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def by_key(records: list[PollRecord]) -> dict[str, PollRecord]:
    return {record.source: record for record in records}


@pytest.mark.parametrize(
    ("body", "content_type", "outcome", "words"),
    [
        ("<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>", "text/html", Outcome.WRONG_TYPE, "HTML"),
        ("", "application/rss+xml", Outcome.UNREADABLE, "empty"),
        ("\x00\x01\x02 not a feed at all", "application/rss+xml", Outcome.WRONG_TYPE, ""),
    ],
    ids=["a web page", "nothing", "noise"],
)
def test_a_source_that_serves_no_feed_is_told_apart_and_the_next_try_is_known(
    httpserver: HTTPServer, desk: Desk, good: Source, body: str, content_type: str, outcome: Outcome, words: str
) -> None:
    httpserver.expect_request("/bad").respond_with_data(body, content_type=content_type)
    records = by_key(list(poll(desk, [source("bad", httpserver.url_for("/bad")), good], NOW)))
    assert records["bad"].outcome in (outcome, Outcome.UNREADABLE)
    assert words.casefold() in records["bad"].reason.casefold()
    assert records["bad"].next_check_at
    assert records["bad"].next_check_at > NOW
    assert (records["good"].outcome, records["good"].new) == (Outcome.OK, 2)


def test_a_source_that_is_down_costs_the_others_nothing(desk: Desk, good: Source) -> None:
    records = by_key(list(poll(desk, [source("down", f"http://127.0.0.1:{closed_port()}/feed"), good], NOW)))
    assert records["down"].outcome is Outcome.UNREACHABLE
    assert records["down"].reason
    assert records["good"].new == 2


def test_half_a_feed_gives_the_entries_that_came_and_says_so(httpserver: HTTPServer, desk: Desk) -> None:
    whole = rss("Vale", "Harrow", "Quay")
    httpserver.expect_request("/half").respond_with_data(whole[: whole.index("<guid>2")], content_type="application/rss+xml")
    (record,) = poll(desk, [source("half", httpserver.url_for("/half"))], NOW)
    assert record.new >= 2
    assert record.dropped


def test_a_wrong_encoding_declaration_loses_no_letter(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    body = rss("Shōgun’s Café").replace('encoding="utf-8"', 'encoding="us-ascii"').encode("utf-8")
    httpserver.expect_request("/enc").respond_with_data(body, content_type="application/rss+xml")
    list(poll(desk, [source("enc", httpserver.url_for("/enc"))], NOW))
    assert store.db.execute("SELECT headline FROM article").fetchone() == ("Hulu Renews ‘Shōgun’s Café’ For Season 3",)


def test_a_page_that_fails_for_now_is_read_at_the_next_poll(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml", headers={"ETag": '"1"'})
    httpserver.expect_oneshot_request("/0").respond_with_data("later", status=503)
    one = source("pages", httpserver.url_for("/feed"))
    (first,) = poll(desk, [one], NOW)
    assert (first.new, dict(first.dropped)) == (0, {"again: page not read: server_error": 1})
    page = f"<html><head><title>x</title></head><body><article><h1>Hulu Renews Vale</h1>{TEXT.format(title='Vale')}</article></body></html>"
    httpserver.expect_request("/0").respond_with_data(page, content_type="text/html")
    (second,) = poll(desk, [one], NOW + dt.timedelta(hours=1))
    assert (second.new, second.dropped) == (1, ())
    assert "third season" in store.db.execute("SELECT body FROM article").fetchone()[0]


def test_a_page_that_is_refused_for_good_leaves_the_words_of_the_feed(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    httpserver.expect_request("/0").respond_with_data("no", status=403)
    (record,) = poll(desk, [source("pages", httpserver.url_for("/feed"))], NOW)
    assert (record.new, dict(record.dropped)) == (1, {"page not read: refused": 1})
    assert store.db.execute("SELECT headline FROM article").fetchone() == ("Hulu Renews ‘Vale’ For Season 3",)


def test_a_page_that_stops_at_a_paywall_is_read_as_far_as_it_goes_and_counted(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    page = f"<article><h1>Hulu Renews ‘Vale’</h1>{TEXT.format(title='Vale')}<div class='paywall'>Subscribe to read on.</div></article>"
    httpserver.expect_request("/0").respond_with_data(f"<html><body>{page}</body></html>", content_type="text/html")
    (record,) = poll(desk, [source("pages", httpserver.url_for("/feed"))], NOW)
    assert (record.new, record.claims, dict(record.dropped)) == (1, 1, {"page stops at a paywall": 1})


class Stumbling:
    """An extractor with a fault: one title is its undoing."""

    def __init__(self, inner: Extractor, on: str) -> None:
        self.inner, self.on = inner, on

    def extract(self, document: Document, catalog: Catalog) -> list[Claim]:
        if self.on in document.headline:
            raise ZeroDivisionError
        return self.inner.extract(document, catalog)


def test_a_fault_in_one_entry_costs_that_entry_alone(desk: Desk, good: Source, store: Store) -> None:
    stumbling = replace(desk, reader=replace(desk.reader, extractor=Stumbling(desk.reader.extractor, "Harrow")))
    (record,) = poll(stumbling, [good], NOW)
    assert (record.new, dict(record.dropped)) == (1, {"again: entry not read (ZeroDivisionError)": 1})
    assert store.db.execute("SELECT count(*) FROM article").fetchone() == (1,)
    (mended,) = poll(desk, [good], NOW + dt.timedelta(hours=1))
    assert (mended.new, mended.dropped) == (1, ())


def test_a_poll_that_is_told_to_stop_leaves_the_rest_to_the_next(desk: Desk, good: Source, store: Store) -> None:
    left = iter([False, True])
    assert list(poll(replace(desk, stopped=lambda: next(left)), [good], NOW)) == []
    assert store.db.execute("SELECT count(*) FROM article").fetchone() == (1,)
    assert store.sources.states() == {}
    (record,) = poll(desk, [good], NOW)
    assert record.new == 1


@pytest.mark.parametrize("headers", [{"Retry-After": "7200"}, {}], ids=["told how long", "not told"])
def test_the_wish_of_one_source_to_be_left_alone_holds_for_its_host(
    httpserver: HTTPServer, desk: Desk, good: Source, store: Store, headers: dict[str, str]
) -> None:
    """The other source of the host is not even part of this poll."""
    httpserver.expect_request("/busy").respond_with_data("", status=429, headers=headers)
    busy = source("busy", httpserver.url_for("/busy"))
    list(poll(replace(desk, sources=(good, busy)), [busy], NOW))
    assert store.sources.states()["good"].next_check_at >= NOW + dt.timedelta(hours=1)
