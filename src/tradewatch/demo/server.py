"""The newsroom on loopback: a small threaded HTTP server with validators, gzip and editions.

Every outlet is a path (`http://127.0.0.1:<port>/<outlet>/…`) on one ephemeral port: one socket to open and close, and one `{base}` to put in
the demo's sources. To a polite fetcher they are therefore one host; the demo's sources ask for no spacing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import socket
import threading
from collections import Counter
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tradewatch.demo.newsroom import Newsroom
from tradewatch.demo.render import HTML, Page, site

NOT_FOUND = Page(
    body=b"<!DOCTYPE html><html><head><title>Not found</title></head><body><h1>Page not found</h1></body></html>",
    content_type=HTML,
    modified=dt.datetime.fromtimestamp(0, dt.UTC),
    status=404,
)


class NewsroomServer:
    """Publishes a newsroom's first edition from `start` (or entering it as a context) until `stop`."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="newsroom")
        self.switch_edition(1)

    @property
    def base(self) -> str:
        """The address under which every outlet has its path, without a trailing slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def switch_edition(self, edition: int) -> None:
        """Publish another edition (from 1) from the next request on."""
        self._server.pages = site(self.newsroom, edition, self.base)

    def paths(self) -> tuple[str, ...]:
        """Every path that the present edition answers, withdrawn stories included."""
        return tuple(self._server.pages)

    def counts(self) -> Counter[tuple[str, int]]:
        """How often each (path, status) was answered since the start or the last reset."""
        with self._server.counting:
            return Counter(self._server.counts)

    def reset_counts(self) -> None:
        """Count from nothing again."""
        with self._server.counting:
            self._server.counts.clear()

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everyone and free the port; returns when every thread has ended."""
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def __enter__(self) -> NewsroomServer:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class _Server(ThreadingTCPServer):
    """Holds the pages, the counts and the open connections. (A TCP server: HTTPServer would look its own name up in DNS.)"""

    allow_reuse_address = True
    daemon_threads = False
    pages: Mapping[str, Page]

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.counting = threading.Lock()
        self.counts: Counter[tuple[str, int]] = Counter()
        self.connections: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""

    def hang_up(self) -> None:
        """End the connections that clients keep open; their threads then end by themselves."""
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server asks for)
        path = urlsplit(self.path).path
        page = self.server.pages.get(path, NOT_FOUND)
        status = 304 if page.status == 200 and _not_modified(page, self.headers) else page.status
        with self.server.counting:
            self.server.counts[path, status] += 1
        self._answer(page, status)

    do_HEAD = do_GET

    def _answer(self, page: Page, status: int) -> None:
        zipped = "gzip" in self.headers.get("Accept-Encoding", "")
        body = b"" if status == 304 else gzip.compress(page.body, mtime=0) if zipped else page.body
        self.send_response(status)
        self.send_header("Vary", "Accept-Encoding")
        if "etag" in page.validators:
            self.send_header("ETag", page.etag)
        if "last-modified" in page.validators:
            self.send_header("Last-Modified", format_datetime(page.modified, usegmt=True))
        if status != 304:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(body)))
        if zipped and body:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is in the counts."""


def _not_modified(page: Page, headers: Any) -> bool:
    """Whether the client's validators say that it has these bytes; If-None-Match rules where both are sent (RFC 9110, 13.2.2)."""
    if "etag" in page.validators and (etags := headers.get("If-None-Match")):
        return page.etag in (tag.strip().removeprefix("W/") for tag in etags.split(","))
    if "last-modified" in page.validators and (since := headers.get("If-Modified-Since")):
        with contextlib.suppress(ValueError):
            return page.modified <= parsedate_to_datetime(since)
    return False
