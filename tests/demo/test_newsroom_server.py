"""The newsroom over real HTTP: formats, validators, gzip, editions, and a clean end."""

import json
import threading
from html import unescape

import feedparser
import pytest
import requests
from bs4 import BeautifulSoup
from lxml import etree

from tradewatch.demo.newsroom import Format, Newsroom, Publication
from tradewatch.demo.render import feed_path, path_of
from tradewatch.demo.server import NewsroomServer, serve

FEEDS = (Format.RSS_FULL, Format.RSS_SUMMARY, Format.RDF, Format.ATOM_FULL, Format.ATOM_SUMMARY)
DIALECT = {Format.RDF: "rss10", Format.ATOM_FULL: "atom10", Format.ATOM_SUMMARY: "atom10"}


def get(server: NewsroomServer, path: str, **headers: str | None) -> requests.Response:
    with requests.Session() as session:
        return session.get(server.base + path, headers=headers, timeout=5, allow_redirects=False)


def headlines(server: NewsroomServer, paper: Publication) -> list[tuple[str, str]]:
    """(address, headline) of each story that an outlet's front shows, read with other people's parsers."""
    body = get(server, feed_path(paper)).content
    if paper.format in FEEDS:
        return [(entry.link, entry.title) for entry in feedparser.parse(body).entries]
    if paper.format is Format.JSON:
        return [(item["url"], item["title"]) for item in json.loads(body)["items"]]
    if paper.format is Format.SITEMAP:
        urls = etree.fromstring(body).iterchildren()
        return [(url.findtext("{*}loc") or "", url.findtext("{*}news/{*}title") or "") for url in urls]
    cards = BeautifulSoup(body, "lxml").select("article.card")
    return [(server.base + str(card.select_one("h3 a")["href"]), card.select_one("h3").get_text()) for card in cards]  # type: ignore[index, union-attr]


@pytest.mark.parametrize("edition", [1, 2])
def test_every_front_lists_its_stories_and_every_story_can_be_read(newsroom: Newsroom, server: NewsroomServer, edition: int) -> None:
    server.switch_edition(edition)
    for key, paper in newsroom.publications.items():
        stories = [story for story in newsroom.stories(edition) if story.outlet == key]
        assert [title for _, title in headlines(server, paper)] == [story.headline for story in stories]
        for (link, _), story in zip(headlines(server, paper), stories, strict=True):
            page = get(server, link.removeprefix(server.base))
            assert page.status_code == 200
            soup = BeautifulSoup(page.content, "lxml")
            assert soup.h1 is not None
            assert soup.h1.get_text() == story.headline
            assert json.loads(soup.select_one("script[type='application/ld+json']").string or "")["headline"] == story.headline  # type: ignore[union-attr]
            last = BeautifulSoup(story.body[-1], "lxml").get_text().removeprefix("- ").split("\n")[0]
            assert last in unescape(soup.get_text())


def test_all_ways_of_publishing_are_there(newsroom: Newsroom, server: NewsroomServer) -> None:
    assert {paper.format for paper in newsroom.publications.values()} == set(Format)
    for paper in newsroom.publications.values():
        if paper.format in FEEDS:
            parsed = feedparser.parse(get(server, feed_path(paper)).content)
            assert not parsed.bozo
            assert parsed.version == DIALECT.get(paper.format, "rss20")
            assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in parsed.entries)
            assert all(("content" in entry) is paper.format.endswith("full") for entry in parsed.entries)


def test_a_feed_in_another_encoding_says_so_and_keeps_its_accents(newsroom: Newsroom, server: NewsroomServer) -> None:
    body = get(server, feed_path(newsroom.publications["frameandgate"])).content
    assert b"windows-1252" in body[:60].lower()
    assert "Antía Cárdenas" in body.decode("windows-1252")


def test_what_was_read_once_is_answered_with_304(newsroom: Newsroom, server: NewsroomServer) -> None:
    for path in [feed_path(paper) for paper in newsroom.publications.values()]:
        first = get(server, path)
        asked = {"If-None-Match": first.headers.get("ETag"), "If-Modified-Since": first.headers.get("Last-Modified")}
        assert any(asked.values())
        for header, validator in asked.items():
            if validator:
                again = get(server, path, **{header: validator})
                assert (again.status_code, again.content) == (304, b"")
        assert server.counts()[path, 200] == 1


def test_a_stale_validator_is_answered_with_the_page(newsroom: Newsroom, server: NewsroomServer) -> None:
    path = feed_path(newsroom.publications["slateline"])
    assert get(server, path, **{"If-None-Match": '"another"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}).status_code == 200
    assert get(server, path, **{"If-Modified-Since": "nonsense"}).status_code == 200


def test_the_second_edition_changes_only_what_is_news(newsroom: Newsroom, server: NewsroomServer) -> None:
    first = {path: get(server, path).headers for path in server.pages}
    server.switch_edition(2)
    unchanged = {
        path
        for path, headers in first.items()
        if get(server, path, **{"If-None-Match": headers.get("ETag"), "If-Modified-Since": headers.get("Last-Modified")}).status_code == 304
    }
    revised = {path_of(newsroom.publications[story.outlet], story) for story in newsroom.stories(2) if story.updated}
    withdrawn = {path_of(newsroom.publications[story.outlet], story) for story in newsroom.withdrawn(2)}
    fronts = {feed_path(paper) for paper in newsroom.publications.values()}
    quiet = {feed_path(newsroom.publications[key]) for key in ("tribune", "commissioning")}
    assert set(first) - unchanged - {"/robots.txt"} == (fronts - quiet) | revised | withdrawn
    assert all(get(server, path).status_code == 410 for path in withdrawn)


def test_a_body_is_zipped_for_those_who_accept_it(server: NewsroomServer) -> None:
    plain = get(server, "/slateline/feed/", **{"Accept-Encoding": "identity"})
    zipped = get(server, "/slateline/feed/", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    assert zipped.content == plain.content


def test_a_page_that_is_not_there_is_counted_as_missing(server: NewsroomServer) -> None:
    assert get(server, "/slateline/nothing?here=1").status_code == 404
    assert server.counts() == {("/slateline/nothing", 404): 1}
    server.reset_counts()
    assert not server.counts()


def test_a_head_request_gets_no_body(server: NewsroomServer) -> None:
    answer = requests.head(server.base + "/slateline/feed/", timeout=5)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 0


def test_it_ends_at_once_though_a_client_keeps_its_connection(newsroom: Newsroom) -> None:
    before = threading.active_count()
    with requests.Session() as session:
        with serve(newsroom) as running:
            session.get(running.base + "/robots.txt", timeout=5)
            base = running.base
        assert threading.active_count() == before
        with pytest.raises(requests.ConnectionError):
            session.get(base + "/robots.txt", timeout=5)
