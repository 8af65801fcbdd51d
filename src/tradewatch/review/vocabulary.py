"""What templates know by name: the words of the filters, the slots with suggestions, the keys."""

from __future__ import annotations

from tradewatch.review.permissions import Right
from tradewatch.triage import TitleState
from tradewatch.types import Certainty, ClaimType, WorkKind

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Decide",
        (
            ("a", "accept"), ("x", "reject, then 1 to 6 for the reason"), ("d", "put off until tomorrow"), ("D", "put off for longer"),
            ("u", "undo"), ("e", "correct slots"), ("t", "the title: same, new, renamed"), ("m", "merge"), ("s", "split"),
        ),
    ),
    (
        "Move",
        (
            ("j", "next"), ("k", "previous"), ("o", "the article as stored"), ("w", "why it was read so"), ("c", "copy a line to paste"),
            ("Space", "pick, for many at once"), ("b", "decide on many"), ("f", "filter"),
        ),
    ),
    (
        "Go",
        (
            ("g q", "queue"), ("g d", "doubts"), ("g e", "digest"), ("g s", "sources"), ("g l", "learning"), ("g h", "history"),
            ("g t", "status"), ("/", "search"), ("?", "these keys"), ("Escape", "leave a field, close a menu"),
        ),
    ),
)  # fmt: skip
"""Every key of the desk with what it does, by heading. An element of a page names its key in `data-key`."""

SUGGESTED = frozenset(
    {
        "title",
        "parent",
        "based_on",
        "network",
        "from_network",
        "licensor",
        "person",
        "successor",
        "role",
        "tier",
        "deal",
        "relation",
        "status",
    }
)
"""Slots for which `/suggest` has options."""

GLOBALS: dict[str, object] = {
    "KEYS": KEYS,
    "SUGGESTED": SUGGESTED,
    "Right": Right,
    "TYPES": tuple(ClaimType),
    "CERTAINTIES": tuple(Certainty),
    "TITLE_STATES": tuple(TitleState),
    "KINDS": tuple(WorkKind),
}
