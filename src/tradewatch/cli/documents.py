"""Documents from files: the formats that `extract` and `evaluate` read, one document at a time."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tradewatch.errors import DocumentError, ParseError
from tradewatch.parse import ParsedArticle, entry_article, parse_article, parse_feed
from tradewatch.types import Document

DISCLOSURE = re.compile(r"^\s*(?:affiliate disclosure|disclosure|advertis|we may (?:get|earn)|if you (?:buy|purchase))", re.IGNORECASE)
"""A notice about commissions that a site puts before its headline is not part of the article."""
LONGEST_HEADLINE = 300


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that gives no document, and why in one line."""

    id: str
    error: str


def read_documents(path: str, *, published: dt.date | None = None) -> Iterator[Document | Unreadable]:
    """The documents of one path (`-` is standard input, as JSONL), in order; what cannot be read comes as Unreadable."""
    if path == "-":
        yield from _lines(sys.stdin.buffer, "-")
        return
    file = Path(path)
    try:
        if file.suffix == ".jsonl":
            with file.open("rb") as lines:
                yield from _lines(lines, file.name)
        else:
            yield from _file(file, published)
    except (OSError, DocumentError, ParseError) as error:
        yield Unreadable(file.name, str(error))


def _file(file: Path, published: dt.date | None) -> Iterator[Document]:
    body = file.read_bytes()
    if file.suffix in (".html", ".htm"):
        yield _article(file.name, parse_article(body, url=f"file:///{file.name}"))
    elif file.suffix == ".xml":
        for number, entry in enumerate(parse_feed(body, url=f"file:///{file.name}").entries, 1):
            yield _article(entry.guid or entry.url or f"{file.name}#{number}", entry_article(entry))
    elif file.suffix == ".txt":
        yield plain_document(file.stem, _text(file.name, body), published)
    else:
        raise DocumentError(f"{file.name}: not a format that can be read; give .jsonl, .txt, .html, .xml or -")


def _text(name: str, body: bytes) -> str:
    if b"\x00" in body[:4096]:
        raise DocumentError(f"{name}: binary, not text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def plain_document(name: str, text: str, published: dt.date | None = None) -> Document:
    """A plain text as a document: notices, then headline, dek and body, parted by blank lines."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]
    while blocks and DISCLOSURE.search(blocks[0]):
        blocks.pop(0)
    if not blocks:
        return Document(id=name, published=published)
    if len(blocks) == 1 or len(blocks[0]) > LONGEST_HEADLINE:
        return Document(id=name, body="\n\n".join(blocks), published=published)
    headline, *rest = blocks
    dek = rest.pop(0) if len(rest) > 1 and not rest[0].endswith((".", "!", "?", '."', ".”")) else ""
    return Document(id=name, headline=headline, dek=dek, body="\n\n".join(rest), published=published)


def _article(name: str, article: ParsedArticle) -> Document:
    return Document(
        id=name,
        headline=article.headline,
        dek=article.dek,
        body=article.body,
        marks=article.marks,
        url=article.canonical_url or None,
        published=article.published_at.date() if article.published_at else None,
    )


def _lines(lines: IO[bytes], name: str) -> Iterator[Document | Unreadable]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield document_of(json.loads(line.decode("utf-8")), f"{name}:{number}")
            except (ValueError, DocumentError) as error:
                yield Unreadable(f"{name}:{number}", f"not a document: {error}")


def document_of(row: Any, where: str) -> Document:
    """A JSONL row as a document; raises DocumentError where it is none."""
    if not isinstance(row, dict):
        raise DocumentError("a line must hold one JSON object")
    for key in ("headline", "dek", "body", "outlet", "url", "published"):
        if not isinstance(row.get(key), str | None):
            raise DocumentError(f"{key} must be text or null")
    return Document(
        id=str(row.get("id", where)),
        headline=row.get("headline") or "",
        dek=row.get("dek") or "",
        body=row.get("body") or "",
        outlet=row.get("outlet"),
        url=row.get("url"),
        published=_day(row.get("published")),
    )


def _day(text: str | None) -> dt.date | None:
    """The day of an ISO date or time; a month alone counts from its last safe day; anything else is unknown."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        month = re.fullmatch(r"(\d{4})-(\d{2})", text)
        return dt.date(int(month[1]), int(month[2]), 28) if month and 1 <= int(month[2]) <= 12 else None
