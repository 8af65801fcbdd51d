"""An HTML page of the latest stories, for the outlet that has no feed."""

from __future__ import annotations

from html import escape

from tradewatch.demo.newsroom import Story
from tradewatch.demo.render.issue import Issue

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Drama news | {name}</title></head>
<body>
<header><a class="logo" href="{home}">{name}</a> <nav><a href="{home}">Home</a><a href="{home}?c=drama">Drama</a></nav></header>
<main>
<h1>Drama news</h1>
<section class="latest">
{cards}
</section>
<a class="pagination" href="{home}?page=2">Older stories</a>
</main>
<aside class="most-read"><h2>Most read</h2><ol>{popular}</ol></aside>
<footer><p>{tagline}</p></footer>
</body></html>
"""


def render(issue: Issue) -> bytes:
    """The page in UTF-8: one `article.card` a story, headline, standfirst and date inside."""
    publication = issue.publication
    popular = "".join(f'<li><a href="{issue.home}">{escape(text)}</a></li>' for text in publication.popular)
    cards = "\n".join(_card(issue, story) for story in issue.stories)
    name, tagline = escape(publication.name), escape(publication.tagline)
    return PAGE.format(name=name, home=issue.home, cards=cards, popular=popular, tagline=tagline).encode()


def _card(issue: Issue, story: Story) -> str:
    path = "/" + issue.link(story).split("/", 3)[3]
    moment = story.published
    return (
        f'<article class="card"><h3 class="card__title"><a href="{path}">{escape(story.headline)}</a></h3>'
        f'<p class="card__standfirst">{escape(story.dek)}</p>'
        f'<time datetime="{moment.isoformat()}">{moment.day} {moment:%B %Y %H:%M}</time></article>'
    )
