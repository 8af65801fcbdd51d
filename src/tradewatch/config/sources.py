"""`sources.toml`: what to poll, how and how often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import soupsieve
from pydantic import AfterValidator, StrictBool, model_validator

from tradewatch.config.files import Duration, Table, TimeSpan, TimeZone, did_you_mean, read, refuse
from tradewatch.config.names import load_names
from tradewatch.errors import ConfigError
from tradewatch.types import Listing, Outlet, Source, SourceKind, Tier

ENV = "env:"
"""Before the name of an environment variable that holds a secret."""


def source_key(text: str) -> str:
    """A source's key, checked."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(f'"{text}" is not a key of lower-case letters, digits and single hyphens')
    return text


def web_address(text: str) -> str:
    """An address of the web, checked."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ValueError(f'"{text}" is not an http or https address')
    return text


def proxy_address(text: str) -> str:
    """The address of a proxy, checked; `env:NAME` is, once the variable is read."""
    if not text.startswith(ENV):
        scheme = text.partition("://")[0]
        if scheme.startswith("socks"):
            raise ValueError(f'{scheme} proxies are not supported; give an http or https proxy, such as "http://localhost:8118"')
        try:
            web_address(text)
        except ValueError as error:  # which would show the password that may be in it
            raise ValueError('not the address of an http or https proxy, such as "http://localhost:8118"') from error
    return text


def _selector(text: str) -> str:
    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f'"{text}" is not a CSS selector') from error
    return text


Selector = Annotated[str, AfterValidator(_selector)]


class ListingTable(Table):
    """The `listing` of a page source: CSS selectors, those but `item` applied inside each item."""

    item: Selector
    link: Selector | None = None
    headline: Selector | None = None
    summary: Selector | None = None
    published: Selector | None = None


class SourceTable(Table):
    """One `[[source]]`. A key left out takes the default of `types.Source`."""

    key: Annotated[str, AfterValidator(source_key)]
    name: str
    outlet: str
    kind: SourceKind
    url: Annotated[str, AfterValidator(web_address)]
    tier: Tier
    enabled: StrictBool | None = None
    desks: tuple[str, ...] | None = None
    language: str | None = None
    timezone: TimeZone | None = None
    full_text: StrictBool | None = None
    min_interval: TimeSpan | None = None
    max_interval: TimeSpan | None = None
    spacing: Duration | None = None
    backfill: Annotated[str, AfterValidator(source_key)] | None = None
    robots: StrictBool | None = None
    headers: dict[str, str] | None = None
    user_agent: str | None = None
    cookie: str | None = None
    proxy: Annotated[str, AfterValidator(proxy_address)] | None = None
    listing: ListingTable | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind is SourceKind.PAGE) != (self.listing is not None):
            raise ValueError("listing is needed by a page source, and by no other kind")
        source = self.source()
        if source.min_interval > source.max_interval:
            raise ValueError("min_interval is longer than max_interval")
        return self

    def source(self) -> Source:
        """The source that this table describes."""
        given: dict[str, Any] = {key: getattr(self, key) for key in self.model_fields_set}
        if self.headers is not None:
            given["headers"] = tuple(self.headers.items())
        if self.listing is not None:
            given["listing"] = Listing(**self.listing.model_dump(exclude_unset=True))
        return Source(**given)


class SourcesFile(Table):
    """The whole file."""

    source: tuple[SourceTable, ...]


def load_sources(folder: Path) -> tuple[Source, ...]:
    """Read `sources.toml`, in its order. Raises ConfigError, also for a key used twice or an outlet not in `networks.toml`."""
    path = folder / "sources.toml"
    sources = tuple(table.source() for table in read(path, SourcesFile).source)
    refuse(path, [*_twice(sources), *_strange_outlets(sources, load_names(folder).outlets), *_strange_backfills(sources)])
    return sources


def asked(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources that may be asked: those that are polled, and those in which one of these looks for what it missed."""
    known = tuple(sources)
    keys = {key for source in known if source.enabled for key in (source.key, source.backfill)}
    return tuple(source for source in known if source.key in keys)


def secrets_of(source: Source) -> tuple[str, ...]:
    """The names of the environment variables that a source's cookie, proxy and headers are read from."""
    values = (source.cookie, source.proxy, *(value for _, value in source.headers))
    return tuple(value.removeprefix(ENV) for value in values if value and value.startswith(ENV))


def with_secrets(source: Source, environment: Mapping[str, str]) -> Source:
    """The source with each `env:NAME` replaced by the variable's value. Raises ConfigError naming one that is not set."""
    for name in secrets_of(source):
        if not environment.get(name):
            raise ConfigError(f"sources.toml: [[source]] {source.key}: the environment variable {name} is not set")

    def reveal(value: str | None) -> str | None:
        return environment[value.removeprefix(ENV)] if value and value.startswith(ENV) else value

    headers = tuple((name, reveal(value) or "") for name, value in source.headers)
    proxy = reveal(source.proxy)
    try:
        return replace(source, cookie=reveal(source.cookie), proxy=proxy and proxy_address(proxy), headers=headers)
    except ValueError as error:
        raise ConfigError(f"sources.toml: [[source]] {source.key}: proxy: {error}") from error


def _twice(sources: Iterable[Source]) -> Iterator[str]:
    counts = Counter(source.key for source in sources)
    return (f"[[source]] {key}: key: used by {count} sources; keys are unique" for key, count in counts.items() if count > 1)


def _strange_outlets(sources: Iterable[Source], outlets: Iterable[Outlet]) -> Iterator[str]:
    known = [outlet.name for outlet in outlets]
    for source in sources:
        if source.outlet not in known:
            hint = did_you_mean(source.outlet, known)
            yield f'[[source]] {source.key}: outlet: no [[outlet]] of networks.toml is named "{source.outlet}"{hint}'


def _strange_backfills(sources: Iterable[Source]) -> Iterator[str]:
    known = {source.key for source in sources}
    for source in sources:
        if source.backfill == source.key:
            yield f"[[source]] {source.key}: backfill: is the source itself; name another"
        elif source.backfill and source.backfill not in known:
            hint = did_you_mean(source.backfill, known)
            yield f'[[source]] {source.key}: backfill: there is no source "{source.backfill}"{hint}'
