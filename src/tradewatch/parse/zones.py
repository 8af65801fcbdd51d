"""A tree of HTML -> text in paragraphs, with marks on what its typography and place mean.

Paragraphs are parted by one blank line; white space is single spaces; offsets count code points of the finished text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from tradewatch.parse import furniture
from tradewatch.types import Field, Mark

Kind = Literal["update", "item", "heading", "blockquote"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ITEMS = ("li", "dd", "dt")
PARTS = (
    "address",
    "article",
    "body",
    "center",
    "details",
    "div",
    "dl",
    "header",
    "hr",
    "html",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
)
TABLES = ("table", "tbody", "tfoot", "thead", "tr")
BLOCKS = frozenset((*HEADINGS, *ITEMS, *PARTS, *TABLES, "blockquote"))
KINDS: dict[str, Kind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(ITEMS, "item"),
    "blockquote": "blockquote",
}
ITALIC = frozenset(("em", "i", "cite"))
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
PARTED = "\n\n"
SIMPLE_URL = re.compile(r"https?://[^/?#\s\[\]]+(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Prose:
    """Text of one field, its marks, the absolute URLs that it links to, and whether a paywall spoke up in it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    links: tuple[str, ...] = ()
    walled: bool = False


@dataclass(slots=True)
class _Paragraph:
    """One paragraph being written; `length` is that of all pieces, `linked` the part of it inside links; `text` once it is finished."""

    text: str = ""
    kind: Kind | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    italics: list[tuple[int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Append text with its white space collapsed, across pieces too; how many code points that made."""
        text = _single_spaced(INVISIBLE.sub("", text))
        if text.startswith(" ") and (not self.pieces or self.pieces[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.pieces.append(text)
            self.length += len(text)
        return len(text)

    def finish(self) -> str:
        """Nothing more is added: the text that was."""
        self.text = "".join(self.pieces).rstrip()
        return self.text


def _single_spaced(text: str) -> str:
    """The text with every stretch of white space as one space, at its edges too."""
    return " " * text[:1].isspace() + " ".join(text.split()) + " " * (text[-1:].isspace() and not text.isspace())


class _Writer:
    """Walks a tree and writes paragraphs."""

    def __init__(self, base: str = "", *, most: float = 0, bare: bool = False) -> None:
        self.base = base
        self.most = most
        """Characters that a piece of furniture may hold."""
        self.bare = bare
        """Nothing is furniture: a headline is all text."""
        self.paragraphs: list[_Paragraph] = []
        self.now = _Paragraph()
        self.kinds: list[Kind | None] = [None]
        self.italic = 0
        self.italic_from = 0
        self.target: str | None = None
        """Where the link around the words being written leads."""

    def element(self, node: HtmlElement) -> None:
        """Write one element and all in it; its tail belongs to its parent."""
        tag = node.tag
        if not isinstance(tag, str):
            return
        update = not self.bare and furniture.is_update(node)
        if (
            not (self.bare or update)
            and furniture.is_furniture(node)
            and (tag in furniture.TAGS or len(furniture.text_of(node)) < self.most)
        ):
            self._gap(tag)
        elif tag == "br":
            self._line_break(node)
        elif tag in BLOCKS or update:
            self.block(node, update=update)
        elif tag in ITALIC or _leans(node):
            self._italic(node)
        elif tag == "a":
            self._link(node)
        else:
            self._gap(tag)
            self.inside(node)

    def text(self, text: str) -> None:
        """Write words into the paragraph."""
        written = self.now.add(text)
        if self.target and written:
            self.now.linked += written
            self.now.links.append(self.target)

    def finish(self) -> list[_Paragraph]:
        """Close the last paragraph and hand over all."""
        self.bare = False
        self._part()
        return self.paragraphs

    def inside(self, node: HtmlElement) -> None:
        """Write what is in an element, whatever the element is."""
        if node.text:
            self.text(node.text)
        for child in node:
            self.element(child)
            if child.tail:
                self.text(child.tail)

    def block(self, node: HtmlElement, *, update: bool = False) -> None:
        """Write an element as paragraphs of its own, marked by what it is."""
        kind: Kind | None = "update" if update else KINDS.get(str(node.tag))
        inherited = self.kinds[-1]
        self._part()
        self.kinds.append(inherited if inherited == "update" else kind or inherited)
        self.now.kind = self.kinds[-1]
        self.inside(node)
        self._part()
        self.kinds.pop()
        self.now.kind = self.kinds[-1]

    def _italic(self, node: HtmlElement) -> None:
        if not self.italic:
            self.italic_from = self.now.length
        self.italic += 1
        self.inside(node)
        self.italic -= 1
        if not self.italic:
            self.now.italics.append((self.italic_from, self.now.length))

    def _link(self, node: HtmlElement) -> None:
        outer, self.target = self.target, absolute(self.base, node.get("href")) or self.target
        self.inside(node)
        self.target = outer

    def _line_break(self, node: HtmlElement) -> None:
        """Part paragraphs, unless the line goes on in lower case after a single break."""
        after = (node.tail or "").lstrip()
        if self.bare or (
            after[:1].islower() and not _is_break(node.getnext() if not after else None) and not _is_break(node.getprevious())
        ):
            self.now.add(" ")
        else:
            self._part()

    def _gap(self, tag: str) -> None:
        """A table's cells are parted by a bar, whatever else is not text by nothing."""
        if tag in ("td", "th", "cell") and self.now.length:
            self.now.add(" | ")

    def _part(self) -> None:
        """End the paragraph; italics that are still open go on in the next."""
        if self.bare:
            self.now.add(" ")
            return
        if self.italic:
            self.now.italics.append((self.italic_from, self.now.length))
            self.italic_from = 0
        if self.now.finish():
            self.paragraphs.append(self.now)
        self.now = _Paragraph(kind=self.kinds[-1])


def prose(nodes: Iterable[HtmlElement], base: str = "") -> Prose:
    """The article's text in these elements, one after another: furniture left out, marks for the field `body`."""
    nodes = list(nodes)
    writer = _Writer(base, most=furniture.MOST * sum(len(furniture.text_of(node)) for node in nodes))
    for node in nodes:
        writer.block(node, update=furniture.is_update(node))
    paragraphs = writer.finish()
    article = [paragraph for paragraph in paragraphs if not furniture.is_wall(paragraph.text)]
    return replace(_join(_kept(article), "body"), walled=len(article) < len(paragraphs))


def line(node: HtmlElement | None, name: Field) -> Prose:
    """The text of an element as one line: a headline or a dek, with its italics."""
    if node is None:
        return Prose()
    writer = _Writer(bare=True)
    writer.inside(node)
    return _join(writer.finish(), name)


def absolute(base: str, href: str | None) -> str | None:
    """An http(s) URL without surrounding space, resolved against `base`; None for anything else."""
    href = (href or "").strip()
    if SIMPLE_URL.fullmatch(href) and "/." not in href:
        return href  # nine in ten; joining and splitting would change nothing
    try:
        target = urljoin(base, href)
        parts = urlsplit(target)
    except ValueError:
        return None
    return target if parts.scheme in ("http", "https") and parts.netloc and href[:1] not in ("", "#") else None


def _leans(node: HtmlElement) -> bool:
    style = node.get("style")
    return style is not None and "italic" in style


def _is_break(node: HtmlElement | None) -> bool:
    return node is not None and node.tag == "br" and not (node.tail or "").strip()


def _kept(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Without related links, filler, the author's biography at the end, and headings with nothing under them."""
    kept = [paragraph for paragraph in paragraphs if not _is_dropped(paragraph)]
    while kept and (kept[-1].kind == "heading" or (kept[-1].kind != "update" and len(kept) > 1 and furniture.is_bio(kept[-1].text))):
        kept.pop()
    return kept


def _is_dropped(paragraph: _Paragraph) -> bool:
    text = paragraph.text
    if furniture.says_update(text):
        paragraph.kind = "update"
    if paragraph.kind == "update":
        return False
    only_link = paragraph.linked >= len(text) and len(text.split()) >= furniture.LINK_ONLY_WORDS
    return furniture.is_filler(text) or (only_link and paragraph.kind != "blockquote") or not any(char.isalnum() for char in text)


def _join(paragraphs: list[_Paragraph], name: Field) -> Prose:
    texts: list[str] = []
    marks: list[Mark] = []
    start = 0
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.kind:
            marks.append(Mark(kind=paragraph.kind, field=name, start=start, end=start + len(text)))
        marks += (Mark(kind="italic", field=name, start=start + s, end=start + e) for s, e in _trimmed(text, paragraph.italics))
        texts.append(text)
        start += len(text) + len(PARTED)
    links = dict.fromkeys(link for paragraph in paragraphs for link in paragraph.links)
    return Prose(PARTED.join(texts), tuple(marks), tuple(links))


def _trimmed(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Italic spans without outer space; those with nothing but space between them are one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            continue
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    yield from merged
