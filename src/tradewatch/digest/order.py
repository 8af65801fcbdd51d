"""The order of a digest: what happened first, then as its readers asked for it. Pure, over rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tradewatch.types import Certainty, Change, ClaimType, Grouping, Row

SECTIONS: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("New", (Change.NEW,)),
    ("Changed or contradicted", (Change.CHANGED, Change.CONTRADICTED)),
    ("Retracted", (Change.RETRACTED,)),
)
"""The parts of a digest, each with what it holds."""
_SECTION = {change.value: place for place, (_, changes) in enumerate(SECTIONS) for change in changes}
_TYPE = {kind.value: place for place, kind in enumerate(ClaimType)}
_CERTAINTY = {certainty.value: -place for place, certainty in enumerate(Certainty)}
_LAST = "\U0010ffff"
"""Sorts after any name: what has none comes last."""


def place(row: Row, group_by: Sequence[Grouping]) -> tuple[object, ...]:
    """What rows sort by: the section, what they are grouped by, then type, network, title and season."""
    usual = (Grouping.TYPE, Grouping.NETWORK, Grouping.TITLE)
    return (_SECTION[row["change"]], *(_key(row, one) for one in (*group_by, *usual)), row["season"], row["announcement_id"])


def sections(rows: Iterable[Row], group_by: Sequence[Grouping]) -> Iterator[tuple[str, list[tuple[str, list[Row]]]]]:
    """(name, [(heading of a group, its rows)]) of the sections that hold anything; `rows` are in order."""
    for section, held in groupby(rows, key=lambda row: _SECTION[row["change"]]):
        yield SECTIONS[section][0], [(name, list(group)) for name, group in groupby(held, key=lambda row: heading(row, group_by))]


def heading(row: Row, group_by: Sequence[Grouping]) -> str:
    """The words over a group."""
    return " · ".join(words for one in group_by if (words := _WORDS[one](row)))


def _key(row: Row, grouping: Grouping) -> object:
    if grouping is Grouping.TYPE:
        return _TYPE[row["claim_type"]]
    if grouping is Grouping.CERTAINTY:
        return _CERTAINTY[row["certainty"]]
    return row[grouping.value].casefold() or _LAST


_WORDS = {
    Grouping.TYPE: lambda row: row["claim_type"].replace("_", " ").capitalize(),
    Grouping.NETWORK: lambda row: row["network"],
    Grouping.CERTAINTY: lambda row: row["certainty"].replace("_", " ").capitalize(),
    Grouping.TITLE: lambda row: row["title"] or row["people"],
}
