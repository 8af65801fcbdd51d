"""What an HTTP answer means. Pure: status, headers and the start of the body in, an error or nothing out."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tradewatch.errors import FetchError
from tradewatch.fetch.challenge import Headers, wall
from tradewatch.types import Outcome

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_OUTCOMES = {
    206: Outcome.TRUNCATED,
    404: Outcome.NOT_FOUND,
    408: Outcome.TIMEOUT,
    410: Outcome.GONE,
    429: Outcome.RATE_LIMITED,
}
_WORDS = {
    206: "the server answered with a part only",
    401: "the server wants a login",
    403: "the server refuses us",
    404: "there is nothing at this URL",
    407: "the proxy wants a login",
    410: "the server says that it is gone for good",
    429: "the server says that we ask too often",
    451: "the server withholds it for legal reasons",
    503: "the server is out of service",
    520: "Cloudflare got an answer from the site that it could not read",
    521: "Cloudflare found the site down",
    522: "Cloudflare could not reach the site in time",
    523: "Cloudflare could not reach the site",
    524: "Cloudflare waited for the site in vain",
    525: "Cloudflare and the site did not agree on TLS",
    526: "Cloudflare does not trust the site's certificate",
    530: "Cloudflare could not find the site",
}


def problem(url: str, status: int, headers: Headers, body: bytes, *, conditional: bool, now: dt.datetime) -> FetchError | None:
    """The error that an answer amounts to; None where its body (or a 304 that we asked for) is what was wanted."""
    name = wall(status, headers, body)
    if name is not None:
        reason = f"a bot wall answered ({name}, status {status})"
        return FetchError(url, Outcome.CHALLENGE, reason, status=status, retry_after=retry_after(headers, now))
    if status == HTTPStatus.NOT_MODIFIED:
        if conditional:
            return None
        return FetchError(url, Outcome.SERVER_ERROR, "the server answered 304 though we sent no validator", status=status)
    if 200 <= status < 300 and status not in _OUTCOMES:
        return None
    return FetchError(url, _outcome(status), _words(status), status=status, retry_after=retry_after(headers, now))


def _outcome(status: int) -> Outcome:
    if status in _OUTCOMES:
        return _OUTCOMES[status]
    if 300 <= status < 400:
        return Outcome.BAD_REDIRECT
    return Outcome.REFUSED if 400 <= status < 500 else Outcome.SERVER_ERROR


def _words(status: int) -> str:
    if status in _WORDS:
        return f"{_WORDS[status]} ({status})"
    known = next((member.phrase.lower() for member in HTTPStatus if member == status), "no known status")
    return f"the server answered {status} ({known})"


def retry_after(headers: Headers, now: dt.datetime) -> dt.timedelta | None:
    """How long a Retry-After asks us to wait, as seconds or as a date; a date is read by the server's own clock where it tells it."""
    value = _first(headers, "retry-after")
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return dt.timedelta(seconds=min(int(value[:12]), 10**9))
    until = http_date(value)
    return max(until - (http_date(_first(headers, "date")) or now), dt.timedelta()) if until else None


def http_date(value: str) -> dt.datetime | None:
    """A date as HTTP writes it, in UTC; None where it cannot be read."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _first(headers: Headers, name: str) -> str:
    return next((value.strip() for key, value in headers if key == name), "")
