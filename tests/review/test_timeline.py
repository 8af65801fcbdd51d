"""What was never announced of a title, by name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.announce.reports import claim
from tests.review.test_triage import announcement
from tradewatch.review.timeline import gaps, life
from tradewatch.types import ClaimType

ORDER = {"type": ClaimType.SERIES_ORDER, "seasons": ()}
LEADER = {"type": ClaimType.ROLE_ATTACHED, "person": "Jane Roe", "role": "showrunner"}
CAST = {"type": ClaimType.CASTING, "person": "Kim Lee"}
MADE: tuple[dict[str, Any], ...] = (ORDER, LEADER, CAST)


def dated(*seasons: int) -> dict[str, Any]:
    return {"type": ClaimType.PREMIERE_DATE, "date": "2026-06-04", "seasons": seasons}


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ((), []),
        ((*MADE, dated(1)), []),
        (
            ({"seasons": (2,)},),
            ["no series order was seen", "no showrunner or creator was named", "nobody was cast", "no premiere date for season 2"],
        ),
        (
            (*MADE, dated(1), {"seasons": (4,)}),
            ["no renewal for season 2 was seen", "no renewal for season 3 was seen", "no premiere date for season 4"],
        ),
        ((*MADE, dated(1), {"seasons": (2, 3)}, dated(2), dated()), []),
    ],
)  # fmt: skip
def test_the_gaps_of_a_series(told: tuple[dict[str, Any], ...], missing: list[str]) -> None:
    assert gaps([announcement(claim(**slots), hours=hour) for hour, slots in enumerate(told)]) == missing


def test_a_film_has_a_director_and_a_day() -> None:
    film = announcement(claim(type=ClaimType.FILM_GREENLIGHT, seasons=()))
    assert gaps([film], is_film=True) == ["no director was named", "nobody was cast", "no release date"]


def test_a_life_is_told_in_order() -> None:
    late, early = announcement(claim(), hours=9), announcement(claim(), hours=1)
    assert life([late, early]) == [early, late]
