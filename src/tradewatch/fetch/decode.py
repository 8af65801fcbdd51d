"""Content codings undone a bounded piece at a time, so that a bomb is stopped by whoever reads.

urllib3 could decode too, but passes a cut-short gzip or brotli stream as whole, and reads on by itself while a stream decodes to nothing.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 64 * 1024
"""Most bytes that one step decodes to (brotli takes it for a guide and may go to twice as much)."""
MAX_CODINGS = 3
"""More codings on top of each other than this are an attack."""
ZSTD_WINDOW_LOG = 23
"""8 MiB, the most that RFC 9659 lets a server ask a client to hold."""
IDENTITY = frozenset({"", "identity", "none", "utf-8", "binary"})
"""Names that servers give to no coding at all."""
ACCEPT_ENCODING = "gzip, deflate, br, zstd"

Chunks = Iterable[bytes]


class DecodeError(ValueError):
    """The bytes are not in the coding that their header says, or stop in the middle of it."""


def decoded(chunks: Chunks, content_encoding: str) -> Iterator[bytes]:
    """The chunks with their codings undone, in pieces of about `PIECE` bytes at most, none empty. Raises `DecodeError`."""
    codings = [name for name in (part.strip().lower() for part in content_encoding.split(",")) if name not in IDENTITY]
    if len(codings) > MAX_CODINGS:
        raise DecodeError(f"{len(codings)} codings on top of each other")
    for name in reversed(codings):
        if name not in DECODERS:
            raise DecodeError(f"the coding {name[:40]!r} is not known")
        chunks = _guarded(name, DECODERS[name](chunks))
    return iter(chunks)


def _guarded(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces that are not empty; what a library raises becomes one error with the coding's name."""
    try:
        yield from filter(None, pieces)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as wrong:
        raise DecodeError(f"not valid {name}: {wrong}") from wrong


def _gzip(chunks: Chunks) -> Iterator[bytes]:
    """One gzip member or several; what follows the last, such as padding, is left out."""
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflate.eof:
                if not rest.startswith(b"\x1f"):
                    break
                inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
            begun = True
            yield from _pieces(inflate, rest)
            rest = inflate.unused_data
    _whole(inflate.eof or not begun)


def _deflate(chunks: Chunks) -> Iterator[bytes]:
    """Deflate in its zlib wrapper, as the standard says, or bare, as some servers send it."""
    source = iter(chunks)
    head = b""
    while len(head) < 2 and (chunk := next(source, b"")):
        head += chunk
    wrapped = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    inflate = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    for chunk in chain([head] if head else [], source):
        yield from _pieces(inflate, chunk)
    _whole(inflate.eof or not head)


def _pieces(inflate: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """All that `data` inflates to."""
    while True:
        piece = inflate.decompress(data, PIECE)
        yield piece
        data = inflate.unconsumed_tail
        if inflate.eof or (not data and len(piece) < PIECE):
            return


def _brotli(chunks: Chunks) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    begun = False
    for chunk in chunks:
        rest, begun = chunk, True
        while not stream.is_finished():
            piece = stream.process(rest, output_buffer_limit=PIECE)
            yield piece
            rest = b""
            if not piece:  # `can_accept_more_data` is true while output of input already taken is still to come
                break
    _whole(stream.is_finished() or not begun)


def _zstd(chunks: Chunks) -> Iterator[bytes]:
    """One zstandard frame or several."""
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
    stream = zstd.ZstdDecompressor(options=options)
    begun = False
    for chunk in chunks:
        rest, begun = chunk, True
        while rest or not (stream.needs_input or stream.eof):
            if stream.eof:
                stream = zstd.ZstdDecompressor(options=options)
            yield stream.decompress(rest, max_length=PIECE)
            rest = stream.unused_data if stream.eof else b""
    _whole(stream.eof or not begun)


def _whole(ended: bool) -> None:
    """Refuse a stream that stopped before its end; an empty body under a coding's name is no stream at all."""
    if not ended:
        raise EOFError("it stops in the middle")


DECODERS: dict[str, Callable[[Chunks], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
