"""One event out of many reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tradewatch.types.claims import Claim, ClaimType
from tradewatch.types.sources import Tier


class Certainty(StrEnum):
    """How sure an announcement is, over all its reports; ordered from least to most."""

    RUMOURED = "rumoured"
    IN_TALKS = "in_talks"
    REPORTED = "reported"
    CONFIRMED = "confirmed"


class DecisionKind(StrEnum):
    """What one claim means beside the announcements already known."""

    NEW = "new"
    CORROBORATES = "corroborates"
    ECHOES = "echoes"
    UPDATES = "updates"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's word for one announcement."""

    claim_id: str
    article_id: str
    outlet: str
    owner: str
    """Who owns the outlet; outlets of one owner are one origin."""
    tier: Tier
    url: str
    reported_at: dt.datetime
    """When the outlet first published it, else when we first saw it."""
    chain: tuple[str, ...] = ()
    """Outlets from the publisher to the origin."""
    origin: str = ""
    """The owner, or `official`, to whom the report goes back."""
    first_hand: bool = True
    cites: tuple[str, ...] = ()
    """URLs that the article links to."""
    copy_of: str | None = None
    """The id of an earlier article that this one all but repeats."""
    correction: bool = False
    """Whether the article says that it corrects itself."""
    unsaid: tuple[str, ...] = ()
    """Claims of earlier revisions of the article that it no longer makes."""
    stance: Literal["asserts", "differs", "denies"] = "asserts"
    """What the report does to the announcement that it is kept with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One event, however many outlets told of it. `value` is the latest version; older ones are kept beside it."""

    id: str
    type: ClaimType
    work: str
    """The title id, or `new:` and the folded title where the work is in no catalog."""
    value: Claim
    certainty: Certainty
    version: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    reports: tuple[Report, ...] = ()
    rivals: tuple[Claim, ...] = ()
    """Other values that independent reports still stand by."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who told it, in order of telling; those that deny it are left out."""
        return tuple(dict.fromkeys(report.outlet for report in self.reports if report.stance != "denies"))

    @property
    def origins(self) -> tuple[str, ...]:
        """To whom the telling goes back: each counts once, however many outlets repeat it."""
        return tuple(dict.fromkeys(report.origin for report in self.reports if report.stance == "asserts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with one claim, and why."""

    kind: DecisionKind
    announcement_id: str | None
    """The announcement that the claim belongs to; for `unsure` the likeliest; None for a new one."""
    certainty: Certainty
    """Of the announcement, with this claim."""
    reasons: tuple[str, ...]
    report: Report
    """The report with its origin and stance found out."""
    changes: tuple[str, ...] = ()
    """The slots of the announcement's value that the claim says otherwise or more exactly, and is to be believed about."""
    links: tuple[tuple[str, str], ...] = ()
    """(`reverses` | `follows` | `accompanies`, announcement id): other events that this one bears on."""
