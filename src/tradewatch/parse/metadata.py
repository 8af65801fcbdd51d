"""What a page says about itself: JSON-LD first, then OpenGraph and its kin, then plain HTML."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from tradewatch.parse.dates import read_date
from tradewatch.parse.links import canonical_of
from tradewatch.parse.titles import plain

ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|WebPage)$")
SCRIPT_EDGES = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$|;\s*$")
BY = re.compile(r"^(?:written\s+)?by\s+", re.IGNORECASE)
NO_PERSON = re.compile(r"https?://|^(?:admin|staff|editor|none|null|undefined)$", re.IGNORECASE)
DEEPEST = 12
"""Levels of JSON-LD that are looked into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page states of its article; empty where it says nothing."""

    headline: str = ""
    dek: str = ""
    byline: str | None = None
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    canonical_url: str = ""
    language: str | None = None
    site: str = ""
    free: bool = True
    """False where the page says that it is not free to read."""
    body: str = ""
    """The article's text as the metadata carry it; most do not."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that the page says of itself, by where it says it."""

    article: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)


def read_metadata(page: HtmlElement, *, url: str, timezone: str = "UTC") -> Metadata:
    """What the page at `url` says of itself; dates without a zone are in `timezone`."""
    said = _Said(_article(page), _meta(page))
    article, meta = said.article, said.meta
    return Metadata(
        headline=plain(_text(article.get("headline")) or _first(meta, "og:title", "twitter:title", "parsely-title", "dc.title")),
        dek=plain(_first(meta, "og:description", "twitter:description", "description") or _text(article.get("description"))),
        byline=_byline(article, meta),
        published_at=_date(timezone, _text(article.get("datePublished")), _first(meta, *PUBLISHED), _time_of(page)),
        updated_at=_date(timezone, _text(article.get("dateModified")), _first(meta, *UPDATED)),
        canonical_url=_canonical(page, article, url),
        language=_language(page, article, meta),
        site=plain(_first(meta, "og:site_name") or _text(_dict(article.get("publisher")).get("name"))),
        free=str(article.get("isAccessibleForFree", "true")).lower() != "false" and meta.get("article:content_tier") != "locked",
        body=html.unescape(_text(article.get("articleBody"))),
    )


PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
)
UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dc.date.modified")


def json_ld(page: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first; scripts that are not JSON are passed over."""
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                found = json.loads(SCRIPT_EDGES.sub("", script.text or ""), strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _objects(found, DEEPEST)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth - 1)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _objects(one, depth - 1)


def _article(page: HtmlElement) -> dict[str, Any]:
    """The object that describes the article: the one with a headline before those of a lesser type."""
    found = [one for one in json_ld(page) if any(ARTICLES.match(kind) for kind in _kinds(one))]
    return max(found, key=lambda one: ("headline" in one, "WebPage" not in _kinds(one)), default={})


def _kinds(one: dict[str, Any]) -> list[str]:
    kinds = one.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _meta(page: HtmlElement) -> dict[str, str]:
    """`meta` elements by lower-case property or name; the first of each."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], *names: str) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return next((_text(one) for one in value if _text(one)), "")
    return value.strip() if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {}


def _byline(article: dict[str, Any], meta: dict[str, str]) -> str | None:
    authors = article.get("author")
    names = [
        _text(one.get("name")) if isinstance(one, dict) else _text(one) for one in (authors if isinstance(authors, list) else [authors])
    ]
    names += [] if any(names) else [_first(meta, "author", "article:author", "parsely-author", "sailthru.author", "dc.creator")]
    people = dict.fromkeys(BY.sub("", plain(name)) for name in names)
    return ", ".join(name for name in people if name and not NO_PERSON.search(name)) or None


def _date(timezone: str, *texts: str) -> dt.datetime | None:
    return next((moment for moment in (read_date(text, timezone) for text in texts) if moment), None)


def _time_of(page: HtmlElement) -> str:
    """The first machine-readable time in the page's text."""
    return next((element.get("datetime") or "" for element in page.iter("time") if element.get("datetime")), "")


def stated_url(page: HtmlElement) -> str:
    """The address that the page gives itself, as it stands there; empty where it gives none."""
    links = (element.get("href") or "" for element in page.iter("link") if (element.get("rel") or "").lower() == "canonical")
    return next(links, "") or _meta(page).get("og:url", "")


def _canonical(page: HtmlElement, article: dict[str, Any], url: str) -> str:
    of_page = article.get("mainEntityOfPage")
    claimed = stated_url(page) or _text(of_page if isinstance(of_page, str) else _dict(of_page).get("@id"))
    try:
        return canonical_of(urljoin(url, claimed.strip()), url)
    except ValueError:
        return canonical_of(url, url)


def _language(page: HtmlElement, article: dict[str, Any], meta: dict[str, str]) -> str | None:
    root = page.getroottree().getroot()
    said = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _text(article.get("inLanguage"))
        or meta.get("og:locale", "")
    )
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", said)
    return found[0].lower() if found else None
