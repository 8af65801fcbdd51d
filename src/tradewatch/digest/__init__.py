"""What changed, one line an announcement, in the forms that desks work in."""

from tradewatch.digest.lines import Line, lines
from tradewatch.digest.table import COLUMNS, table, write_file
from tradewatch.types import Change

__all__ = ["COLUMNS", "Change", "Line", "lines", "table", "write_file"]
