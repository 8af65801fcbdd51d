"""The queue: one card at a time, and the acts that editors do on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from tradewatch.errors import StaleError, StoreError
from tradewatch.review.cards import card_of, rows_of
from tradewatch.review.desk import Desk, Editor, Lead, Reader, TheDesk
from tradewatch.review.filters import View, view_of
from tradewatch.review.pages import page, wants_fragment
from tradewatch.review.permissions import Forbidden, Right, may
from tradewatch.store.decisions import Act
from tradewatch.store.queue import SOON, QueueItem
from tradewatch.titles import newcomer
from tradewatch.triage import REASONS, SlotError, corrections
from tradewatch.types import Title, User, WorkKind

router = APIRouter(include_in_schema=False)

LISTED = 12
"""Announcements in the list beside the card."""
COUNTED = 1000
"""Counting what is left stops here: the page says `1000+`, and stays quick."""
PUT_OFF = {"day": dt.timedelta(days=1), "week": dt.timedelta(weeks=1), "evidence": None}
"""How long something can be put off: a day, a week, or until new evidence."""

Text = Annotated[str, Form(max_length=2000)]


@router.get("/")
async def front(user: Reader) -> Response:
    """The desk opens with its queue."""
    return RedirectResponse("/queue", status_code=303)


@router.get("/queue")
async def queue(request: Request, desk: TheDesk, user: Reader, at: str = "", done: int = 0) -> Response:
    """One card, and the list that it stands in. `at` is the announcement that is shown; else the first."""
    desk.store.queue.catch_up(desk.now(), most=SOON)
    view = view_of(request.query_params, desk.sources, desk.zone)
    shown = at or _first(desk, view, user)
    return review(request, desk, user, view, shown, done=desk.store.decisions.get(done) if done else None)


def _first(desk: Desk, view: View, user: User) -> str | None:
    found = desk.store.queue.following(view.filters, "", user.name, desk.now())
    return found.announcement if found else None


def review(
    request: Request,
    desk: Desk,
    user: User,
    view: View,
    at: str | None,
    *,
    status: int = 200,
    done: Act | None = None,
    problem: str = "",
    stale: bool = False,
    panel: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The card of an announcement in the list that it stands in; for htmx that alone, else the whole page."""
    card = card_of(desk, at, user.name) if at else None
    place = card.item.place if card else ""
    following = desk.store.queue.page(view.filters, after=place, limit=LISTED)
    changed = desk.store.decisions.log(about=at, limit=1) if stale and at else []
    values: dict[str, Any] = {
        "view": view,
        "card": card,
        "rows": rows_of(desk.store, ([card.item] if card else []) + following),
        "previous": desk.store.queue.before(view.filters, place) if card else None,
        "left": desk.store.queue.count(view.filters, COUNTED),
        "counted": COUNTED,
        "done": done,
        "done_card": desk.store.announcements.get(done.about) if done else None,
        "problem": problem,
        "stale": stale,
        "changed": changed[0] if changed else None,
        "panel": panel,
        "typed": typed or {},
        "reasons": REASONS,
    }
    if wants_fragment(request):
        return page(request, "_review.html", status=status, fragment=True, **values)
    more: dict[str, Any] = {
        "networks": desk.store.queue.networks(),
        "outlets": desk.store.queue.outlets(),
        "views": desk.store.queue.views(),
    }
    more["desks"] = sorted({one for source in desk.sources for one in source.desks})
    return page(request, "queue.html", status=status, fragment=False, **more, **values)


# Acts


async def acted(
    request: Request,
    desk: Desk,
    user: User,
    form: FormData,
    act: Callable[[Mapping[str, str]], int],
    *,
    stay: bool = False,
    panel: str = "",
) -> Response:
    """Do what a form asks on the announcement that it shows, then show the next one, or the same again where `stay`.

    What has changed in between is shown with what was typed kept (409), and so is what cannot be done, with the reason (422).
    """
    view = view_of(str(form.get("view", "")), desk.sources, desk.zone)
    shown, stamp = str(form.get("announcement", "")), str(form.get("stamp", ""))
    typed = {name: str(value) for name, value in form.items()}
    known = desk.store.queue.get(shown)
    try:
        number = act({shown: stamp})
    except StaleError:
        return review(request, desk, user, view, shown, status=409, stale=True, panel=panel, typed=typed)
    except (SlotError, StoreError) as error:
        return review(request, desk, user, view, shown, status=422, problem=str(error), panel=panel, typed=typed)
    to = shown if stay else _after(desk, view, known, user)
    return _shown(request, desk, user, view, to, number)


def _after(desk: Desk, view: View, known: QueueItem | None, user: User) -> str | None:
    found = desk.store.queue.following(view.filters, known.place if known else "", user.name, desk.now())
    return found.announcement if found else None


