"""`tradewatch sources add`: from an address to a tried `[[source]]`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from tradewatch.cli.compose import web
from tradewatch.cli.work import clock, folder_option
from tradewatch.config import did_you_mean, duration, load_names, load_settings, load_sources, source_key, web_address
from tradewatch.config.writing import append, table_text
from tradewatch.errors import ConfigError, FetchError
from tradewatch.fetch import first_state, page_request
from tradewatch.fetch.due import host_of
from tradewatch.parse.discover import find_feeds, kind_of, well_known
from tradewatch.pipeline import Web
from tradewatch.pipeline.gather import Front, read_front
from tradewatch.text import fold
from tradewatch.types import Listing, Outlet, Snapshot, Source, SourceKind, Tier

PAUSE = dt.timedelta(seconds=1)
"""Between two tries at a host while a person waits; polls keep the source's own spacing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller says of the new source; the rest is found out."""

    url: str
    key: str | None
    outlet: str | None
    owner: str | None
    tier: str | None
    spacing: dt.timedelta | None
    listing: Listing | None


def _checked(check: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """A click callback that words what `check` objects to."""

    def callback(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        try:
            return value if value is None else check(value)
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return callback


@click.command(short_help="Find out what a URL is, try it, add it.")
@click.argument("url", callback=_checked(web_address))
@folder_option
@click.option("--key", callback=_checked(source_key), help="Its key; by default from its outlet.")
@click.option("--outlet", help="The outlet that publishes it; by default the one whose domain it is.")
@click.option("--owner", help="Who owns an outlet that networks.toml does not have yet; it is added there.")
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), help="By default that of the outlet's other sources.")
@click.option("--spacing", callback=_checked(duration), help="The least time between two requests to its host, such as 2s.")
@click.option("--item", metavar="CSS", help="Read the page itself: the selector of its entries.")
@click.option("--link", metavar="CSS", default="a[href]", show_default=True, help="With --item: the link inside an entry.")
@click.option("--headline", metavar="CSS", help="With --item: the headline inside an entry.")
@click.option("--published", metavar="CSS", help="With --item: the date inside an entry.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
def add(folder: Path, dry_run: bool, item: str | None, link: str, headline: str | None, published: str | None, **said: Any) -> None:
    """Find out what URL is, try it, and add it to sources.toml; what is there stays as it is."""
    listing = Listing(item=item, link=link, headline=headline, published=published) if item else None
    wish = Wish(**said, listing=listing)
    outlet, tables = _outlet(wish, load_names(folder).outlets)
    source = _planned(wish, outlet, load_sources(folder))
    with web(load_settings(folder)) as way:
        front = _tried(way, source)
    click.echo(f"{front.source.url}: {front.source.kind}, {len(front.feed.entries)} entries", err=True)
    tables.append(("sources.toml", table_text("source", table_of(front.source, wish.spacing))))
    for file, text in tables:
        click.echo(text.rstrip() + "\n")
        if not dry_run:
            append(folder / file, text)


def _outlet(wish: Wish, known: Iterable[Outlet]) -> tuple[str, list[tuple[str, str]]]:
    """The new source's outlet, and the text that adds it to `networks.toml` where it is new."""
    host = urlsplit(wish.url).hostname or ""
    outlets = list(known)
    owners = publishers(host, outlets)
    if wish.outlet is None:
        if not owners:
            raise click.UsageError(f"no outlet of networks.toml has the domain {host}; give --outlet, and --owner if it is new")
        return owners[0], []
    if called := named(wish.outlet, outlets):
        return called, []
    if wish.owner is None:
        hint = did_you_mean(wish.outlet, (outlet.name for outlet in outlets))
        raise click.UsageError(f'networks.toml has no outlet "{wish.outlet}"{hint}; a new one needs --owner')
    values = {"name": wish.outlet, "owner": wish.owner, "domains": None if owners else [host.removeprefix("www.")]}
    return wish.outlet, [("networks.toml", table_text("outlet", values))]


def _planned(wish: Wish, outlet: str, known: Iterable[Source]) -> Source:
    """The source as far as it is known before the network is asked."""
    sources = list(known)
    siblings = [source for source in sources if source.outlet == outlet]
    tier = wish.tier or next((source.tier for source in siblings), None)
    if tier is None:
        raise click.UsageError(f"{outlet} has no other source to take the tier from; give --tier")
    key = wish.key or free_key(outlet, {source.key for source in sources})
    if key in {source.key for source in sources}:
        raise click.UsageError(f"there is a source {key} already")
    return Source(
        key=key,
        name=outlet,
        outlet=outlet,
        kind=SourceKind.PAGE if wish.listing else SourceKind.FEED,
        url=wish.url,
        tier=Tier(tier),
        timezone=siblings[0].timezone if siblings else "UTC",
        spacing=PAUSE if wish.spacing is None else wish.spacing,
        listing=wish.listing,
    )


def publishers(host: str, outlets: Iterable[Outlet]) -> list[str]:
    """The outlets that have a host's domain."""
    return [outlet.name for outlet in outlets if any(f".{host}".endswith(f".{domain}") for domain in outlet.domains)]


def named(name: str, outlets: Iterable[Outlet]) -> str | None:
    """The outlet that has a name, or a spelling of it; None where there is none."""
    spellings = {spelling.casefold(): outlet.name for outlet in outlets for spelling in (outlet.name, *outlet.aliases)}
    return spellings.get(name.casefold())


def free_key(name: str, taken: Container[str]) -> str:
    """A source's key made of a name, and of a number where another source has it."""
    key = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "source"
    return next(name for name in chain([key], (f"{key}-{number}" for number in count(2))) if name not in taken)


def _tried(way: Web, source: Source) -> Front:
    """The source with its true address and kind, read once. Raises where nothing of the kind is there."""
    found = source if source.listing else _located(way, source)
    front = read_front(way, found, first_state(found, clock()), clock())
    if front.error:
        raise front.error
    if not front.feed.entries:
        raise ConfigError(f"{found.url}: nothing in it is an entry" + (f" ({front.feed.problems[0][0]})" if front.feed.problems else ""))
    return front


def _located(way: Web, source: Source) -> Source:
    """The source at the address where its feed or sitemap is: the given one, one that its page names, or a usual place."""
    given = _get(way, source, source.url)
    if kind_of(given.body, given.header("content-type")) in ("feed", "sitemap"):
        return _as(source, given)
    named = find_feeds(given.body, url=given.final_url, content_type=given.header("content-type"))
    for url in (*(link.url for link in named), *well_known(given.final_url)):
        click.echo(f"trying {url}", err=True)
        try:
            answer = _get(way, source, url)
        except FetchError:
            continue
        if kind_of(answer.body, answer.header("content-type")) in ("feed", "sitemap"):
            return _as(source, answer)
    raise ConfigError(f"{source.url}: names no feed, and there is none in the usual places; give --item to read the page itself")


def _as(source: Source, answer: Snapshot) -> Source:
    kind = SourceKind.FEED if kind_of(answer.body, answer.header("content-type")) == "feed" else SourceKind.SITEMAP
    return replace(source, url=answer.moved_to or answer.url, kind=kind)


def _get(way: Web, source: Source, url: str) -> Snapshot:
    way.pace(host_of(url), source.spacing)
    return way.fetcher.get(page_request(source, url), clock())


def table_of(source: Source, spacing: dt.timedelta | None = None) -> dict[str, Any]:
    """The keys of the new table: those that must be given, and those that differ from the defaults."""
    listing = source.listing
    return {
        "key": source.key,
        "name": source.name,
        "outlet": source.outlet,
        "kind": source.kind.value,
        "url": source.url,
        "tier": source.tier.value,
        "timezone": source.timezone if source.timezone != "UTC" else None,
        "spacing": f"{spacing.total_seconds():.0f}s" if spacing is not None else None,
        "listing": listing and {key: getattr(listing, key) for key in ("item", "link", "headline", "published")},
    }
