"""The corpora of feeds and pages, and what is read of them in a form that can be kept in a file and compared."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

from tradewatch.errors import ParseError
from tradewatch.parse import parse_article, parse_feed

FIXTURES = Path(__file__).parents[2] / "fixtures"
FEEDS = sorted((FIXTURES / "feeds").glob("*/*"))
PAGES = sorted((FIXTURES / "pages").glob("*.html"))
FEED_URL = "https://wire.example/feed/"
TIMEZONE = "America/New_York"

PAGE_URLS: dict[str, str] = json.loads((FIXTURES / "pages" / "urls.json").read_text("utf-8"))
"""Where each page was met; a page's own canonical address may differ."""


def golden(name: str) -> dict[str, Any]:
    """What was read when `regenerate.py` last ran, by file."""
    path = FIXTURES / name / "golden.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def feed_name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read_feed(path: Path) -> Any:
    """A feed's reading, or the error's, without empty fields."""
    try:
        return as_json(parse_feed(path.read_bytes(), url=FEED_URL, timezone=TIMEZONE))
    except ParseError as error:
        return {"error": error.outcome.value, "reason": error.reason}


def read_page(path: Path) -> Any:
    """A page's reading, its marks as the words that they cover."""
    article = parse_article(path.read_bytes(), url=PAGE_URLS[path.name], timezone=TIMEZONE)
    marks = [f"{mark.kind} {mark.field} {mark.start}: {getattr(article, mark.field)[mark.start : mark.end]}" for mark in article.marks]
    return {**as_json(article), "body": article.body.split("\n\n"), "marks": marks, "paywalled": article.paywalled, "whole": article.whole}


def as_json(value: Any) -> Any:
    """Frozen values as plain JSON; empty fields are left out."""
    if dataclasses.is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: as_json(one) for name, one in pairs if one not in ("", None, (), False)}
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, dt.timedelta) else value
