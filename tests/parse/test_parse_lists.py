"""Listing pages, sitemaps, feeds that pages name, OPML, and the one address of a story."""
# ruff: noqa: E501 -- markup is written in long lines

from __future__ import annotations

import datetime as dt
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.errors import ConfigError, ParseError
from tradewatch.parse import canonical, parse_listing, parse_sitemap, probe_listing
from tradewatch.parse.discover import find_feeds, kind_of, well_known
from tradewatch.parse.opml import Outline, parse_opml, write_opml
from tradewatch.types import Listing, Outcome

URL = "https://wire.example/news/"
PAGE = """<html><head><title>News | Wire</title><base href="https://wire.example/2026/"></head><body>
<article class="card"><a href="vale/"><img alt=""></a><h2><a href="vale/">‘Vale’ Renewed &amp; More</a></h2><p class="dek">It is <em>back</em>.</p><time datetime="2026-03-02T09:00:00Z">today</time></article>
<article class="card"><h2><a href="/kin/">Kin Axed</a></h2><span class="date">March 1, 2026 5pm PT</span></article>
<article class="card"><h2>Not linked</h2></article>
<article class="card"><a href="/vale-2/" aria-label="Labelled"></a><time>3 hours ago</time></article>
<article class="card"><h2><a href="/kin/">Kin</a></h2></article></body></html>""".encode()
LISTING = Listing(item="article.card", summary=".dek", published="time, .date")


def test_a_listing_page_gives_its_items_in_order_each_once() -> None:
    feed = parse_listing(PAGE, url=URL, listing=LISTING)
    assert [(entry.url, entry.headline) for entry in feed.entries] == [
        ("https://wire.example/2026/vale/", "‘Vale’ Renewed & More"),
        ("https://wire.example/kin/", "Kin Axed"),
        ("", "Not linked"),
        ("https://wire.example/vale-2/", "Labelled"),
    ]
    assert feed.entries[0].published_at == dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    assert feed.entries[1].published_at == dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    assert "<em>back</em>" in feed.entries[0].summary_html
    assert dict(feed.problems) == {"an entry without a web address": 1, "a date that could not be read": 1, "the same link again": 1}


def test_a_selector_that_finds_nothing_is_told() -> None:
    feed = parse_listing(PAGE, url=URL, listing=Listing(item=".story"))
    assert (feed.entries, feed.problems) == ((), (("item = '.story' found nothing", 1),))


def test_items_that_are_links_need_no_link_selector() -> None:
    feed = parse_listing(b"<a class=x href=/1>One</a><a class=x href=/2>Two</a>", url=URL, listing=Listing(item="a.x"))
    assert [entry.url for entry in feed.entries] == ["https://wire.example/1", "https://wire.example/2"]


def test_a_probe_says_what_each_selector_found() -> None:
    found = {one.key: (one.count, one.of) for one in probe_listing(PAGE, url=URL, listing=LISTING)}
    assert found == {"item": (5, 1), "link": (4, 5), "summary": (1, 5), "published": (3, 5)}
    assert probe_listing(PAGE, url=URL, listing=LISTING)[2].samples == ("It is back .",)


@pytest.mark.parametrize(("listing", "key"), [(Listing(item="p >"), "item"), (Listing(item="article", published="[["), "published")])
def test_a_selector_that_is_none_names_its_key(listing: Listing, key: str) -> None:
    with pytest.raises(ConfigError, match=rf"listing\.{key}: "):
        parse_listing(PAGE, url=URL, listing=listing)


def test_a_picture_is_no_listing() -> None:
    with pytest.raises(ParseError) as raised:
        parse_listing(b"\x89PNG", url=URL, listing=LISTING)
    assert raised.value.outcome is Outcome.WRONG_TYPE


NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://wire.example/vale/ </loc><news:news><news:publication><news:name>Wire</news:name></news:publication>
<news:publication_date>2026-03-02T10:00:00</news:publication_date><news:title>‘Vale’ Renewed &amp; More</news:title></news:news></url>
<url><loc>https://wire.example/kin/</loc><lastmod>2026-03-01</lastmod></url><url><lastmod>2026-03-01</lastmod></url></urlset>""".encode()


@pytest.mark.parametrize("body", [NEWS, gzip.compress(NEWS)], ids=["plain", "gzip"])
def test_a_news_sitemap_gives_titles_and_dates(body: bytes) -> None:
    feed = parse_sitemap(body, url="https://wire.example/news.xml", timezone="Europe/Berlin")
    vale, kin = feed.entries
    assert (vale.url, vale.headline, vale.published_at) == (
        "https://wire.example/vale/",
        "‘Vale’ Renewed & More",
        dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC),
    )
    assert (kin.updated_at, kin.headline) == (dt.datetime(2026, 2, 28, 23, tzinfo=dt.UTC), "")
    assert feed.problems == (("an entry without a web address", 1), ("an entry with nothing in it", 1))
    assert (feed.title, feed.dialect) == ("Wire", "urlset")


