"""`tradewatch sources`: what is polled, and what one source gives right now."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from tradewatch.cli.compose import web
from tradewatch.cli.source_add import add
from tradewatch.cli.source_lists import export_sources, import_sources
from tradewatch.cli.work import clock, folder_option, json_option, opened
from tradewatch.config import did_you_mean, load_settings, load_sources, secrets_of, with_secrets
from tradewatch.fetch import first_state
from tradewatch.fetch.due import revive as revived
from tradewatch.parse import ParsedArticle, probe_listing
from tradewatch.parse.listing import Found
from tradewatch.pipeline.gather import Front, Reading, items, read_front, read_item
from tradewatch.types import Snapshot, Source

SHOWN = 5
"""Entries that a test prints."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one reading of a source gave."""

    source: Source
    snapshot: Snapshot
    front: Front
    selectors: tuple[Found, ...]
    newest: Reading | None
    """Of the newest entry, its article."""


@click.group()
def sources() -> None:
    """List, test, add and revive the sources of a working folder; take lists of feeds in and give them out."""


@sources.command("list")
@folder_option
@json_option
@click.option("--desk", help="Only the sources of this desk.")
@click.option("--enabled", is_flag=True, help="Only those that are polled.")
def list_sources(folder: Path, as_json: bool, desk: str | None, enabled: bool) -> None:
    """List the sources: key, kind, tier, whether it is polled, address."""
    for source in load_sources(folder):
        if (desk and desk not in source.desks) or (enabled and not source.enabled):
            continue
        row = _row(source)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(source))


@sources.command()
@click.argument("key")
@folder_option
@json_option
def test(key: str, folder: Path, as_json: bool) -> None:
    """Read the source KEY once, storing nothing, and show what came and what each selector found.

    Exits with 4 when the source cannot be read.
    """
    chosen = _known(key, load_sources(folder))
    with web(load_settings(folder)) as way:
        now = clock()
        source = with_secrets(chosen, os.environ)
        front = read_front(way, source, first_state(source, now), now)
        if front.error or front.snapshot is None:
            raise front.error or AssertionError("a source that was read has a snapshot")
        listed = items(source, front.feed.entries)
        newest = read_item(way, front, listed[-1], now) if listed else None
    trial = Trial(source, front.snapshot, front, _selectors(source, front.snapshot), newest)
    if as_json:
        click.echo(json.dumps(_facts(trial), ensure_ascii=False))
    else:
        for label, text in _report(trial):
            click.echo(f"{label:10} {text}")


@sources.command(short_help="Take up again a source that was parked.")
@click.argument("key")
@folder_option
def revive(key: str, folder: Path) -> None:
    """Take up again the source KEY, which was parked because its server said that it is gone (410). It is due at once."""
    with opened(folder) as work:
        state = work.store.sources.states().get(_known(key, work.sources).key)
        if state is None or state.parked is None:
            raise click.UsageError(f"{key} is not parked; `tradewatch poll --source {key}` reads it now")
        work.store.sources.save_state(revived(state, clock()))
    click.echo(f"{key}: polled again from now on; it was parked: {state.parked}")


for command in (add, export_sources, import_sources):
    sources.add_command(command)


def _known(key: str, known: Iterable[Source]) -> Source:
    """The source of a key; an unknown one is a usage error."""
    by_key = {source.key: source for source in known}
    if key not in by_key:
        raise click.BadParameter(f"there is no source {key!r}{did_you_mean(key, by_key)}", param_hint="KEY")
    return by_key[key]


def _selectors(source: Source, snapshot: Snapshot) -> tuple[Found, ...]:
    if source.listing is None:
        return ()
    return probe_listing(snapshot.body, url=snapshot.final_url, listing=source.listing, content_type=snapshot.header("content-type"))


def _row(source: Source) -> dict[str, Any]:
    """What may be shown of a source: not its headers, cookie and proxy, only where their secrets come from."""
    shown = ("key", "name", "outlet", "kind", "tier", "enabled", "desks", "language", "timezone", "full_text", "url")
    return {name: getattr(source, name) for name in shown} | {"environment": secrets_of(source)}


def _line(source: Source) -> str:
    state = "on" if source.enabled else "off"
    return f"{source.key:24} {source.kind:8} {source.tier:11} {state:4} {source.url}"


def _facts(trial: Trial) -> dict[str, Any]:
    feed, snapshot = trial.front.feed, trial.snapshot
    return {
        "source": _row(trial.source),
        "status": snapshot.status,
        "final_url": snapshot.final_url,
        "moved_to": snapshot.moved_to,
        "content_type": snapshot.header("content-type"),
        "bytes": len(snapshot.body),
        "seconds": round(snapshot.elapsed.total_seconds(), 3),
        "dialect": feed.dialect,
        "problems": dict(feed.problems),
        "selectors": [asdict(found) for found in trial.selectors],
        "entries": [
            {"url": entry.url, "headline": entry.headline, "published_at": entry.published_at and entry.published_at.isoformat()}
            for entry in feed.entries
        ],
        "article": _article(trial.newest.article) if trial.newest and trial.newest.article else None,
        "page_problem": trial.newest.page_problem if trial.newest else None,
    }


def _article(article: ParsedArticle) -> dict[str, Any]:
    return {"headline": article.headline, "words": len(article.body.split()), "whole": article.whole, "read_by": article.read_by}


def _report(trial: Trial) -> Iterator[tuple[str, str]]:
    """Labelled lines, as a person reads them."""
    feed, snapshot, source = trial.front.feed, trial.snapshot, trial.source
    yield "source", f"{source.name} ({source.kind}, {source.tier}, {'on' if source.enabled else 'off'})"
    media = snapshot.header("content-type") or "no stated type"
    yield "answer", f"{snapshot.status}, {len(snapshot.body):,} bytes of {media} from {snapshot.final_url}"
    if snapshot.moved_to:
        yield "moved", f"for good, to {snapshot.moved_to}; set url to that"
    dated = sum(entry.published_at is not None for entry in feed.entries)
    whole = sum(bool(entry.content_html) for entry in feed.entries)
    yield "read as", f"{feed.dialect}: {len(feed.entries)} entries, {dated} dated, {whole} with content"
    for problem, count in feed.problems:
        yield "problem", f"{count} × {problem}"
    for found in trial.selectors:
        asked = "" if found.key == "item" else f" of {found.of}"
        yield "selector", f"{found.key} = {found.selector!r}: {found.count}{asked}"
        yield from (("", sample) for sample in found.samples)
    for entry in feed.entries[:SHOWN]:
        yield "entry", f"{entry.published_at:%Y-%m-%d %H:%M}  {entry.headline}" if entry.published_at else f"undated  {entry.headline}"
    if trial.newest:
        yield "article", _in_words(trial.newest)


def _in_words(reading: Reading) -> str:
    if reading.article is None:
        return reading.page_problem or "not read"
    facts = _article(reading.article)
    text = f"{facts['words']} words{'' if facts['whole'] else ', not the whole text'}, found by {facts['read_by']}: {facts['headline']}"
    return f"{text} ({reading.page_problem})" if reading.page_problem else text
