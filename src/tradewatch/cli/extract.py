"""`tradewatch extract` and `tradewatch evaluate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from tradewatch.cli import Exit
from tradewatch.cli.documents import Unreadable, read_documents
from tradewatch.config import bundled, load_names, load_starter_titles
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.extract.explain import explain
from tradewatch.types import Claim, Document


def _catalog(folder: Path | None) -> Catalog:
    place = folder or bundled("config")
    return Catalog(load_names(place), (title.name for title in load_starter_titles(place)))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True, help="One JSON line for each document, or text to read.")
@click.option("--explain", "explained", is_flag=True, help="Show sentence by sentence what was seen, which rule fired and what stopped it.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day of publication for texts that do not say.")
@click.option("--config", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder with networks.toml and titles.csv.")
def extract(paths: tuple[str, ...], form: str, explained: bool, published: object, folder: Path | None) -> None:
    """Extract claims from files: .jsonl, .txt, .html, a feed's .xml, or - for standard input."""
    catalog, extractor = _catalog(folder), GrammarExtractor()
    day = published.date() if published else None  # type: ignore[attr-defined]
    failed = False
    for path in paths:
        for document in read_documents(path, published=day):
            if isinstance(document, Unreadable):
                failed = True
                click.echo(json.dumps({"id": document.id, "error": document.error}, ensure_ascii=False))
            elif explained:
                explain(document, extractor, catalog, sys.stdout)
            else:
                click.echo(_shown(document, extractor.extract(document, catalog), form))
    sys.exit(Exit.PARTIAL if failed else Exit.OK)


def _shown(document: Document, claims: list[Claim], form: str) -> str:
    if form == "jsonl":
        return json.dumps({"id": document.id, "claims": [claim.as_json() for claim in claims]}, ensure_ascii=False)
    return "\n".join([f"{document.id}  {document.headline}", *(f"  {one_line(claim)}" for claim in claims)])


def one_line(claim: Claim) -> str:
    """A claim as a person reads it: type, title, then the slots that are filled."""
    skip = {"type", "title", "evidence", "confidence", "rule", "status", "novelty", "attribution", "date_precision", "title_id"}
    slots = [f"{key}={value}" for key, value in claim.as_json().items() if value and key not in skip]
    standing = "" if claim.live else f" ({claim.novelty}, {claim.status})"
    return f"{claim.type:14} {claim.title or '-'}  {' '.join(slots)}  [{claim.status}, {claim.confidence:.2f}, {claim.rule}]{standing}"
