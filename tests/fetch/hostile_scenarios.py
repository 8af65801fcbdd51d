"""What servers do to a poller, and what is to come of it: one row for each scenario.

Run as a script, it prints the table that stands in docs/fetching.md.
"""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import sys
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import brotli

from tests.fetch.hostile_server import GOOD, Call, Play, drips, floods, redirects, says, sends
from tradewatch.fetch import FetchRequest, Limits
from tradewatch.types import Outcome

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
ROOMY = Limits(
    connect=dt.timedelta(seconds=5), headers=dt.timedelta(seconds=5), total=dt.timedelta(seconds=10), body=256 * 1024, redirects=5
)
TIGHT = replace(ROOMY, connect=dt.timedelta(seconds=0.3), headers=dt.timedelta(seconds=0.3), total=dt.timedelta(seconds=0.5))

KEPT = "10 min"
"""The first pause after a failure: the source's shortest interval."""
LATER = "1 h"
"""The first pause after an answer that asks us to stay away; also what a good answer of unknown rhythm brings."""

OK_HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PLAIN = FetchRequest(url="")
ETAG = 'W/"a\xe9\\"b"'
"""Opaque: with its quotes, a backslash and a byte that is no ASCII."""
LAST_MODIFIED = "Mon, 2 Mar 2026 07:00:00 UTC"
"""Not quite as HTTP has it."""
ZEROS = bytes(8 * 1024 * 1024)


@dataclass(frozen=True)
class Scenario:
    """`reason` is a part of the reason in words; `next_check` how long after it we ask again; `at` the URL where it is not the server's."""

    name: str
    play: Play
    outcome: Outcome
    reason: str = ""
    next_check: str = KEPT
    limits: Limits = ROOMY
    at: str = "{base}/scenario"
    request: FetchRequest = PLAIN
    """What else is asked than the URL."""
    resolves: Callable[[str, int], Sequence[tuple[int, Any]]] | None = None
    body: bytes | None = None
    """What is read, where that is the point."""


def fine(
    name: str, play: Play, body: bytes | None = GOOD, outcome: Outcome = Outcome.OK, at: str = "{base}/scenario", resolves: Any = None
) -> Scenario:
    """A scenario that ends well, and brings the bytes `body`."""
    return Scenario(name, play, outcome, next_check=LATER, body=body, at=at, resolves=resolves)


def slow(name: str, play: Play, reason: str) -> Scenario:
    """A scenario cut by a deadline."""
    return Scenario(name, play, Outcome.TIMEOUT, reason, limits=TIGHT)


def forbidden(name: str, to: str, reason: str, resolves: Any = None) -> Scenario:
    """A redirect that the guard stops."""
    return Scenario(name, redirects(302, to), Outcome.FORBIDDEN_ADDRESS, reason, resolves=resolves)


def challenged(name: str, play: Play, reason: str) -> Scenario:
    """A bot wall."""
    return Scenario(name, play, Outcome.CHALLENGE, reason, LATER)


def never(call: Call) -> None:
    raise AssertionError("no request may reach the server")


def coded(coding: str, data: bytes) -> Play:
    return says(200, data, Content_Encoding=coding)


def coded_to_the_end(coding: str, data: bytes) -> Play:
    """Without a length: the end is where the server hangs up, so that only the coding itself can tell that something is missing."""
    return sends(OK_HEAD + f"Content-Encoding: {coding}\r\n\r\n".encode() + data)


def bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def wide_zstd() -> bytes:
    """A frame of five bytes whose reader must hold 64 MiB: magic, no flags, window 2^(10 + 16), one raw block."""
    return b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([16 << 3]) + (5 << 3 | 1).to_bytes(3, "little") + b"hello"


def hangs(call: Call) -> None:
    call.hang()


def resets(call: Call) -> None:
    call.reset()


def if_none_match(call: Call) -> None:
    says(304 if call.headers.get("if-none-match") == ETAG else 200)(call)


def if_modified_since(call: Call) -> None:
    says(304 if call.headers.get("if-modified-since") == LAST_MODIFIED else 200)(call)


def slow_hops(call: Call) -> None:
    """Redirects that are each in time, and too slow together."""
    call.stopped.wait(0.2)
    redirects(302, "{base}/scenario?" + "x" * (call.path.count("x") + 1))(call)


