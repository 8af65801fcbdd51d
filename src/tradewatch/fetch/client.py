"""One guarded, bounded GET, or POST.

It neither waits nor tries again nor keeps a cookie: when to ask again is decided in `due`, and written down by the caller.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from urllib.parse import urldefrag, urljoin, urlsplit
from weakref import WeakSet

import requests
from requests import PreparedRequest
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from tradewatch.errors import FetchError
from tradewatch.fetch.answer import PERMANENT, REDIRECTS, problem
from tradewatch.fetch.body import read_start, read_whole
from tradewatch.fetch.challenge import LOOK_AT, Headers
from tradewatch.fetch.decode import ACCEPT_ENCODING
from tradewatch.fetch.guard import SCHEMES, url_objection
from tradewatch.fetch.request import FetchRequest, Limits, PostRequest
from tradewatch.fetch.wire import GuardedAdapter, Resolve, StaleConnectionError, Wire, WireError, system_addresses, trust
from tradewatch.types import Outcome, Snapshot

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"


class _Line(threading.local):
    """The adapter of the running thread, once it has one."""

    adapter: GuardedAdapter | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """The last answer of a chain of redirects, its body not yet read."""

    request: FetchRequest
    headers: Headers
    raw: BaseHTTPResponse
    moved_to: str | None


class Fetcher:
    """Fetches URLs; safe to share between threads, each of which gets connections of its own, closed when it ends.

    `user_agent` names us and a contact (`honest_agent`); `ca_bundle` replaces the public certificate authorities; `resolve` replaces the
    machine's name resolver. Loopback addresses are allowed only by `allow_loopback`. Close it, or use it in a `with`.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        user_agent: str,
        allow_loopback: bool = False,
        ca_bundle: Path | None = None,
        resolve: Resolve = system_addresses,
    ) -> None:
        self.limits = limits or Limits()
        self.user_agent = user_agent
        self.allow_loopback = allow_loopback
        self._resolve = resolve
        self._ca_bundle = ca_bundle
        self._line = _Line()
        self._adapters: WeakSet[GuardedAdapter] = WeakSet()  # those of threads that have ended close by themselves
        self._lock = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._lock:
            for adapter in self._adapters:
                adapter.close()

    def get(self, request: FetchRequest, now: dt.datetime) -> Snapshot:
        """The answer to a request, a 304 included (with an empty body); `now` becomes its `fetched_at`.

        Raises `FetchError` for everything else, whatever the server does; never another exception.
        """
        adapter = self._adapter()
        adapter.wire.begin()
        begun = time.monotonic()
        answer = self._follow(adapter, request)
        try:
            body = self._read(answer, adapter.wire, now)
        finally:
            answer.raw.close()
        return Snapshot(
            url=request.url,
            final_url=answer.request.url,
            status=answer.raw.status,
            headers=answer.headers,
            body=body,
            fetched_at=now,
            sha256=hashlib.sha256(body).hexdigest(),
            elapsed=dt.timedelta(seconds=time.monotonic() - begun),
            moved_to=answer.moved_to,
        )

    def post(self, request: PostRequest, now: dt.datetime) -> int:
        """The status of the answer to a POST, which is 2xx. Raises `FetchError` for everything else, as `get` does."""
        adapter = self._adapter()
        adapter.wire.begin()
        agent = {"User-Agent": self.user_agent, "Accept-Encoding": ACCEPT_ENCODING}
        prepared = self._prepared(requests.Request("POST", request.url, headers=agent | dict(request.headers), data=request.body))
        with self._raising(request.url):
            raw: BaseHTTPResponse = adapter.send(prepared, stream=True, timeout=self.limits.total.total_seconds()).raw
        try:
            headers = tuple((name.lower(), value) for name, value in raw.headers.iteritems())
            error = problem(shown(request.url), raw.status, headers, read_start(raw, adapter.wire, LOOK_AT), conditional=False, now=now)
        finally:
            raw.close()
        if error is not None:
            raise error
        return raw.status

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return trust(self._ca_bundle)

    def _adapter(self) -> GuardedAdapter:
        if self._line.adapter is None:
            wire = Wire(self.limits, allow_loopback=self.allow_loopback, resolve=self._resolve)
            self._line.adapter = GuardedAdapter(wire, lambda: self._context)
            with self._lock:
                self._adapters.add(self._line.adapter)
        return self._line.adapter

    def _follow(self, adapter: GuardedAdapter, request: FetchRequest) -> _Answer:
        """Send a request and follow its redirects, the guard on every hop."""
        hop, seen, permanent = request, [request.url], True
        while True:
            raw = self._send(adapter, hop)
            headers = tuple((name.lower(), value) for name, value in raw.headers.iteritems())
            if raw.status not in REDIRECTS:
                return _Answer(hop, headers, raw, hop.url if permanent and len(seen) > 1 else None)
            raw.close()
            permanent = permanent and raw.status in PERMANENT
            target = _target(hop.url, raw)
            self._check_redirect(request, target, seen, sets_cookie="set-cookie" in raw.headers)
            seen.append(target)
            hop = _redirected(hop, target)

    def _send(self, adapter: GuardedAdapter, hop: FetchRequest) -> BaseHTTPResponse:
        """One request on the wire. The adapter is called without a Session, which would read a redirect's body without bound."""
        proxies = dict.fromkeys(SCHEMES, hop.proxy) if hop.proxy else None
        prepared = self._prepared(requests.Request("GET", hop.url, headers=self._headers(hop)))
        with self._raising(hop.url):
            raw: BaseHTTPResponse = self._send_prepared(adapter, prepared, proxies).raw
        return raw

    def _prepared(self, request: requests.Request) -> PreparedRequest:
        against = url_objection(request.url, allow_loopback=self.allow_loopback)
        if against is not None:
            raise FetchError(shown(request.url), Outcome.FORBIDDEN_ADDRESS, against)
        with self._raising(request.url):
            return request.prepare()

    @contextmanager
    def _raising(self, url: str) -> Iterator[None]:
        """Whatever goes wrong inside is a `FetchError`."""
        try:
            yield
        except WireError as wrong:
            raise FetchError(shown(url), wrong.outcome, wrong.reason) from wrong
        except (requests.RequestException, HTTPError, OSError, ValueError) as wrong:
            raise FetchError(shown(url), Outcome.UNREACHABLE, f"the request failed ({type(wrong).__name__})") from wrong

    def _send_prepared(self, adapter: GuardedAdapter, prepared: PreparedRequest, proxies: dict[str, str] | None) -> requests.Response:
        """Send once; a second time where a kept connection turns out to be closed, as RFC 9110, 9.3.1 allows."""
        seconds = self.limits.total.total_seconds()
        with suppress(StaleConnectionError):
            return adapter.send(prepared, stream=True, timeout=seconds, proxies=proxies)
        return adapter.send(prepared, stream=True, timeout=seconds, proxies=proxies)

    def _headers(self, hop: FetchRequest) -> dict[str, str]:
        headers = {
            "User-Agent": hop.user_agent or self.user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": ACCEPT_ENCODING,
            **dict(hop.headers),
        }
        optional = {"Cookie": hop.cookie, "If-None-Match": hop.etag, "If-Modified-Since": hop.last_modified}
        return headers | {name: value for name, value in optional.items() if value}

    def _check_redirect(self, request: FetchRequest, target: str, seen: list[str], *, sets_cookie: bool) -> None:
        reason, scheme = None, target.partition(":")[0].lower()
        if not target:
            reason = "a redirect without a target"
        elif scheme not in SCHEMES:
            reason = f"redirects to {scheme[:40]}:, which is not http or https"
        elif target in seen:
            reason = "redirects in a circle" + (", setting a cookie: the source may need one" if sets_cookie else "")
        elif len(seen) > self.limits.redirects:
            reason = f"more than {self.limits.redirects} redirects"
        if reason:
            raise FetchError(shown(request.url), Outcome.BAD_REDIRECT, reason)

    def _read(self, answer: _Answer, wire: Wire, now: dt.datetime) -> bytes:
        """The decoded body of a good answer; of any other, as much as tells what it is."""
        url, raw = shown(answer.request.url), answer.raw
        try:
            body = read_whole(raw, wire, self.limits.body) if 200 <= raw.status < 300 else read_start(raw, wire, LOOK_AT)
        except WireError as wrong:
            raise FetchError(url, wrong.outcome, wrong.reason, status=raw.status) from wrong
        error = problem(url, raw.status, answer.headers, body, conditional=answer.request.conditional, now=now)
        if error is not None:
            raise error
        return body


def _target(url: str, raw: BaseHTTPResponse) -> str:
    """Where a redirect leads, absolute and without fragment; empty where it does not say. A raw UTF-8 location is read as such."""
    location = raw.headers.get("location", "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if not location:
        return ""
    with suppress(ValueError):
        return urldefrag(urljoin(url, location)).url
    return location


def _redirected(hop: FetchRequest, target: str) -> FetchRequest:
    """The same request to another URL; what is secret stays with its origin."""
    if _origin(target) == _origin(hop.url):
        return replace(hop, url=target)
    return replace(hop, url=target, cookie=None, headers=())


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return "", None, None


def shown(url: str) -> str:
    """A URL as it may be printed: without the name and password that it carries."""
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}"
