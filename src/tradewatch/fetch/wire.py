"""Sockets that keep an address guard and a deadline, under the adapter of requests.

The guard looks at the very address that is then connected to: a name is looked up once per connection, so an answer that changes
between check and connect cannot matter. The deadline is the socket's: each read may take what is left of the present phase, so a
server that drips headers, chunk sizes or bytes is cut whoever is reading.
"""

from __future__ import annotations

import datetime as dt
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPException, RemoteDisconnected
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import certifi
import requests.adapters
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from tradewatch.fetch.guard import literal, objection
from tradewatch.fetch.request import Limits
from tradewatch.types import Outcome

SocketAddress = tuple[Any, ...]
Resolve = Callable[[str, int], Sequence[tuple[int, SocketAddress]]]
"""(host, port) -> (address family, socket address) pairs; raises `socket.gaierror`."""


class WireError(Exception):
    """A connection failed: what happened, and the reason in words."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


class StaleConnectionError(WireError):
    """The server had closed a kept connection before our request reached it; the request may be sent again."""


def system_addresses(host: str, port: int) -> Sequence[tuple[int, SocketAddress]]:
    """The addresses that the machine's resolver gives for a host."""
    return [(family, address) for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Wire:
    """What the sockets of one thread share: the guard's setting, the resolver, and the deadline of the fetch now under way."""

    def __init__(self, limits: Limits, *, allow_loopback: bool, resolve: Resolve) -> None:
        self.limits = limits
        self.allow_loopback = allow_loopback
        self.resolve = resolve
        self.end = self.phase_end = time.monotonic()

    def begin(self) -> None:
        """Start the total deadline of a fetch."""
        self.end = self.phase_end = time.monotonic() + self.limits.total.total_seconds()

    def left(self) -> float:
        """Seconds until the present phase or the whole fetch must be over. Raises `TimeoutError` at zero."""
        seconds = min(self.end, self.phase_end) - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the deadline has passed")
        return seconds

    @contextmanager
    def phase(self, bound: dt.timedelta, late: str) -> Iterator[None]:
        """Hold what is done inside to a deadline of its own; what goes wrong becomes a `WireError`, a late end with the words `late`."""
        self.phase_end = time.monotonic() + bound.total_seconds()
        try:
            yield
        except TimeoutError as passed:
            total = self.end <= self.phase_end
            seconds = (self.limits.total if total else bound).total_seconds()
            raise WireError(Outcome.TIMEOUT, f"{late} within {seconds:g} s{' in all' if total else ''}") from passed
        except (OSError, HTTPException, HTTPError, ValueError) as wrong:
            raise failure(wrong) from wrong
        finally:
            self.phase_end = self.end

    def connect(self, host: str, port: int, *, guarded: bool) -> socket.socket:
        """A connected socket: the first address of the host that the guard lets pass and that answers."""
        addresses = self._addresses(host, port)
        allowed = [(family, address) for family, address in addresses if not guarded or self._objection(address) is None]
        if not allowed:
            raise WireError(Outcome.FORBIDDEN_ADDRESS, self._refusal(host, addresses))
        for position, (family, address) in enumerate(allowed[:-1]):
            with suppress(OSError):
                return self._connect(family, address, self.left() / (len(allowed) - position))
        family, address = allowed[-1]
        return self._connect(family, address, self.left())

    def _connect(self, family: int, address: SocketAddress, seconds: float) -> socket.socket:
        """One attempt; several addresses share the time, so that one that swallows packets does not hide the next."""
        sock = BoundedSocket(family, socket.SOCK_STREAM)
        sock.wire = self
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(seconds)
            sock.connect(address)
            sock.settimeout(self.left())  # for the TLS handshake
        except BaseException:
            sock.close()
            raise
        return sock

    def _addresses(self, host: str, port: int) -> Sequence[tuple[int, SocketAddress]]:
        """Look a host up; a name in a thread of its own, since the system's resolver takes no deadline."""
        if literal(host):
            return system_addresses(host, port)
        answer: queue.SimpleQueue[Sequence[tuple[int, SocketAddress]] | Exception] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self.resolve(host, port))
            except Exception as wrong:
                answer.put(wrong)

        threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
        try:
            found = answer.get(timeout=self.left())
        except queue.Empty:
            raise TimeoutError("the name was not found in time") from None
        if isinstance(found, Exception):
            raise found
        return found

    def _objection(self, address: SocketAddress) -> str | None:
        return objection(ip_address(address[0]), allow_loopback=self.allow_loopback)

    def _refusal(self, host: str, addresses: Sequence[tuple[int, SocketAddress]]) -> str:
        if not addresses:
            return f"{host} has no address"
        number = addresses[0][1][0]
        shown = host if host.strip("[]") == number else f"{host} leads to {number}, which"
        return f"{shown} is {self._objection(addresses[0][1])}"


