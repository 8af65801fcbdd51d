"""The text of a page whose outlet has no rules of its own: trafilatura finds it, our zones write it."""

from __future__ import annotations

import copy
import functools
from configparser import ConfigParser
from typing import Any

from lxml.html import HtmlElement

from tradewatch.parse import furniture
from tradewatch.parse.zones import Prose, prose

# trafilatura answers in TEI; these are the same things in HTML.
HTML_TAGS = {"head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "ref": "a", "row": "tr", "cell": "td"}
SHORTEST = "80"
"""Characters below which trafilatura takes whatever text the page has; at its own 250 a brief loses its paragraphs and italics."""


def general_text(root: HtmlElement, base: str) -> Prose:
    """The article's text, as trafilatura finds it in a copy of the page; empty where it finds none."""
    from trafilatura import bare_extraction  # 0.4 s of imports that a feed with whole texts never needs

    page = _prepared(copy.deepcopy(root))
    banners = [(element, page.text_content()) for element in page.iter("*") if furniture.is_update(element)]
    found: Any = bare_extraction(
        page,
        fast=True,
        include_formatting=True,
        include_links=True,
        include_comments=False,
        include_images=False,
        with_metadata=False,
        config=_settings(),
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
