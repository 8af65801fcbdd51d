"""What is extracted: claims, and the words that prove them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

Field = Literal["headline", "dek", "body"]
FIELDS: tuple[Field, ...] = ("headline", "dek", "body")


class ClaimType(StrEnum):
    """What a trade article can announce, in order of importance."""

    RENEWAL = "renewal"
    CANCELLATION = "cancellation"
    FINAL_SEASON = "final_season"
    SERIES_ORDER = "series_order"
    PILOT_ORDER = "pilot_order"
    FILM_GREENLIGHT = "film_greenlight"
    DEVELOPMENT = "development"
    ROLE_ATTACHED = "role_attached"
    ROLE_EXIT = "role_exit"
    CASTING = "casting"
    CAST_EXIT = "cast_exit"
    PREMIERE_DATE = "premiere_date"
    NETWORK_MOVE = "network_move"
    ACQUISITION = "acquisition"
    TALENT_DEAL = "talent_deal"
    PASSED = "passed"
    EPISODE_ORDER = "episode_order"


class Status(StrEnum):
    """How firmly the article asserts a claim."""

    ANNOUNCED = "announced"
    REPORTED = "reported"
    IN_TALKS = "in_talks"
    RUMOURED = "rumoured"
    UNDECIDED = "undecided"
    DENIED = "denied"
    REVERSED = "reversed"


class Novelty(StrEnum):
    """Whether a claim is this article's news or its history."""

    NEW = "new"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that prove a claim: `document.text(field)[start:end] == quote`."""

    field: Field
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One fact that an article announces. A slot that does not apply is None or empty."""

    type: ClaimType
    title: str | None
    title_id: str | None = None
    working_title: bool = False
    parent: str | None = None
    relation: str | None = None
    seasons: tuple[int, ...] = ()
    final: bool = False
    network: str | None = None
    from_network: str | None = None
    format: str | None = None
    stage: str | None = None
    episodes: int | None = None
    person: str | None = None
    role: str | None = None
    character: str | None = None
    tier: str | None = None
    date: str | None = None
    date_precision: str | None = None
    prior_date: str | None = None
    deal: str | None = None
    based_on: str | None = None
    territory: str | None = None
    licensor: str | None = None
    successor: str | None = None
    status: Status = Status.ANNOUNCED
    novelty: Novelty = Novelty.NEW
    attribution: tuple[str, ...] = ()
    """From the publisher to the origin."""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    rule: str = ""

    @property
    def live(self) -> bool:
        """Whether this is news that a digest may carry."""
        return self.novelty is Novelty.NEW and self.status not in (Status.UNDECIDED, Status.DENIED)

    def as_json(self) -> dict[str, Any]:
        """The claim as `tradewatch extract` prints it: every slot, in this order."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An editor's decision on a claim or announcement. Append-only: undo is a new row."""

    subject: str
    action: Literal["accept", "reject", "undo", "edit", "merge", "split", "defer"]
    editor: str
    decided_at: dt.datetime
    reason: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    """(slot, corrected value) pairs of an edit; (`until`, time) of a deferral."""
    version: int | None = None
    """Of the announcement that was decided on."""
