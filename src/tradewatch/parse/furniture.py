"""What stands on an article's page and is not the article, as `furniture.toml` tells it: by tag, by class name and by wording."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any

from lxml.html import HtmlElement

TABLE: dict[str, Any] = tomllib.loads((resources.files("tradewatch.parse") / "furniture.toml").read_text("utf-8"))
TAGS = frozenset(TABLE["tags"])
WRAPPERS = frozenset(("html", "body", "main", "article"))
"""Their class names speak of the whole page."""
LINK_ONLY_WORDS = 4
"""A paragraph that is nothing but a link of at least so many words is another story's headline."""
MOST = 0.4
"""Share of a page's text that a piece of furniture may hold; what holds more is the article under a misleading name."""
TEASER = re.compile(
    r"(?:\[(?:…|\.\.\.)\]|…|\.\.\.|(?:continue reading|read more|read the full (?:story|article))\W{0,3})\s*$", re.IGNORECASE
)
TEASER_LENGTH = 60
"""Characters; more than any teaser has."""


def _names(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words)})(?:$|[\s_-])", re.IGNORECASE)


def _wording(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    """The patterns as one; line breaks and indents in them are layout."""
    joined = "|".join(re.sub(r"\n\s*", "", pattern) for pattern in patterns)
    return re.compile(rf"(?:{joined})", flags | re.DOTALL)


NAMES = _names(TABLE["names"])
UPDATE_NAMES = _names(TABLE["update_names"])
WORDINGS = _wording(*(one["pattern"] for one in TABLE["wording"]), flags=re.IGNORECASE)
BIO = _wording(TABLE["bio"]["pattern"])
WALL = _wording(TABLE["wall"]["pattern"], flags=re.IGNORECASE)
UPDATE = _wording(TABLE["update"]["pattern"])
UPDATE_WORD = re.compile(
    r"\b(?:updated?|correct(?:ed|ion|ions)|clarif\w+|amended|(?:earlier|previous) version|editor['’]?s note)\b", re.IGNORECASE
)
LONGEST_BANNER = 1500
"""Characters; what is longer and called an update is the article."""


def is_furniture(element: HtmlElement) -> bool:
    """Whether an element, by its tag or its names, is no part of the text."""
    if element.tag in TAGS or not element.attrib:
        return element.tag in TAGS
    return (element.tag not in WRAPPERS and has_furniture_name(names_of(element))) or _hidden(element)


@functools.lru_cache(maxsize=8192)
def has_furniture_name(names: str) -> bool:
    """Whether a class, id or list of them names furniture."""
    return NAMES.search(names) is not None


@functools.lru_cache(maxsize=8192)
def has_update_name(names: str) -> bool:
    """Whether a class, id or list of them names an update or correction."""
    return UPDATE_NAMES.search(names) is not None


def names_of(element: HtmlElement) -> str:
    """An element's class, id and component name in one line."""
    get = element.get
    return " ".join(filter(None, (get("class"), get("id"), get("data-component"))))


def text_of(element: HtmlElement) -> str:
    """All text in an element, as it stands."""
    return "".join(element.itertext())


def is_update(element: HtmlElement) -> bool:
    """Whether an element is a banner that says what changed: by its rule, or by name and wording (`email-updates` is none)."""
    if not element.attrib or element.tag in WRAPPERS:
        return False
    if element.get("data-tradewatch") == "update":
        return True
    if not has_update_name(names_of(element)):
        return False
    text = text_of(element)
    return len(text) < LONGEST_BANNER and UPDATE_WORD.search(text) is not None


def is_teaser(element: HtmlElement | None) -> bool:
    """Whether an element's text breaks off with a teaser."""
    return element is not None and TEASER.search(text_of(element).rstrip()[-TEASER_LENGTH:]) is not None


def says_update(paragraph: str) -> bool:
    """Whether a paragraph announces its own update or correction."""
    return UPDATE.match(paragraph) is not None


def is_filler(paragraph: str) -> bool:
    """Whether a paragraph's wording gives it away as furniture."""
    return WORDINGS.fullmatch(paragraph) is not None


def is_wall(paragraph: str) -> bool:
    """Whether a paragraph is a paywall's."""
    return WALL.fullmatch(paragraph) is not None


def is_bio(paragraph: str) -> bool:
    """Whether a paragraph introduces the article's author; asked of a last paragraph only."""
    return BIO.fullmatch(paragraph) is not None


def _hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    shown = style is None or "display:none" not in style.replace(" ", "")
    return not shown or element.get("hidden") is not None or element.get("aria-hidden") == "true"
