"""Whose word a report is, and who was first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.announce.reports import OUTLETS, claim, report
from tradewatch.announce import Sketch, certainty_of, decide, earliest, resemblance, sketch
from tradewatch.announce.copies import COPY
from tradewatch.types import Certainty, Status, Tier

TEXT = """
    Insiders had expected a decision before the upfronts and it arrived on Tuesday afternoon in a call to the writers room that lasted
    less than four minutes. The show has been a steady performer since its launch growing by a tenth on catch up viewing and winning over
    critics who dismissed its first hour. Its creators pitched a plan in January with a change of scene and a new investigator."""
WORDS = TEXT.split()


@pytest.mark.parametrize(
    ("outlet", "chain", "tier", "origin", "first_hand"),
    [
        ("Deadline", (), Tier.TRADE, "Penske", True),
        ("Variety", ("Variety", "Deadline"), Tier.TRADE, "Penske", True),
        ("Collider", ("Collider", "Deadline"), Tier.AGGREGATOR, "Penske", False),
        ("Collider", ("Deadline",), Tier.AGGREGATOR, "Penske", False),
        ("Collider", ("Collider", "TVLine", "Variety"), Tier.AGGREGATOR, "Penske", False),
        ("Deadline", ("Deadline", "HBO Max"), Tier.TRADE, "official", True),
        ("HBO Press", (), Tier.OFFICIAL, "official", True),
        ("Collider", ("Collider", "ABC News"), Tier.AGGREGATOR, "Disney", False),
        ("The Village Voice", (), Tier.CONSUMER, "The Village Voice", True),
    ],
)
def test_a_report_goes_back_to_the_owner_that_its_chain_ends_with(
    outlet: str, chain: tuple[str, ...], tier: Tier, origin: str, *, first_hand: bool
) -> None:
    word = report(claim(attribution=chain), outlet, tier=tier)
    assert (word.origin, word.first_hand) == (origin, first_hand)
    assert word.chain[0] == outlet


def test_a_url_tells_whose_it_is() -> None:
    assert OUTLETS.of_url("https://www.deadline.com/2026/03/vale") == "Penske"
    assert OUTLETS.of_url("https://blog.collider.com/x") == "Valnet"
    assert OUTLETS.of_url("https://notdeadline.com/") is None


def test_within_five_minutes_nobody_was_first() -> None:
    told = [report(claim(), "TVLine", 0), report(claim(), "Deadline", 0.08), report(claim(), "Variety", 0.09)]
    assert [one.outlet for one in earliest(told)] == ["TVLine", "Deadline"]


def test_an_echo_that_was_published_earlier_is_not_the_first_report() -> None:
    echo = report(claim(attribution=("Collider", "Deadline")), "Collider", 0)
    assert [one.outlet for one in earliest([echo, report(claim(), "Deadline", 1)])] == ["Deadline"]
    assert earliest([echo]) == (echo,)
    assert earliest([]) == ()


@pytest.mark.parametrize(
    ("status", "tier", "chain", "certainty"),
    [
        (Status.ANNOUNCED, Tier.OFFICIAL, (), Certainty.CONFIRMED),
        (Status.ANNOUNCED, Tier.TRADE, (), Certainty.CONFIRMED),
        (Status.ANNOUNCED, Tier.AGGREGATOR, ("Collider", "Deadline"), Certainty.REPORTED),
        (Status.ANNOUNCED, Tier.CONSUMER, (), Certainty.REPORTED),
        (Status.ANNOUNCED, Tier.RUMOUR, (), Certainty.RUMOURED),
        (Status.ANNOUNCED, Tier.AGGREGATOR, ("Collider", "HBO"), Certainty.CONFIRMED),
        (Status.REPORTED, Tier.TRADE, (), Certainty.REPORTED),
        (Status.IN_TALKS, Tier.TRADE, (), Certainty.IN_TALKS),
        (Status.RUMOURED, Tier.TRADE, (), Certainty.RUMOURED),
    ],
)
def test_the_ladder_of_certainty(status: Status, tier: Tier, chain: tuple[str, ...], certainty: Certainty) -> None:
    told = claim(status=status, attribution=chain)
    assert certainty_of(told, report(told, "Collider", tier=tier)) is certainty


def test_a_copy_with_a_tenth_of_its_words_cut_is_a_copy_and_another_story_is_not() -> None:
    whole = sketch(" ".join(WORDS))
    cut = sketch(" ".join(word for at, word in enumerate(WORDS) if at % 10))
    other = sketch(" ".join(reversed(WORDS)))
    assert resemblance(whole, cut) >= COPY
    assert resemblance(whole, other) < 0.1
    assert resemblance(whole, sketch("too short to say")) == 0.0


@given(st.lists(st.sampled_from(WORDS), min_size=30, max_size=90))
def test_a_text_is_its_own_copy_and_a_sketch_survives_storing(text: list[str]) -> None:
    made = sketch(" ".join(text))
    assert resemblance(made, made) == 1.0
    assert Sketch.unpacked(made.packed()) == made


def test_a_report_from_the_future_counts_as_of_now() -> None:
    told = claim()
    word = report(told, hours=48)
    decision = decide(told, word, (), word.reported_at - dt.timedelta(days=1))
    assert decision.report.reported_at == word.reported_at - dt.timedelta(days=1)
