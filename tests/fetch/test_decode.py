"""Content codings are undone whole or not at all, in bounded pieces."""

from __future__ import annotations

import contextlib
import gzip
import sys
import zlib
from collections.abc import Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetch.hostile_scenarios import bare_deflate
from tradewatch.fetch.decode import DECODERS, PIECE, DecodeError, decoded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENCODERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
CODINGS = st.sampled_from(sorted(ENCODERS))


def test_every_coding_that_can_be_undone_is_tested() -> None:
    assert set(ENCODERS) == set(DECODERS)


def split(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@given(st.binary(max_size=3000), CODINGS, st.integers(1, 700))
def test_what_was_coded_comes_back_however_it_is_cut_into_chunks(body: bytes, coding: str, size: int) -> None:
    assert b"".join(decoded(split(ENCODERS[coding](body), size), coding)) == body


@given(st.binary(max_size=300), st.lists(CODINGS, min_size=1, max_size=3), st.integers(1, 50))
def test_codings_are_undone_last_first(body: bytes, codings: list[str], size: int) -> None:
    data = body
    for coding in codings:
        data = ENCODERS[coding](data)
    assert b"".join(decoded(split(data, size), ", ".join(codings))) == body


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 700))
def test_bare_deflate_is_told_from_wrapped(body: bytes, size: int) -> None:
    assert b"".join(decoded(split(bare_deflate(body), size), "deflate")) == body


@given(st.binary(min_size=1, max_size=500), CODINGS, st.data())
def test_a_stream_cut_anywhere_is_never_taken_for_whole(body: bytes, coding: str, data: st.DataObject) -> None:
    whole = ENCODERS[coding](body)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    with pytest.raises(DecodeError):
        list(decoded([cut], coding))


@given(st.binary(max_size=500), CODINGS)
def test_any_bytes_at_all_decode_or_are_refused(data: bytes, coding: str) -> None:
    with contextlib.suppress(DecodeError):
        for piece in decoded([data], coding):
            assert 0 < len(piece) <= PIECE * 2


@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_a_bomb_is_undone_no_further_than_it_is_read(coding: str) -> None:
    bomb = ENCODERS[coding](bytes(8 * 1024 * 1024))
    pieces = decoded(split(bomb, 1024), coding)
    first = [next(pieces) for _ in range(3)]
    assert all(len(piece) <= PIECE * 2 for piece in first)


@pytest.mark.parametrize("coding", [*sorted(ENCODERS), "", "identity"])
def test_an_empty_body_is_empty_under_any_coding(coding: str) -> None:
    assert list(decoded([], coding)) == []
