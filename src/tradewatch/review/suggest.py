"""What may be meant, while an editor types: titles, networks, people, roles, from what the desk knows."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from tradewatch.review.desk import Desk, Reader, TheDesk
from tradewatch.review.pages import page
from tradewatch.text import fold
from tradewatch.types import Status
from tradewatch.wording import ROLES

router = APIRouter(include_in_schema=False)

MOST = 12
_FIXED = {
    "role": tuple(ROLES),
    "tier": ("lead", "regular", "recurring", "guest", "voice"),
    "deal": ("overall", "first-look"),
    "relation": ("spin-off", "prequel", "sequel", "reboot", "revival", "remake", "adaptation"),
    "status": tuple(Status),
}


@router.get("/suggest")
async def suggest(request: Request, desk: TheDesk, user: Reader, slot: str = "") -> Response:
    """The options of a slot that what was typed may mean."""
    typed = request.query_params.get(f"slot.{slot}") or request.query_params.get("same") or ""
    return page(request, "_options.html", options=list(_options(desk, slot, typed[:200]))[:MOST])


def _options(desk: Desk, slot: str, typed: str) -> Iterable[tuple[str, str]]:
    """(value, what to say of it) pairs."""
    if slot in _FIXED:
        return [(name, "") for name in _FIXED[slot]]
    if not typed.strip():
        return []
    if slot in ("network", "from_network", "licensor"):
        meant = [one for one in desk.names.networks if _meant(typed, (one.name, *one.aliases, *one.nicknames))]
        meant.sort(key=lambda one: not _meant(typed, [one.name]))  # those of that name before those once called so
        return [(one.name, one.country or "") for one in meant]
    if slot in ("title", "parent", "based_on", "same"):
        found = desk.store.titles.containing(typed.strip(), MOST)
        about = [(one, ", ".join(str(part) for part in (one.kind, one.year, one.network) if part)) for one in found]
        return [(one.id, f"{one.name} ({told})") if slot == "same" else (one.name, told) for one, told in about]
    if slot in ("person", "successor", "character"):
        return [(name, "") for name in desk.store.search.people(typed.strip(), MOST)]
    return []


def _meant(typed: str, names: Iterable[str]) -> bool:
    wanted = fold(typed)
    return bool(wanted) and any(f" {fold(name)}".find(f" {wanted}") >= 0 for name in names)
