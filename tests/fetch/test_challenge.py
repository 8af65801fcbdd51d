"""Bot walls are told from the pages that only carry their vendors' marks."""

from __future__ import annotations

import pytest

from tradewatch.fetch.challenge import LOOK_AT, WALLS, Wall, wall

HTML = (("content-type", "text/html"),)


def answer(sign: str) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """An answer that bears a sign, in its headers or in its page."""
    if sign.startswith("\n"):
        name, _, value = sign[1:].partition(":")
        return (*HTML, (name, value.strip())), b"<html></html>"
    return HTML, f"<html>{sign.upper()}</html>".encode()


@pytest.mark.parametrize(("one", "sign"), [(one, sign) for one in WALLS for sign in one.certain], ids=lambda part: str(part)[:30])
def test_a_certain_sign_holds_under_any_status(one: Wall, sign: str) -> None:
    assert {wall(status, *answer(sign)) for status in (200, 403, 500)} == {one.name}


@pytest.mark.parametrize(("one", "sign"), [(one, sign) for one in WALLS for sign in one.refusing], ids=lambda part: str(part)[:30])
def test_any_other_sign_counts_only_in_a_refusal(one: Wall, sign: str) -> None:
    assert wall(403, *answer(sign)) == one.name
    assert wall(200, *answer(sign)) is wall(404, *answer(sign)) is None


def test_signs_are_lower_case_since_what_they_are_sought_in_is() -> None:
    assert all(sign == sign.lower() for one in WALLS for sign in one.certain + one.refusing)


@pytest.mark.parametrize("start", [b"<?xml version='1.0'?>", b"\n<rss>", b"<feed>", b"<rdf:RDF>", b'{"items": ['])
def test_a_headline_in_a_feed_is_no_wall(start: bytes) -> None:
    assert wall(200, HTML, start + b"<item><title>Just a moment...</title></item>") is None


def test_a_long_page_is_no_wall_unless_it_was_refused() -> None:
    page = b"<html><title>Just a moment...</title>" + b" " * LOOK_AT
    assert wall(200, HTML, page) is None
    assert wall(403, HTML, page) == "Cloudflare"
