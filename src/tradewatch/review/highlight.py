"""Evidence in its paragraph: a text cut into pieces, those that prove something marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tradewatch.types import Document, Evidence, Field

LONGEST = 900
"""Characters of a paragraph that are shown around the words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked where it is evidence."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or dek with what is marked in it."""

    field: Field
    pieces: tuple[Piece, ...]


def passages(document: Document, evidence: Iterable[Evidence]) -> list[Passage]:
    """Each paragraph that holds evidence, in the order of the evidence, once; a long one is cut around its first mark."""
    spans = list(evidence)
    found: dict[tuple[Field, int], Passage] = {}
    for proof in spans:
        text = document.text(proof.field)
        start, end = _paragraph(text, proof.start, proof.end)
        if (proof.field, start) not in found:
            own = [(one.start, one.end) for one in spans if one.field == proof.field]
            first, last = _window(text, start, end, proof.start, proof.end)
            found[proof.field, start] = Passage(proof.field, tuple(cut(text, first, last, own)))
    return list(found.values())


def whole(document: Document, field: Field, evidence: Iterable[Evidence]) -> list[Passage]:
    """All paragraphs of a field, with their marks."""
    text = document.text(field)
    own = [(proof.start, proof.end) for proof in evidence if proof.field == field]
    paragraphs, start = [], 0
    while start < len(text):
        _, end = _paragraph(text, start, start)
        if text[start:end].strip():
            paragraphs.append(Passage(field, tuple(cut(text, start, end, own))))
        start = end + 2
    return paragraphs


def cut(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterable[Piece]:
    """text[start:end] in pieces; overlapping spans are one."""
    at = start
    for first, last in sorted(spans):
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], marked=True)
        at = last
    if at < end:
        yield Piece(text[at:end])


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the paragraph, or paragraphs, around a span begin and end."""
    before, after = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return before + 2 if before >= 0 else 0, after if after >= 0 else len(text)


def _window(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """A part of a paragraph no longer than LONGEST, at word ends, around a span."""
    if end - start <= LONGEST:
        return start, end
    room = max(LONGEST - (last - first), 0) // 2
    left, right = max(start, first - room), min(end, last + room)
    left = left if left == start else (text.find(" ", left, first) + 1 or left)
    right = right if right == end else max(text.rfind(" ", last, right), last)
    return left, right