def _shown(request: Request, desk: Desk, user: User, view: View, at: str | None, number: int) -> Response:
    if wants_fragment(request):
        return review(request, desk, user, view, at, done=desk.store.decisions.get(number))
    return RedirectResponse(view.url(**({"at": at} if at else {}), done=str(number)), status_code=303)


@router.post("/decide")
async def decide(request: Request, desk: TheDesk, user: Editor) -> Response:
    """Accept, reject with a reason, or put off."""
    form = await request.form()
    choice, _, how = str(form.get("choice", "")).partition(":")

    def act(shown: Mapping[str, str]) -> int:
        decisions, now = desk.store.decisions, desk.now()
        if choice == "accept":
            return decisions.decide("accept", shown, user.name, now)
        if choice == "reject" and how in REASONS:
            return decisions.decide("reject", shown, user.name, now, reason=how)
        if choice == "defer" and how in PUT_OFF:
            length = PUT_OFF[how]
            until = (("until", (now + length).isoformat()),) if length else ()
            return decisions.decide("defer", shown, user.name, now, changes=until, reason=how)
        raise StoreError(f"{choice or 'nothing'}: no such decision; accept, reject with a reason, or put it off")

    return await acted(request, desk, user, form, act)


@router.post("/edit")
async def edit(request: Request, desk: TheDesk, user: Editor) -> Response:
    """Correct slots, and accept the announcement so."""
    form = await request.form()
    slots = {name.removeprefix("slot."): str(text) for name, text in form.items() if name.startswith("slot.")}

    def act(shown: Mapping[str, str]) -> int:
        known = desk.store.announcements.get(next(iter(shown)))
        if known is None:
            raise StoreError("there is no such announcement")
        changes = corrections(known.value, slots)
        return desk.store.decisions.decide("edit" if changes else "accept", shown, user.name, desk.now(), changes=changes)

    return await acted(request, desk, user, form, act, panel="edit")


@router.post("/merge")
async def merge(request: Request, desk: TheDesk, user: Editor) -> Response:
    """Hold another announcement for the same event as the one shown."""
    form = await request.form()
    gone = str(form.get("gone", "")).strip()

    def act(shown: Mapping[str, str]) -> int:
        return desk.store.decisions.merge(next(iter(shown)), gone, shown, user.name, desk.now())

    return await acted(request, desk, user, form, act, stay=True, panel="merge")


@router.post("/split")
async def split(request: Request, desk: TheDesk, user: Editor) -> Response:
    """Hold some reports for an event of their own."""
    form = await request.form()
    claims = [str(one) for one in form.getlist("claim")]

    def act(shown: Mapping[str, str]) -> int:
        return desk.store.decisions.split(next(iter(shown)), claims, shown, user.name, desk.now())

    return await acted(request, desk, user, form, act, stay=True, panel="split")


@router.post("/title")
async def title(request: Request, desk: TheDesk, user: Editor) -> Response:
    """Say that it is about a known title, about a new one, or that the title has a new name."""
    form = await request.form()
    how, same, name = (str(form.get(field, "")).strip() for field in ("how", "same", "name"))

    def act(shown: Mapping[str, str]) -> int:
        decisions, now, one = desk.store.decisions, desk.now(), next(iter(shown))
        if how == "same":
            if desk.store.titles.get(same) is None:
                raise StoreError(f"{same or 'nothing'}: no title has this id; type a part of its name and pick one")
            return decisions.same_title(one, same, shown, user.name, now)
        if how == "new":
            return decisions.new_title(one, _new_title(name, str(form.get("kind", "")), str(form.get("year", ""))), shown, user.name, now)
        if how == "retitle" and name:
            return decisions.retitle(one, name, shown, user.name, now, working="working" in form)
        raise StoreError("say which title it is: one that is known, a new one, or a new name")

    return await acted(request, desk, user, form, act, stay=True, panel="title")


def _new_title(name: str, kind: str, year: str) -> Title:
    """A title of the desk's own; its id is of its name, kind and year, so that the same one is not added twice."""
    if not name:
        raise StoreError("a new title needs a name")
    if kind not in tuple(WorkKind):
        raise StoreError(f"a title is one of {', '.join(WorkKind)}")
    if year and not (year.isdecimal() and 1870 <= int(year) <= 2100):
        raise StoreError(f"{year}: no year of a title")
    return newcomer(name, WorkKind(kind), year=int(year) if year else None)


