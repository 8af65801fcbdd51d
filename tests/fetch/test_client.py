"""What a fetch asks, keeps and refuses, beyond the table of hostile scenarios."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.fetch.hostile_scenarios import NOW, ROOMY, TIGHT, answers
from tests.fetch.hostile_server import GOOD, Call, HostileServer, Play, redirects, says, sends
from tradewatch import __version__
from tradewatch.errors import FetchError
from tradewatch.fetch import Fetcher, FetchRequest, honest_agent
from tradewatch.types import Outcome


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(ROOMY, user_agent=honest_agent("https://desk.example/bot"), allow_loopback=True) as fetcher:
        yield fetcher


def failure(fetcher: Fetcher, url: str, **asked: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(FetchRequest(url=url, **asked), NOW)
    return caught.value


# What is asked


def test_a_request_says_who_we_are_and_no_more_than_it_must(server: HostileServer, fetcher: Fetcher) -> None:
    fetcher.get(FetchRequest(url=f"{server.url}/good"), NOW)
    headers = server.calls[0].headers
    assert headers["user-agent"] == f"tradewatch/{__version__} (+https://desk.example/bot)"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_a_source_may_bring_its_own_headers_agent_and_cookie(server: HostileServer, fetcher: Fetcher) -> None:
    own = FetchRequest(
        url=f"{server.url}/good", headers=(("Accept", "text/html"), ("X-Key", "k")), user_agent="Desk/2", cookie="consent=yes"
    )
    fetcher.get(own, NOW)
    headers = server.calls[0].headers
    assert (headers["accept"], headers["x-key"], headers["user-agent"], headers["cookie"]) == ("text/html", "k", "Desk/2", "consent=yes")


def test_no_cookie_is_kept(server: HostileServer, fetcher: Fetcher) -> None:
    server.plays |= {"/sets": says(200, Set_Cookie="id=1"), "/away": redirects(302, "/good", Set_Cookie="id=2")}
    for path in ("/sets", "/away", "/good"):
        fetcher.get(FetchRequest(url=server.url + path), NOW)
    assert not [call.path for call in server.calls if "cookie" in call.headers]


def test_secrets_stay_with_their_origin_and_validators_travel(server: HostileServer, fetcher: Fetcher) -> None:
    with HostileServer({"/there": says(304, b"")}) as other:
        server.plays |= {"/here": redirects(301, "/near"), "/near": redirects(301, f"{other.url}/there")}
        asked = FetchRequest(url=f"{server.url}/here", etag='"v1"', cookie="login=1", headers=(("Authorization", "Bearer t"),))
        snapshot = fetcher.get(asked, NOW)
        assert [("cookie" in call.headers, "authorization" in call.headers) for call in server.calls] == [(True, True), (True, True)]
        assert not {"cookie", "authorization"} & set(other.calls[0].headers)
        assert other.calls[0].headers["if-none-match"] == '"v1"'
        assert snapshot.moved_to == snapshot.final_url == f"{other.url}/there"


@pytest.mark.parametrize(("first", "second"), [(301, 302), (307, 308)])
def test_a_move_that_is_partly_for_now_is_no_move(first: int, second: int, server: HostileServer, fetcher: Fetcher) -> None:
    server.plays |= {"/a": redirects(first, "/b"), "/b": redirects(second, "/good")}
    snapshot = fetcher.get(FetchRequest(url=f"{server.url}/a"), NOW)
    assert (snapshot.final_url, snapshot.moved_to) == (f"{server.url}/good", None)


def test_a_target_in_raw_utf8_is_asked_for_in_utf8(server: HostileServer, fetcher: Fetcher) -> None:
    server.plays |= {"/a": sends("HTTP/1.1 302 F\r\nLocation: /séries\r\nContent-Length: 0\r\n\r\n".encode()), "/s%C3%A9ries": says(200)}
    assert fetcher.get(FetchRequest(url=f"{server.url}/a"), NOW).body == GOOD


def test_a_password_in_a_url_is_used_and_never_printed(server: HostileServer, fetcher: Fetcher) -> None:
    server.plays["/closed"] = says(403)
    error = failure(fetcher, f"http://desk:secret@127.0.0.1:{server.port}/closed")
    assert server.calls[0].headers["authorization"] == "Basic ZGVzazpzZWNyZXQ="
    assert "secret" not in str(error)


# What is answered


def test_a_snapshot_holds_the_answer_as_it_came(server: HostileServer, fetcher: Fetcher) -> None:
    server.plays["/feed"] = says(200, gzip.compress(GOOD), Content_Encoding="gzip", ETag='"v2"', X_Two="1")
    snapshot = fetcher.get(FetchRequest(url=f"{server.url}/feed"), NOW)
    assert (snapshot.status, snapshot.body, snapshot.fetched_at) == (200, GOOD, NOW)
    assert (snapshot.header("etag"), snapshot.header("x-two"), snapshot.header("x-three")) == ('"v2"', "1", None)
    assert snapshot.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert dt.timedelta() < snapshot.elapsed < dt.timedelta(seconds=5)


def test_a_connection_is_kept_between_two_requests(server: HostileServer, fetcher: Fetcher) -> None:
    for _ in range(3):
        fetcher.get(FetchRequest(url=f"{server.url}/good"), NOW)
    assert len({call.sock for call in server.calls}) == 1


def test_a_kept_connection_that_the_server_closed_is_replaced(server: HostileServer, fetcher: Fetcher) -> None:
    """The close may reach us before the second request or after it; either way the request is answered."""

    def closes(call: Call) -> None:
        says(200)(call)
        call.sock.shutdown(socket.SHUT_RDWR)

    server.plays["/closes"] = closes
    for _ in range(30):
        assert fetcher.get(FetchRequest(url=f"{server.url}/closes"), NOW).body == GOOD


def test_threads_share_a_fetcher_and_not_a_connection(server: HostileServer, fetcher: Fetcher) -> None:
    meeting = threading.Barrier(4, timeout=10)

    def meet(call: Call) -> None:
        meeting.wait()
        says(200)(call)

    server.plays["/meet"] = meet
    with ThreadPoolExecutor(4) as pool:
        bodies = list(pool.map(lambda _: fetcher.get(FetchRequest(url=f"{server.url}/meet"), NOW).body, range(4)))
    assert bodies == [GOOD] * 4


def test_the_connections_of_a_thread_end_with_it(server: HostileServer, fetcher: Fetcher) -> None:
    """A poll has threads of its own; a daemon that polls for weeks must not keep what each of them left open."""
    hung_up = threading.Event()

    def watch(call: Call) -> None:
        says(200)(call)
        if not call.sock.recv(1):
            hung_up.set()

    server.plays["/watch"] = watch
    thread = threading.Thread(target=fetcher.get, args=(FetchRequest(url=f"{server.url}/watch"), NOW))
    thread.start()
    thread.join(10)
    assert hung_up.wait(5)


# Where it may go


def test_loopback_is_allowed_only_by_the_setting(server: HostileServer) -> None:
    with Fetcher(ROOMY, user_agent="tests") as fetcher:
        for host, words in (
            ("127.0.0.1", "127.0.0.1 is a loopback"),
            ("localhost", "localhost leads to"),
            ("0x7f.1", "0x7f.1 is a loopback"),
        ):
            error = failure(fetcher, f"http://{host}:{server.port}/good")
            assert error.outcome is Outcome.FORBIDDEN_ADDRESS
            assert words in error.reason
    assert not server.calls


def test_an_answer_of_dns_that_changes_never_leads_to_a_forbidden_address(server: HostileServer) -> None:
    """One look-up for each connection, and what it gave is judged and connected to: there is nothing between check and use."""
    replies = iter([answers("127.0.0.1"), answers("10.0.0.1")])
    asked = []

    def changes(host: str, port: int) -> Any:
        asked.append(host)
        return next(replies)(host, port)

    server.plays["/last"] = says(200, Connection="close")
    url = f"http://rebind.example:{server.port}/last"
    with Fetcher(ROOMY, user_agent="tests", allow_loopback=True, resolve=changes) as fetcher:
        assert fetcher.get(FetchRequest(url=url), NOW).body == GOOD
        assert failure(fetcher, url).reason == "rebind.example leads to 10.0.0.1, which is a private address"
    assert asked == ["rebind.example"] * 2
    assert len(server.calls) == 1


def test_a_closed_port_is_unreachable(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = failure(fetcher, f"http://127.0.0.1:{port}/")
    assert (error.outcome, error.reason) == (Outcome.UNREACHABLE, "connection refused")


def test_a_server_that_does_not_let_us_in_is_left_in_time() -> None:
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as listener,
        a_full_queue(listener.getsockname(), 4),
        Fetcher(TIGHT, user_agent="tests", allow_loopback=True) as fetcher,
    ):
        error = failure(fetcher, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert (error.outcome, error.reason) == (Outcome.TIMEOUT, "no connection within 0.3 s")


def test_an_address_that_swallows_packets_does_not_hide_the_next(server: HostileServer) -> None:
    with (
        socket.create_server(("127.0.0.2", server.port), backlog=0) as hole,
        a_full_queue(hole.getsockname(), 4),
        Fetcher(TIGHT, user_agent="tests", allow_loopback=True, resolve=answers("127.0.0.2", "127.0.0.1")) as fetcher,
    ):
        assert fetcher.get(FetchRequest(url=f"http://two.example:{server.port}/good"), NOW).body == GOOD


@contextmanager
def a_full_queue(address: tuple[str, int], count: int) -> Iterator[None]:
    """Fill a listener's queue, so that the next connection is not taken up."""
    sockets = [socket.socket() for _ in range(count)]
    for sock in sockets:
        sock.setblocking(False)
        sock.connect_ex(address)
    try:
        yield
    finally:
        for sock in sockets:
            sock.close()


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA, folder: Path, limits: Any = ROOMY) -> Fetcher:
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    return Fetcher(limits, user_agent="tests", allow_loopback=True, ca_bundle=folder / "authority.pem", resolve=answers("127.0.0.1"))


