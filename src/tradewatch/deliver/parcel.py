"""An issue, written out and ready to be handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of an issue."""

    name: str
    media_type: str
    write: Callable[[BinaryIO], int]
    """Writes the file; returns how many announcements it holds."""
    body: bool = False
    """Whether a letter is made of it; the others are attached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed over."""

    id: str
    """The same for every try of one sending, so that whoever gets it twice can tell."""
    subject: str
    text: str
    html: str | None
    """The same for a mail program that shows it, where that was asked for."""
    files: tuple[File, ...]
    message: bytes
    """The issue as JSON, for programs."""
    window: Mapping[str, str | int]
    """What it covers, for the manifest of a file."""
    at: dt.datetime
    """When the issue was frozen."""