def answers(*numbers: str) -> Callable[[str, int], Sequence[tuple[int, Any]]]:
    """A resolver that gives these addresses for every name."""
    family = {True: socket.AF_INET6, False: socket.AF_INET}
    return lambda host, port: [(family[":" in number], (number, port)) for number in numbers]


def unknown_name(host: str, port: int) -> Sequence[tuple[int, Any]]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def no_server(host: str, port: int) -> Sequence[tuple[int, Any]]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def slow_name(host: str, port: int) -> Sequence[tuple[int, Any]]:
    threading.Event().wait(5.0)
    return answers("127.0.0.1")(host, port)


def wall(status: int, body: str = "<html>", **headers: str) -> Play:
    return says(status, body.encode(), **headers)


STATUSES = (
    fine("a feed", says(200)),
    Scenario("a feed that says nothing has its content (204)", says(204, b""), Outcome.EMPTY, next_check=LATER),
    Scenario("an empty body", says(200, b""), Outcome.EMPTY, next_check=LATER),
    Scenario("the bytes that we have", says(200, b"what we have"), Outcome.UNCHANGED, next_check=LATER),
    Scenario(
        "304 for our ETag, sent back byte for byte",
        if_none_match,
        Outcome.NOT_MODIFIED,
        next_check=LATER,
        request=FetchRequest(url="", etag=ETAG),
    ),
    Scenario(
        "304 for our Last-Modified, sent back byte for byte",
        if_modified_since,
        Outcome.NOT_MODIFIED,
        next_check=LATER,
        request=FetchRequest(url="", last_modified=LAST_MODIFIED),
    ),
    Scenario("304 that nobody asked for", says(304, b""), Outcome.SERVER_ERROR, "we sent no validator"),
    Scenario("a part only (206)", says(206), Outcome.TRUNCATED, "a part only"),
    Scenario("a choice of several (300)", says(300), Outcome.BAD_REDIRECT, "300"),
    Scenario("bad request (400)", says(400), Outcome.REFUSED, "400 (bad request)", LATER),
    Scenario("a login wanted (401)", says(401), Outcome.REFUSED, "wants a login", LATER),
    Scenario("forbidden (403)", says(403), Outcome.REFUSED, "refuses us", LATER),
    Scenario("not found (404)", says(404), Outcome.NOT_FOUND, "nothing at this URL"),
    Scenario("request timeout (408)", says(408), Outcome.TIMEOUT, "408"),
    Scenario("gone (410)", says(410), Outcome.GONE, "gone for good", "parked"),
    Scenario("withheld (451)", says(451), Outcome.REFUSED, "legal reasons", LATER),
    Scenario("too many requests (429)", says(429), Outcome.RATE_LIMITED, "too often", LATER),
    Scenario("429, Retry-After in seconds", says(429, Retry_After="7200"), Outcome.RATE_LIMITED, "too often", "2 h"),
    Scenario(
        "429, Retry-After as a date", says(429, Retry_After="Mon, 02 Mar 2026 12:00:00 GMT"), Outcome.RATE_LIMITED, "too often", "3 h"
    ),
    Scenario("429, Retry-After of a year", says(429, Retry_After="31536000"), Outcome.RATE_LIMITED, "too often", "1 day"),
    Scenario(
        "429, Retry-After in the past", says(429, Retry_After="Mon, 02 Mar 2020 12:00:00 GMT"), Outcome.RATE_LIMITED, "too often", LATER
    ),
    Scenario("429, Retry-After that is no time", says(429, Retry_After="soon"), Outcome.RATE_LIMITED, "too often", LATER),
    Scenario("429, Retry-After too long for a number", says(429, Retry_After="9" * 4000), Outcome.RATE_LIMITED, "too often", "1 day"),
    Scenario("503, Retry-After in seconds", says(503, Retry_After="1800"), Outcome.SERVER_ERROR, "out of service", "30 min"),
    Scenario(
        "503, Retry-After as a date by a clock three hours fast",
        says(503, Retry_After="Mon, 02 Mar 2026 12:40:00 GMT", Date="Mon, 02 Mar 2026 12:00:00 GMT"),
        Outcome.SERVER_ERROR,
        "out of service",
        "40 min",
    ),
    Scenario("server error (500)", says(500), Outcome.SERVER_ERROR, "500 (internal server error)"),
    Scenario("a site down behind Cloudflare (522)", says(522), Outcome.SERVER_ERROR, "could not reach the site in time"),
    Scenario("a status of one's own (999)", says(999), Outcome.SERVER_ERROR, "999 (no known status)"),
)

