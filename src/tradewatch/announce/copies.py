"""Near copies: texts that share most of their word sequences, however many words were dropped or put in.

A bottom-k MinHash: of the hashes of all runs of three words the `SIZE` smallest are kept. The share of common ones among the smallest of
two texts estimates the Jaccard resemblance of their runs. SimHash, the usual choice, misses short news texts with a tenth of the words cut.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from zlib import crc32

from tradewatch.text import fold

SIZE = 64
"""Hashes kept: an estimate's standard error is at most sqrt(.25 / 64) = .06."""
RUN = 3
"""Words in a run."""
LOOKED_UP = 8
"""Of the smallest hashes, how many a text is found by."""
SHARED = 2
"""How many of those two copies share at least. Of texts with resemblance .5 fewer than 1 pair in 50 shares less; one alone is mostly a
phrase that many texts use, and leads to hundreds of them."""
COPY = 0.45
"""Resemblance from which a text is a copy; texts written apart from one release stay below .25, copies with a tenth cut lie above .5."""
SHORTEST = 25
"""Words; a shorter text has too few runs of its own to say anything."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's runs of words, ascending; empty for a text that is too short."""

    hashes: tuple[int, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """What the text is looked up by."""
        return self.hashes[:LOOKED_UP]

    def packed(self) -> bytes:
        """The sketch as bytes."""
        return struct.pack(f">{len(self.hashes)}q", *self.hashes)

    @classmethod
    def unpacked(cls, raw: bytes) -> Sketch:
        """The sketch that `packed` wrote."""
        return cls(struct.unpack(f">{len(raw) // 8}q", raw))


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    words = fold(text).encode().split()
    if len(words) < SHORTEST:
        return Sketch(())
    runs = zip(*(words[at:] for at in range(RUN)), strict=False)
    return Sketch(tuple(sorted({crc32(b" ".join(run)) for run in runs})[:SIZE]))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of runs that two texts have in common, 0 to 1."""
    common = set(one.hashes).intersection(other.hashes)
    if not common:
        return 0.0
    both = sorted({*one.hashes, *other.hashes})[: min(SIZE, max(len(one.hashes), len(other.hashes)))]
    return len(common.intersection(both)) / len(both)
