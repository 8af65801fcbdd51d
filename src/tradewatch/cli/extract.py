"""`tradewatch extract` and `tradewatch evaluate`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tradewatch import evaluate as scoring
from tradewatch.cli import Exit
from tradewatch.cli.documents import Unreadable, document_of, read_documents
from tradewatch.config import bundled, load_names, load_starter_titles
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.extract.explain import explain
from tradewatch.types import Claim, Document


def _catalog(folder: Path | None) -> Catalog:
    place = folder or bundled("config")
    return Catalog(load_names(place), (title.name for title in load_starter_titles(place)))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "text"]),
    default="jsonl",
    show_default=True,
    help="One JSON line for each document, or text to read.",
)
@click.option("--explain", "explained", is_flag=True, help="Show sentence by sentence what was seen, which rule fired and what stopped it.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day of publication for texts that do not say.")
@click.option(
    "--config", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder with networks.toml and titles.csv."
)
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


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="GOLD.jsonl...")
@click.option("--errors", type=int, default=0, metavar="N", help="Print so many of the errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Write this run to a file.")
@click.option("--compare", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Show which cases flipped since a saved run.")
@click.option(
    "--config", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder with networks.toml and titles.csv."
)
def evaluate(gold: tuple[Path, ...], errors: int, as_json: bool, save: Path | None, compare: Path | None, folder: Path | None) -> None:
    """Score extraction against labelled documents."""
    score = scoring.evaluate(_labelled(gold, _catalog(folder)))
    for line in score.errors[:errors]:
        click.echo(line)
    click.echo(json.dumps(score.as_json(), ensure_ascii=False) if as_json else scoring.table(score))
    if compare:
        before = json.loads(compare.read_text("utf-8"))["verdicts"]
        for line in scoring.flips(before, score.verdicts):
            click.echo(line)
    if save:
        save.write_text(json.dumps(score.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _labelled(paths: tuple[Path, ...], catalog: Catalog) -> Iterator[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    """(id, labels, claims) of every labelled document."""
    extractor = GrammarExtractor()
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(filter(str.strip, lines), 1):
                row = json.loads(line)
                document = document_of(row, f"{path.name}:{number}")
                yield document.id, row.get("claims") or [], [claim.as_json() for claim in extractor.extract(document, catalog)]
