"""What two accounts of one work say together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tradewatch.types import Alias, Title


def joined(known: Title, told: Title, *, rename: bool = True) -> Title:
    """The known title with what another account of it adds.

    The same authority (an equal id) may change what it said before, and a name that it drops becomes an alias; another authority only
    fills gaps, and its name becomes an alias where it differs. With `rename=False` the known name stays in either case.
    """
    again = known.id == told.id
    name = told.name if again and rename else known.name
    former = Alias(name=known.name, kind="formerly") if name != known.name else Alias(name=told.name)
    aliases = {alias.name: alias for alias in (former, *told.aliases, *known.aliases) if alias.name != name}
    return replace(
        known,
        name=name,
        kind=told.kind if again else known.kind,
        aliases=tuple(aliases[key] for key in sorted(aliases)),
        external_ids=_externals(known, told),
        **{slot: _said(getattr(known, slot), getattr(told, slot), again=again) for slot in ("year", "ended", "country", "network")},
    )


def _said(known: Any, told: Any, *, again: bool) -> Any:
    first, second = (told, known) if again else (known, told)
    return second if first is None else first


def _externals(known: Title, told: Title) -> tuple[tuple[str, str], ...]:
    """All ids; the one that the title's own id names stands first."""
    own = own_pair(known.id)
    pairs = {*known.external_ids, *told.external_ids, *own_pair(told.id)} - set(own)
    return (*own, *sorted(pairs))


def own_pair(title_id: str) -> tuple[tuple[str, str], ...]:
    """The authority and number that an id such as `imdb:tt0903747` names; empty for a desk's own id."""
    authority, colon, number = title_id.partition(":")
    return ((authority, number),) if colon else ()
