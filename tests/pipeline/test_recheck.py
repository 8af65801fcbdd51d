"""A page that is edited without a word in the feed is noticed, at little cost to its server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.pipeline.trade_desk import TEXT, rss, source
from tradewatch.fetch.due import PAGE_AGES
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import Outcome, PollRecord, Source

PUBLISHED = dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC)
"""Of the one story, as `rss` dates it."""
READ = PUBLISHED + dt.timedelta(minutes=30)
HOUR = dt.timedelta(hours=1)
RENEWED = TEXT.format(title="Vale") + "<p>Production of the new season begins in Halifax this summer, with the whole cast back.</p>"
SENTENCE = "<p>Hulu has canceled the drama “Vale” after two seasons, the streamer said Monday.</p>"
CANCELED = SENTENCE * 3
WEATHER = "<p>It rained in Burbank all day, and the forecast for the rest of the week is no better than that.</p>" * 3


def page(text: str = RENEWED, head: str = "") -> str:
    return f"<html><head><title>Vale</title>{head}</head><body><article><h1>News of Vale</h1>{text}</article></body></html>"


@dataclass
class Site:
    """A story's page as its outlet serves it now, and what it was asked."""

    body: str = field(default_factory=page)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        etag = f'"{hash(self.body)}"'
        if self.status == 200 and request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        return Response(self.body, self.status, {"ETag": etag, **self.headers}, content_type="text/html")


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    served = Site()
    httpserver.expect_request("/0").respond_with_handler(served)
    return served


