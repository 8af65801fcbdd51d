"""The newsroom as bytes: every address that the server answers, for one edition. Pure: stories in, pages out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tradewatch.demo.newsroom import Format, Newsroom, Publication, Story
from tradewatch.demo.render import article, atom, jsonfeed, listing, rdf, rss, sitemap
from tradewatch.demo.render.issue import Issue

RENDERERS: dict[Format, tuple[str, Callable[[Issue], bytes]]] = {
    Format.RSS_FULL: ("application/rss+xml", rss.full),
    Format.RSS_SUMMARY: ("text/xml; charset=UTF-8", rss.summary),
    Format.RDF: ("application/rdf+xml; charset=UTF-8", rdf.render),
    Format.ATOM_FULL: ("application/atom+xml; charset=UTF-8", atom.full),
    Format.ATOM_SUMMARY: ("application/atom+xml; charset=UTF-8", atom.summary),
    Format.JSON: ("application/feed+json; charset=utf-8", jsonfeed.render),
    Format.LISTING: ("text/html; charset=utf-8", listing.render),
    Format.SITEMAP: ("application/xml", sitemap.render),
}
HTML = "text/html; charset=utf-8"
GONE = "<!DOCTYPE html><html><head><title>Page removed</title></head><body><h1>This story is no longer available.</h1></body></html>"
ROBOTS = "User-agent: *\nDisallow: /search\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the server answers at one address."""

    body: bytes
    content_type: str
    modified: dt.datetime
    """When the bytes became what they are."""
    validators: frozenset[str] = frozenset()
    status: int = 200

    @property
    def etag(self) -> str:
        """A strong validator, with its quotes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def site(newsroom: Newsroom, edition: int, base: str) -> Mapping[str, Page]:
    """Every page of an edition (from 1) by its path; `base` is the server's address without a trailing slash."""
    pages = _pages(newsroom, edition, base)
    before = site(newsroom, edition - 1, base) if edition > 1 else {}
    return {path: _unchanged_since(page, before.get(path)) for path, page in pages.items()}


def _unchanged_since(page: Page, before: Page | None) -> Page:
    return replace(page, modified=before.modified) if before and before.body == page.body else page


def _pages(newsroom: Newsroom, edition: int, base: str) -> dict[str, Page]:
    modified = newsroom.editions[edition - 1]
    stories, withdrawn = newsroom.stories(edition), newsroom.withdrawn(edition)
    paths = {story.id: path_of(newsroom.publications[story.outlet], story) for story in (*stories, *withdrawn)}
    links = {story: base + path for story, path in paths.items()}
    pages = {"/robots.txt": Page(body=ROBOTS.encode(), content_type="text/plain", modified=newsroom.editions[0])}
    for publication in newsroom.publications.values():
        own = tuple(story for story in stories if story.outlet == publication.key)
        issue = Issue(publication=publication, stories=own, home=f"{base}/{publication.key}/", links=links)
        pages |= _issue_pages(issue, newsroom.templates[publication.template], modified)
    for story in withdrawn:
        pages[paths[story.id]] = Page(body=GONE.encode(), content_type=HTML, modified=modified, status=410)
    return pages


def _issue_pages(issue: Issue, template: str, modified: dt.datetime) -> dict[str, Page]:
    """One outlet's feed and article pages."""
    publication = issue.publication
    content_type, renderer = RENDERERS[publication.format]

    def page(body: bytes, kind: str) -> Page:
        return Page(body=body, content_type=kind, modified=modified, validators=publication.validators)

    articles = {path_of(publication, story): page(article.render(issue, story, template), HTML) for story in issue.stories}
    return {feed_path(publication): page(renderer(issue), content_type), **articles}


def feed_path(publication: Publication) -> str:
    """Where an outlet's feed, listing page or sitemap is."""
    return f"/{publication.key}{publication.feed}"


def path_of(publication: Publication, story: Story) -> str:
    """Where a story's own page is."""
    day = story.published
    filled = publication.permalink.format(year=day.year, month=f"{day.month:02}", day=f"{day.day:02}", slug=story.slug, number=story.number)
    return f"/{publication.key}{filled}"
