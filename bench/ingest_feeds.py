"""Feeds as trade outlets serve them: WordPress's RSS and Atom with the whole text, a third of the stories with news in them. Seeded."""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from title_catalog import ADJECTIVES, NOUNS, Names

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "ingest_words.toml").read_text("utf-8"))
LISTS: dict[str, list[str]] = {
    **{name: words.split() if isinstance(words, str) else words for name, words in WORDS["lists"].items()},
    "noun": NOUNS,
    "nouns": [f"{noun}s" for noun in NOUNS],
    "adjective": ADJECTIVES,
}
CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)|\[([A-Za-z]+)\]|\{([a-z0-9]+)\}")
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh")
CARDINALS = ("one", "two", "three", "four", "five", "six")
LENGTHS = (600, 1500)
"""Characters of a story's HTML, least and most."""
SHARE_OF_NEWS = 1 / 3
TELLERS = 3
"""Outlets that report one event, on average."""
SITE = "https://outlet{number}.example"


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a feed."""

    slug: str
    headline: str
    dek: str
    html: str
    byline: str
    published: dt.datetime
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """What one source serves: its bytes, their type and validators."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str


class Newsroom:
    """Writes stories one after another; several outlets tell of one event in words of their own."""

    def __init__(self, seed: int, newest: dt.datetime) -> None:
        self._draw = random.Random(seed)
        self._names = Names(seed)
        self._surnames = sorted({self._names.proper() for _ in range(4000)})
        self._newest = newest
        self._events: list[tuple[dict[str, str], dict[str, str]]] = []
        self._written = 0

    def story(self, age: dt.timedelta) -> Story:
        """A story published so long before the newest moment."""
        draw = self._draw
        news = draw.random() < SHARE_OF_NEWS
        form, slots = self._event() if news else (draw.choice(WORDS["other"]), self._slots())
        slots = slots | {f"person{number}": self._person() for number in (2, 3, 4)}
        headline = self._written_out(form["headline"], slots)
        self._written += 1
        slug = "-".join([*re.findall(r"[a-z0-9]+", headline.lower())[:8], str(100_000 + self._written)])
        lead = self._written_out(form["lead"], slots | {"link": f"https://people.example/{self._written}"})
        return Story(
            slug=slug,
            headline=headline,
            dek=re.sub(r"<[^>]+>", "", lead),
            html=self._text(lead, slots),
            byline=self._person(),
            published=self._newest - age,
            categories=tuple(draw.sample(WORDS["furniture"]["categories"], draw.randrange(2, 6))),
        )

    def _event(self) -> tuple[dict[str, str], dict[str, str]]:
        if not self._events or self._draw.random() < 1 / TELLERS:
            self._events.append((self._draw.choice(WORDS["news"]), self._slots()))
        return self._draw.choice(self._events[-200:])

    def _slots(self) -> dict[str, str]:
        draw, season = self._draw, self._draw.randrange(6)
        return {
            "title": self._names.phrase(),
            "person": self._person(),
            "network": draw.choice(LISTS["network"]),
            "season": str(season + 2),
            "ordinal": ORDINALS[season],
            "cardinal": CARDINALS[season],
            "date": str(draw.randrange(1, 29)),
        }

    def _person(self) -> str:
        return f"{self._draw.choice(LISTS['first'])} {self._draw.choice(self._surnames)}"

    def _text(self, lead: str, slots: dict[str, str]) -> str:
        """Paragraphs of HTML: the lead, then sentences in random order up to the story's length."""
        draw, most = self._draw, self._draw.randint(*LENGTHS)
        paragraphs, length = [lead], len(lead)
        while length < most - 150:
            sentences = draw.sample(WORDS["filler"]["sentences"], draw.choice((1, 1, 2)))
            link = f"https://people.example/{self._written}/{len(paragraphs)}"
            paragraphs.append(" ".join(self._written_out(one, slots | {"link": link}) for one in sentences))
            length += len(paragraphs[-1])
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    def _written_out(self, pattern: str, slots: dict[str, str]) -> str:
        while CHOICE.search(pattern):
            pattern = CHOICE.sub(lambda found: self._chosen(found, slots), pattern)
        return pattern[:1].upper() + pattern[1:]

    def _chosen(self, found: re.Match[str], slots: dict[str, str]) -> str:
        either, name, slot = found[1], found[2], found[3]
        if either is not None:
            return str(self._draw.choice(either.split("|")))
        if slot:
            return str(slots[slot])
        word: str = self._draw.choice(LISTS[name.lower()])
        return word if name.islower() else word[:1].upper() + word[1:]


