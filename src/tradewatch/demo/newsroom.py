"""The newsroom's stories and outlets, read from their files.

`outlets.toml` describes the outlets; `stories/<outlet>/<slug>.txt` is one story: `key: value` lines, a line of three dashes, and paragraphs
parted by blank lines. `stories/<outlet>/<slug>.2.txt` is what its outlet made of it in the second edition: the lines and paragraphs that it
gives replace those of the first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tradewatch.errors import ConfigError

TEXTS = ("headline", "dek", "author", "caption")
TIMES = ("published", "updated")
NUMBERS = ("edition", "withdrawn_in")


class Format(StrEnum):
    """How an outlet publishes its news."""

    RSS_FULL = "rss-full"
    RSS_SUMMARY = "rss-summary"
    RDF = "rdf"
    ATOM_FULL = "atom-full"
    ATOM_SUMMARY = "atom-summary"
    JSON = "json"
    LISTING = "listing"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One invented outlet: how it publishes, and the furniture around its articles."""

    key: str
    name: str
    owner: str
    tagline: str
    format: Format
    feed: str
    """Path of its feed, listing page or sitemap, below the outlet's own path."""
    template: str
    permalink: str
    timezone: ZoneInfo
    validators: frozenset[str]
    """Which of `etag` and `last-modified` it sends."""
    authors: Mapping[str, str]
    """The biography printed under an author's articles, by name."""
    feed_query: str = ""
    encoding: str = "utf-8"
    newsletter: str = ""
    disclosure: str = ""
    related: tuple[str, ...] = ()
    popular: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article, as its outlet has it in one edition."""

    id: str
    """`<outlet>/<slug>`."""
    headline: str
    author: str
    published: dt.datetime
    body: tuple[str, ...]
    """Paragraphs in inline HTML; one that starts with `## ` is a subheading, with `> ` a quotation, with `- ` a list."""
    dek: str = ""
    updated: dt.datetime | None = None
    caption: str = ""
    edition: int = 1
    """The first edition that has it."""
    withdrawn_in: int | None = None
    """The first edition that has it no longer."""

    @property
    def outlet(self) -> str:
        """The key of its publication."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The words of its address."""
        return self.id.partition("/")[2]

    @property
    def number(self) -> int:
        """A number of six digits, such as a publishing system gives an article; the same in every edition."""
        return 100_000 + int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 900_000

    @property
    def changed(self) -> dt.datetime:
        """When the outlet last touched it."""
        return self.updated or self.published


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """Everything in the files: outlets by key, every version of every story, page templates by name."""

    editions: tuple[dt.datetime, ...]
    """When each edition went out."""
    publications: Mapping[str, Publication]
    versions: Mapping[str, tuple[Story, ...]]
    """Each story as it was first, then as revised."""
    templates: Mapping[str, str]

    def stories(self, edition: int) -> tuple[Story, ...]:
        """The stories that an edition (from 1) has, newest first, withdrawn ones left out."""
        current = (story for story in self._latest(edition) if not _withdrawn(story, edition))
        return tuple(sorted(current, key=lambda story: (story.published, story.id), reverse=True))

    def withdrawn(self, edition: int) -> tuple[Story, ...]:
        """The stories that an edition has no longer."""
        return tuple(story for story in self._latest(edition) if _withdrawn(story, edition))

    def _latest(self, edition: int) -> list[Story]:
        seen = [[story for story in versions if story.edition <= edition] for versions in self.versions.values()]
        return [versions[-1] for versions in seen if versions]


def load_newsroom(folder: Path) -> Newsroom:
    """Read a folder of outlets, stories and templates. Raises ConfigError where outlets.toml is no TOML or a story has an unknown line."""
    table = _toml(folder / "outlets.toml")
    editions = tuple(table.pop("editions"))
    publications = {key: _publication(key, fields) for key, fields in table.items()}
    return Newsroom(
        editions=editions,
        publications=publications,
        versions={story[0].id: story for story in _stories(folder / "stories", publications)},
        templates={path.stem: path.read_text("utf-8") for path in sorted((folder / "templates").glob("*.html"))},
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def _publication(key: str, fields: Mapping[str, Any]) -> Publication:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    given |= {
        "format": Format(fields["format"]),
        "timezone": ZoneInfo(fields["timezone"]),
        "validators": frozenset(fields["validators"]),
    }
    return Publication(key=key, **given)


def _stories(folder: Path, publications: Mapping[str, Publication]) -> list[tuple[Story, ...]]:
    """Every story with its revisions, read in the order of the file names."""
    found: dict[str, tuple[Story, ...]] = {}
    for path in sorted(folder.glob("*/*.txt"), key=lambda path: (path.parent.name, path.stem)):
        slug, _, edition = path.stem.partition(".")
        key = f"{path.parent.name}/{slug}"
        fields = _read_story(path, publications[path.parent.name].timezone)
        if edition:
            found[key] += (replace(found[key][-1], edition=int(edition), **fields),)
        else:
            found[key] = (Story(id=key, **fields),)
    return list(found.values())


def _read_story(path: Path, zone: ZoneInfo) -> dict[str, Any]:
    """The fields of a `Story` that a file gives."""
    head, _, text = path.read_text("utf-8").partition("---\n")
    fields = dict(_header(path, line, zone) for line in head.splitlines())
    body = tuple(" ".join(block.split()) if block[0] not in "->" else block for block in text.strip().split("\n\n") if block)
    return {**fields, "body": body} if body else fields


def _header(path: Path, line: str, zone: ZoneInfo) -> tuple[str, Any]:
    key, _, value = (part.strip() for part in line.partition(": "))
    if key in TIMES:
        return key, dt.datetime.strptime(value, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    if key in NUMBERS:
        return key, int(value)
    if key in TEXTS:
        return key, value
    raise ConfigError(f"{path}: “{key}” is no line of a story; those are {', '.join((*TEXTS, *TIMES, *NUMBERS))}")


def _withdrawn(story: Story, edition: int) -> bool:
    return story.withdrawn_in is not None and story.withdrawn_in <= edition
