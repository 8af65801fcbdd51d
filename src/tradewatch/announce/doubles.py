"""Announcements of one work that tell one event twice: what is left when two names turn out to be one work's."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from tradewatch.announce.decide import WINDOW
from tradewatch.announce.identity import compare
from tradewatch.announce.likeness import Likeness
from tradewatch.types import Announcement


def doubles(known: Sequence[Announcement], networks: Mapping[str, str]) -> Iterator[tuple[Announcement, Announcement]]:
    """Pairs, the first told first, that would have been joined had they been of one work from the start; an editor merges them or not."""
    in_order = sorted(known, key=lambda each: (each.first_seen, each.id))
    for one, other in itertools.combinations(in_order, 2):
        close = one.type is other.type and other.first_seen - one.last_seen <= WINDOW
        if close and compare(other.value, one.value, networks).likeness <= Likeness.OPEN:
            yield one, other
