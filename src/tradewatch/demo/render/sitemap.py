"""A news sitemap: addresses, headlines and times, no text."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
PREFIXES: Any = {None: SITEMAP, "news": NEWS}
"""Any, because lxml\'s stubs know no default namespace."""


def render(issue: Issue) -> bytes:
    """The sitemap in UTF-8."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=PREFIXES)
    for story in issue.stories:
        _url(root, issue, story)
    rendered: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return rendered


def _url(root: etree._Element, issue: Issue, story: Story) -> None:
    url = etree.SubElement(root, f"{{{SITEMAP}}}url")
    _add(url, SITEMAP, "loc", issue.link(story))
    _add(url, SITEMAP, "lastmod", story.changed.isoformat())
    news = etree.SubElement(url, f"{{{NEWS}}}news")
    publication = etree.SubElement(news, f"{{{NEWS}}}publication")
    _add(publication, NEWS, "name", issue.publication.name)
    _add(publication, NEWS, "language", "en")
    _add(news, NEWS, "publication_date", story.published.isoformat())
    _add(news, NEWS, "title", story.headline)


def _add(parent: etree._Element, namespace: str, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{tag}").text = text
