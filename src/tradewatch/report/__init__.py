"""The picture of a week: what was announced, by whom first, how far ahead, and what editors made of it."""

from tradewatch.report.figures import Bar, Figures, figures
from tradewatch.report.page import page
from tradewatch.report.week import Week, week_before, week_named

__all__ = ["Bar", "Figures", "Week", "figures", "page", "week_before", "week_named"]