def failure(error: Exception) -> WireError:
    """What an exception of the socket, TLS or HTTP layer means."""
    if isinstance(error, WireError):
        return error
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return WireError(Outcome.UNREACHABLE, "no name server answers")
    if isinstance(error, socket.gaierror | UnicodeError):
        return WireError(Outcome.UNREACHABLE, "no such host")
    if isinstance(error, ssl.SSLCertVerificationError):
        return WireError(Outcome.TLS, f"the certificate does not hold: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return WireError(Outcome.TLS, f"TLS failed: {(error.reason or str(error)).replace('_', ' ').lower()}")
    if isinstance(error, RemoteDisconnected):
        return WireError(Outcome.UNREACHABLE, "the server hung up without an answer")
    if isinstance(error, OSError):
        return WireError(Outcome.UNREACHABLE, (error.strerror or str(error)).lower())
    return WireError(Outcome.UNREADABLE, f"the answer is not HTTP ({type(error).__name__})")


class BoundedSocket(socket.socket):
    """A socket whose every read may take only what is left of the deadline."""

    wire: Wire

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read under the deadline."""
        self.settimeout(self.wire.left())
        return super().recv_into(*args, **kwargs)


class BoundedTLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    wire: Wire

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read under the deadline."""
        self.settimeout(self.wire.left())
        return super().recv_into(*args, **kwargs)


class GuardedConnection(HTTPConnection):
    """An HTTP connection over guarded, bounded sockets. A proxy is the operator's choice: its own address is not judged."""

    wire: Wire
    answered = 0
    """Answers that came over the present socket."""

    def _new_conn(self) -> socket.socket:
        return self.wire.connect(self._dns_host, self.port, guarded=self.proxy is None)

    def connect(self) -> None:
        """Connect within the limit. Raises `WireError`."""
        self.answered = 0
        with self.wire.phase(self.wire.limits.connect, "no connection"):
            super().connect()

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own answer, as in its connection
        """Read status and headers within the limit. Raises `WireError`."""
        with self.wire.phase(self.wire.limits.headers, "no complete headers"):
            try:
                response = super().getresponse()
            except ConnectionError as closed:
                if self.answered:
                    raise StaleConnectionError(Outcome.UNREACHABLE, failure(closed).reason) from closed
                raise
        self.answered += 1
        return response


class GuardedTLSConnection(GuardedConnection, HTTPSConnection):
    """An HTTPS connection over guarded, bounded sockets."""

    def connect(self) -> None:
        """Connect and shake hands within the limit. Raises `WireError`."""
        super().connect()
        if isinstance(self.sock, BoundedTLSSocket):
            self.sock.wire = self.wire


def trust(ca_bundle: Path | None) -> ssl.SSLContext:
    """A verifying TLS context; built once, since reading the authorities takes tens of milliseconds."""
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.load_verify_locations(str(ca_bundle or certifi.where()))
    context.sslsocket_class = BoundedTLSSocket
    return context


class GuardedAdapter(requests.adapters.HTTPAdapter):
    """The transport of requests, for one thread: guarded connections, kept alive for a few hosts, and no retries.

    `context` gives the TLS context when it is first needed.
    """

    def __init__(self, wire: Wire, context: Callable[[], ssl.SSLContext]) -> None:
        self.wire = wire
        self.context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools give out our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self.wire)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The same through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs, proxy_ssl_context=self.context())
        manager.pool_classes_by_scheme = _pools(self.wire)
        return manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        """Which pool a request belongs to; for https one with our TLS context."""
        host, tls = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {**tls, "ssl_context": self.context()} if host["scheme"] == "https" else tls

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: the context verifies, and nobody can ask it not to."""


def _pools(wire: Wire) -> dict[str, type[HTTPConnectionPool]]:
    """Pool classes bound to one thread's wire: urllib3 has no other way to hand a connection more than it knows."""
    plain = type("Plain", (GuardedConnection,), {"wire": wire})
    tls = type("TLS", (GuardedTLSConnection,), {"wire": wire})
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