REDIRECTS = (
    fine("moved for good (301)", redirects(301, "/good"), outcome=Outcome.MOVED),
    fine("moved for good (308)", redirects(308, "/good"), outcome=Outcome.MOVED),
    fine("elsewhere for now (302)", redirects(302, "/good")),
    fine("elsewhere for now (307)", redirects(307, "/good")),
    fine("see other (303)", redirects(303, "/good")),
    fine("a target with a fragment", redirects(302, "/good#latest")),
    Scenario("a redirect to itself", redirects(302, "/scenario"), Outcome.BAD_REDIRECT, "in a circle"),
    Scenario(
        "a redirect to itself that sets a cookie",
        redirects(302, "/scenario", Set_Cookie="seen=1"),
        Outcome.BAD_REDIRECT,
        "setting a cookie",
    ),
    Scenario("redirects without end", lambda call: redirects(302, call.path + "x")(call), Outcome.BAD_REDIRECT, "more than 5 redirects"),
    Scenario(
        "redirects each in time, together too slow", slow_hops, Outcome.TIMEOUT, "within 0.5 s in all", limits=replace(TIGHT, redirects=50)
    ),
    Scenario("a redirect without a target", says(302, b""), Outcome.BAD_REDIRECT, "without a target"),
    Scenario("a redirect to a file", redirects(301, "file:///etc/passwd"), Outcome.BAD_REDIRECT, "redirects to file:"),
    Scenario("a redirect to FTP", redirects(301, "ftp://127.0.0.1/feed"), Outcome.BAD_REDIRECT, "redirects to ftp:"),
    Scenario("a redirect to a script", redirects(301, "javascript:alert(1)"), Outcome.BAD_REDIRECT, "redirects to javascript:"),
    Scenario("a redirect to no URL", redirects(301, "http://[::1"), Outcome.FORBIDDEN_ADDRESS, "not a URL"),
    fine("a redirect whose own body never ends", floods(b"HTTP/1.1 302 F\r\nLocation: /good\r\n\r\n", ZEROS), None),
    forbidden("a redirect to a private address", "http://10.0.0.1/", "10.0.0.1 is a private"),
    forbidden("a redirect to a cloud's metadata", "http://169.254.169.254/latest/", "link-local"),
    forbidden("the same as one number", "http://2852039166/", "2852039166 is a link-local"),
    forbidden("the same in octal", "http://0251.0376.0251.0376/", "link-local"),
    forbidden("a redirect to this machine", "http://0.0.0.0/", "this machine"),
    forbidden("a redirect to an IPv4-mapped address", "http://[::ffff:10.0.0.1]/", "IPv4-mapped"),
    forbidden(
        "a redirect to a name with a private address",
        "http://in.example/",
        "in.example leads to 192.168.0.9, which is a private address",
        resolves=answers("192.168.0.9"),
    ),
    forbidden("a redirect that hides the host behind a name", "http://good.example@10.0.0.1/", "10.0.0.1"),
)

NUMBERS = tuple(
    Scenario(f"a URL at {name}", never, Outcome.FORBIDDEN_ADDRESS, reason, at=f"http://{host}/feed")
    for name, host, reason in (
        ("a private address", "192.168.1.1", "private"),
        ("a carrier's private address", "100.64.0.1", "CGNAT"),
        ("a cloud's metadata name", "100.100.100.200", "CGNAT"),
        ("Azure's metadata address", "168.63.129.16", "metadata"),
        ("a multicast address", "224.0.0.1", "multicast"),
        ("the broadcast address", "255.255.255.255", "reserved"),
        ("a link-local IPv6 address", "[fe80::1]", "link-local"),
        ("a private IPv6 address", "[fd00:ec2::254]", "private"),
        ("a multicast IPv6 address", "[ff02::1]", "multicast"),
        ("NAT64", "[64:ff9b::7f00:1]", "NAT64"),
        ("6to4", "[2002:7f00:1::]", "6to4"),
        ("Teredo", "[2001:0:53aa:64c::1]", "Teredo"),
        ("an IPv4-compatible address", "[::7f00:1]", "IPv4-compatible"),
        ("an IPv4-mapped loopback", "[::ffff:127.0.0.1]", "IPv4-mapped"),
    )
)

