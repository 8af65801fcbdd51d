"""What is read: entries, documents, articles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tradewatch.types.claims import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, listing page or sitemap, before its article is known."""

    url: str
    """Absolute; empty where the feed gave none."""
    guid: str | None = None
    headline: str = ""
    summary_html: str = ""
    content_html: str = ""
    byline: str | None = None
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a document's text with a meaning of its own.

    `italic` is typography kept from the HTML; `update` an update or correction banner; `item` a list item;
    `heading` a subheading; `blockquote` a quoted block.
    """

    kind: Literal["italic", "update", "item", "heading", "blockquote"]
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an extractor reads: the text of one article, without furniture. Paragraphs are parted by a blank line."""

    id: str
    headline: str = ""
    dek: str = ""
    body: str = ""
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    """The outlet's local day of publication; relative dates resolve against it."""
    marks: tuple[Mark, ...] = ()

    def text(self, name: Field) -> str:
        """The text of one field; offsets in evidence and marks count its code points."""
        return str(getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One revision of one story at one outlet."""

    id: str
    """A hash of the canonical URL: the same for feed, page and sitemap, and for every revision."""
    revision: int
    source: str
    document: Document
    byline: str | None = None
    published_at: dt.datetime | None = None
    fetched_at: dt.datetime
    snapshot: str
    """The sha256 of the stored bytes that this text was read from."""
    links: tuple[str, ...] = ()
    """Absolute URLs that the article's own text links to."""
