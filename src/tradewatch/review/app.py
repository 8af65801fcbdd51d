"""The application, composed: who asks, which requests are refused, the pages, and the headers of every answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from tradewatch import __version__
from tradewatch.review import api, overview, queue, reading, sessions, suggest, why
from tradewatch.review import digests as digest_pages
from tradewatch.review.desk import Desk, NotLoggedIn
from tradewatch.review.filters import FilterError
from tradewatch.review.pages import HERE, page, wants_fragment
from tradewatch.review.permissions import Forbidden, is_ours
from tradewatch.store import Store
from tradewatch.types import Digest, Names, Source

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer: nothing is loaded from elsewhere, nothing runs that is not a file of ours."""

LOCAL = ("127.0.0.1", "localhost")


def create_app(
    store: Store,
    now: Callable[[], dt.datetime],
    *,
    sources: tuple[Source, ...] = (),
    names: Names | None = None,
    digests: tuple[Digest, ...] = (),
    timezone: str = "UTC",
    origin: str = "http://127.0.0.1:8000",
) -> FastAPI:
    """The desk over an open database. `origin` is how browsers reach it; with https, cookies demand TLS."""
    app = FastAPI(title="tradewatch", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    zone = ZoneInfo(timezone)
    app.state.desk = Desk(store=store, now=now, sources=sources, names=names or Names(), digests=digests, zone=zone, origin=origin)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for part in ROUTERS:
        app.include_router(part)
    for error, answer in (
        (HTTPException, _failed),
        (RequestValidationError, _unreadable),
        (NotLoggedIn, _log_in),
        (Forbidden, _forbidden),
        (FilterError, _unasked),
    ):
        app.add_exception_handler(error, answer)
    app.middleware("http")(_gate)
    hosts = [urlsplit(origin).hostname or "", *LOCAL]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return app


ROUTERS = (
    sessions.router,
    queue.router,
    suggest.router,
    reading.router,
    overview.router,
    digest_pages.router,
    why.router,
    api.router,
    api.pages,
)


async def _gate(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Find out who asks, refuse what another site sent, and put our headers on the answer."""
    desk: Desk = request.app.state.desk
    program = sessions.by_token(desk, request)
    request.state.user = program or sessions.by_cookie(desk, request)
    # A token is no cookie: browsers never send it unasked, so that no other site can make them.
    if program is None and not is_ours(request.method, request.headers, desk.origin):
        answer = page(
            request, "problem.html", status=403, problem="This request did not come from a page of this desk, so it was not done."
        )
    else:
        answer = await go_on(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if desk.secure:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.url.path.startswith("/static/"):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _problem(request: Request, status: int, problem: str, headers: dict[str, str] | None = None) -> Response:
    """A problem as the asker reads it: JSON for programs, a page for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": problem}, status_code=status, headers=headers)
    return page(request, "problem.html", status=status, headers=headers, problem=problem)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = {404: "There is nothing at this address."}.get(error.status_code) if error.detail == "Not Found" else None
    return _problem(request, error.status_code, told or error.detail, dict(error.headers or {}))


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if request.url.path.startswith("/api/"):
        told = [{"loc": list(one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors()]
        return JSONResponse({"detail": told}, status_code=422)
    wrong = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    return _problem(request, 422, f"The request cannot be read: {wrong}.")


async def _forbidden(request: Request, error: Exception) -> Response:
    return _problem(request, 403, f"{error}.".capitalize())


async def _unasked(request: Request, error: Exception) -> Response:
    return _problem(request, 422, f"{error}.".capitalize())


async def _log_in(request: Request, _: Exception) -> Response:
    if request.url.path.startswith(("/api/", "/feed")):
        return _problem(request, 401, "A token is needed.", {"WWW-Authenticate": 'Basic realm="tradewatch", charset="UTF-8"'})
    to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    there = f"/login?to={quote(to if request.method == 'GET' else '/')}"
    if wants_fragment(request):
        return Response(status_code=401, headers={"HX-Redirect": there})
    return RedirectResponse(there, status_code=303)
