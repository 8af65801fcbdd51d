"""The body of an answer, read under a cap and the deadline of its wire."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, ReadTimeoutError

from tradewatch.fetch.decode import PIECE, DecodeError, decoded
from tradewatch.fetch.wire import Wire, WireError
from tradewatch.types import Outcome


def read_whole(raw: BaseHTTPResponse, wire: Wire, cap: int) -> bytes:
    """The whole decoded body. Raises `WireError` where it is over `cap` bytes, cut short, wrongly coded or late."""
    length = raw.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > cap:
        raise WireError(Outcome.TOO_LARGE, f"the body is {_size(int(length[:20]))}, more than the {_size(cap)} allowed")
    body = bytearray()
    for piece in _pieces(raw, wire, cap):
        body += piece
        if len(body) > cap:
            raise _too_large(cap)
    if not _read(raw) and raw.length_remaining is None and not raw.chunked:
        raise WireError(Outcome.TRUNCATED, "the answer breaks off: it has neither a body nor a length")
    return bytes(body)


def read_start(raw: BaseHTTPResponse, wire: Wire, most: int) -> bytes:
    """The start of the body of an error page, as far as it comes in the time that headers may take; never an error."""
    body = bytearray()
    with suppress(WireError), wire.phase(wire.limits.headers, "no error page"):
        for piece in _pieces(raw, wire, most):
            body += piece
            if len(body) >= most:
                break
    return bytes(body[:most])


def _pieces(raw: BaseHTTPResponse, wire: Wire, cap: int) -> Iterator[bytes]:
    """Decoded pieces, of at most `cap` bytes on the wire. Raises `WireError`."""
    try:
        yield from decoded(_chunks(raw, cap), raw.headers.get("content-encoding", ""))
    except (TimeoutError, ReadTimeoutError) as late:
        reason = f"the body was not complete within {wire.limits.total.total_seconds():g} s in all, {_read(raw)} bytes had come"
        raise WireError(Outcome.TIMEOUT, reason) from late
    except DecodeError as wrong:
        raise WireError(Outcome.UNREADABLE, f"the body cannot be decoded: {wrong}") from wrong
    except (HTTPError, OSError) as broken:
        stated = raw.headers.get("content-length", "")
        of = f" of {stated}" if stated.isdigit() and not raw.chunked else ""
        raise WireError(Outcome.TRUNCATED, f"the body stops after {_read(raw)}{of} bytes") from broken


def _chunks(raw: BaseHTTPResponse, cap: int) -> Iterator[bytes]:
    """Bytes as they come; the cap holds here too, since a stream may decode to nothing for ever."""
    while chunk := raw.read1(PIECE, decode_content=False):
        yield chunk
        if _read(raw) > cap:
            raise _too_large(cap)


def _too_large(cap: int) -> WireError:
    return WireError(Outcome.TOO_LARGE, f"the body goes on after the {_size(cap)} allowed")


def _read(raw: BaseHTTPResponse) -> int:
    """Bytes that came over the wire so far."""
    return raw.tell()


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{count} bytes"
