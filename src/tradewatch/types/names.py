"""Who is who in the trade: networks and outlets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network, streamer or studio by its canonical name."""

    name: str
    kind: Literal["broadcast", "cable", "streamer", "studio"]
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None
    nicknames: tuple[str, ...] = ()
    """Names that mean it only in trade talk and only in context, such as the Eye."""
    ambiguous: tuple[str, ...] = ()
    """Those of `name` and `aliases` that are also ordinary words, people or other companies, such as Max: they need context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publication, and who owns it."""

    name: str
    owner: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """As in `Network`: those of `name` and `aliases` that count only beside a cue, such as Time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The networks and outlets that the desk knows."""

    networks: tuple[Network, ...] = field(default=())
    outlets: tuple[Outlet, ...] = field(default=())
