"""`tradewatch sources export` and `import`: lists of feeds as readers exchange them, in OPML. Nothing is asked of the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import click

from tradewatch.cli.source_add import free_key, named, publishers, table_of
from tradewatch.cli.work import folder_option
from tradewatch.config import bare_domain, load_names, load_sources, web_address
from tradewatch.config.writing import append, table_text
from tradewatch.fetch.client import shown
from tradewatch.parse.opml import Outline, parse_opml, write_opml
from tradewatch.types import Outlet, Source, SourceKind, Tier

UNSURE = "# Imported; each its own owner until somebody says who owns it.\n"


@dataclass
class Plan:
    """What an import adds to a desk that knows these sources and outlets."""

    sources: list[Source]
    outlets: list[Outlet]
    tier: Tier
    new_sources: list[Source] = field(default_factory=list)
    new_outlets: list[Outlet] = field(default_factory=list)
    known: int = 0
    refused: list[str] = field(default_factory=list)


@click.command("export", short_help="Write the feeds as OPML.")
@folder_option
@click.option("--every", is_flag=True, help="Also the feeds that are switched off.")
def export_sources(folder: Path, every: bool) -> None:
    """Write the feeds that are polled to standard output as OPML, in a folder for each tier."""
    chosen = [source for source in load_sources(folder) if every or source.enabled]
    feeds = [source for source in chosen if source.kind is SourceKind.FEED]
    homes = {outlet.name: f"https://{outlet.domains[0]}/" for outlet in load_names(folder).outlets if outlet.domains}
    outlines = [Outline(url=shown(one.url), title=one.name, page=homes.get(one.outlet), folder=one.tier) for one in feeds]
    click.echo(write_opml(outlines, title="tradewatch"), nl=False)
    if len(feeds) < len(chosen):
        click.echo(f"{len(chosen) - len(feeds)} of another kind left out: OPML lists feeds", err=True)


@click.command("import", short_help="Add the feeds of an OPML list.")
@click.argument("file", type=click.File("rb"))
@folder_option
@click.option(
    "--tier",
    type=click.Choice([tier.value for tier in Tier]),
    default=Tier.CONSUMER.value,
    show_default=True,
    help="Where neither the outlet's other sources nor the folder's name in FILE tells.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
def import_sources(file: IO[bytes], folder: Path, tier: str, dry_run: bool) -> None:
    """Add the feeds of the OPML list FILE (- for standard input) to sources.toml; what is there stays as it is.

    A feed whose address is known is passed over. A site that is no outlet's becomes an outlet in networks.toml that owns itself: say
    there who owns it, so that two outlets of one owner do not confirm each other. Nothing is fetched; `tradewatch sources test KEY` tries
    a feed.
    """
    plan = Plan(list(load_sources(folder)), list(load_names(folder).outlets), Tier(tier))
    for outline in parse_opml(file.read(), url=file.name):
        _take(plan, outline)
    for name, text in _texts(plan):
        if text:
            click.echo(text)
        if text and not dry_run:
            append(folder / name, text)
    _tell(plan)


def _take(plan: Plan, outline: Outline) -> None:
    """Plan the source that an outline becomes, and its outlet."""
    try:
        address = _address(web_address(outline.url))
    except ValueError as error:
        plan.refused.append(str(error))
        return
    if address in {_address(source.url) for source in plan.sources}:
        plan.known += 1
        return
    outlet = _outlet(plan, outline)
    siblings = [source for source in plan.sources if source.outlet == outlet]
    source = Source(
        key=free_key(outline.title or outlet, {one.key for one in plan.sources}),
        name=outline.title or outlet,
        outlet=outlet,
        kind=SourceKind.FEED,
        url=outline.url,
        tier=siblings[0].tier if siblings else _tier_of(outline) or plan.tier,
        timezone=siblings[0].timezone if siblings else "UTC",
    )
    plan.sources.append(source)
    plan.new_sources.append(source)


def _outlet(plan: Plan, outline: Outline) -> str:
    """The outlet that has the domain of an outline's page or feed; else a new one, called by its domain and owned by itself."""
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (outline.page, outline.url) if url]
    for host in hosts:
        found = publishers(host, plan.outlets) or [name for name in (named(host, plan.outlets),) if name]
        if found:
            return found[0]
    name = hosts[0] or hosts[-1]
    founded = Outlet(name=name, owner=name, domains=_domains(name))
    plan.outlets.append(founded)
    plan.new_outlets.append(founded)
    return name


def _domains(host: str) -> tuple[str, ...]:
    try:
        return (bare_domain(host),)
    except ValueError:
        return ()


def _tier_of(outline: Outline) -> Tier | None:
    folder = outline.folder.rpartition("/")[2].casefold()
    return Tier(folder) if folder in set(Tier) else None


def _address(url: str) -> tuple[str, str, str]:
    """What makes two addresses one: scheme, `www.` and a slash at the end do not tell feeds apart."""
    parts = urlsplit(url)
    return (parts.netloc.casefold().removeprefix("www."), parts.path.rstrip("/"), parts.query)


def _texts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """What is added to each file; outlets first, since sources name them."""
    outlets = [{"name": one.name, "owner": one.owner, "domains": list(one.domains) or None} for one in plan.new_outlets]
    founded = "\n".join(table_text("outlet", values) for values in outlets)
    return (
        ("networks.toml", UNSURE + founded if founded else ""),
        ("sources.toml", "\n".join(table_text("source", table_of(source)) for source in plan.new_sources)),
    )


def _tell(plan: Plan) -> None:
    click.echo(f"{len(plan.new_sources)} sources added, {plan.known} known already, {len(plan.refused)} left out", err=True)
    for reason in plan.refused:
        click.echo(f"left out: {reason}", err=True)
    if plan.new_outlets:
        names = ", ".join(outlet.name for outlet in plan.new_outlets)
        click.echo(f"networks.toml: {len(plan.new_outlets)} new outlets, each its own owner until you say who owns it: {names}", err=True)
