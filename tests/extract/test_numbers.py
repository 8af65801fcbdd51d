"""Seasons and episodes as the trade writes them."""

from __future__ import annotations

import pytest

from tradewatch.extract.numbers import Seasons, find_episodes, find_seasons

SEASONS = {
    "a fifth and final season": Seasons((5,), final=True),
    "Seasons 3 & 4": Seasons((3, 4)),
    "seasons 5–7": Seasons((5, 6, 7)),
    "two more series of six": Seasons(more=2, episodes=6),
    "another season": Seasons(more=1),
    "fifth and third seasons": Seasons((5, 3)),
    "third through fifth seasons": Seasons((3, 4, 5)),
    "series two": Seasons((2,)),
    "a 13-episode third season": Seasons((3,)),
    "its sophomore run": Seasons((2,)),
    "Final Season 5": Seasons((5,), final=True),
    "the first three seasons": Seasons((1, 2, 3)),
    "S4": Seasons((4,)),
    "twenty-first season": Seasons((21,)),
}


@pytest.mark.parametrize("text", SEASONS)
def test_seasons_are_read(text: str) -> None:
    assert [value for _, _, value in find_seasons(text.replace("–", "-"))] == [SEASONS[text]]


@pytest.mark.parametrize("text", ["one season", "a series of setbacks", "the season", "season tickets", "the first run"])
def test_what_names_no_season_gives_none(text: str) -> None:
    assert find_seasons(text) == []


def test_more_seasons_are_counted_on() -> None:
    assert Seasons(more=2).resolve(2) == (3, 4)
    assert Seasons(more=2).resolve(0) == ()


@pytest.mark.parametrize(
    ("text", "count"), [("eight-episode", 8), ("14 new episodes", 14), ("six hour-long episodes", 6), ("ten parts", 10)]
)
def test_episodes_are_counted(text: str, count: int) -> None:
    assert [number for _, _, number in find_episodes(text)] == [count]
