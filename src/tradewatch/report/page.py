"""The report as one page that needs nothing besides itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tradewatch.report.figures import Bar, Figures

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(figures: Figures, now: dt.datetime) -> str:
    """HTML with its styles and pictures inside, no script, and no address of anything else."""
    return _TEMPLATES.get_template("week.html").render(figures=figures, week=figures.week, now=now, shares=shares, stack=stack)


def shares(bars: Sequence[Bar]) -> list[tuple[Bar, float]]:
    """Each bar with its length, of 100 for the longest."""
    longest = max((bar.count for bar in bars), default=0) or 1
    return [(bar, round(100 * bar.count / longest, 2)) for bar in bars]


def stack(bars: Sequence[Bar]) -> list[tuple[Bar, float, float]]:
    """Each bar that is not nothing with its beginning and its length, of 100 for all together."""
    whole, begin, found = sum(bar.count for bar in bars) or 1, 0.0, []
    for bar in bars:
        length = 100 * bar.count / whole
        if length:
            found.append((bar, round(begin, 2), round(length, 2)))
        begin += length
    return found
