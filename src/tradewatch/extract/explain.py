"""Why: each sentence with its mentions, the rules that fired, the cues that weighed, and the claims with their slots."""

from __future__ import annotations

from typing import IO

from rich.console import Console
from rich.markup import escape

from tradewatch.extract.catalog import Catalog
from tradewatch.extract.grammar import GrammarExtractor, Reading
from tradewatch.extract.line import Kind, Line
from tradewatch.extract.match import Match
from tradewatch.types import Claim, Document

COLOURS = {
    Kind.TITLE: "bold magenta",
    Kind.NAME: "cyan",
    Kind.PERSON: "bold cyan",
    Kind.NETWORK: "bold blue",
    Kind.NETREF: "blue",
    Kind.OUTLET: "blue",
    Kind.SEASON: "yellow",
    Kind.EPISODES: "yellow",
    Kind.AFTER: "yellow",
    Kind.DATE: "bold yellow",
    Kind.ROLE: "green",
    Kind.ACT: "green",
    Kind.DONE: "green",
    Kind.REF: "magenta",
    Kind.PRONOUN: "cyan",
    Kind.SPEECH: "dim",
}


def explain(document: Document, extractor: GrammarExtractor, catalog: Catalog, out: IO[str]) -> None:
    """Write the reading of a document for a person; in colours where `out` is a terminal."""
    console = Console(file=out, highlight=False, soft_wrap=True)
    console.print(f"[bold]{escape(document.id)}[/]  {escape(document.headline)}")
    for reading in extractor.read(document, catalog):
        _reading(console, reading)
    claims = extractor.extract(document, catalog)
    console.print(f"[bold]{len(claims)} claims[/]")
    for claim in claims:
        console.print(f"  {_claim(claim)}")


def _reading(console: Console, reading: Reading) -> None:
    if not (reading.matches or reading.refused):
        return
    console.print(f"  {reading.line.field:8} {marked(reading.line)}")
    for match in reading.matches:
        console.print(f"    [green]✓[/] {_match(match)}")
    for match in reading.refused:
        console.print(f"    [red]✗[/] {_match(match)}")


def marked(line: Line) -> str:
    """A line with its mentions in brackets, named by kind."""
    words = []
    for token in line.tokens:
        mention = line.mentions.get(token.key)
        text = escape(line.source[token.start : token.end])
        words.append(text if mention is None else f"[{COLOURS[mention.kind]}]‹{text} {mention.kind.name.lower()}›[/]")
    return " ".join(words)


def _match(match: Match) -> str:
    cues = f" cues: {', '.join(match.scope.cues)}" if match.scope.cues else ""
    notes = f" ({'; '.join(match.notes)})" if match.notes else ""
    return (
        f"{match.pattern.rule}  “{escape(match.evidence.quote)}” → {match.scope.status}, {match.scope.novelty}{escape(cues)}{escape(notes)}"
    )


def _claim(claim: Claim) -> str:
    skip = {"type", "title", "evidence", "confidence", "rule"}
    slots = ", ".join(f"{key}={value}" for key, value in claim.as_json().items() if value and key not in skip)
    return f"[bold]{claim.type}[/] {escape(claim.title or '-')}  {escape(slots)}  confidence {claim.confidence:.2f}, rule {claim.rule}"