@router.post("/undo")
async def undo(
    request: Request, desk: TheDesk, user: Editor, act: Annotated[int, Form()] = 0, view: Text = "", back: Text = ""
) -> Response:
    """Take an act back: one by its number, else the user's own last one; then show what it was about."""
    decisions, asked = desk.store.decisions, view_of(view, desk.sources, desk.zone)
    known = decisions.get(act) if act else decisions.last_of(user.name)
    if known is None:
        return review(request, desk, user, asked, _first(desk, asked, user), status=422, problem="there is nothing of yours to take back")
    if known.editor.casefold() != user.name.casefold() and not may(user.role, Right.UNDO_OTHERS):
        raise Forbidden(user.role, Right.UNDO_OTHERS)
    at = known.about if desk.store.announcements.get(known.about) else _first(desk, asked, user)
    try:
        number = decisions.undo(known.id, user.name, desk.now())
    except StoreError as error:
        return review(request, desk, user, asked, at, status=422, problem=str(error))
    if back.startswith("/") and not wants_fragment(request):
        return RedirectResponse("/history", status_code=303)
    return _shown(request, desk, user, asked, at, number)


# Many at once


@router.get("/many")
async def many(request: Request, desk: TheDesk, user: Lead, view: str = "") -> Response:
    """Choose announcements of a view, to decide on together. Nothing is chosen but what was picked in the list."""
    desk.store.queue.catch_up(desk.now(), most=SOON)
    asked = view_of(view, desk.sources, desk.zone)
    picked = [str(one) for one in request.query_params.getlist("pick")]
    items = desk.store.queue.page(asked.filters, limit=200)
    more = [item for one in picked if (item := desk.store.queue.get(one)) and item not in items]
    return page(request, "many.html", view=asked, rows=rows_of(desk.store, [*more, *items]), picked=picked, reasons=REASONS, problem="")


@router.post("/many")
async def preview_many(request: Request, desk: TheDesk, user: Lead) -> Response:
    """Say what would be decided; with `sure`, decide it as one act."""
    form = await request.form()
    view = view_of(str(form.get("view", "")), desk.sources, desk.zone)
    shown = dict(str(one).partition("@")[::2] for one in form.getlist("pick"))
    choice, _, reason = str(form.get("choice", "")).partition(":")
    known = [item for one in shown if (item := desk.store.queue.get(one))]
    values: dict[str, Any] = {"view": view, "rows": rows_of(desk.store, known), "choice": choice, "reason": reason}
    if not shown or choice not in ("accept", "reject") or (choice == "reject" and reason not in REASONS):
        told = "nothing is chosen" if not shown else "choose what to decide"
        return page(request, "many.html", status=422, picked=list(shown), reasons=REASONS, problem=told, **values)
    if "sure" not in form:
        return page(request, "sure.html", shown=shown, problem="", **values)
    try:
        number = desk.store.decisions.decide(choice, shown, user.name, desk.now(), reason=reason or None)  # type: ignore[arg-type]
    except StaleError as error:
        stale = desk.store.announcements.get(error.announcement)
        told = f"{stale.value.title or stale.value.person if stale else error.announcement} has changed; look at the list again"
        return page(request, "sure.html", status=409, shown={item.announcement: item.stamp for item in known}, problem=told, **values)
    return RedirectResponse(view.url(done=str(number)), status_code=303)


# Saved views


@router.post("/views")
async def save_view(desk: TheDesk, user: Editor, name: Annotated[str, Form(max_length=80)], view: Text = "") -> Response:
    """Give the question at hand a name, for everybody."""
    asked = view_of(dict(parse_qsl(view)), desk.sources, desk.zone)
    if name.strip():
        desk.store.queue.save_view(" ".join(name.split()), asked.query, user.name, desk.now())
    return RedirectResponse(asked.url(), status_code=303)


@router.post("/views/forget")
async def forget_view(desk: TheDesk, user: Editor, name: Text) -> Response:
    """Take a name away."""
    desk.store.queue.forget_view(name)
    return RedirectResponse("/queue", status_code=303)


# Doubts


@router.get("/doubts")
async def doubts(request: Request, desk: TheDesk, user: Reader) -> Response:
    """Claims that the machine could not place, each beside the announcement that it is likeliest of."""
    found = desk.store.announcements.doubts(20)
    pairs = [(doubt, desk.store.announcements.get(doubt.likeliest) if doubt.likeliest else None) for doubt in found]
    claims = {doubt.report.claim_id: desk.store.claims.get(doubt.report.claim_id) for doubt in found}
    return page(request, "doubts.html", pairs=pairs, claims=claims, problem="")


@router.post("/settle")
async def settle(request: Request, desk: TheDesk, user: Editor, claim: Text, into: Text = "") -> Response:
    """Place a doubtful claim: in an announcement, or in one of its own."""
    try:
        desk.store.decisions.settle(claim, into or None, user.name, desk.now())
    except StoreError as error:
        return page(request, "problem.html", status=409, problem=f"{error}.")
    return RedirectResponse("/doubts", status_code=303)
