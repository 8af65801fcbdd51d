"""The charts of a report as PNG, for those who paste them elsewhere; drawn by matplotlib, which is an extra."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from tradewatch.errors import TableError
from tradewatch.report.figures import Bar, Figures

INCH_A_BAR = 0.34
DOTS = 144
_HATCHES = {"accepted": "", "corrected": "//", "deferred": "..", "rejected": "xx", "unreviewed": ""}


def charts(figures: Figures) -> Iterator[tuple[str, str, Sequence[Bar]]]:
    """(name, title, bars) of each chart that has something to show."""
    week = figures.week.name
    found = (
        ("types", f"Announcements by type, {week}", figures.types),
        ("networks", f"Announcements by network, {week}", figures.networks),
        ("firsts", f"Who was first, {week}", figures.firsts),
        ("leads", f"Time until another outlet told it, {week}", figures.gaps),
        ("verdicts", f"What editors made of it, {week}", figures.verdicts),
        ("titles", f"Reports of announcements about a title, {week}", figures.titles),
    )
    return (chart for chart in found if any(bar.count for bar in chart[2]))


def draw(title: str, bars: Sequence[Bar], file: BinaryIO) -> None:
    """Write one chart as PNG. Raises TableError where the extra that it needs is not installed."""
    library, figure_type = _library()
    # A title may hold `$`, and letters that the font has not: neither is worth a word.
    with library.rc_context({"text.parse_math": False}), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        figure = figure_type(figsize=(8, 1.1 + INCH_A_BAR * len(bars)), layout="constrained")
        axes = figure.subplots()
        drawn = axes.barh([_named(bar) for bar in bars], [bar.count for bar in bars], color="#9fb9d3", edgecolor="#1d1c1a")
        for patch, bar in zip(drawn.patches, bars, strict=True):
            patch.set_hatch(_HATCHES.get(bar.label, ""))
            patch.set_facecolor("white" if bar.label in _HATCHES and bar.label != "accepted" else "#9fb9d3")
        axes.bar_label(drawn, padding=4)
        axes.invert_yaxis()
        axes.set_title(title, loc="left")
        axes.xaxis.set_visible(False)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.margins(x=0.08)
        figure.savefig(file, format="png", dpi=DOTS)


def _named(bar: Bar) -> str:
    return bar.label if len(bar.label) <= 40 else f"{bar.label[:39]}…"


def _library() -> tuple[Any, Any]:
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise TableError("pictures need the extra charts: pip install 'tradewatch[charts]'") from error
    return matplotlib, Figure