def editions(sources: int, items: int, newest: dt.datetime, seed: int = 11) -> Iterator[tuple[Feed, Feed]]:
    """For each source its feed, and the same with one new story at the top (and the oldest gone)."""
    newsroom = Newsroom(seed, newest)
    draw = random.Random(seed + 1)
    for number in range(sources):
        ages = sorted(dt.timedelta(minutes=draw.randrange(60, 3 * 24 * 60)) for _ in range(items))
        stories = [newsroom.story(age) for age in ages]
        later = [newsroom.story(dt.timedelta()), *stories[:-1]]
        write = atom if number % 3 == 2 else rss
        yield write(number, stories), write(number, later)


def rss(number: int, stories: list[Story]) -> Feed:
    """RSS 2.0 as WordPress writes it."""
    site, newest = SITE.format(number=number), format_datetime(stories[0].published)
    items = "".join(_item(site, story) for story in stories)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n'
        f'<channel>\n<title>Outlet {number}</title>\n<atom:link href="{site}/feed/" rel="self" type="application/rss+xml" />\n'
        f"<link>{site}</link>\n<description>News from outlet {number}</description>\n<lastBuildDate>{newest}</lastBuildDate>\n"
        "<language>en-US</language>\n<sy:updatePeriod>hourly</sy:updatePeriod>\n<sy:updateFrequency>1</sy:updateFrequency>\n"
        f"<generator>https://wordpress.org/?v=6.8</generator>\n{items}</channel>\n</rss>\n"
    )
    return _feed(text, "application/rss+xml; charset=UTF-8", stories)


def _item(site: str, story: Story) -> str:
    url = f"{site}/2026/tv/news/{story.slug}/"
    categories = "".join(f"<category><![CDATA[{name}]]></category>" for name in story.categories)
    post = f'<p>The post <a href="{url}">{escape(story.headline)}</a> appeared first on <a href="{site}">the outlet</a>.</p>'
    return (
        f"<item>\n<title>{escape(story.headline)}</title>\n<link>{url}</link>\n<comments>{url}#respond</comments>\n"
        f"<dc:creator><![CDATA[{story.byline}]]></dc:creator>\n<pubDate>{format_datetime(story.published)}</pubDate>\n{categories}\n"
        f'<guid isPermaLink="false">{site}/?p={story.slug[-6:]}</guid>\n'
        f"<description><![CDATA[<p>{story.dek} [&#8230;]</p>\n{post}]]></description>\n"
        f"<content:encoded><![CDATA[{story.html}\n{post}]]></content:encoded>\n"
        f"<wfw:commentRss>{url}feed/</wfw:commentRss>\n<slash:comments>0</slash:comments>\n</item>\n"
    )


def atom(number: int, stories: list[Story]) -> Feed:
    """Atom 1.0 as the big publishing systems write it."""
    site = SITE.format(number=number)
    entries = "".join(_entry(site, story) for story in stories)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Outlet {number}</title>'
        f'<link rel="alternate" type="text/html" href="{site}/"/><link rel="self" type="application/atom+xml" href="{site}/atom.xml"/>'
        f"<id>{site}/atom.xml</id><updated>{stories[0].published.isoformat()}</updated>\n{entries}</feed>\n"
    )
    return _feed(text, "application/atom+xml; charset=UTF-8", stories)


def _entry(site: str, story: Story) -> str:
    when = story.published.isoformat()
    categories = "".join(f'<category term="{name}"/>' for name in story.categories)
    return (
        f'<entry><title type="html">{escape(story.headline)}</title><link rel="alternate" type="text/html" href="{site}/{story.slug}"/>'
        f"<id>{site}/?p={story.slug[-6:]}</id><published>{when}</published><updated>{when}</updated>"
        f"<author><name>{escape(story.byline)}</name></author>{categories}"
        f'<summary type="html">{escape(story.dek)}</summary><content type="html">{escape(story.html)}</content></entry>\n'
    )


def _feed(text: str, content_type: str, stories: list[Story]) -> Feed:
    body = text.encode()
    return Feed(body, content_type, f'W/"{len(body):x}-{stories[0].slug[-6:]}"', format_datetime(stories[0].published, usegmt=True))
