"""One poll of some sources: fetch, parse, extract, match, announce, store. Composes the steps; decides nothing."""

from tradewatch.pipeline.children import Children
from tradewatch.pipeline.gather import Web
from tradewatch.pipeline.poll import Desk, poll
from tradewatch.pipeline.record import Reader, read_ahead

__all__ = ["Children", "Desk", "Reader", "Web", "poll", "read_ahead"]
