"""A local server of feeds in a process of its own: validators, gzip, connections kept alive; it counts what it was asked.

/feeds/17        a feed of the present edition
/-/edition/2     from now on the second edition; answers with the counts since the last change: {"requests": …, "bytes": …}
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from ingest_feeds import Feed, editions

LONGEST = 900.0
"""Seconds after which the server ends whatever happens."""


class FeedServer:
    """Answers GET on kept connections; nothing else is ever asked here."""

    def __init__(self, feeds: list[tuple[Feed, ...]]) -> None:
        self.feeds = [tuple((feed, gzip.compress(feed.body, 6)) for feed in both) for both in feeds]
        self.edition = 0
        self.counts = {"requests": 0, "not_modified": 0, "bytes": 0}

    async def talk(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Answer one connection until the client closes it."""
        try:
            while head := (await source.readuntil(b"\r\n\r\n")).decode("latin-1"):
                target.write(self.answer(head))
                await target.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            target.close()

    def answer(self, head: str) -> bytes:
        """The whole answer to one request."""
        first, *lines = head.split("\r\n")
        asked = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        path = first.split(" ")[1].strip("/").split("/")
        if path[0] == "-":
            told, self.counts = self.counts, dict.fromkeys(self.counts, 0)
            self.edition = int(path[2]) - 1
            return _answer("200 OK", json.dumps(told).encode(), {"Content-Type": "application/json"})
        self.counts["requests"] += 1
        sent = self._feed(int(path[1]), asked) if path[0] == "feeds" else _answer("404 Not Found", b"", {})
        self.counts["bytes"] += len(sent)
        return sent

    def _feed(self, number: int, asked: dict[str, str]) -> bytes:
        feed, packed = self.feeds[number][self.edition]
        headers = {"ETag": feed.etag, "Last-Modified": feed.last_modified, "Content-Type": feed.content_type}
        if asked.get("if-none-match") == feed.etag:
            self.counts["not_modified"] += 1
            return _answer("304 Not Modified", None, headers)
        if "gzip" in asked.get("accept-encoding", ""):
            return _answer("200 OK", packed, headers | {"Content-Encoding": "gzip"})
        return _answer("200 OK", feed.body, headers)


def _answer(status: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    if body is not None:
        headers = headers | {"Content-Length": str(len(body))}
    head = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*head, "", ""]).encode() + (body or b"")


async def _serve(feeds: list[tuple[Feed, ...]], pipe: Connection) -> None:
    server = await asyncio.start_server(FeedServer(feeds).talk, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    async with server:
        await asyncio.sleep(LONGEST)


def _run(sources: int, items: int, newest: dt.datetime, pipe: Connection) -> None:
    asyncio.run(_serve(list(editions(sources, items, newest)), pipe))


@contextmanager
def serving(sources: int, items: int, newest: dt.datetime) -> Iterator[str]:
    """The address of a server of so many feeds of so many items, which ends with the block."""
    near, far = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(sources, items, newest, far), daemon=True)
    process.start()
    far.close()  # so that a server that fails to start ends the wait for its port
    try:
        yield f"http://127.0.0.1:{near.recv()}"
    finally:
        process.kill()
        process.join()
