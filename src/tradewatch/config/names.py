"""`networks.toml`: the networks and outlets that the desk knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator

from tradewatch.config.files import Country, Table, read, refuse
from tradewatch.types import Names, Network, Outlet

Named = TypeVar("Named", Network, Outlet)


def bare_domain(host: str) -> str:
    """A bare domain, checked."""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", host):
        raise ValueError(f'"{host}" is not a bare domain such as "example.com"')
    return host


class NetworkTable(Table):
    """One `[[network]]`."""

    name: str
    kind: Literal["broadcast", "cable", "streamer", "studio"]
    owner: str | None = None
    country: Country | None = None
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class OutletTable(Table):
    """One `[[outlet]]`."""

    name: str
    owner: str
    aliases: tuple[str, ...] = ()
    domains: tuple[Annotated[str, AfterValidator(bare_domain)], ...] = ()
    ambiguous: tuple[str, ...] = ()


class NamesFile(Table):
    """The whole file."""

    network: tuple[NetworkTable, ...]
    outlet: tuple[OutletTable, ...]


def load_names(folder: Path) -> Names:
    """Read `networks.toml`. Raises ConfigError, also where one spelling would mean two networks or two outlets."""
    path = folder / "networks.toml"
    file = read(path, NamesFile)
    names = Names(
        networks=tuple(Network(**dict(table)) for table in file.network),
        outlets=tuple(Outlet(**dict(table)) for table in file.outlet),
    )
    refuse(path, _problems(names))
    return names


def _problems(names: Names) -> Iterator[str]:
    yield from _shared("network", names.networks, lambda network: (network.name, *network.aliases, *network.nicknames))
    yield from _shared("outlet", names.outlets, lambda outlet: (outlet.name, *outlet.aliases))
    yield from _shared("outlet", names.outlets, lambda outlet: outlet.domains)
    yield from _not_its_own("network", names.networks)
    yield from _not_its_own("outlet", names.outlets)


def _shared(table: str, entries: Iterable[Named], spellings: Callable[[Named], tuple[str, ...]]) -> Iterator[str]:
    """A problem for each spelling, whatever its case, that two entries claim."""
    seen: dict[str, Named] = {}
    for entry in entries:
        for spelling in spellings(entry):
            first = seen.setdefault(" ".join(spelling.casefold().split()), entry)
            if first is not entry:
                told = "there are two entries of this name" if first.name == entry.name else f'"{spelling}" already means {first.name}'
                yield f"[[{table}]] {entry.name}: {told}"


def _not_its_own(table: str, entries: Iterable[Network | Outlet]) -> Iterator[str]:
    for entry in entries:
        for spelling in entry.ambiguous:
            if spelling not in (entry.name, *entry.aliases):
                yield f'[[{table}]] {entry.name}: ambiguous: "{spelling}" is neither its name nor one of its aliases'
