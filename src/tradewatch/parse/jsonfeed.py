"""JSON Feed 1 and 1.1 -> entries (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tradewatch.errors import ParseError
from tradewatch.parse.entries import Drafts, as_html
from tradewatch.parse.page import decode
from tradewatch.parse.titles import plain
from tradewatch.parse.values import ParsedFeed
from tradewatch.parse.zones import absolute
from tradewatch.types import Outcome

ITEMS = re.compile(r'"items"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
VERSION = re.compile(r"jsonfeed\.org/version/([\d.]+)")


def parse_json_feed(body: bytes, *, url: str, timezone: str = "UTC") -> ParsedFeed:
    """Read a JSON Feed. Items before the point where broken JSON breaks are kept. Raises ParseError as `parse_feed` does."""
    drafts = Drafts(url, timezone)
    text = decode(body)
    about = _load(text.lstrip("\ufeff\0 \t\r\n"), drafts)
    if about is None:
        raise ParseError(url, Outcome.UNREADABLE, "broken JSON with no item that could be read")
    items = about.get("items")
    version = VERSION.search(_str(about, "version"))
    if not isinstance(items, list) or not (
        version or any(isinstance(item, dict) and {"url", "id", "external_url"} & item.keys() for item in items)
    ):
        raise ParseError(url, Outcome.WRONG_TYPE, "JSON that is no JSON Feed where a feed should be")
    for item in items:
        if isinstance(item, dict):
            _add(item, drafts)
        else:
            drafts.problems["an item that is no object"] += 1
    following = absolute(url, _str(about, "next_url"))
    return ParsedFeed(
        entries=tuple(drafts.entries),
        title=plain(_str(about, "title")),
        dialect="json" + (version[1].replace(".", "") if version else ""),
        more=(following,) if following and following != url else (),
        problems=drafts.found(),
    )


def _load(text: str, drafts: Drafts) -> dict[str, Any] | None:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        items = list(_items_before_break(text))
        drafts.problems["broken JSON"] += 1
        return {"items": items} if items else None
    return found if isinstance(found, dict) else {}


def _items_before_break(text: str) -> Iterator[Any]:
    """The items that stand whole before JSON that cannot be read."""
    found = ITEMS.search(text)
    if not found:
        return
    decoder, at = json.JSONDecoder(strict=False), found.end()
    while True:
        gap = BETWEEN.match(text, at)
        try:
            item, at = decoder.raw_decode(text, gap.end() if gap else at)
        except (ValueError, RecursionError):
            return
        yield item


def _add(item: dict[str, Any], drafts: Drafts) -> None:
    drafts.add(
        url=_str(item, "url") or _str(item, "external_url") or (_str(item, "id") if _str(item, "id").startswith("http") else ""),
        guid=_str(item, "id") or None,
        headline=_str(item, "title"),
        summary_html=as_html(_str(item, "summary")),
        content_html=_str(item, "content_html") or as_html(_str(item, "content_text")),
        byline=_byline(item),
        published=_str(item, "date_published") or None,
        updated=_str(item, "date_modified") or None,
    )


def _byline(item: dict[str, Any]) -> str | None:
    authors = item.get("authors")
    authors = authors if isinstance(authors, list) and authors else [item.get("author")]
    names = [_str(author, "name") if isinstance(author, dict) else author if isinstance(author, str) else "" for author in authors]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _str(values: dict[str, Any], key: str) -> str:
    """A string; ids that are numbers are written out."""
    value = values.get(key)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value if isinstance(value, str) else ""
