"""Pages of the digests: what each would send now, and what its issues told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from tradewatch.config import FORMATS
from tradewatch.digest.draft import Newsroom, draft
from tradewatch.digest.order import sections
from tradewatch.digest.parcel import file_of
from tradewatch.digest.schedule import following, scheduled
from tradewatch.digest.telling import summary
from tradewatch.review.desk import Desk, Reader, TheDesk
from tradewatch.review.pages import page
from tradewatch.store.queue import SOON
from tradewatch.types import Digest, Issue

router = APIRouter(include_in_schema=False)

SHOWN = 20
"""Issues in the list of a digest."""


@router.get("/digests")
async def digests(request: Request, desk: TheDesk, user: Reader) -> Response:
    """Every digest: when it runs, and what its last issue told."""
    rows = [
        (one, scheduled(one.schedule), following(one.schedule, desk.now()), last, summary(last) if last else "")
        for one in desk.digests
        for last in (desk.store.issues.last(one.id),)
    ]
    return page(request, "digests.html", rows=rows)


@router.get("/digests/{name}")
async def digest(request: Request, desk: TheDesk, user: Reader, name: str, number: int | None = None) -> Response:
    """What a digest would send now, or one of its issues as it was sent."""
    issue = _issue(desk, name, number)
    issues = desk.store.issues.issues(name, limit=SHOWN)
    deliveries = desk.store.issues.dispatches(name, issue.number) if number else []
    parts = list(sections([told.row for told in issue.rows], issue.group_by))
    told: dict[str, Any] = {"issue": issue, "parts": parts, "summary": summary(issue), "sent": number is not None}
    return page(request, "digest_issue.html", issues=issues, deliveries=deliveries, forms=FORMATS, **told)


@router.get("/digests/{name}/{form}")
async def digest_file(desk: TheDesk, user: Reader, name: str, form: str, number: int | None = None) -> Response:
    """The same as a file of one of its forms."""
    if form not in FORMATS:
        raise HTTPException(404, "There is no such form.")
    file = file_of(_issue(desk, name, number), form)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.body(), media_type=file.form.media_type, headers=headers)


def _issue(desk: Desk, name: str, number: int | None) -> Issue:
    found: Digest | None = next((one for one in desk.digests if one.id == name), None)
    if found is None:
        raise HTTPException(404, "There is no digest of this name.")
    if number is None:
        desk.store.queue.catch_up(desk.now(), most=SOON)
        newsroom = Newsroom(store=desk.store, sources=desk.sources, networks=desk.names.networks)
        return replace(draft(newsroom, found, desk.now()), number=0)
    issue = desk.store.issues.get(name, number) if 0 < number < 2**62 else None
    if issue is None:
        raise HTTPException(404, "There is no issue of this number.")
    return issue
