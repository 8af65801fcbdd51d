"""The same desk for programs: JSON under /api/v1, with the rights of the token's user, described by OpenAPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from fastapi.security import HTTPBearer
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tradewatch.errors import StaleError, StoreError
from tradewatch.fetch.liveness import Health
from tradewatch.review.cards import Row, rows_of
from tradewatch.review.desk import Desk, Editor, Reader, TheDesk
from tradewatch.review.filters import ANY, view_of
from tradewatch.review.overview import health_of
from tradewatch.review.pages import page
from tradewatch.review.permissions import Forbidden, Right, may
from tradewatch.store.decisions import Act
from tradewatch.store.queue import SOON
from tradewatch.triage import REASONS, Band, Reopening, SlotError, State, TitleState, corrected, corrections, shown
from tradewatch.types import Certainty, ClaimType, Report, Role, Tier, User, WorkKind
from tradewatch.wording import sentence

bearer = HTTPBearer(auto_error=False, description="A token of `tradewatch user token NAME`.")
pages = APIRouter(include_in_schema=False)

MOST = 200
Identity = Annotated[str, Path(max_length=100)]
Limit = Annotated[int, Query(ge=1, le=MOST)]


class Problem(BaseModel):
    """Why something was not done."""

    detail: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request is no HTTP or JSON that can be read."},
    401: {"model": Problem, "description": "No token, or one that is not known."},
    403: {"model": Problem, "description": "The user's role does not allow it."},
    404: {"model": Problem, "description": "There is no such thing."},
    409: {"model": Problem, "description": "It has changed since its stamp was given: read it again, then decide."},
}

router = APIRouter(prefix="/api/v1", dependencies=[Depends(bearer)], responses={code: PROBLEMS[code] for code in (400, 401, 403, 404)})


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ReportOut(_Out):
    """One outlet's word."""

    claim_id: str
    article_id: str
    outlet: str
    owner: str
    tier: Tier
    url: str
    reported_at: dt.datetime
    origin: str
    first_hand: bool
    stance: Literal["asserts", "differs", "denies"]
    quote: str | None = None
    """The words that prove it."""


class AnnouncementOut(_Out):
    """One event, as it stands at the desk."""

    id: str
    type: ClaimType
    sentence: str
    """In plain English, as corrected."""
    work: str
    certainty: Certainty
    version: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    value: dict[str, Any]
    """The slots as extracted; those that say nothing are left out."""
    corrected: dict[str, Any]
    """The slots as corrected; the same where nobody corrected them."""
    rivals: list[dict[str, Any]]
    outlets: list[str]
    origins: list[str]
    state: State
    band: str
    reopened: Reopening | None
    title_state: TitleState
    stamp: str
    """What a decision has to name."""


class AnnouncementWhole(AnnouncementOut):
    """The same with every report."""

    reports: list[ReportOut]


class Page(BaseModel):
    """Some of the answers; `next` is the cursor of those that follow, null at the end."""

    items: list[AnnouncementOut]
    next: str | None


class Decision(BaseModel):
    """What to decide, on what was shown."""

    model_config = ConfigDict(extra="forbid")
    choice: Literal["accept", "reject", "edit", "defer"]
    stamp: str = Field(max_length=100)
    reason: str | None = Field(default=None, max_length=200, description=f"Of a rejection, one of: {', '.join(REASONS)}.")
    changes: dict[str, Annotated[str, Field(max_length=300)]] = Field(
        default_factory=dict, description="Of an edit: slot to corrected text."
    )
    until: AwareDatetime | None = Field(default=None, description="Of a deferral; without it only new evidence brings it back.")


class ActOut(_Out):
    """One thing that an editor did."""

    id: int
    kind: str
    about: str
    editor: str
    at: dt.datetime
    undoes: int | None
    undone_by: int | None


class TitleOut(_Out):
    """A known work."""

    id: str
    name: str
    kind: WorkKind
    year: int | None
    ended: int | None
    country: str | None
    network: str | None


