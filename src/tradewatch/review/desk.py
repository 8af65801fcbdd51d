"""What every request is served from, and how handlers get hold of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from tradewatch.review.permissions import Forbidden, Right, may
from tradewatch.store import Store
from tradewatch.types import Digest, Names, Source, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open database, the clock, and what the working folder's configuration says."""

    store: Store
    now: Callable[[], dt.datetime]
    sources: tuple[Source, ...] = ()
    names: Names = field(default_factory=Names)
    digests: tuple[Digest, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    origin: str = "http://127.0.0.1:8000"
    """Scheme, host and port by which browsers reach the desk."""

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS, so that cookies can demand it."""
        return self.origin.startswith("https:")


# Handlers and dependencies are coroutines that never wait while they use the database: one connection, one thread, no locks.


async def desk_of(request: Request) -> Desk:
    """The desk that the application serves."""
    desk: Desk = request.app.state.desk
    return desk


class NotLoggedIn(Exception):  # noqa: N818 - an answer, not a mistake
    """A page was asked for by nobody in particular."""


async def current_user(request: Request) -> User:
    """Who asks. Raises NotLoggedIn."""
    user: User | None = request.state.user
    if user is None:
        raise NotLoggedIn
    return user


TheDesk = Annotated[Desk, Depends(desk_of)]
TheUser = Annotated[User, Depends(current_user)]


def needs(right: Right) -> Callable[[User], User]:
    """A dependency that lets only those pass who have a right; raises Forbidden."""

    async def allowed(user: TheUser) -> User:
        if not may(user.role, right):
            raise Forbidden(user.role, right)
        return user

    return allowed  # type: ignore[return-value]  # FastAPI awaits it


Reader = Annotated[User, Depends(needs(Right.READ))]
Editor = Annotated[User, Depends(needs(Right.DECIDE))]
Lead = Annotated[User, Depends(needs(Right.DECIDE_MANY))]
