"""The text of a page whose outlet has no rules of its own: trafilatura finds it, our zones write it."""

from __future__ import annotations

import copy
from typing import Any

from lxml.html import HtmlElement

from tradewatch.parse import furniture
from tradewatch.parse.zones import Prose, prose

# trafilatura answers in TEI; these are the same things in HTML.
HTML_TAGS = {"head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "ref": "a", "row": "tr", "cell": "td"}
MOST = 0.4
"""Share of the page's text that a piece of furniture may hold; what holds more is the article under a misleading name."""


def general_text(root: HtmlElement, base: str) -> Prose:
    """The article's text, as trafilatura finds it in a copy of the page; empty where it finds none."""
    from trafilatura import bare_extraction  # 0.4 s of imports that a feed with whole texts never needs

    page = _prepared(copy.deepcopy(root))
    found: Any = bare_extraction(
        page, fast=True, include_formatting=True, include_links=True, include_comments=False, include_images=False, with_metadata=False
    )
    if found is None or found.body is None:
        return Prose()
    for element in found.body.iter():
        if element.tag == "hi":
            element.tag = "em" if element.get("rend") == "#i" else "b"
        elif element.tag in HTML_TAGS:
            element.tag = HTML_TAGS[element.tag]
        if element.tag == "a":
            element.set("href", element.get("target") or "")
    return prose([found.body], base)


def _prepared(page: HtmlElement) -> HtmlElement:
    """Without furniture, and with every kind of italics that trafilatura does not know written as the one that it does."""
    most = MOST * len(page.text_content())
    for element in list(page.iter("*")):
        if element.tag == "cite" or (element.tag == "span" and "italic" in (element.get("style") or "")):
            element.tag = "em"
        named = element.tag not in furniture.TAGS and not furniture.is_update(element) and furniture.is_furniture(element)
        if named and element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()
    return page
