"""One announcement out of many reports: whose word it is, whether it is the same event, and how sure it is. All pure."""

from tradewatch.announce.certainty import certainty_of
from tradewatch.announce.copies import Sketch, resemblance, sketch
from tradewatch.announce.decide import WINDOW, decide, is_news
from tradewatch.announce.doubles import doubles
from tradewatch.announce.identity import block_keys
from tradewatch.announce.ledger import advance, retold
from tradewatch.announce.release import is_release
from tradewatch.announce.sources import OFFICIAL, Outlets, earliest, report_of

__all__ = [
    "OFFICIAL",
    "WINDOW",
    "Outlets",
    "Sketch",
    "advance",
    "block_keys",
    "certainty_of",
    "decide",
    "doubles",
    "earliest",
    "is_news",
    "is_release",
    "report_of",
    "resemblance",
    "retold",
    "sketch",
]
