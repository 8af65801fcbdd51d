"""RSS 2.0: as WordPress writes it, with the whole text, and as most others do, with a summary."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from html import escape
from io import BytesIO

from lxml import etree

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue, body_html, excerpt, figure

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
SY = "http://purl.org/rss/1.0/modules/syndication/"


def full(issue: Issue) -> bytes:
    """A WordPress feed: the article in content:encoded, with what its theme puts around it."""
    return _feed(issue, whole=True)


def summary(issue: Issue) -> bytes:
    """A feed of headlines and summaries: the article has to be fetched."""
    return _feed(issue, whole=False)


def _feed(issue: Issue, *, whole: bool) -> bytes:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"content": CONTENT, "dc": DC, "sy": SY})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", issue.publication.name)
    _add(channel, "link", issue.home)
    _add(channel, "description", issue.publication.tagline)
    _add(channel, "language", "en")
    _add(channel, "lastBuildDate", _stamp(max(story.changed for story in issue.stories)))
    if whole:
        _add(channel, f"{{{SY}}}updatePeriod", "hourly")
        _add(channel, f"{{{SY}}}updateFrequency", "1")
    for story in issue.stories:
        _item(channel, issue, story, whole=whole)
    written = BytesIO()
    etree.ElementTree(root).write(written, xml_declaration=True, encoding=issue.publication.encoding)
    return written.getvalue()


def _item(channel: etree._Element, issue: Issue, story: Story, *, whole: bool) -> None:
    item = etree.SubElement(channel, "item")
    _add(item, "title", story.headline)
    _add(item, "link", issue.link(story))
    _add(item, f"{{{DC}}}creator", story.author)
    _add(item, "pubDate", _stamp(story.published))
    _add(item, "category", "TV")
    _add(item, "category", "News")
    _add(item, "guid", f"https://{issue.publication.key}.example/?p={story.number}").set("isPermaLink", "false")
    if whole:
        _add(item, "description", f"<p>{escape(excerpt(story))} [&#8230;]</p>")
        _add(item, f"{{{CONTENT}}}encoded", etree.CDATA(_content(issue, story)))
    else:
        _add(item, "description", excerpt(story))


def _content(issue: Issue, story: Story) -> str:
    """The article as its theme sends it out: picture, a link to another story in the middle, a last line for scrapers."""
    first, *others = body_html(issue, story).split("\n")
    name, link = escape(issue.publication.name), issue.links[story.id]
    related = f'<p class="related-link"><strong>RELATED:</strong> <a href="{issue.home}">{escape(issue.publication.related[0])}</a></p>'
    source = f'<p>The post <a href="{link}">{escape(story.headline)}</a> appeared first on <a href="{issue.home}">{name}</a>.</p>'
    return "\n".join([figure(story), first, related, *others, source])


def _add(parent: etree._Element, tag: str, text: str | etree.CDATA) -> etree._Element:
    child = etree.SubElement(parent, tag)
    child.text = text
    return child


def _stamp(moment: dt.datetime) -> str:
    return format_datetime(moment.astimezone(dt.UTC))
