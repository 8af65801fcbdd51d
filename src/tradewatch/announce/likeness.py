"""How two claims, or two slots of them, stand to each other."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Likeness(enum.IntEnum):
    """From one event to two."""

    SAME = 0
    OPEN = 1
    """The same in all that both state, but one leaves out what would tell events apart."""
    NEAR = 2
    """Different by something that is easily misprinted or told differently."""
    OTHER = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two claims are, and why."""

    likeness: Likeness
    reason: str = ""
    slot: str = ""
    """The slot that decides."""


SAME = Comparison(Likeness.SAME)
