"""Who may do what at the desk, and which requests are ours. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from tradewatch.types import Role


class Right(StrEnum):
    """Something that one has to be allowed to do."""

    READ = "read"
    DECIDE = "decide"
    DECIDE_MANY = "decide on many at once"
    UNDO_OTHERS = "take back what others decided"
    OPERATE = "see tokens and users"


_FROM = {
    Right.READ: Role.VIEWER,
    Right.DECIDE: Role.EDITOR,
    Right.DECIDE_MANY: Role.LEAD,
    Right.UNDO_OTHERS: Role.LEAD,
    Right.OPERATE: Role.OPERATOR,
}
"""The least role that has each right."""


class Forbidden(Exception):  # noqa: N818 - an answer, not a mistake
    """A user asked for what their role does not allow."""

    def __init__(self, role: Role, right: Right) -> None:
        super().__init__(f"your role ({role}) may not {right}; {_FROM[right]} may")


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return tuple(Role).index(role) >= tuple(Role).index(_FROM[right])


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(method: str, headers: Mapping[str, str], origin: str) -> bool:
    """Whether a request that may change something was made by a page of this desk.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin; one that says neither is refused.
    `headers` has lower-case names; `origin` is the desk's own.
    """
    if method in SAFE:
        return True
    if (site := headers.get("sec-fetch-site")) is not None and site != "same-origin":
        return False
    if (claimed := headers.get("origin")) is not None:
        return claimed == origin or (_loopback(origin) and urlsplit(claimed).netloc == headers.get("host"))
    return site == "same-origin"


def _loopback(origin: str) -> bool:
    return urlsplit(origin).hostname in ("127.0.0.1", "localhost")


# Logins

REMEMBERED = dt.timedelta(hours=1)
"""How long a failed login counts."""
_LIMITS = ((True, True, 5), (False, True, 20), (True, False, 100))
"""(same name, same address, failures from which one has to wait): a stranger elsewhere cannot lock an editor out with a few tries."""
_FIRST_WAIT, _LONGEST_WAIT = dt.timedelta(seconds=30), dt.timedelta(minutes=15)


def login_wait(failures: Sequence[tuple[str, str, dt.datetime]], name: str, address: str, now: dt.datetime) -> dt.timedelta:
    """How long a login by a name from an address has to wait; zero for not at all. `failures` are (name in lower case, address, time).

    From the limit on each failure doubles the wait.
    """
    waits = [dt.timedelta()]
    for by_name, by_address, limit in _LIMITS:
        times = [
            at
            for failed, where, at in failures
            if (not by_name or failed == name.casefold()) and (not by_address or where == address) and now - at < REMEMBERED
        ]
        if len(times) >= limit:
            waits.append(times[-1] + min(_FIRST_WAIT * 2 ** min(len(times) - limit, 10), _LONGEST_WAIT) - now)
    return max(waits)
