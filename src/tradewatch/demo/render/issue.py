"""What every renderer is given, and the HTML that they share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from tradewatch.demo.newsroom import Publication, Story

AMPERSAND = re.compile(r"&(?!#?\w+;)")
STORY_LINK = re.compile(r'href="([a-z]+/[a-z0-9-]+)"')
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One outlet's stories of one edition, newest first, and where they are."""

    publication: Publication
    stories: tuple[Story, ...]
    home: str
    """The outlet's address, with a trailing slash."""
    links: Mapping[str, str]
    """The address of every story of the newsroom, by its id."""

    def link(self, story: Story) -> str:
        """A story's address as the outlet's feed prints it."""
        query = self.publication.feed_query
        return self.links[story.id] + (f"?{query}" if query else "")


def body_html(issue: Issue, story: Story) -> str:
    """A story's paragraphs as HTML; links to other stories, written as their ids, become addresses."""
    return "\n".join(_block(issue, block) for block in story.body)


def excerpt(story: Story) -> str:
    """The dek, or the first sentence where there is none, as plain text."""
    return story.dek or TAG.sub("", story.body[0]).partition(". ")[0] + "."


def figure(story: Story) -> str:
    """The lead picture with its caption; empty where the story has none."""
    if not story.caption:
        return ""
    caption = escape(story.caption)
    return f'<figure class="wp-block-image"><img src="data:," alt="{caption}"><figcaption>{caption}</figcaption></figure>'


def _block(issue: Issue, block: str) -> str:
    html = STORY_LINK.sub(lambda match: f'href="{issue.links[match[1]]}"', AMPERSAND.sub("&amp;", block))
    if html.startswith("## "):
        return f"<h2>{html[3:]}</h2>"
    if html.startswith("> "):
        return f"<blockquote><p>{' '.join(html[2:].split())}</p></blockquote>"
    if html.startswith("- "):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in html.splitlines()) + "</ul>"
    return f"<p>{html}</p>"
