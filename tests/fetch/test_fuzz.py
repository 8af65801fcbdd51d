"""Any bytes at all from a server give a snapshot or a reason, never another exception."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.hostile_scenarios import CHUNKED, NOW, OK_HEAD, TIGHT, unknown_name
from tests.fetch.hostile_server import HostileServer, Play, says, sends
from tradewatch.errors import FetchError
from tradewatch.fetch import Fetcher, FetchRequest
from tradewatch.fetch.answer import http_date, problem, retry_after

LINES = st.sampled_from([
    *(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 301 M\r\n", b"HTTP/1.1 304 N\r\n", b"HTTP/1.0 503 X\r\n", b"HTTP/9.9 -1\r\n"),
    *(b"Content-Length: 3\r\n", b"Content-Length: -3\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: x, chunked\r\n"),
    *(b"Content-Encoding: gzip\r\n", b"Content-Encoding: br,zstd\r\n", b"Location: /\r\n", b"Location: //[\r\n", b"Location: http:\r\n"),
    *(b"Retry-After: \xff\r\n", b" folded\r\n", b":\r\n", b"\r\n", b"3\r\nabc\r\n", b"0\r\n\r\n", b"\x1f\x8b\x08\0"),
])  # fmt: skip
ANSWERS = st.lists(LINES | st.binary(max_size=40), max_size=12).map(b"".join)
STARTS = st.sampled_from([b"", OK_HEAD, CHUNKED])


@pytest.fixture(scope="module")
def lasting() -> Iterator[tuple[HostileServer, Fetcher]]:
    """One server and one fetcher for all examples: what one leaves behind, the next must bear."""
    plays: dict[str, Play] = defaultdict(lambda: says(200))
    with HostileServer(plays) as server, Fetcher(TIGHT, user_agent="tests", allow_loopback=True, resolve=unknown_name) as fetcher:
        yield server, fetcher


@settings(max_examples=300, deadline=None)
@given(st.tuples(STARTS, ANSWERS).map(b"".join))
def test_any_bytes_from_a_server_give_a_snapshot_or_a_reason(lasting: tuple[HostileServer, Fetcher], answer: bytes) -> None:
    server, fetcher = lasting
    server.plays["/"] = sends(answer)
    with contextlib.suppress(FetchError):
        assert fetcher.get(FetchRequest(url=f"{server.url}/"), NOW).fetched_at == NOW


@given(
    st.integers(100, 999), st.lists(st.tuples(st.sampled_from(["retry-after", "date", "server"]), st.text())), st.binary(), st.booleans()
)
def test_any_answer_has_a_meaning(status: int, headers: list[tuple[str, str]], body: bytes, conditional: bool) -> None:
    error = problem("http://vale.example", status, tuple(headers), body, conditional=conditional, now=NOW)
    assert error is None or error.reason
    wait = retry_after(tuple(headers), NOW)
    assert wait is None or wait.total_seconds() >= 0


@given(st.text())
def test_any_text_is_a_date_in_utc_or_none(text: str) -> None:
    moment = http_date(text)
    assert moment is None or moment.utcoffset() is not None
