"""A desk that reads whatever a test serves on this computer: one trade, one network, feeds and pages of a few lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tradewatch.types import Source, SourceKind, Tier

NOW = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
TEXT = "<p>Hulu has renewed the drama “{title}” for a third season, the streamer said Monday.</p>" * 3


def rss(*titles: str, full: bool = True, host: str = "https://trade.test") -> str:
    entries = "".join(
        f"""<item><title>Hulu Renews ‘{title}’ For Season 3</title><link>{host}/{number}</link><guid>{number}</guid>
            <pubDate>Mon, 02 Mar 2026 0{number % 10}:00:00 GMT</pubDate><description>Renewed.</description>
            {f"<content:encoded><![CDATA[{TEXT.format(title=title)}]]></content:encoded>" if full else ""}</item>"""
        for number, title in enumerate(titles)
    )
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>The Trade</title>{entries}</channel></rss>"""


def source(key: str, url: str, **more: Any) -> Source:
    given: dict[str, Any] = {"kind": SourceKind.FEED, "tier": Tier.TRADE, "spacing": dt.timedelta()} | more
    return Source(key=key, name=key, outlet="The Trade", url=url, **given)
