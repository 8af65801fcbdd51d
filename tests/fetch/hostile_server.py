"""A web server that misbehaves as told: real sockets on loopback, one play for each path."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

Play = Callable[["Call"], None]
"""What the server does with one request."""

GOOD = b"<rss><channel><item><title>Vale renewed</title></item></channel></rss>"


@dataclass
class Call:
    """One request as the server sees it, and the socket to misbehave on."""

    sock: socket.socket
    path: str
    headers: dict[str, str]
    base: str
    """The server's own address, as http://host:port."""
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, every: float = 0.03) -> None:
        """Send byte by byte."""
        for byte in data:
            self.send(bytes([byte]))
            if self.stopped.wait(every):
                return

    def hang(self) -> None:
        """Say nothing more, the connection open, until the client goes."""
        self.sock.settimeout(10)
        while self.sock.recv(4096):
            pass

    def reset(self) -> None:
        """End with RST in place of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


@dataclass
class HostileServer:
    """Serves `plays` by path until closed; keeps every request that it read. `context` makes it speak TLS."""

    plays: dict[str, Play]
    context: ssl.SSLContext | None = None
    calls: list[Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.listener.getsockname()[1]
        self.url = f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"
        self.open: set[socket.socket] = set()
        self.threads = [threading.Thread(target=self._accept)]
        self.threads[0].start()

    def __enter__(self) -> HostileServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for sock in list(self.open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(10)

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.open.add(sock)
            thread = threading.Thread(target=self._serve, args=(sock,))
            self.threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        sock = plain
        try:
            sock = self.context.wrap_socket(plain, server_side=True) if self.context else plain
            while call := self._read(sock):
                self.calls.append(call)
                self.plays[call.path](call)
        except OSError:
            pass
        finally:
            self.open.discard(plain)
            sock.close()

    def _read(self, sock: socket.socket) -> Call | None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = sock.recv(4096)
            if not more:
                return None
            head += more
        request, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return Call(sock, request.split(" ")[1], headers, self.url, self.stopped)


def says(status: int, body: bytes = GOOD, **headers: str) -> Play:
    """An ordinary answer; header names are written with underscores."""

    def play(call: Call) -> None:
        given = {name.replace("_", "-"): value.replace("{base}", call.base) for name, value in headers.items()}
        lines = {"Content-Length": str(len(body)), **given}
        head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        call.send(head.encode() + b"\r\n" + (b"" if status in (204, 304) else body))

    return play


def sends(*parts: bytes, ends: Callable[[Call], None] | None = None) -> Play:
    """These very bytes; then `ends`, else the connection is closed."""

    def play(call: Call) -> None:
        for part in parts:
            call.send(part)
        if ends:
            ends(call)
        call.sock.shutdown(socket.SHUT_RDWR)

    return play


def drips(before: bytes, dripped: bytes) -> Play:
    """Some bytes at once, then the others slowly, over and over."""

    def play(call: Call) -> None:
        call.send(before)
        while not call.stopped.is_set():
            call.drip(dripped)

    return play


def floods(before: bytes, piece: bytes) -> Play:
    """Some bytes, then one piece without end as fast as it is taken."""

    def play(call: Call) -> None:
        call.send(before)
        while not call.stopped.is_set():
            call.send(piece)

    return play


def redirects(status: int, to: str, **headers: str) -> Play:
    """A redirect; `{base}` in it is the server's own address."""
    return says(status, b"", Location=to, **headers)
