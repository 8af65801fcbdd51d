"""One poll of some sources: fetch, parse, extract, match, announce, store. Composes the steps; decides nothing."""

from tradewatch.pipeline.gather import Web
from tradewatch.pipeline.poll import Desk, poll
from tradewatch.pipeline.record import Reader

__all__ = ["Desk", "Reader", "Web", "poll"]
