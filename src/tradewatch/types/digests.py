"""Digests: what is asked for, what one issue of it holds, and how its deliveries went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tradewatch.types.announcements import Certainty
from tradewatch.types.claims import ClaimType
from tradewatch.types.sources import Tier


class Change(StrEnum):
    """What happened to an announcement, in the order in which a digest tells it."""

    NEW = "new"
    CHANGED = "changed"
    CONTRADICTED = "contradicted"
    RETRACTED = "retracted"


class Review(StrEnum):
    """What editors made of an announcement."""

    UNREVIEWED = "unreviewed"
    """Nobody decided on it, or who did took it back."""
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


class Grouping(StrEnum):
    """What the announcements of a digest are put together by."""

    TYPE = "type"
    NETWORK = "network"
    CERTAINTY = "certainty"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """On which days, and at which times of a zone's clocks."""

    zone: str = "UTC"
    days: frozenset[int] = frozenset(range(7))
    """0 is Monday."""
    times: tuple[dt.time, ...] = ()
    """None: by hand only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which announcements a digest carries; what is empty is not asked."""

    outlets: frozenset[str] | None = None
    """Told by one of them: the outlets of its desks. None: by anyone."""
    types: frozenset[ClaimType] = frozenset()
    networks: frozenset[str] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    """Told by a source of one of them."""
    certainty: Certainty | None = None
    """At least so sure."""
    verdicts: frozenset[Review] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderDelivery:
    """Files in a folder."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDelivery:
    """A letter to one reader over SMTP. `user` may be `env:NAME`, `password` is."""

    name: str
    host: str
    port: int
    security: str
    """`tls` from the first byte, `starttls`, or `none`."""
    sender: str
    to: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDelivery:
    """A signed POST. `url` may be `env:NAME`, `secret` is."""

    name: str
    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDelivery:
    """A message through one of apprise's services; its address, which holds tokens, is `env:NAME`."""

    name: str
    url: str = field(repr=False)


Delivery = FolderDelivery | MailDelivery | HookDelivery | PushDelivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest, as configured."""

    id: str
    title: str
    schedule: Schedule = Schedule()
    window: dt.timedelta = dt.timedelta(days=1)
    """How far back its first issue goes."""
    desks: tuple[str, ...] = ()
    selection: Selection = Selection()
    group_by: tuple[Grouping, ...] = (Grouping.TYPE, Grouping.NETWORK)
    formats: tuple[str, ...] = ("csv",)
    deliveries: tuple[Delivery, ...] = ()
    send_empty: bool = True


Row = Mapping[str, str]
"""One announcement of an issue, by column; docs/digest.md tells what each holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a digest told of an announcement the last time."""

    row: Row
    mark: str
    """Another one for each thing that a reader would want to hear of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One run of a digest, frozen: what it covers and what it tells."""

    digest: str
    title: str
    number: int
    """1 for the first; 0 for one that is only looked at."""
    after: int
    """The changes that it covers: those numbered above this one …"""
    until: int
    """… up to this one."""
    since: dt.datetime
    frozen_at: dt.datetime
    zone: str
    group_by: tuple[Grouping, ...]
    formats: tuple[str, ...]
    rows: tuple[Told, ...] = ()
    unreviewed: int = 0
    failing: tuple[tuple[str, str], ...] = ()
    """(source, reason) of each source that could not be read."""
    scheduled_for: dt.datetime | None = None

    @property
    def slug(self) -> str:
        """What names the issue in files, letters and logs."""
        return f"{self.digest}-{self.number:04}" if self.number else self.digest


class DeliveryState(StrEnum):
    """How one delivery of one issue stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """To be tried again."""
    GIVEN_UP = "given_up"
    SKIPPED = "skipped"
    """The issue was empty, and the digest does not send empty ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One delivery of one issue, and how it went."""

    digest: str
    number: int
    target: str
    state: DeliveryState
    tries: int = 0
    sending: int = 1
    """Counts up where somebody has it sent again."""
    at: dt.datetime | None = None
    """Of the last try."""
    next_at: dt.datetime | None = None
    reason: str = ""
