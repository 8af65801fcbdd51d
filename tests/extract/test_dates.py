"""Dates in a sentence become ISO text with the precision that was stated."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.extract.dates import find_dates

PUBLISHED = dt.date(2025, 10, 8)

STATED = [
    ("premieres Tuesday, February 3, 2026 at 9/8c", "2026-02-03", "day"),
    ("premieres Feb. 3 on Apple TV+", "2026-02-03", "day"),
    ("debuts SUNDAY, MAY 11 (9:00-10:00 p.m.)", "2026-05-11", "day"),
    ("to stream from 8 April across Europe", "2026-04-08", "day"),
    ("on the 3rd of March 2026", "2026-03-03", "day"),
    ("season 4 coming July 15th!", "2026-07-15", "day"),
    ("returns Thursday", "2025-10-09", "day"),
    ("on Christmas Day", "2025-12-25", "day"),
    ("set for a Nov 2026 release", "2026-11", "month"),
    ("sets a February return", "2026-02", "month"),
    ("delayed to August", "2026-08", "month"),
    ("next month", "2025-11", "month"),
    ("in early January", "2026-01", "month"),
    ("this Christmas", "2025-12", "month"),
    ("Memorial Day weekend 2026", "2026-05", "month"),
    ("in the first quarter of 2026", "2026-Q1", "quarter"),
    ("slated for the second quarter", "2026-Q2", "quarter"),
    ("this fall", "2025-fall", "season"),
    ("in the spring", "2026-spring", "season"),
    ("the fall of 2026", "2026-fall", "season"),
    ("Gets Summer Premiere Date", "2026-summer", "season"),
    ("later this year", "2025", "year"),
    ("early next year", "2026", "year"),
    ("in the first half of 2026", "2026", "year"),
    ("held for midseason", "2026", "year"),
    ("to release on Diwali 2026", "2026", "year"),
]


@pytest.mark.parametrize(("text", "iso", "precision"), STATED)
def test_a_date_is_as_precise_as_it_was_stated(text: str, iso: str, precision: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [(when.iso, when.precision) for _, _, when in found] == [(iso, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "You may return",
        "march on",
        "set to fall",
        "moved to Thursdays",
        "the 2025-26 season",
        "at 8/7c",
        "a follow-up to 1982 sci-fi classic Vale",
        "the Sunday slot",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_a_day_without_a_year_is_the_next_such_day_but_a_fresh_one_is_this_years() -> None:
    assert find_dates("on Feb. 3", dt.date(2025, 12, 9))[0][2].iso == "2026-02-03"
    assert find_dates("on Feb. 3", dt.date(2026, 2, 10))[0][2].iso == "2026-02-03"


def test_without_a_day_of_publication_what_is_relative_stays_open() -> None:
    assert [(when.iso, when.precision) for _, _, when in find_dates("this fall, on Feb. 3, in 2026", None)] == [
        (None, "season"),
        (None, "day"),
        ("2026", "year"),
    ]


def test_what_lies_before_publication_is_past() -> None:
    assert find_dates("in 2018", PUBLISHED)[0][2].past
    assert not find_dates("in 2026", PUBLISHED)[0][2].past


@given(st.text(max_size=300), st.dates() | st.none())
def test_spans_lie_in_the_text_in_order_for_any_text(text: str, published: dt.date | None) -> None:
    ends = [0]
    for start, end, _ in find_dates(text, published):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
