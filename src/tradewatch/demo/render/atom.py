"""Atom, with the whole text or with summaries."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue, body_html, excerpt, figure

ATOM = "http://www.w3.org/2005/Atom"
PREFIXES: Any = {None: ATOM}
"""Any, because lxml\'s stubs know no default namespace."""


def full(issue: Issue) -> bytes:
    """A feed whose entries carry the article as HTML."""
    return _feed(issue, whole=True)


def summary(issue: Issue) -> bytes:
    """A feed whose entries carry a summary: the article has to be fetched."""
    return _feed(issue, whole=False)


def _feed(issue: Issue, *, whole: bool) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=PREFIXES)
    _add(root, "id", f"tag:{issue.publication.key}.example,2009:feed")
    _add(root, "title", issue.publication.name)
    _add(root, "updated", max(story.changed for story in issue.stories).isoformat())
    _add(root, "link", "", rel="alternate", type="text/html", href=issue.home)
    for story in issue.stories:
        _entry(root, issue, story, whole=whole)
    rendered: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return rendered


def _entry(root: etree._Element, issue: Issue, story: Story, *, whole: bool) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "id", f"tag:{issue.publication.key}.example,{story.published:%Y-%m-%d}:{story.slug}")
    _add(entry, "title", story.headline, type="text")
    _add(entry, "link", "", rel="alternate", type="text/html", href=issue.link(story))
    _add(entry, "published", story.published.isoformat())
    _add(entry, "updated", story.changed.isoformat())
    _add(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", story.author)
    _add(entry, "summary", excerpt(story), type="text")
    if whole:
        _add(entry, "content", "\n".join([figure(story), body_html(issue, story)]), type="html")


def _add(parent: etree._Element, tag: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes).text = text or None
