"""Pages about the desk itself: sources, status, history, what the extractor gets wrong, the digest to come, feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from tradewatch.digest import lines, table
from tradewatch.fetch.liveness import Health, Liveness, liveness
from tradewatch.review.cards import rows_of
from tradewatch.review.desk import Desk, Reader, TheDesk
from tradewatch.review.filters import view_of
from tradewatch.review.pages import page, render
from tradewatch.review.permissions import Right, may
from tradewatch.store.queue import SOON, Filters
from tradewatch.store.search import Decided, Telling
from tradewatch.tables import FORMATS
from tradewatch.triage import State
from tradewatch.types import PollRecord, Source

router = APIRouter(include_in_schema=False)

QUARTER = dt.timedelta(days=90)
"""What is said of a source's telling is said of the last quarter."""
FEED = 50
"""Announcements in a feed."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How an outlet told what it told."""

    told: int
    first: int
    behind: dt.timedelta | None
    """Half of what others told first came so long after them, or sooner."""
    gone: int
    decided: Decided | None


def scorecard(tellings: Sequence[Telling], decided: Decided | None) -> Scorecard:
    """What tellings and decisions say of an outlet. Pure."""
    late = [(one.own - one.first).total_seconds() for one in tellings if one.own > one.first]
    behind = dt.timedelta(seconds=median(late)) if late else None
    return Scorecard(len(tellings), len(tellings) - len(late), behind, sum(one.gone for one in tellings), decided)


def health_of(desk: Desk, source: Source, polls: Sequence[PollRecord]) -> Liveness:
    """How a source is doing, by its last polls, the newest first."""
    return liveness(source, desk.store.sources.states().get(source.key), polls, desk.now())


@router.get("/sources")
async def sources(request: Request, desk: TheDesk, user: Reader) -> Response:
    """Every source with how it is doing."""
    rows = [(source, health_of(desk, source, desk.store.sources.polls(source.key))) for source in desk.sources]
    rows.sort(key=lambda row: (row[1].health is Health.OFF, row[1].health is Health.LIVE, row[0].name.casefold()))
    return page(request, "sources.html", rows=rows, last=desk.store.sources.last_polls())


@router.get("/source/{key}")
async def source(request: Request, desk: TheDesk, user: Reader, key: str) -> Response:
    """One source: liveness, how soon it tells, how often it is right, what it took back."""
    found = next((one for one in desk.sources if one.key == key), None)
    if found is None:
        raise HTTPException(404, "There is no source of this key.")
    store, since = desk.store, desk.now() - QUARTER
    store.queue.catch_up(desk.now(), most=SOON)
    tellings = store.search.tellings(found.outlet, since)
    decided = next((one for one in store.search.by_outlet() if one.name == found.outlet), None)
    newest = [one for telling in tellings[:12] if (one := store.announcements.get(telling.announcement))]
    polls = store.sources.polls(key)
    health, card = health_of(desk, found, polls), scorecard(tellings, decided)
    return page(request, "source.html", source=found, health=health, card=card, newest=newest, polls=polls[:12])


@router.get("/status")
async def status(request: Request, desk: TheDesk, user: Reader) -> Response:
    """How the desk and its sources are doing."""
    store, now = desk.store, desk.now()
    store.queue.catch_up(now, most=SOON)
    health = [health_of(desk, source, store.sources.polls(source.key)) for source in desk.sources if source.enabled]
    reading, storing = store.sources.waits(now - dt.timedelta(days=1))
    values: dict[str, Any] = {
        "counts": {state: store.queue.count(Filters(state=state), 10**9) for state in State},
        "doubts": len(store.announcements.doubts(1000)),
        "behind": store.queue.behind(),
        "well": sum(one.health is Health.LIVE for one in health),
        "enabled": len(health),
        "troubled": sum(bool(one.reason) for one in health),
        "reading": reading[len(reading) // 2] if reading else None,
        "storing": storing[len(storing) // 2] if storing else None,
        "dropped": store.sources.dropped(now - dt.timedelta(days=1)),
        "users": store.accounts.all() if may(user.role, Right.OPERATE) else [],
        "tokens": store.accounts.tokens() if may(user.role, Right.OPERATE) else [],
    }
    return page(request, "status.html", **values)


@router.get("/history")
async def history(request: Request, desk: TheDesk, user: Reader, before: int = 0) -> Response:
    """What editors did, the newest first; each can be taken back from here."""
    acts = desk.store.decisions.log(before=before if 0 < before < 2**62 else None, limit=50)
    about = {act.id: desk.store.announcements.get(act.about) for act in acts}
    return page(request, "history.html", acts=acts, about=about)


@router.get("/learn")
async def learn(request: Request, desk: TheDesk, user: Reader) -> Response:
    """Where editors agree with the extractor, and where they do not."""
    desk.store.queue.catch_up(desk.now(), most=SOON)
    found = desk.store.search
    groups = (("Confidence", found.by_confidence()), ("Type", found.by_type()), ("Rule", found.by_rule()), ("Outlet", found.by_outlet()))
    return page(
        request, "learn.html", groups=groups, reasons=found.reasons(), slots=found.corrected_slots(), cases=desk.store.cases.count()
    )


@router.get("/digest")
async def digest(request: Request, desk: TheDesk, user: Reader, days: int = 7) -> Response:
    """What a digest of the last days would carry now."""
    days = min(max(days, 1), 92)
    found = lines(desk.store, desk.now() - dt.timedelta(days=days))
    return page(request, "digest.html", found=found, days=days)


@router.get("/digest.csv")
async def digest_csv(desk: TheDesk, user: Reader, days: int = 7) -> Response:
    """The same as a table, for spreadsheets: no cell is a formula, whatever an outlet wrote."""
    since = desk.now() - dt.timedelta(days=min(max(days, 1), 92))
    name = f'attachment; filename="digest-{desk.now():%Y-%m-%d}.csv"'
    body = table(lines(desk.store, since), desk.zone, "excel")
    return Response(body, media_type=FORMATS["excel"].media_type, headers={"Content-Disposition": name})


@router.get("/feed.atom")
async def feed(request: Request, desk: TheDesk, user: Reader) -> Response:
    """A view as an Atom feed, the last told first: for feed readers, which send a token as the password."""
    desk.store.queue.catch_up(desk.now(), most=SOON)
    view = view_of(request.query_params, desk.sources, desk.zone)
    rows = rows_of(desk.store, desk.store.queue.newest(view.filters, FEED))
    text = render(request, "feed.atom", view=view, found=[row.announcement for row in rows])
    return Response(text, media_type="application/atom+xml; charset=utf-8")
