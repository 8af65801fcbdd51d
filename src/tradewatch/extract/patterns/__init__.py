"""The patterns, one TOML file for each claim type, and the phrases they share (`macros.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from tradewatch.extract.language import Phrase, compile_phrase
from tradewatch.types import ClaimType


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say one thing."""

    rule: str
    """`type.name`, as claims carry it."""
    type: ClaimType
    phrase: Phrase
    source: str
    """The phrase as written."""
    set: dict[str, Any] = field(default_factory=dict)
    """Slots that the phrase itself fixes."""
    needs: tuple[str, ...] = ()
    """Slots without which there is no claim."""
    fields: tuple[str, ...] = ()
    """The fields where the phrase counts; empty means all."""
    support: str = "title"
    """`title`: an unmarked title needs a network, season or genre beside it; `self`: the phrase is proof enough;
    `marked`: only a marked title will do."""
    guard: tuple[str, ...] = ()
    """Words in the matched stretch or right after it that stop the claim."""
    unless: tuple[str, ...] = ()
    """Words anywhere in the line that stop the claim."""
    with_any: tuple[str, ...] = ()
    """Words of which one must stand in the matched stretch, its titles' nouns included."""
    not_after: tuple[str, ...] = ()
    """Words shortly before the matched stretch that stop the claim: "the finale of"."""
    first: bool = False
    """More exact than what other types say of the same words: tried before them."""
    weight: float = 0.9
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """Every pattern that ships with the package, in file order, types in order of importance."""
    folder = resources.files(__package__)
    macros: dict[str, str] = tomllib.loads(folder.joinpath("macros.toml").read_text("utf-8"))["macros"]
    found: list[Pattern] = []
    for kind in ClaimType:
        path = folder.joinpath(f"{kind}.toml")
        if path.is_file():
            rows = tomllib.loads(path.read_text("utf-8"))
            found += (_pattern(kind, row, macros, grouped=rows.get("grouped", False)) for row in rows["pattern"])
    return tuple(found)


def _pattern(kind: ClaimType, row: dict[str, Any], macros: dict[str, str], *, grouped: bool) -> Pattern:
    """One row of a file; where the file says `grouped`, all its phrases are read over the grouped text."""
    row = dict(row)
    name, source = row.pop("name"), row.pop("match")
    lists: dict[str, Any] = {
        key: tuple(row.pop(key)) for key in ("needs", "fields", "guard", "unless", "with_any", "not_after", "yes", "no") if key in row
    }
    return Pattern(f"{kind}.{name}", kind, compile_phrase(source, macros, grouped=grouped), source, **lists, **row)
