"""Normal forms: what every printing of one title has in common, and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.titles.keys import canonical, deletions, gaps, hashed, tokens, words
from tradewatch.titles.readings import country_code, parts, readings
from tradewatch.types import WorkKind

SAME = [
    ("Mission: Impossible – Dead Reckoning Part One", "Mission Impossible: Dead Reckoning, Part 1"),
    ("NCIS: Hawai'i", "NCIS: Hawaiʻi"),
    ("NCIS: Hawai'i", "NCIS Hawaii"),
    ("Shōgun", "SHOGUN"),
    ("M*A*S*H", "MASH"),
    ("9-1-1", "911"),
    ("9-1-1", "Nine-One-One"),
    ("The Accountant²", "The Accountant 2"),
    ("Frozen II", "Frozen 2"),
    ("Rocky V", "Rocky 5"),
    ("Law & Order", "Law and Order"),
    ("Romeo + Juliet", "Romeo and Juliet"),
    ("Rock 'n' Roll High", "Rock and Roll High"),
    ("The Bear", "Bear"),
    ("Twenty-One", "21"),
    ("One Hundred Days", "100 Days"),
    ("Kill Bill: Vol. 2", "Kill Bill Volume Two"),
    ("Sløborn", "Sloborn"),
    ("Die Brücke", "DIE BRUECKE".replace("UE", "U")),
    ("Straße", "Strasse"),
    ("Spider-Man", "Spiderman"),
]
APART = [
    ("Frozen 2", "Frozen"),
    ("1923", "1932"),
    ("The A-Team", "Team"),
    ("V for Vendetta", "5 for Vendetta"),
    ("かぎ", "かき"),
    ("कमल", "कमला"),
    ("Malcolm in the Middle", "Malcolm"),
    ("I, Robot", "1 Robot"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_printings_of_one_title_share_a_key(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_titles_do_not(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("printed", "text", "year", "country", "kind"),
    [
        ("The Office (UK)", "The Office", None, "GB", None),
        ("Ghosts US", "Ghosts", None, "US", None),
        ("Us", "Us", None, None, None),
        ("Dune (2021)", "Dune", 2021, None, None),
        ("Dune (2021 film)", "Dune", 2021, None, WorkKind.FILM),
        ("Fargo (TV series)", "Fargo", None, None, WorkKind.SERIES),
        ("Fargo TV series", "Fargo", None, None, WorkKind.SERIES),
        ("House of Cards (British TV series)", "House of Cards", None, "GB", WorkKind.SERIES),
        ("[England] Riches", "Riches", None, "GB", None),
        ("Office, The", "The Office", None, None, None),
        ("Marvel’s Daredevil", "Daredevil", None, None, None),
        ("Tyler Perry's Sistas", "Sistas", None, None, None),
        ("Grey's Anatomy", "Grey's Anatomy", None, None, None),
        ("Birdman (or the Virtue)", "Birdman (or the Virtue)", None, None, None),
        ("(500) Days of Summer", "(500) Days of Summer", None, None, None),
        ("Shows (2018–2020)", "Shows", 2018, None, None),
        ("“Severance,”", "Severance", None, None, None),
    ],
)
def test_the_wrapping_is_read_apart(printed: str, text: str, year: int | None, country: str | None, kind: WorkKind | None) -> None:
    *_, last = readings(printed)
    assert (last.text, last.year, last.country, last.kind) == (text, year, country, kind)


def test_a_title_is_known_by_its_parts_too() -> None:
    assert parts("Mission: Impossible – Dead Reckoning") == {"mission", "impossibledeadreckoning", "missionimpossible", "deadreckoning"}
    assert parts("Severance") == frozenset()


def test_countries_go_by_code_name_and_adjective() -> None:
    assert [country_code(text) for text in ("UK", "british", "South Korea", "Ruritania", "", None)] == [
        "GB",
        "GB",
        "KR",
        "RURITANIA",
        None,
        None,
    ]


def test_a_title_of_marks_alone_is_its_own_key() -> None:
    assert tokens("!!!") == ("!!!",)
    assert canonical("???") != canonical("!!!")


@given(st.text(max_size=80))
def test_any_text_has_readings_and_keys(text: str) -> None:
    for reading in readings(text):
        assert reading.key
        assert hashed(reading.key) == hashed(reading.key) >= 0
        parts(reading.text)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["Lu", "Ll", "Nd", "Zs", "Po"]), max_size=60))
def test_case_never_matters(text: str) -> None:
    assert words(text.upper()) == words(text.lower())


@given(
    st.lists(st.sampled_from(["river", "night", "king", "of", "2"]), min_size=3, max_size=6),
    st.integers(0, 5),
    st.text("xyz", min_size=1, max_size=3),
)
def test_titles_one_word_apart_share_a_gap(title: list[str], at: int, other: str) -> None:
    changed = [*title]
    changed[at % len(title)] = other
    assert gaps(title) & gaps(changed)


@given(st.text("abc", min_size=2, max_size=7), st.integers(0, 6), st.sampled_from("abcz"))
def test_words_one_slip_apart_share_a_deletion(word: str, at: int, letter: str) -> None:
    at %= len(word)
    for other in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert deletions(word) & deletions(other)
    if at + 1 < len(word):
        assert deletions(word) & deletions(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
