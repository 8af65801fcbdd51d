"""OPML, in which readers exchange their lists of feeds -> outlines, and back (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from tradewatch.errors import ParseError
from tradewatch.parse.titles import plain
from tradewatch.parse.zones import absolute
from tradewatch.types import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    url: str
    """Of its feed; what the list says in that place, where that is no address of the web."""
    title: str = ""
    page: str | None = None
    """The site's own page."""
    folder: str = ""
    """Names of the folders that it is in, outer first, parted by a slash."""


def parse_opml(body: bytes, *, url: str = "") -> tuple[Outline, ...]:
    """The feeds of an OPML list, each address once, in order. Raises ParseError where the bytes hold no outline."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(url, Outcome.UNREADABLE, f"no OPML: {error}") from error
    outlines = root.find("body") if root is not None and root.tag == "opml" else None
    if outlines is None:
        raise ParseError(url, Outcome.WRONG_TYPE, "no OPML list of feeds")
    return tuple({outline.url: outline for outline in reversed(list(_walk(outlines)))}.values())[::-1]


def write_opml(outlines: Iterable[Outline], *, title: str = "") -> bytes:
    """A list of feeds as OPML 2.0, folders as outlines around them."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    for outline in outlines:
        attributes = {
            "type": "rss",
            "text": outline.title or outline.url,
            "xmlUrl": outline.url,
            **({"htmlUrl": outline.page} if outline.page else {}),
        }
        etree.SubElement(_folder(folders, outline.folder), "outline", attributes)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _walk(body: etree._Element) -> Iterator[Outline]:
    for element in body.iter("outline"):
        said = _attribute(element, "xmlurl").strip()
        if said:
            parents = [_attribute(one, "text") or _attribute(one, "title") for one in element.iterancestors("outline")]
            title = plain(_attribute(element, "title") or _attribute(element, "text"))
            folder = "/".join(plain(name) for name in reversed(parents) if name)
            yield Outline(url=absolute("", said) or said, title=title, page=absolute("", _attribute(element, "htmlurl")), folder=folder)


def _attribute(element: etree._Element, name: str) -> str:
    """By lower-case name: writers differ in `xmlUrl`."""
    return next((str(value) for key, value in element.attrib.items() if str(key).lower() == name), "")


def _folder(folders: dict[str, etree._Element], path: str) -> etree._Element:
    if path not in folders:
        outer, _, name = path.rpartition("/")
        folders[path] = etree.SubElement(_folder(folders, outer), "outline", text=name)
    return folders[path]