class SourceOut(BaseModel):
    """A source and how it is doing."""

    key: str
    name: str
    outlet: str
    tier: Tier
    url: str
    enabled: bool
    health: Health
    reason: str


class UserOut(_Out):
    """Whose token it is."""

    name: str
    role: Role


@router.get("/me")
async def me(user: Reader) -> UserOut:
    """Whose token this is."""
    return UserOut.model_validate(user)


@router.get("/announcements", responses={422: {"model": Problem | dict[str, Any]}})
async def announcements(
    desk: TheDesk,
    user: Reader,
    state: Annotated[Literal["open", "deferred", "accepted", "rejected", "any"], Query()] = "open",
    type: Annotated[ClaimType | None, Query()] = None,
    network: Annotated[str, Query(max_length=200)] = "",
    outlet: Annotated[str, Query(max_length=200)] = "",
    certainty: Annotated[Certainty | None, Query()] = None,
    title: Annotated[TitleState | None, Query()] = None,
    since: Annotated[dt.date | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[str, Query(max_length=100, description="The `next` of the page before.")] = "",
    limit: Limit = 50,
) -> Page:
    """The announcements that answer a question, in the order of the queue, a page at a time."""
    desk.store.queue.catch_up(desk.now(), most=SOON)
    asked = {"type": type, "network": network, "outlet": outlet, "certainty": certainty, "title": title, "since": since, "q": q}
    view = view_of(
        {name: str(value) for name, value in asked.items() if value} | {"state": ANY if state == "any" else state}, desk.sources, desk.zone
    )
    items = desk.store.queue.page(view.filters, after=after, limit=limit + 1)
    rows = rows_of(desk.store, items[:limit])
    return Page(items=[_announcement(desk, row) for row in rows], next=items[limit - 1].place if len(items) > limit else None)


@router.get("/announcements/{identity}")
async def announcement(desk: TheDesk, user: Reader, identity: Identity) -> AnnouncementWhole:
    """One announcement with every report and its words."""
    row = _row(desk, identity)
    reports = [_report(desk, report) for report in row.announcement.reports]
    return AnnouncementWhole(reports=reports, **_announcement(desk, row).model_dump())


@router.post(
    "/announcements/{identity}/decisions", status_code=201, responses={409: PROBLEMS[409], 422: {"model": Problem | dict[str, Any]}}
)
async def decide(desk: TheDesk, user: Editor, identity: Identity, decision: Decision) -> ActOut:
    """Accept, reject, correct or put off an announcement, as it was shown."""
    row, decisions, now = _row(desk, identity), desk.store.decisions, desk.now()
    shown_stamp, reason = {row.announcement.id: decision.stamp}, None
    changes: tuple[tuple[str, str], ...] = ()
    if decision.choice == "reject":
        reason = _reason(decision.reason)
    elif decision.choice == "edit":
        changes = _changes(row, decision.changes)
    elif decision.choice == "defer" and decision.until:
        changes = (("until", decision.until.astimezone(dt.UTC).isoformat()),)
    return _act(desk, lambda: decisions.decide(decision.choice, shown_stamp, user.name, now, reason=reason, changes=changes))


def _reason(reason: str | None) -> str:
    if reason not in REASONS:
        raise HTTPException(422, f"a rejection needs a reason, one of {', '.join(REASONS)}")
    return reason


def _changes(row: Row, changes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    value = row.announcement.value
    try:
        return corrections(value, {slot: shown(value, slot) for slot in ("final", "working_title")} | changes)
    except SlotError as error:
        raise HTTPException(422, f"{error.slot}: {error}") from error


@router.get("/acts")
async def acts(desk: TheDesk, user: Reader, before: Annotated[int | None, Query(ge=1, lt=2**62)] = None, limit: Limit = 50) -> list[ActOut]:
    """What editors did, the newest first; `before` is the id of the last one of the page before."""
    return [ActOut.model_validate(act) for act in desk.store.decisions.log(before=before, limit=limit)]


@router.post("/acts/{number}/undo", status_code=201, responses={409: PROBLEMS[409]})
async def undo(desk: TheDesk, user: Editor, number: Annotated[int, Path(ge=1, lt=2**62)]) -> ActOut:
    """Take an act back; those of others only as a lead."""
    known = desk.store.decisions.get(number)
    if known is None or known.kind == "undo":
        raise HTTPException(404, "there is no act of this number to take back")
    _allow(user, known)
    return _act(desk, lambda: desk.store.decisions.undo(number, user.name, desk.now()), otherwise=409)


def _allow(user: User, act: Act) -> None:
    if act.editor.casefold() != user.name.casefold() and not may(user.role, Right.UNDO_OTHERS):
        raise Forbidden(user.role, Right.UNDO_OTHERS)


@router.get("/titles/{identity:path}")
async def title(desk: TheDesk, user: Reader, identity: Identity) -> TitleOut:
    """One known work."""
    found = desk.store.titles.get(identity)
    if found is None:
        raise HTTPException(404, "there is no title of this id")
    return TitleOut.model_validate(found)


@router.get("/sources")
async def sources(desk: TheDesk, user: Reader) -> list[SourceOut]:
    """Every source with how it is doing."""
    judged = [(source, health_of(desk, source, desk.store.sources.polls(source.key))) for source in desk.sources]
    return [
        SourceOut(
            key=one.key,
            name=one.name,
            outlet=one.outlet,
            tier=one.tier,
            url=one.url,
            enabled=one.enabled,
            health=is_.health,
            reason=is_.reason,
        )
        for one, is_ in judged
    ]


@pages.get("/api")
async def about_the_api(request: Request, user: Reader) -> Response:
    """The API in words; the document itself is /api/openapi.json."""
    described = request.app.openapi()["paths"]
    calls = [(method.upper(), path, call) for path, methods in described.items() for method, call in methods.items()]
    return page(request, "api.html", calls=calls)


# Values to answers


def _row(desk: Desk, identity: str) -> Row:
    known = desk.store.announcements.get(identity)
    desk.store.queue.catch_up(desk.now(), most=SOON)
    item = desk.store.queue.get(known.id) if known else None
    if known is None or item is None:
        raise HTTPException(404, "there is no announcement of this id")
    return Row(item, known)


def _announcement(desk: Desk, row: Row) -> AnnouncementOut:
    one, item = row.announcement, row.item
    verdict = desk.store.verdicts.standing(one.id)
    right = corrected(one.value, verdict.changes) if verdict else one.value
    return AnnouncementOut(
        id=one.id,
        type=one.type,
        sentence=sentence(right),
        work=one.work,
        certainty=one.certainty,
        version=one.version,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        value=_slots(one.value.as_json()),
        corrected=_slots(right.as_json()),
        rivals=[_slots(rival.as_json()) for rival in one.rivals],
        outlets=list(one.outlets),
        origins=list(one.origins),
        state=item.state,
        band=Band(item.band).name.lower(),
        reopened=item.reopened,
        title_state=item.title_state,
        stamp=item.stamp,
    )


def _slots(slots: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if name != "evidence" and value not in (None, (), [], False, "")}


def _report(desk: Desk, report: Report) -> ReportOut:
    stored = desk.store.claims.get(report.claim_id)
    quote = stored.claim.evidence[0].quote if stored and stored.claim.evidence else None
    return ReportOut.model_validate(report).model_copy(update={"quote": quote})


def _act(desk: Desk, act: Callable[[], int], *, otherwise: int = 422) -> ActOut:
    """Do something and say what was done; what has changed in between is a 409, what cannot be done another refusal."""
    try:
        return ActOut.model_validate(desk.store.decisions.get(act()))
    except StaleError as error:
        raise HTTPException(409, f"{error}; read it again, then decide") from error
    except StoreError as error:
        raise HTTPException(otherwise, str(error)) from error
