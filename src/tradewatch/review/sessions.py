"""Who sends a request: by cookie for people, by token for programs; logging in and out."""

from __future__ import annotations

import base64
import binascii
import datetime as dt

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from tradewatch.review.desk import Desk, TheDesk
from tradewatch.review.pages import page
from tradewatch.review.passwords import new_secret, right_password, secret_hash
from tradewatch.review.permissions import REMEMBERED, login_wait
from tradewatch.types import User

IDLE, MOST = dt.timedelta(hours=12), dt.timedelta(days=7)
"""A session ends after so long without a request, and after so long in any case."""

router = APIRouter(include_in_schema=False)


def cookie_name(desk: Desk) -> str:
    """`__Host-` cookies are sent over TLS, to this host alone; browsers take none without TLS."""
    return "__Host-session" if desk.secure else "session"


def by_cookie(desk: Desk, request: Request) -> User | None:
    """The user whose session the request's cookie is."""
    secret = request.cookies.get(cookie_name(desk))
    return desk.store.accounts.session_user(secret_hash(secret), desk.now(), idle=IDLE, most=MOST) if secret else None


def by_token(desk: Desk, request: Request) -> User | None:
    """The user whose token stands in the Authorization header: Bearer, or the password of Basic as feed readers send it."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return desk.store.accounts.token_user(secret_hash(given)) if given and scheme.casefold() in ("bearer", "basic") else None


@router.get("/login")
async def login_page(request: Request, desk: TheDesk, to: str = "/") -> Response:
    """The form to log in with."""
    return page(request, "login.html", to=inside(to), nobody=not desk.store.accounts.all())


@router.post("/login")
async def login(
    request: Request, desk: TheDesk, name: str = Form(max_length=200), password: str = Form(max_length=4096), to: str = Form("/")
) -> Response:
    """Begin a session, under a new secret, where name and password are right."""
    accounts, now = desk.store.accounts, desk.now()
    address = request.client.host if request.client else ""
    wait = login_wait(accounts.failures(now - REMEMBERED), name, address, now)
    if wait > dt.timedelta():
        told = {"Retry-After": str(int(wait.total_seconds()) + 1)}
        return page(request, "login.html", status=429, headers=told, to=inside(to), name=name, wait=wait)
    if not await run_in_threadpool(right_password, password, accounts.password(name)):
        accounts.add_failure(name, address, now)
        return page(request, "login.html", status=401, to=inside(to), name=name, wrong=True)
    accounts.forgive(name, address)
    _end(request, desk)
    secret = new_secret()
    accounts.open_session(secret_hash(secret), name, now)
    answer = RedirectResponse(inside(to), status_code=303)
    answer.set_cookie(cookie_name(desk), secret, max_age=int(MOST.total_seconds()), secure=desk.secure, httponly=True, samesite="lax")
    return answer


@router.post("/logout")
async def logout(request: Request, desk: TheDesk) -> Response:
    """End the session."""
    _end(request, desk)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(cookie_name(desk), secure=desk.secure, httponly=True, samesite="lax")
    return answer


def _end(request: Request, desk: Desk) -> None:
    if secret := request.cookies.get(cookie_name(desk)):
        desk.store.accounts.close_session(secret_hash(secret))


def inside(to: str) -> str:
    """A path of this desk; the front page instead of an address elsewhere."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and "\\" not in to and to.isprintable() else "/"
