"""RSS 1.0, with summaries."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tradewatch.demo.render.issue import Issue, excerpt

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS = "http://purl.org/rss/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
PREFIXES: Any = {None: RSS, "rdf": RDF, "dc": DC}
"""Any, because lxml\'s stubs know no default namespace."""


def render(issue: Issue) -> bytes:
    """The feed in UTF-8; as RSS 1.0 asks, the channel lists what the items then tell."""
    root = etree.Element(f"{{{RDF}}}RDF", nsmap=PREFIXES)
    channel = etree.SubElement(root, f"{{{RSS}}}channel", {f"{{{RDF}}}about": issue.home})
    _add(channel, RSS, "title", issue.publication.name)
    _add(channel, RSS, "link", issue.home)
    _add(channel, RSS, "description", issue.publication.tagline)
    contents = etree.SubElement(etree.SubElement(channel, f"{{{RSS}}}items"), f"{{{RDF}}}Seq")
    for story in issue.stories:
        link = issue.link(story)
        etree.SubElement(contents, f"{{{RDF}}}li", {f"{{{RDF}}}resource": link})
        item = etree.SubElement(root, f"{{{RSS}}}item", {f"{{{RDF}}}about": link})
        _add(item, RSS, "title", story.headline)
        _add(item, RSS, "link", link)
        _add(item, RSS, "description", excerpt(story))
        _add(item, DC, "date", story.published.isoformat())
        _add(item, DC, "creator", story.author)
    rendered: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return rendered


def _add(parent: etree._Element, namespace: str, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{tag}").text = text