ADDRESSES = (
    *NUMBERS,
    Scenario("a file URL", never, Outcome.FORBIDDEN_ADDRESS, "file is not http", at="file:///etc/passwd"),
    Scenario("an FTP URL", never, Outcome.FORBIDDEN_ADDRESS, "ftp is not http", at="ftp://127.0.0.1/feed"),
    Scenario("a URL without a host", never, Outcome.FORBIDDEN_ADDRESS, "no host", at="http:///feed"),
    Scenario("a URL with a port that is none", never, Outcome.FORBIDDEN_ADDRESS, "not a URL", at="http://127.0.0.1:99999/"),
    fine(
        "a name with public and private addresses, the private first",
        says(200),
        None,
        at="http://two.example:{port}/scenario",
        resolves=answers("10.0.0.1", "127.0.0.1"),
    ),
    fine(
        "a name with an address that nobody answers, then one that serves",
        says(200),
        None,
        at="http://two.example:{port}/scenario",
        resolves=answers("127.0.0.2", "127.0.0.1"),
    ),
    Scenario("a name without any address", never, Outcome.FORBIDDEN_ADDRESS, "no address", at="http://none.example/", resolves=answers()),
    Scenario("a name that does not exist", never, Outcome.UNREACHABLE, "no such host", at="http://no.example/", resolves=unknown_name),
    Scenario(
        "a name server that does not answer", never, Outcome.UNREACHABLE, "no name server", at="http://no.example/", resolves=no_server
    ),
    Scenario("a name with a label too long", never, Outcome.UNREACHABLE, "no such host", at=f"http://{'a' * 80}.example/"),
    Scenario(
        "a resolver that hangs",
        never,
        Outcome.TIMEOUT,
        "no connection within 0.3 s",
        limits=TIGHT,
        at="http://slow.example/",
        resolves=slow_name,
    ),
)

