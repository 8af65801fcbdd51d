"""Who works at the review desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user may do, each more than the one before."""

    VIEWER = "viewer"
    EDITOR = "editor"
    LEAD = "lead"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One account."""

    name: str
    role: Role
    created_at: dt.datetime
    disabled_at: dt.datetime | None = None
