"""Whether two printed names are one person's, and two printed territories one market."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.announce.likeness import Likeness
from tradewatch.announce.people import compare_people, name_ends
from tradewatch.announce.territories import compare_territories

PEOPLE = [
    ("Matthew Brisker", "Matt Brisker", Likeness.SAME),
    ("Robert Oyelowe", "Bob Oyelowe", Likeness.SAME),
    ("Zoë Křížová", "Zoe Krizova", Likeness.SAME),
    ("Pyo Jae-won", "Jaewon Pyo", Likeness.SAME),
    ("J.J. Abernathy", "JJ Abernathy", Likeness.SAME),
    ("Samuel L. Harcourt", "Samuel Harcourt", Likeness.SAME),
    ("Robert Dunmore, Jr.", "Robert Dunmore Jr", Likeness.SAME),
    ("Robert Dunmore Jr.", "Robert Dunmore", Likeness.NEAR),
    ("Bob Dunmore Jr.", "Robert Dunmore", Likeness.NEAR),
    ("Michael B. Tarkin", "Michael C. Tarkin", Likeness.NEAR),
    ("Dan Okonjo", "Danielle Okonjo", Likeness.NEAR),
    ("J. Okonjo", "James Okonjo", Likeness.NEAR),
    ("Kristoffer Hallberg", "Kristofer Halberg", Likeness.NEAR),
    ("Ana Salazar", "Ana Salazar Hale", Likeness.NEAR),
    ("Joel Coven", "Ethan Coven", Likeness.OTHER),
    ("Li Wen", "Li Wei", Likeness.OTHER),
    ("Zendria", "Zendria Cole", Likeness.OTHER),
]
TERRITORIES = [
    ("U.K.", "United Kingdom", Likeness.SAME),
    ("UK, Germany and Turkey", "Turkey, the UK & Germany", Likeness.SAME),
    ("US", "North America", Likeness.NEAR),
    ("France", "worldwide", Likeness.NEAR),
    ("UK and Ireland", "Ireland", Likeness.NEAR),
    ("US", "UK", Likeness.OTHER),
    ("North America", "Germany", Likeness.OTHER),
]


@pytest.mark.parametrize(("mine", "theirs", "likeness"), PEOPLE)
def test_two_names_are_one_persons_or_an_editor_says(mine: str, theirs: str, likeness: Likeness) -> None:
    assert compare_people(mine, theirs).likeness is compare_people(theirs, mine).likeness is likeness


@pytest.mark.parametrize(("mine", "theirs", "likeness"), TERRITORIES)
def test_one_territory_may_hold_another(mine: str, theirs: str, likeness: Likeness) -> None:
    assert compare_territories(mine, theirs).likeness is compare_territories(theirs, mine).likeness is likeness


@pytest.mark.parametrize(("mine", "theirs", "likeness"), [row for row in PEOPLE if row[2] is Likeness.SAME])
def test_names_of_one_person_are_found_by_each_other(mine: str, theirs: str, likeness: Likeness) -> None:
    assert set(name_ends(mine)) & set(name_ends(theirs))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_can_be_compared_either_way(mine: str, theirs: str) -> None:
    assert compare_people(mine, theirs).likeness is compare_people(theirs, mine).likeness
    assert compare_people(mine, mine).likeness is Likeness.SAME
