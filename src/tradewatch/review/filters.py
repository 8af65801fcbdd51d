"""The address of a view: a question to the queue, read from its query and written back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from tradewatch.store.queue import Filters
from tradewatch.triage import State, TitleState
from tradewatch.types import Certainty, ClaimType, Source

NAMES = ("state", "type", "network", "desk", "outlet", "certainty", "title", "since", "q")
"""The parameters of a view, in the order of its address."""
ANY = "any"

Enum = TypeVar("Enum", bound=StrEnum)


class FilterError(ValueError):
    """A parameter of a view says nothing that can be asked; the text says which and what can."""


@dataclass(frozen=True, slots=True)
class View:
    """A question to the queue with the address that asks it."""

    asked: Mapping[str, str]
    """The parameters that are set, by name."""
    filters: Filters

    @property
    def query(self) -> str:
        """The address's query: the same for the same question."""
        return urlencode([(name, self.asked[name]) for name in NAMES if name in self.asked])

    def url(self, **more: str) -> str:
        """The address of the queue with this question, and what else it says."""
        query = "&".join(part for part in (self.query, urlencode(more)) if part)
        return f"/queue?{query}" if query else "/queue"

    def without(self, name: str) -> str:
        """The address of the question without one of its parameters."""
        rest = urlencode([(one, self.asked[one]) for one in NAMES if one in self.asked and one != name])
        return f"/queue?{rest}" if rest else "/queue"


def view_of(given: Mapping[str, str] | str, sources: Sequence[Source], zone: ZoneInfo, *, state: State | None = State.OPEN) -> View:
    """The view of an address, from its parameters or its query. What is open is asked for where it does not say.

    Raises FilterError.
    """
    pairs = dict(parse_qsl(given)) if isinstance(given, str) else given
    asked = {name: text for name in NAMES if (text := str(pairs.get(name, "")).strip()[:200])}
    filters = Filters(
        state=_state(asked.get("state"), state),
        type=_one_of(ClaimType, "type", asked),
        network=asked.get("network"),
        outlets=_outlets(asked, sources),
        certainty=_one_of(Certainty, "certainty", asked),
        title_state=_one_of(TitleState, "title", asked),
        since=_since(asked.get("since"), zone),
        words=asked.get("q", ""),
    )
    return View(asked, filters)


def _state(text: str | None, otherwise: State | None) -> State | None:
    if text == ANY:
        return None
    return _one_of(State, "state", {"state": text}) if text else otherwise


def _one_of(kind: type[Enum], name: str, asked: Mapping[str, str]) -> Enum | None:
    if name not in asked:
        return None
    try:
        return kind(asked[name])
    except ValueError:
        raise FilterError(f"{name} is one of {', '.join(kind)}, not {asked[name]!r}") from None


def _outlets(asked: Mapping[str, str], sources: Sequence[Source]) -> tuple[str, ...]:
    """The outlet asked for; else those of the desk asked for."""
    if "outlet" in asked:
        return (asked["outlet"],)
    if "desk" not in asked:
        return ()
    found = tuple(dict.fromkeys(source.outlet for source in sources if asked["desk"] in source.desks))
    if not found:
        raise FilterError(f"no source is for the desk {asked['desk']!r}")
    return found


def _since(text: str | None, zone: ZoneInfo) -> dt.datetime | None:
    if text is None:
        return None
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), zone).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise FilterError(f"since is a day such as 2026-03-02, not {text!r}") from None
