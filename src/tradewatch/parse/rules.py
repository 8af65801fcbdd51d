"""Per-outlet selectors, as dated data: `outlets/*.toml`.

Each file names an outlet, its hosts and the name it appends to headlines, and one or more `[[page]]` tables. A page table holds CSS
selectors that hold from its `from` date until the next one's; the newest whose `body` finds text reads the page.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from tradewatch.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """CSS selectors for one outlet's article pages from one day on."""

    since: dt.date
    body: str
    headline: str = "h1"
    dek: str | None = None
    byline: str | None = None
    published: str | None = None
    drop: str | None = None
    """Furniture that the general rules do not know."""
    update: str | None = None
    paywall: str | None = None
    """What is on the page only when the text was cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRules:
    """How to read one outlet's pages; `pages` newest first."""

    outlet: str
    hosts: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    timezone: str | None = None
    """Where the outlet's printed times hold; None leaves it to the source."""
    pages: tuple[PageRules, ...] = ()

    def on(self, day: dt.date | None) -> Iterator[PageRules]:
        """The rules that held on `day`, newest first; all where no day is given."""
        return (page for page in self.pages if day is None or page.since <= day)


@functools.cache
def bundled() -> tuple[OutletRules, ...]:
    """The rules that come with tradewatch, by outlet."""
    folder = resources.files("tradewatch.parse") / "outlets"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(read_rules(file.read_text("utf-8"), file.name) for file in files)


def load_rules(folder: Path) -> tuple[OutletRules, ...]:
    """Every `*.toml` of a folder. ConfigError names the file and the key that is wrong."""
    return tuple(read_rules(path.read_text("utf-8"), str(path)) for path in sorted(folder.glob("*.toml")))


def rules_for(url: str, rules: tuple[OutletRules, ...]) -> OutletRules | None:
    """The outlet whose host, or a parent of whose host, the URL has."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    return next((one for one in rules if any(host == name or host.endswith(f".{name}") for name in one.hosts)), None)


def read_rules(text: str, name: str) -> OutletRules:
    """One outlet's rules from TOML; `name` is the file's, for the error."""
    try:
        table = tomllib.loads(text)
        pages = tuple(_page(page, name) for page in table.pop("page", []))
        hosts, suffixes = tuple(table.pop("hosts")), tuple(table.pop("suffixes", ()))
        newest_first = tuple(sorted(pages, key=lambda page: page.since, reverse=True))
        return OutletRules(hosts=hosts, suffixes=suffixes, pages=newest_first, **table)
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise ConfigError(f"{name}: {error}") from error


@functools.lru_cache(maxsize=1024)
def selector(css: str) -> CSSSelector:
    """The compiled selector."""
    return CSSSelector(css, translator="html")


def select(root: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements that a selector finds, in page order."""
    return list(cast("list[HtmlElement]", selector(css)(root)))


def _page(table: dict[str, Any], name: str) -> PageRules:
    known = {one.name for one in fields(PageRules)} - {"since"} | {"from"}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{name}: page.{key} is not a key; there are {', '.join(sorted(known))}")
        if key != "from":
            _check(value, f"{name}: page.{key}")
    return PageRules(since=table["from"], **{key: value for key, value in table.items() if key != "from"})


def _check(css: Any, where: str) -> None:
    try:
        selector(css)
    except (SelectorError, TypeError, AttributeError) as error:
        raise ConfigError(f"{where}: {css!r} is not a CSS selector ({error})") from error
