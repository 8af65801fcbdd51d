"""Whether a text is the makers' own release, whoever carries it."""

from __future__ import annotations

import pytest

from tradewatch.announce import is_release

RELEASES = [
    "LOS ANGELES, Jan. 12, 2026 /PRNewswire/ -- NBC has renewed Vale for a third season.",
    "NEW YORK--(BUSINESS WIRE)--The company announced today that Vale returns.",
    "FOR IMMEDIATE RELEASE\n\nVale returns for a third season.",
    "BURBANK, Calif. – January 12, 2026 – NBC has renewed Vale.\n\nAbout NBC\nNBC is a network.",
    "NBC has renewed Vale.\n\nAbout NBC\nNBC is a network.\n\nMedia Contact: press@nbc.example\n\n###",
    "Vale is coming back. The full press release is below.\n\n[…]\n\nSource: NBC press release",
]
STORIES = [
    "",
    "NBC has renewed Vale for a third season, the network said on Monday.",
    "LOS ANGELES (AP) — NBC has renewed Vale for a third season.",
    "Vale was renewed, according to a press release. About half of its audience is under forty.",
    "The Business Wire reporter at the centre of Vale returns for a third season.",
    "About Vale\nA show about a lighthouse.",
]


@pytest.mark.parametrize("text", RELEASES)
def test_a_release_is_known_by_its_marks(text: str) -> None:
    assert is_release(text)


@pytest.mark.parametrize("text", STORIES)
def test_a_story_with_one_of_them_is_none(text: str) -> None:
    assert not is_release(text)
