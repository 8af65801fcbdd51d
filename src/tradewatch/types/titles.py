"""Known works, and what the matcher says of a printed title."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args


class WorkKind(StrEnum):
    """What a title names."""

    SERIES = "series"
    FILM = "film"
    SPECIAL = "special"


AliasKind = Literal["alias", "working", "formerly", "translation", "short"]
ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of a title, and when it held."""

    name: str
    kind: AliasKind = "alias"
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One known work."""

    id: str
    name: str
    kind: WorkKind
    year: int | None = None
    """Of the first release; None where it is not out yet or not known."""
    ended: int | None = None
    """The year of the last episode, where the work is known to be over."""
    country: str | None = None
    """ISO 3166 code of two letters."""
    network: str | None = None
    aliases: tuple[Alias, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
    """(authority, id) pairs, such as ("imdb", "tt7772588")."""


class MatchKind(StrEnum):
    """What the matcher says of a printed title."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The matcher's answer for one printed title."""

    kind: MatchKind
    title_id: str | None
    score: float
    reasons: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    """Title ids worth an editor's look, best first, without `title_id`."""
    same_name_as: str | None = None
    """The older work whose name a new work carries."""