@pytest.fixture
def trade(httpserver: HTTPServer) -> Source:
    """A feed that says the same, and 304, for ever."""
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))

    def answer(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"feed"'
        return Response(status=304) if known else Response(feed, headers={"ETag": '"feed"'}, content_type="application/rss+xml")

    httpserver.expect_request("/feed").respond_with_handler(answer)
    return source("trade", httpserver.url_for("/feed"))


@pytest.fixture
def read(desk: Desk, trade: Source, site: Site) -> Callable[[dt.timedelta], PollRecord]:
    """Poll when the story is of this age; it was first read half an hour after its publication."""

    def at(age: dt.timedelta) -> PollRecord:
        (record,) = poll(desk, [trade], PUBLISHED + age)
        return record

    assert at(READ - PUBLISHED).new == 1
    return at


def claims(store: Store) -> dict[str, bool]:
    """Each claim's type, and whether it still stands."""
    return {str(found.claim.type): not found.gone for found in store.claims.find()}


def test_an_edited_page_is_a_new_revision_and_the_claim_that_flips_is_shown_as_such(
    read: Callable[[dt.timedelta], PollRecord], site: Site, store: Store
) -> None:
    assert claims(store) == {"renewal": True}
    site.body = page(CANCELED)
    record = read(HOUR)
    assert (record.outcome, record.new, record.revised, record.claims) == (Outcome.NOT_MODIFIED, 0, 1, 1)
    assert claims(store) == {"renewal": False, "cancellation": True}
    (article,) = {claim.article_id for claim in store.claims.find()}
    assert [revision.revision for revision in store.articles.revisions(article)] == [1, 2]


def test_a_page_is_asked_once_at_each_age_with_its_own_validators_and_then_never_again(
    read: Callable[[dt.timedelta], PollRecord], site: Site
) -> None:
    site.asked.clear()
    for hours in range(1, 200):
        assert read(dt.timedelta(hours=hours)).revised == 0
    assert len(site.asked) == len(PAGE_AGES)
    assert {request.headers["If-None-Match"] for request in site.asked} == {f'"{hash(site.body)}"'}


def test_a_poll_that_comes_late_asks_once_for_all_the_ages_that_it_missed(read: Callable[[dt.timedelta], PollRecord], site: Site) -> None:
    site.asked.clear()
    read(30 * HOUR)
    read(31 * HOUR)
    assert len(site.asked) == 1


def test_a_page_whose_entry_is_read_anyway_is_not_asked_twice(httpserver: HTTPServer, desk: Desk, site: Site) -> None:
    feed = rss("Vale", full=False, host=httpserver.url_for("").rstrip("/"))
    for text in (feed, feed.replace("Renewed.", "Renewed, with a new cast.")):
        httpserver.expect_oneshot_request("/changing").respond_with_data(text, content_type="application/rss+xml")
    for age in (HOUR / 2, HOUR):
        list(poll(desk, [source("changing", httpserver.url_for("/changing"))], PUBLISHED + age))
    assert len(site.asked) == 2


def test_a_page_that_says_nothing_for_the_desk_is_not_asked_again(httpserver: HTTPServer, desk: Desk, trade: Source, site: Site) -> None:
    site.body = page(WEATHER)
    for hours in (1, 2, 8, 30):
        list(poll(desk, [trade], PUBLISHED + hours * HOUR))
    assert len(site.asked) == 1


def test_an_article_whose_whole_text_is_in_the_feed_is_looked_after_there(
    httpserver: HTTPServer, desk: Desk, site: Site, store: Store
) -> None:
    feed = rss("Vale", host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/full").respond_with_data(feed, content_type="application/rss+xml")
    for hours in (1, 8, 30):
        list(poll(desk, [source("full", httpserver.url_for("/full"))], PUBLISHED + hours * HOUR))
    assert claims(store) == {"renewal": True}
    assert site.asked == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_story_that_is_taken_down_is_withdrawn_and_stands_again_when_it_returns(
    read: Callable[[dt.timedelta], PollRecord], site: Site, store: Store, status: int
) -> None:
    site.status = status
    assert dict(read(HOUR).dropped) == {"withdrawn by the outlet": 1}
    assert claims(store) == {"renewal": False}
    site.status = 200
    assert read(6 * HOUR).dropped == ()
    assert claims(store) == {"renewal": True}


@pytest.mark.parametrize(
    ("body", "status", "headers", "reason"),
    [
        ("", 503, {}, "page not looked at again: server_error"),
        (page(CANCELED), 302, {"Location": "/"}, "page now leads elsewhere"),
        (page(CANCELED), 302, {"Location": "http://127.0.0.1:{port}/"}, "page now leads elsewhere"),
        (page(CANCELED, '<link rel="canonical" href="/other">'), 200, {}, "page now leads elsewhere"),
        (
            page(SENTENCE + "<div class='paywall'>Subscribe to read on.</div>"),
            200,
            {},
            "page now gives only a part of the text",
        ),
        ("<html></html>", 200, {}, "page now gives only a part of the text"),
    ],
    ids=["the server stumbles", "a redirect to the front page", "a redirect to another site", "another story", "a paywall", "nothing"],
)
def test_what_is_no_newer_text_of_the_story_takes_nothing_back(
    httpserver: HTTPServer,
    read: Callable[[dt.timedelta], PollRecord],
    site: Site,
    store: Store,
    body: str,
    status: int,
    headers: dict[str, str],
    reason: str,
) -> None:
    httpserver.expect_request("/").respond_with_data(page(CANCELED), content_type="text/html")
    site.body, site.status = body, status
    site.headers = {name: value.format(port=httpserver.port) for name, value in headers.items()}
    record = read(HOUR)
    assert (record.revised, dict(record.dropped)) == (0, {reason: 1})
    assert claims(store) == {"renewal": True}
    assert read(2 * HOUR).dropped == ()


def test_a_page_s_wish_to_be_left_alone_holds_for_the_other_pages_and_for_the_sources_of_its_host(
    httpserver: HTTPServer, desk: Desk, store: Store
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    feed = rss("Vale", "Harrow", "Quay", full=False, host=httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    busy = Site(status=429, headers={"Retry-After": "7200"})
    for number in range(3):
        httpserver.expect_request(f"/{number}").respond_with_handler(busy)
    trade, other = source("trade", httpserver.url_for("/feed")), source("other", httpserver.url_for("/other"))
    one_at_a_time = Desk(reader=desk.reader, web=desk.web, sources=(trade, other), workers=1, chance=desk.chance)
    (record,) = poll(one_at_a_time, [trade], READ)
    assert dict(record.dropped) == {"again: page not read: rate_limited": 3}
    assert len(busy.asked) == 1
    assert {state.next_check_at for state in store.sources.states().values()} == {READ + 2 * HOUR}
