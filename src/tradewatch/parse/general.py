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
    text, banners = page.text_content(), _taken_out(page)
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
    first = next((words for words in found.body.itertext() if words.strip()), "")[:40]
    above = [banner for banner in banners if text.find(banner.text_content()) < text.find(first)]
    return prose([*above, found.body, *(banner for banner in banners if banner not in above)], base)


def _prepared(page: HtmlElement) -> HtmlElement:
    """Without furniture, and with every kind of italics that trafilatura does not know written as the one that it does."""
    most = furniture.MOST * len(page.text_content())
    for element in list(page.iter("*")):
        if element.tag == "cite" or (element.tag == "span" and "italic" in (element.get("style") or "")):
            element.tag = "em"
        named = element.tag not in furniture.TAGS and not furniture.is_update(element) and furniture.is_furniture(element)
        if named and element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()
    return page


def _taken_out(page: HtmlElement) -> list[HtmlElement]:
    """The page's update banners, outermost ones, removed from it: trafilatura would drop them for good."""
    found = [element for element in page.iter("*") if furniture.is_update(element)]
    outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
    for element in outer:
        element.drop_tree()
        element.tail = None
        element.set("data-tradewatch", "update")
    return outer


@functools.cache
def _settings() -> ConfigParser:
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", SHORTEST)
    return settings
