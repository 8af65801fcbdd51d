"""Article pages: the story in its outlet's template, among furniture that announces nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from html import escape
from string import Template

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue, body_html, figure


def render(issue: Issue, story: Story, template: str) -> bytes:
    """One article page in UTF-8."""
    plain = _plain(issue, story)
    html = {
        "body": body_html(issue, story),
        "figure": figure(story),
        "json_ld": json.dumps(_json_ld(issue, story), ensure_ascii=False).replace("</", "<\\/"),
        "related": _items(issue.publication.related, issue.home),
        "popular": _items(issue.publication.popular, issue.home),
        "comments": _items(issue.publication.comments),
    }
    return Template(template).substitute({name: escape(text) for name, text in plain.items()} | html).encode()


def _plain(issue: Issue, story: Story) -> dict[str, str]:
    publication = issue.publication
    return {
        "headline": story.headline,
        "dek": story.dek,
        "author": story.author,
        "bio": publication.authors[story.author],
        "site": publication.name,
        "owner": publication.owner,
        "tagline": publication.tagline,
        "newsletter": publication.newsletter,
        "disclosure": publication.disclosure,
        "home": issue.home,
        "url": issue.links[story.id],
        "published": story.published.isoformat(),
        "published_words": _words(story.published),
        "modified": story.changed.isoformat(),
        "modified_words": f" | Updated {_words(story.updated)}" if story.updated else "",
    }


def _json_ld(issue: Issue, story: Story) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.dek,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": issue.publication.name},
        "mainEntityOfPage": issue.links[story.id],
    }


def _items(texts: Iterable[str], link: str | None = None) -> str:
    """List items, each linking to `link` where one is given."""
    lines = (escape(text) for text in texts)
    return "".join(f'<li><a href="{link}">{line}</a></li>' if link else f"<li>{line}</li>" for line in lines)


def _words(moment: dt.datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year} {moment:%H:%M %Z}"