HEADERS = (
    Scenario("hanging up without a byte", sends(b""), Outcome.UNREACHABLE, "hung up without an answer"),
    Scenario("a reset without a byte", sends(ends=resets), Outcome.UNREACHABLE, "connection reset"),
    slow("silence", hangs, "no complete headers within 0.3 s"),
    slow("a status line in drips", drips(b"", b"HTTP/1.1 200 OK        "), "no complete headers"),
    slow("headers in drips", drips(OK_HEAD, b"X-Drip: 1\r\n"), "no complete headers"),
    Scenario("headers that break off", sends(OK_HEAD + b"Content-Le"), Outcome.TRUNCATED, "breaks off"),
    Scenario("headers without end", floods(OK_HEAD, b"X-Flood: 1\r\n" * 200), Outcome.UNREADABLE, "not HTTP"),
    Scenario("a header line without end", floods(OK_HEAD + b"X-Flood: ", b"1" * 70_000), Outcome.UNREADABLE, "not HTTP"),
    slow("100 Continue without end", floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "no complete headers"),
    Scenario("another protocol", sends(b"SSH-2.0-OpenSSH_9.6\r\n"), Outcome.UNREADABLE, "not HTTP"),
    Scenario("a bare body, as in HTTP/0.9", sends(GOOD), Outcome.UNREADABLE, "not HTTP"),
    Scenario("a status that is no number", sends(b"HTTP/1.1 OK 200\r\n\r\n"), Outcome.UNREADABLE, "not HTTP"),
    Scenario(
        "two lengths that differ", sends(OK_HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello"), Outcome.UNREADABLE, "not HTTP"
    ),
    fine("a negative length", sends(OK_HEAD + b"Content-Length: -9\r\n\r\nhello"), b"hello"),
    fine("a length that is no number", sends(OK_HEAD + b"Content-Length: x\r\n\r\nhello"), b"hello"),
    fine("NUL bytes in a header", sends(OK_HEAD + b"X-Nul: \0\r\nContent-Length: 2\r\n\r\nhi"), b"hi"),
)

BODIES = (
    slow("a body in drips", drips(OK_HEAD + b"Content-Length: 9999\r\n\r\n", b"drip"), "not complete within 0.5 s"),
    slow("a body that stalls", sends(OK_HEAD + b"Content-Length: 9\r\n\r\nab", ends=hangs), "2 bytes had come"),
    slow("a chunk size in drips", drips(CHUNKED, b"0"), "not complete"),
    slow(
        "a gzip stream that drips and says nothing",
        drips(OK_HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff"),
        "not complete",
    ),
    Scenario(
        "a gzip stream that floods and says nothing",
        floods(OK_HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 1000),
        Outcome.TOO_LARGE,
        "goes on after",
    ),
    Scenario("more than the cap, as stated", sends(OK_HEAD + b"Content-Length: 9000000\r\n\r\n"), Outcome.TOO_LARGE, "the body is 8.6 MB"),
    Scenario("more than the cap, unstated", floods(OK_HEAD + b"\r\n", ZEROS), Outcome.TOO_LARGE, "goes on after"),
    Scenario("more than the cap, in chunks", floods(CHUNKED, b"1000\r\n" + bytes(4096) + b"\r\n"), Outcome.TOO_LARGE, "goes on after"),
    Scenario(
        "a length of four thousand digits",
        sends(OK_HEAD + b"Content-Length: " + b"9" * 4000 + b"\r\n\r\n"),
        Outcome.TOO_LARGE,
        "allowed",
    ),
    Scenario("a gzip bomb", coded("gzip", gzip.compress(ZEROS)), Outcome.TOO_LARGE, "goes on after"),
    Scenario("a gzip bomb in a gzip bomb", coded("gzip, gzip", gzip.compress(gzip.compress(ZEROS))), Outcome.TOO_LARGE, "goes on after"),
    Scenario("a deflate bomb", coded("deflate", zlib.compress(ZEROS)), Outcome.TOO_LARGE, "goes on after"),
    Scenario("a brotli bomb", coded("br", brotli.compress(ZEROS, quality=5)), Outcome.TOO_LARGE, "goes on after"),
    Scenario("a zstandard bomb", coded("zstd", zstd.compress(ZEROS)), Outcome.TOO_LARGE, "goes on after"),
    Scenario("a zstandard window of 64 MiB", coded("zstd", wide_zstd()), Outcome.UNREADABLE, "not valid zstd"),
    Scenario("ten codings on top of each other", coded(", ".join(["gzip"] * 10), GOOD), Outcome.UNREADABLE, "10 codings"),
    Scenario("an unknown coding", coded("compress", GOOD), Outcome.UNREADABLE, "'compress' is not known"),
    fine("a coding that is a character set", coded("UTF-8", GOOD)),
    Scenario("plain text that says gzip", coded("gzip", GOOD), Outcome.UNREADABLE, "not valid gzip"),
    Scenario("gzip, damaged", coded("gzip", gzip.compress(GOOD)[:-12] + b"\xff" * 12), Outcome.UNREADABLE, "not valid gzip"),
    Scenario("gzip, cut short", coded_to_the_end("gzip", gzip.compress(GOOD)[:-9]), Outcome.UNREADABLE, "stops in the middle"),
    Scenario("deflate, cut short", coded_to_the_end("deflate", zlib.compress(GOOD)[:-9]), Outcome.UNREADABLE, "stops in the middle"),
    Scenario("brotli, cut short", coded_to_the_end("br", brotli.compress(GOOD)[:-9]), Outcome.UNREADABLE, "stops in the middle"),
    Scenario("zstandard, cut short", coded_to_the_end("zstd", zstd.compress(GOOD)[:-9]), Outcome.UNREADABLE, "stops in the middle"),
    fine("gzip", coded("gzip", gzip.compress(GOOD))),
    fine("gzip in two members and padding", coded("x-gzip", gzip.compress(GOOD[:9]) + gzip.compress(GOOD[9:]) + bytes(64))),
    fine("deflate", coded("deflate", zlib.compress(GOOD))),
    fine("deflate without its wrapper", coded("deflate", bare_deflate(GOOD))),
    fine("brotli", coded("br", brotli.compress(GOOD))),
    fine("zstandard", coded("zstd", zstd.compress(GOOD))),
    fine("brotli over gzip", coded("gzip, br", brotli.compress(gzip.compress(GOOD)))),
    Scenario("fewer bytes than stated", sends(OK_HEAD + b"Content-Length: 99\r\n\r\nshort"), Outcome.TRUNCATED, "after 5 of 99 bytes"),
    fine("more bytes than stated", sends(OK_HEAD + b"Content-Length: 5\r\n\r\nhello world"), b"hello"),
    Scenario("a chunk that breaks off", sends(CHUNKED + b"10\r\nshort"), Outcome.TRUNCATED, "the body stops after"),
    Scenario("chunks that break off between two", sends(CHUNKED + b"5\r\nhello\r\n"), Outcome.TRUNCATED, "the body stops after"),
    Scenario("a chunk size that is no number", sends(CHUNKED + b"zz\r\nhello\r\n"), Outcome.TRUNCATED, "the body stops after"),
    Scenario("a chunk size without end", floods(CHUNKED, b"1" * 70_000), Outcome.TRUNCATED, "the body stops after"),
    Scenario(
        "a reset in the middle", sends(OK_HEAD + b"Content-Length: 99\r\n\r\nshort", ends=resets), Outcome.TRUNCATED, "the body stops after"
    ),
    fine("NUL bytes", says(200, b"\0" * 64), b"\0" * 64),
    Scenario("an error page in drips", drips(b"HTTP/1.1 500 No\r\n\r\n", b"sorry"), Outcome.SERVER_ERROR, "500", limits=TIGHT),
    Scenario("an error page without end", floods(b"HTTP/1.1 404 No\r\n\r\n", ZEROS), Outcome.NOT_FOUND, "nothing at this URL"),
)

WALLS = (
    challenged("Cloudflare's challenge", wall(403, Cf_Mitigated="challenge"), "Cloudflare, status 403"),
    challenged("Cloudflare's waiting page", wall(503, "<title>Just a moment...</title>", Server="cloudflare"), "Cloudflare"),
    challenged("AWS WAF's challenge under 202", wall(202, X_Amzn_Waf_Action="challenge"), "AWS WAF, status 202"),
    challenged("Vercel's checkpoint", wall(429, X_Vercel_Mitigated="challenge"), "Vercel"),
    challenged("DataDome's captcha", wall(403, "<script src='https://geo.captcha-delivery.com/c.js'>"), "DataDome"),
    challenged("HUMAN's block page", wall(403, '<div id="px-captcha"></div>'), "HUMAN"),
    challenged("Akamai's refusal", wall(403, "Reference&#32;&#35;18.7 https://errors.edgesuite.net/18.7"), "Akamai"),
    challenged("Imperva's incident page under 200", wall(200, "Request unsuccessful. Incapsula incident ID: 7"), "Imperva"),
    challenged("Sucuri's block", wall(403, X_Sucuri_Block="EXP"), "Sucuri"),
    challenged("SiteGround's captcha under 202", wall(202, SG_Captcha="challenge"), "SiteGround"),
    challenged("Anubis at work under 200", wall(200, "<title>Making sure you&#39;re not a bot!</title>"), "Anubis"),
    challenged("some captcha under 403", wall(403, "<div class='h-captcha'></div>"), "a captcha"),
    fine(
        "an ordinary page with Cloudflare's script", wall(200, "<script src='/cdn-cgi/challenge-platform/x.js'>", Server="cloudflare"), None
    ),
    fine("an ordinary page with a captcha in its form", wall(200, "<form><div class='g-recaptcha'></div></form>"), None),
    Scenario(
        "an ordinary refusal by Cloudflare's customer", wall(403, "members only", Server="cloudflare"), Outcome.REFUSED, "refuses us", LATER
    ),
)

GROUPS: dict[str, tuple[Scenario, ...]] = {
    "Statuses": STATUSES,
    "Redirects": REDIRECTS,
    "Addresses and names": ADDRESSES,
    "Headers": HEADERS,
    "Bodies": BODIES,
    "Bot walls": WALLS,
}
SCENARIOS = tuple(scenario for group in GROUPS.values() for scenario in group)


def table() -> str:
    """The scenarios as Markdown."""
    lines = []
    for title, group in GROUPS.items():
        lines += [f"### {title}", "", "| The server | Outcome | Reason, in part | Next check |", "|---|---|---|---|"]
        lines += [f"| {row.name} | `{row.outcome}` | {row.reason} | {row.next_check} |" for row in group]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table())
