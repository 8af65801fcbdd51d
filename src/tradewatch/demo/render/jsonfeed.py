"""JSON Feed 1.1 with the whole text."""

from __future__ import annotations

import json
from html import escape

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue, body_html, excerpt, figure


def render(issue: Issue) -> bytes:
    """The feed in UTF-8."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": issue.publication.name,
        "home_page_url": issue.home,
        "description": issue.publication.tagline,
        "items": [_item(issue, story) for story in issue.stories],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _item(issue: Issue, story: Story) -> dict[str, object]:
    disclosure = f'<p class="disclosure"><small>{escape(issue.publication.disclosure)}</small></p>'
    return {
        "id": f"{issue.publication.key}-{story.number}",
        "url": issue.link(story),
        "title": story.headline,
        "summary": excerpt(story),
        "content_html": "\n".join([disclosure, figure(story), body_html(issue, story)]),
        "date_published": story.published.isoformat(),
        "date_modified": story.changed.isoformat(),
        "authors": [{"name": story.author}],
        "tags": ["tv", "streaming"],
    }
