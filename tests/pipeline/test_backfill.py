"""What a source published while it was not read often enough is found elsewhere, once, and the record says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.utils import format_datetime

import pytest
from pytest_httpserver import HTTPServer

from tests.pipeline.trade_desk import TEXT, source
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import Listing, Outcome, PollRecord, Source, SourceKind

NOON = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FIRST, MISSED, LATEST = ("Vale", NOON - HOUR), ("Harrow", NOON + HOUR), ("Quay", NOON + 2 * HOUR)
"""Three stories of which the feed, which has room for one, shows the first and the last."""
LATER = NOON + 3 * HOUR
GAP = "entries of 3:00:00 may have been missed since the poll before"

Story = tuple[str, dt.datetime]


@pytest.fixture(autouse=True)
def pages(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    for title, _ in (FIRST, MISSED, LATEST):
        text = f"<html><body><article><h1>Hulu Renews ‘{title}’</h1>{TEXT.format(title=title)}</article></body></html>"
        httpserver.expect_request(f"/{title}").respond_with_data(text, content_type="text/html")


def rss(web: HTTPServer, *stories: Story) -> str:
    entries = "".join(
        f"<item><title>{title}</title><link>{web.url_for('/' + title)}</link><pubDate>{format_datetime(date)}</pubDate></item>"
        for title, date in stories
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Trade</title>{entries}</channel></rss>'


def sitemap(web: HTTPServer, *stories: Story) -> str:
    urls = "".join(f"<url><loc>{web.url_for('/' + title)}</loc><lastmod>{date.isoformat()}</lastmod></url>" for title, date in stories)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def listing(web: HTTPServer, *stories: Story) -> str:
    return "".join(f'<li><a href="/{title}">{title}</a></li>' for title, _ in stories)


def index(web: HTTPServer, *names: str) -> str:
    maps = "".join(
        f"<sitemap><loc>{web.url_for(name)}</loc><lastmod>2026-03-0{9 - place}</lastmod></sitemap>" for place, name in enumerate(names)
    )
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'


def serve(web: HTTPServer, path: str, body: str, status: int = 200) -> None:
    web.expect_oneshot_request(path).respond_with_data(body, status, content_type="text/html" if body.startswith("<li") else "text/xml")


def feed(web: HTTPServer, **more: object) -> Source:
    """A feed with room for one story, which moves on between two polls."""
    serve(web, "/feed", rss(web, FIRST))
    serve(web, "/feed", rss(web, LATEST))
    return source("trade", web.url_for("/feed"), **more)


def twice(desk: Desk, one: Source, *others: Source) -> PollRecord:
    """The record of the second poll, before which the source moved on."""
    whole = replace(desk, sources=(one, *others))
    list(poll(whole, [one], NOON))
    (record,) = poll(whole, [one], LATER)
    return record


def asked(web: HTTPServer, path: str) -> int:
    return sum(request.path == path for request, _ in web.log)


def headlines(store: Store) -> set[str]:
    return {row[0] for row in store.db.execute("SELECT headline FROM article").fetchall()}


ALL = {f"Hulu Renews ‘{title}’" for title, _ in (FIRST, MISSED, LATEST)}


def test_without_a_place_to_look_the_gap_is_told_and_nothing_else(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    assert twice(desk, feed(httpserver)).reason == GAP
    assert len(headlines(store)) == 2


@pytest.mark.parametrize("kind", ["sitemap", "listing"])
def test_a_gap_is_filled_from_another_source_that_is_not_polled_itself(httpserver: HTTPServer, desk: Desk, store: Store, kind: str) -> None:
    selectors = {"kind": SourceKind.PAGE, "listing": Listing(item="li")} if kind == "listing" else {"kind": SourceKind.SITEMAP}
    everything = (LATEST, MISSED, FIRST) if kind == "listing" else (LATEST, MISSED, FIRST, ("Ancient", NOON - 99 * HOUR))
    serve(httpserver, "/all", listing(httpserver, *everything) if kind == "listing" else sitemap(httpserver, *everything))
    archive = source("archive", httpserver.url_for("/all"), enabled=False, **selectors)
    record = twice(desk, feed(httpserver, backfill="archive"), archive)
    assert (record.reason, record.new, record.dropped) == (f"{GAP}; 1 found in archive", 2, ())
    assert headlines(store) == ALL
    assert [asked(httpserver, path) for path in ("/all", "/Vale", "/Harrow", "/Quay")] == [1, 1, 1, 1]
    assert asked(httpserver, "/Ancient") == 0
    assert set(store.sources.states()) == {"trade"}


def test_where_there_is_no_gap_nobody_is_asked(httpserver: HTTPServer, desk: Desk) -> None:
    serve(httpserver, "/feed", rss(httpserver, FIRST))
    serve(httpserver, "/feed", rss(httpserver, LATEST, FIRST))
    archive = source("archive", httpserver.url_for("/all"), kind=SourceKind.SITEMAP)
    assert twice(desk, source("trade", httpserver.url_for("/feed"), backfill="archive"), archive).reason == ""
    assert asked(httpserver, "/all") == 0


def test_a_place_to_look_that_is_down_costs_the_poll_nothing_but_a_word(httpserver: HTTPServer, desk: Desk) -> None:
    serve(httpserver, "/all", "", 503)
    archive = source("archive", httpserver.url_for("/all"), kind=SourceKind.SITEMAP)
    record = twice(desk, feed(httpserver, backfill="archive"), archive)
    assert (record.outcome, record.new) == (Outcome.OK, 1)
    assert dict(record.dropped) == {"backfill from archive: server_error": 1}


def test_a_missed_story_whose_page_fails_is_counted_but_not_promised(httpserver: HTTPServer, desk: Desk) -> None:
    gone = ("Gone", NOON + HOUR)
    serve(httpserver, "/Gone", "", 503)
    serve(httpserver, "/all", sitemap(httpserver, gone))
    archive = source("archive", httpserver.url_for("/all"), kind=SourceKind.SITEMAP)
    assert dict(twice(desk, feed(httpserver, backfill="archive"), archive).dropped) == {"page not read: server_error": 1}


def test_more_than_a_poll_may_read_is_counted(httpserver: HTTPServer, desk: Desk) -> None:
    many = [(f"Story-{minute}", NOON + dt.timedelta(minutes=minute)) for minute in range(25)]
    serve(httpserver, "/all", sitemap(httpserver, *many))
    archive = source("archive", httpserver.url_for("/all"), kind=SourceKind.SITEMAP)
    dropped = dict(twice(desk, feed(httpserver, backfill="archive"), archive).dropped)
    assert dropped["missed, and too many to read"] == 5


def test_a_feed_that_says_where_it_goes_on_is_read_on_until_it_reaches_back(httpserver: HTTPServer, desk: Desk, store: Store) -> None:
    def atom(story: Story, following: str) -> str:
        title, date = story
        return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Trade</title>
            <link rel="next" href="{httpserver.url_for(following)}"/><entry><title>{title}</title><id>{title}</id>
            <link href="{httpserver.url_for("/" + title)}"/><updated>{date.isoformat()}</updated><published>{date.isoformat()}</published>
            </entry></feed>"""

    serve(httpserver, "/feed", atom(FIRST, "/old"))
    serve(httpserver, "/feed", atom(LATEST, "/2"))
    serve(httpserver, "/2", atom(MISSED, "/3"))
    serve(httpserver, "/3", atom(FIRST, "/4"))
    record = twice(desk, source("trade", httpserver.url_for("/feed")))
    assert (record.reason, record.new, record.dropped) == (f"{GAP}; 1 found in its further pages", 2, ())
    assert headlines(store) == ALL
    assert [asked(httpserver, path) for path in ("/2", "/3", "/4", "/old")] == [1, 1, 0, 0]


def test_an_index_whose_newest_sitemap_has_just_begun_is_read_back_into_the_one_before(
    httpserver: HTTPServer, desk: Desk, store: Store
) -> None:
    serve(httpserver, "/index", index(httpserver, "/march-5"))
    serve(httpserver, "/march-5", news(httpserver, FIRST))
    serve(httpserver, "/index", index(httpserver, "/march-6", "/march-5", "/march-4"))
    serve(httpserver, "/march-6", news(httpserver, LATEST))
    serve(httpserver, "/march-5", news(httpserver, MISSED, FIRST))
    record = twice(desk, source("trade", httpserver.url_for("/index"), kind=SourceKind.SITEMAP))
    assert (record.reason, record.new, record.dropped) == (f"{GAP}; 1 found in its further pages", 2, ())
    assert headlines(store) == ALL
    assert asked(httpserver, "/march-4") == 0


def news(web: HTTPServer, *stories: Story) -> str:
    urls = "".join(
        f"<url><loc>{web.url_for('/' + title)}</loc><n:news><n:title>{title}</n:title>"
        f"<n:publication_date>{date.isoformat()}</n:publication_date></n:news></url>"
        for title, date in stories
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {spaces}>{urls}</urlset>'
