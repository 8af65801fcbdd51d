"""The review desk: the web app in which editors decide what is true."""

from tradewatch.review.app import create_app

__all__ = ["create_app"]
