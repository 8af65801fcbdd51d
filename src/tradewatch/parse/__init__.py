"""Bytes in, entries and articles out. Pure: no network, no clock; any bytes give a value or a ParseError."""

from tradewatch.parse.article import entry_article, entry_articles, parse_article
from tradewatch.parse.feed import parse_feed
from tradewatch.parse.links import canonical
from tradewatch.parse.listing import parse_listing, probe_listing
from tradewatch.parse.sitemap import parse_sitemap
from tradewatch.parse.values import ParsedArticle, ParsedFeed
from tradewatch.parse.wellformed import parse_plain

__all__ = [
    "ParsedArticle",
    "ParsedFeed",
    "canonical",
    "entry_article",
    "entry_articles",
    "parse_article",
    "parse_feed",
    "parse_listing",
    "parse_plain",
    "parse_sitemap",
    "probe_listing",
]