def serving(certificate: trustme.LeafCert, plays: dict[str, Play]) -> HostileServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return HostileServer(plays, context)


def test_a_certificate_that_holds_is_taken(authority: trustme.CA, tmp_path: Path) -> None:
    with serving(authority.issue_cert("feeds.example"), {"/": says(200)}) as server, trusting(authority, tmp_path) as fetcher:
        url = f"https://feeds.example:{server.port}/"
        assert fetcher.get(FetchRequest(url=url), NOW).body == GOOD
        assert failure(fetcher, f"https://other.example:{server.port}/").reason.startswith(
            "the certificate does not hold: Hostname mismatch"
        )


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (lambda own: own.issue_cert("feeds.example", not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), "certificate has expired"),
        (lambda own: trustme.CA().issue_cert("feeds.example"), "unable to get local issuer certificate"),
    ],
    ids=["expired", "by an unknown authority"],
)
def test_a_certificate_that_does_not_hold_is_refused(certificate: Any, words: str, authority: trustme.CA, tmp_path: Path) -> None:
    with serving(certificate(authority), {"/": says(200)}) as server, trusting(authority, tmp_path) as fetcher:
        error = failure(fetcher, f"https://feeds.example:{server.port}/")
        assert (error.outcome, error.reason) == (Outcome.TLS, f"the certificate does not hold: {words}")
    assert not server.calls