def test_an_index_names_its_sitemaps_newest_first() -> None:
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://wire.example/1.xml</loc></sitemap>
    <sitemap><loc>https://wire.example/2.xml</loc><lastmod>2026-03-01</lastmod></sitemap>
    <sitemap><loc>/3.xml</loc><lastmod>2026-03-02</lastmod></sitemap></sitemapindex>"""
    assert [address[-5:] for address in parse_sitemap(body, url="https://wire.example/s.xml").more] == ["3.xml", "2.xml", "1.xml"]


def test_half_a_sitemap_gives_what_stands_and_says_so() -> None:
    feed = parse_sitemap(NEWS[:-140], url=URL)
    assert feed.entries[0].url == "https://wire.example/vale/"
    assert feed.problems[0][0] == "not well-formed XML"


def test_a_sitemap_of_plain_lines_is_read() -> None:
    assert [entry.url for entry in parse_sitemap(b"https://wire.example/1\nhttps://wire.example/2\n", url=URL).entries] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]


@pytest.mark.parametrize(
    ("body", "outcome", "says"),
    [
        (b"", Outcome.UNREADABLE, "empty"),
        (b"hello", Outcome.UNREADABLE, "no sitemap"),
        (b"<rss version='2.0'></rss>", Outcome.WRONG_TYPE, 'kind = "feed"'),
        (b"<!doctype html><html>", Outcome.WRONG_TYPE, "HTML"),
        (b"\x1f\x8bnot gzip", Outcome.UNREADABLE, "gzip"),
        (gzip.compress(b"<urlset>" + b" " * (51 << 20)), Outcome.TOO_LARGE, "50 MB"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(body: bytes, outcome: Outcome, says: str) -> None:
    with pytest.raises(ParseError) as raised:
        parse_sitemap(body, url=URL)
    assert raised.value.outcome is outcome
    assert says in raised.value.reason


def test_an_entity_in_a_sitemap_reaches_no_file() -> None:
    body = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://wire.example/&x;a</loc></url></urlset>'
    assert parse_sitemap(body, url=URL).entries[0].url == "https://wire.example/&x;a"


HOME = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Wire &amp; Feed" href="/feed/"><link rel="alternate" hreflang="de" href="/de/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2"></head><body><a href="/tv/rss.xml">RSS</a><a href="/feeding-time/">no</a>
<a href="/feed/">again</a></body></html>"""


def test_a_page_s_feeds_are_found_stated_ones_first_and_comments_last() -> None:
    assert [(link.url, link.stated) for link in find_feeds(HOME, url=URL)] == [
        ("https://wire.example/feed/", True),
        ("https://wire.example/comments/feed/", True),
        ("https://wire.example/tv/rss.xml", False),
    ]
    assert find_feeds(HOME, url=URL)[0].title == "Wire & Feed"
    assert "https://wire.example/feed/" in well_known(URL)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (HOME, "page"),
        (NEWS, "sitemap"),
        (b"<rss version='2.0'/>", "feed"),
        (b'{"version":"https://jsonfeed.org/version/1","items":[]}', "feed"),
        (b"<opml version='2.0'/>", "opml"),
        (b'<html><head><meta property="og:type" content="article"></head><body>x</body></html>', "article"),
        (b"%PDF-1.4", "other"),
        (b"", "other"),
        (b"hello", "other"),
    ],
)
def test_a_document_is_known_by_its_bytes(body: bytes, kind: str) -> None:
    assert kind_of(body) == kind


def test_opml_goes_out_and_comes_back() -> None:
    outlines = (
        Outline(url="https://wire.example/feed", title="Wire & Co.", page="https://wire.example/", folder="Trades"),
        Outline(url="https://post.example/rss", title="Post", folder="Trades/German"),
        Outline(url="https://alone.example/rss", title="Alone"),
    )
    assert set(parse_opml(write_opml(outlines, title="Desk"))) == set(outlines)


def test_opml_of_another_reader_is_read() -> None:
    body = b'<opml version="1.0"><body><outline title="TV"><outline text="Wire" xmlurl="https://wire.example/feed"/></outline><outline text="x"/></body></opml>'
    assert parse_opml(body) == (Outline(url="https://wire.example/feed", title="Wire", folder="TV"),)


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"hello", b"<opml/>"])
def test_what_is_no_opml_is_an_error(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse_opml(body, url=URL)


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        ("https://Wire.example/Vale/?utm_source=rss&utm_medium=x#comments", "https://wire.example/Vale/"),
        ("https://wire.example/vale/amp/", "https://wire.example/vale/"),
        ("https://wire.example/vale/amp", "https://wire.example/vale"),
        ("https://wire.example/amp/vale/", "https://wire.example/vale/"),
        ("https://amp.wire.example/vale", "https://www.wire.example/vale"),
        ("https://wire.example/vale?amp=1&id=3", "https://wire.example/vale?id=3"),
        ("https://wire.example/vale.amp.html", "https://wire.example/vale.html"),
        ("https://wire-example.cdn.ampproject.org/c/s/wire.example/vale/", "https://wire.example/vale/"),
        ("https://wire.example/?p=12", "https://wire.example/?p=12"),
        ("https://wire.example/camp/", "https://wire.example/camp/"),
        ("https://wire.example/vale?fbclid=abc", "https://wire.example/vale"),
    ],
)
def test_a_story_has_one_address(url: str, known_as: str) -> None:
    assert canonical(url) == known_as
    assert canonical(known_as) == known_as


@given(st.text(alphabet="abAB/.?=&#%-_: amp", max_size=40))
def test_an_address_made_canonical_stays_so(path: str) -> None:
    once = canonical(f"https://wire.example/{path}")
    assert canonical(once) == once
