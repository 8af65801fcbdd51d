"""The newsroom on loopback: a small threaded HTTP server with validators, gzip and editions.

Every outlet is a path (`http://127.0.0.1:<port>/<outlet>/…`) on one ephemeral port: one socket to open and close, and one `{base}` to put
in the demo's sources. To a polite fetcher they are therefore one host; the demo's sources ask for no spacing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
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


class NewsroomServer(ThreadingTCPServer):
    """Answers from the pages of one edition, and counts. (A TCP server: HTTPServer would look its own name up in DNS.)"""

    allow_reuse_address = True

    def __init__(self, newsroom: Newsroom) -> None:
        """Take an ephemeral port of 127.0.0.1; `serve` does this and begins to answer."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.newsroom = newsroom
        self.pages: Mapping[str, Page] = {}
        self._counting = threading.Lock()
        self._counts: Counter[tuple[str, int]] = Counter()
        self._connections: set[Any] = set()
        self.switch_edition(1)

    @property
    def base(self) -> str:
        """The address under which every outlet has its path, without a trailing slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def switch_edition(self, edition: int) -> None:
        """Publish another edition (from 1) from the next request on."""
        self.pages = site(self.newsroom, edition, self.base)

    def counts(self) -> Counter[tuple[str, int]]:
        """How often each (path, status) was answered since the start or the last reset."""
        with self._counting:
            return self._counts.copy()

    def reset_counts(self) -> None:
        """Count from nothing again."""
        with self._counting:
            self._counts.clear()

    def count(self, path: str, status: int) -> None:
        """Note one answer."""
        with self._counting:
            self._counts[path, status] += 1

    def hang_up(self) -> None:
        """End the connections that clients keep open, so that their threads end too."""
        for connection in tuple(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember a connection while it is open."""
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up; a fault of our own is shown as the base class shows it."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serve(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    """Publish a newsroom's first edition; on leaving, hang up on everyone, free the port and end every thread."""
    with NewsroomServer(newsroom) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="newsroom")
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
            server.hang_up()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: NewsroomServer

    def do_GET(self) -> None:
        """Answer with the page, or say that the client has it."""
        path = urlsplit(self.path).path
        page = self.server.pages.get(path, NOT_FOUND)
        status = 304 if page.status == 200 and _not_modified(page, self.headers) else page.status
        self.server.count(path, status)
        self._answer(page, status)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

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