def test_a_server_that_does_not_speak_tls_is_named_as_such(authority: trustme.CA, tmp_path: Path) -> None:
    with plain_speaker() as port, trusting(authority, tmp_path) as fetcher:
        error = failure(fetcher, f"https://feeds.example:{port}/")
    assert (error.outcome, error.reason[:11]) == (Outcome.TLS, "TLS failed:")


@contextmanager
def plain_speaker() -> Iterator[int]:
    """A server that answers a TLS greeting with HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def speak() -> None:
            sock, _ = listener.accept()
            with sock:
                sock.recv(4096)
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=speak)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_a_handshake_that_stalls_is_cut(authority: trustme.CA, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, trusting(authority, tmp_path, TIGHT) as fetcher:
        error = failure(fetcher, f"https://feeds.example:{listener.getsockname()[1]}/")
    assert (error.outcome, error.reason) == (Outcome.TIMEOUT, "no connection within 0.3 s")


def test_a_body_in_drips_is_cut_over_tls_too(authority: trustme.CA, tmp_path: Path) -> None:
    def drip(call: Call) -> None:
        call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
        call.drip(b"x" * 999)

    with serving(authority.issue_cert("feeds.example"), {"/": drip}) as server, trusting(authority, tmp_path, TIGHT) as fetcher:
        error = failure(fetcher, f"https://feeds.example:{server.port}/")
    assert (error.outcome, error.reason[:41]) == (Outcome.TIMEOUT, "the body was not complete within 0.5 s in")


def test_a_secret_does_not_follow_from_https_to_http(authority: trustme.CA, server: HostileServer, tmp_path: Path) -> None:
    plays = {"/": redirects(302, f"http://feeds.example:{server.port}/good")}
    with serving(authority.issue_cert("feeds.example"), plays) as secure, trusting(authority, tmp_path) as fetcher:
        fetcher.get(FetchRequest(url=f"https://feeds.example:{secure.port}/", cookie="login=1"), NOW)
        assert secure.calls[0].headers["cookie"] == "login=1"
        assert "cookie" not in server.calls[0].headers


# Proxies


def test_a_proxy_is_asked_for_the_whole_url_and_reached_wherever_it_is(server: HostileServer) -> None:
    server.plays["http://feeds.example/feed"] = says(200)
    with Fetcher(ROOMY, user_agent="tests") as fetcher:
        proxied = FetchRequest(url="http://feeds.example/feed", proxy=f"http://desk:pass@127.0.0.1:{server.port}")
        assert fetcher.get(proxied, NOW).body == GOOD
        assert server.calls[0].headers["proxy-authorization"] == "Basic ZGVzazpwYXNz"
        for host in ("169.254.169.254", "0xa9fea9fe", "[::1]"):
            assert failure(fetcher, f"http://{host}/latest/", proxy=proxied.proxy).outcome is Outcome.FORBIDDEN_ADDRESS
    assert len(server.calls) == 1


def test_https_goes_through_a_proxys_tunnel_and_is_verified_at_its_end(authority: trustme.CA, tmp_path: Path) -> None:
    with (
        serving(authority.issue_cert("feeds.example"), {"/": says(200)}) as server,
        HostileServer(_Tunnel(server.port)) as proxy,
        trusting(authority, tmp_path) as fetcher,
    ):
        asked = FetchRequest(url="https://feeds.example:8443/", proxy=proxy.url)
        assert fetcher.get(asked, NOW).body == GOOD
        assert failure(fetcher, "https://other.example:8443/", proxy=proxy.url).outcome is Outcome.TLS


class _Tunnel(dict[str, Play]):
    """Plays a proxy: whatever host CONNECT names, it leads to one port of ours."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __missing__(self, path: str) -> Play:
        return self.connect

    def connect(self, call: Call) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as inner:
            call.send(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pump, args=(inner, call.sock))
            back.start()
            _pump(call.sock, inner)
            back.join(10)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(4096):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_a_proxy_that_refuses_is_an_unreachable_site(server: HostileServer, fetcher: Fetcher) -> None:
    server.plays["feeds.example:443"] = says(407)
    error = failure(fetcher, "https://feeds.example/", proxy=server.url)
    assert (error.outcome, error.reason) == (Outcome.UNREACHABLE, "tunnel connection failed: 407 said")


def test_limits_are_those_given(server: HostileServer) -> None:
    server.plays["/big"] = says(200, bytes(2000))
    with Fetcher(replace(ROOMY, body=1999), user_agent="tests", allow_loopback=True) as fetcher:
        assert failure(fetcher, f"{server.url}/big").outcome is Outcome.TOO_LARGE
    with Fetcher(replace(ROOMY, body=2000), user_agent="tests", allow_loopback=True) as fetcher:
        assert len(fetcher.get(FetchRequest(url=f"{server.url}/big"), NOW).body) == 2000
