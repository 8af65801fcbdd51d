"""Fetching: one guarded, bounded GET or POST (`Fetcher`), robots.txt, and when to ask again, which is pure (`due`, `liveness`)."""

from tradewatch.fetch.client import Fetcher
from tradewatch.fetch.due import Pulse, after_failure, after_success, conditional_request, first_state, page_request
from tradewatch.fetch.request import FetchRequest, Limits, PostRequest, honest_agent

__all__ = [
    "FetchRequest",
    "Fetcher",
    "Limits",
    "PostRequest",
    "Pulse",
    "after_failure",
    "after_success",
    "conditional_request",
    "first_state",
    "honest_agent",
    "page_request",
]
