"""Fetching: one guarded, bounded GET (`Fetcher`), robots.txt, and the pure decisions about when to ask again (`due`, `liveness`)."""

from tradewatch.fetch.client import Fetcher
from tradewatch.fetch.due import Pulse, after_failure, after_success, conditional_request, first_state, page_request
from tradewatch.fetch.request import FetchRequest, Limits, honest_agent

__all__ = [
    "FetchRequest",
    "Fetcher",
    "Limits",
    "Pulse",
    "after_failure",
    "after_success",
    "conditional_request",
    "first_state",
    "honest_agent",
    "page_request",
]
