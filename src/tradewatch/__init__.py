"""tradewatch: trade news in, proven claims out."""

__version__ = "0.1.0"
