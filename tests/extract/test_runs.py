"""Which season a claim is about, and how long an order is, as the whole text tells."""

from __future__ import annotations

import pytest

from tradewatch.extract.runs import Runs
from tradewatch.types import Claim, ClaimType

MORE = {
    "after the season that ended": ("Hulu renews Vale for two more seasons\nIts second season ended in May.", (3, 4)),
    "after a season named without its noun": ("AMC renews Vale for two more seasons\nA month before, its second came to an end.", (3, 4)),
    "the seasons that are said to come": ("Two more series of Vale\nSeries four and five will move to BBC One.", (4, 5)),
    "up to a last one": ("Vale returns for two more series\nThat takes it up to and including series 13.", (12, 13)),
    "unknown where nothing tells": ("Hulu renews Vale for two more seasons\nJane Roe stars.", ()),
}


@pytest.mark.parametrize("case", MORE)
def test_two_more_seasons_are(case: str) -> None:
    text, seasons = MORE[case]
    assert Runs(text, ["Vale"]).more("Vale", 2) == seasons


SEASONS = {
    "the next after the one that ended": (ClaimType.RENEWAL, "Fox renews Vale\nIts second-season finale airs tonight.", (3,)),
    "the next of a sophomore drama": (ClaimType.RENEWAL, "Fox renews Vale\nThe sophomore drama stars Jane Roe.", (3,)),
    "the one that will come": (ClaimType.RENEWAL, "Fox renews Vale\nSeason 3 will film in May.", (3,)),
    "the last that was made": (ClaimType.CANCELLATION, "Fox axes Vale\nThe western was in its second season.", (2,)),
    "as many as there were": (ClaimType.CANCELLATION, "Fox axes Vale\nIt ends after three seasons.", (3,)),
    "not those of another title": (ClaimType.CANCELLATION, "Fox axes Vale\nMeridian's third season ended in May.", ()),
}


@pytest.mark.parametrize("case", SEASONS)
def test_a_claim_without_a_season_is_about(case: str) -> None:
    kind, text, seasons = SEASONS[case]
    assert Runs(text, ["Vale", "Meridian"]).seasons(Claim(type=kind, title="Vale")) == seasons


def test_an_elided_count_belongs_to_the_title_before_it() -> None:
    runs = Runs("Fox cancels Vale after two seasons and Meridian after one.", ["Vale", "Meridian"])
    assert (runs.made("Vale"), runs.made("Meridian")) == (2, 1)


@pytest.mark.parametrize(
    ("text", "title", "episodes"),
    [
        ("Sky orders Vale\nThe six-part thriller stars Jane Roe.", "Vale", 6),
        ("Tubi orders Vale and Meridian. Each has been ordered for 10 half-hours.", "Vale", 10),
        ("YTV orders a second season (20 x 11 minutes) of Vale", "Vale", 20),
        ("Sky orders Vale\nThe first six episodes aired in May.", "Vale", None),
        ("Sky orders Vale\nIt comes from the creator of Meridian. The eight-part project films in May.", "Vale", 8),
        ("Sky orders Vale\nMeridian, an eight-part drama, ended.", "Vale", None),
    ],
)
def test_an_order_is_as_long_as_its_own_title_is_said_to_be(text: str, title: str, episodes: int | None) -> None:
    assert Runs(text, ["Vale", "Meridian"]).episodes(title) == episodes
