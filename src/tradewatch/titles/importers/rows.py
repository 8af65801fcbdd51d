"""What the readers yield, and what they have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from tradewatch.titles.keys import LONGEST
from tradewatch.types import Alias, Title


@dataclass(frozen=True, slots=True)
class Naming:
    """Further names of a work, by its (authority, id)."""

    external_id: tuple[str, str]
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read, and why."""

    problem: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not for us, such as a single episode."""

    reason: str


Row = tuple[int, Title | Naming | Broken | LeftOut]

_YEAR = re.compile(r"[+]?(\d{4})\b")


class RowError(ValueError):
    """What is wrong with a row, in words."""


def name_of(text: object) -> str:
    """A title's name. Raises RowError where it is missing or longer than any title."""
    name = " ".join(str(text or "").split())
    if not name:
        raise RowError("has no name")
    if len(name) > LONGEST:
        raise RowError(f"has a name of {len(name)} characters; no title has more than {LONGEST}")
    return name


def year_of(text: object) -> int | None:
    """The year at the start of a year or date; None for nothing. Raises RowError for anything else."""
    if text in (None, "", "\\N"):
        return None
    found = _YEAR.match(str(text))
    if not found or not 1800 <= int(found[1]) <= 2100:
        raise RowError(f"has no year that can be read: {str(text)[:40]!r}")
    return int(found[1])


def json_objects(file: TextIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The objects of a JSON array, one at a time, each with the line that it begins on; a broken one ends the file with its problem.

    The array may be huge, and may be the `bindings` of a SPARQL answer; objects one a line, with no array round them, are read as well.
    """
    decoder = json.JSONDecoder()
    stream = _Window(file)
    stream.skip_to_objects()
    while stream.next_object():
        found, problem = stream.decode(decoder)
        yield stream.line, problem if found is None else found
        if found is None:
            return


class _Window:
    """A moving window over a text file, and the line that it begins on."""

    SIZE = 1 << 16

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._skipped = 0
        self.line = 1

    def skip_to_objects(self) -> None:
        """Go behind the bracket that opens the array of bindings; any other file begins with the objects, or with their bracket."""
        self._more()
        start = self._text.find('"bindings"')
        if start >= 0:
            self._move(self._text.index("[", start) + 1)

    def next_object(self) -> bool:
        """Go to the next object; False where there is none."""
        while True:
            found = self._text.find("{", self._at)
            if found >= 0:
                self._move(found)
                return True
            self._move(len(self._text))
            if not self._more():
                return False

    def decode(self, decoder: json.JSONDecoder) -> tuple[dict[str, Any] | None, str]:
        """The object here, reading on as far as it takes; else what is wrong."""
        while True:
            try:
                found, end = decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._more():
                    return None, f"is not JSON: {error.msg}; the rest of the file is not read"
            else:
                self._move_quietly(end)
                return found, ""

    def _move(self, to: int) -> None:
        self.line += self._skipped + self._text.count("\n", self._at, to)
        self._skipped = 0
        self._at = to

    def _move_quietly(self, to: int) -> None:
        """Go behind an object; its lines count from the next one on."""
        self._skipped = self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        block = self._file.read(self.SIZE)
        self._text = self._text[self._at :] + block
        self._at = 0
        return bool(block)
