"""Order, reopening and corrections: pure decisions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.announce.reports import claim, report
from tradewatch.triage import (
    SLOTS,
    Reopening,
    SlotError,
    State,
    TitleState,
    band_of,
    corrected,
    corrections,
    place_of,
    reopening,
    shown,
    state_of,
)
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Tier, Verdict

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


def announcement(told: Claim, *, hours: float = 0, tier: Tier = Tier.TRADE, certainty: Certainty = Certainty.CONFIRMED) -> Announcement:
    word = report(told, hours=hours, tier=tier)
    return Announcement(
        id=f"a{hours}", type=told.type, work="vale", value=told, certainty=certainty, version=1, first_seen=word.reported_at,
        last_seen=word.reported_at, reports=(word,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "tier", "contradicted", "band"),
    [
        (claim(confidence=0.9), Tier.TRADE, True, "CONTRADICTED"),
        (claim(confidence=0.9), Tier.TRADE, False, "WEIGHTY"),
        (claim(confidence=0.5), Tier.OFFICIAL, False, "WEIGHTY"),
        (claim(confidence=0.9), Tier.AGGREGATOR, False, "REST"),
        (claim(confidence=0.5), Tier.AGGREGATOR, False, "DOUBTFUL"),
        (claim(type=ClaimType.CASTING, person="Jane Roe", confidence=0.9), Tier.TRADE, False, "REST"),
    ],
)
def test_the_band_of_an_announcement(told: Claim, tier: Tier, contradicted: bool, band: str) -> None:
    assert band_of(announcement(told, tier=tier), TitleState.KNOWN, contradicted=contradicted).name == band


def test_an_ambiguous_title_is_doubtful() -> None:
    casting = announcement(claim(type=ClaimType.CASTING, person="Jane Roe", confidence=0.9))
    assert band_of(casting, TitleState.AMBIGUOUS, contradicted=False).name == "DOUBTFUL"


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_in_a_band_the_last_told_comes_first(hours: float, other: float) -> None:
    one, two = announcement(claim(), hours=hours), announcement(claim(), hours=other)
    if int(one.last_seen.timestamp()) > int(two.last_seen.timestamp()):
        assert place_of(one, band_of(one, TitleState.NEW, contradicted=False)) < place_of(
            two, band_of(two, TitleState.NEW, contradicted=False)
        )


REPORTED, CONFIRMED = Certainty.REPORTED, Certainty.CONFIRMED
DATED, MOVED = (claim(type=ClaimType.PREMIERE_DATE, date=day) for day in ("2026-06-04", "2026-07-01"))


@pytest.mark.parametrize(
    ("kinds", "before", "after", "why"),
    [
        ({"echoes", "corroborates"}, (DATED, CONFIRMED), (DATED, CONFIRMED), None),
        ({"contradicts"}, (DATED, CONFIRMED), (DATED, CONFIRMED), Reopening.CONTRADICTED),
        ({"corroborates"}, (DATED, REPORTED), (DATED, CONFIRMED), Reopening.UPGRADED),
        ({"updates"}, (DATED, CONFIRMED), (MOVED, CONFIRMED), Reopening.UPGRADED),
        ({"corrects"}, (DATED, CONFIRMED), (MOVED, CONFIRMED), Reopening.CORRECTED),
        ({"corrects"}, (DATED, CONFIRMED), (DATED, CONFIRMED), None),
        ({"merged", "split", "undone", "rekeyed"}, (DATED, CONFIRMED), (MOVED, CONFIRMED), None),
        ({"contradicts", "corrects"}, (DATED, REPORTED), (claim(), CONFIRMED), Reopening.CONTRADICTED),
        ({"unsaid"}, (DATED, CONFIRMED), (DATED, CONFIRMED), None),
    ],
)  # fmt: skip
def test_only_what_contradicts_upgrades_or_corrects_reopens(
    kinds: set[str], before: tuple[Claim, Certainty], after: tuple[Claim, Certainty], why: Reopening | None
) -> None:
    assert reopening(kinds, before, after) is why


def test_what_nobody_says_any_more_reopens() -> None:
    assert reopening({"unsaid"}, (DATED, CONFIRMED), (DATED, CONFIRMED), retracted=True) is Reopening.RETRACTED


def test_a_reopened_announcement_is_open_whatever_was_decided() -> None:
    verdict = Verdict(subject="a", action="accept", editor="ada", decided_at=NOW)
    assert state_of(verdict, None, NOW) is State.ACCEPTED
    assert state_of(verdict, Reopening.CORRECTED, NOW) is State.OPEN


@pytest.mark.parametrize("kind", ClaimType)
def test_every_type_has_slots_to_correct(kind: ClaimType) -> None:
    assert set(SLOTS[kind]) <= {*Claim.__slots__}


claims = st.builds(
    lambda kind, seasons, episodes, final, words: claim(
        type=kind, seasons=tuple(sorted(seasons)), episodes=episodes, final=final, network=words, person=words, role=words
    ),
    st.sampled_from(ClaimType),
    st.sets(st.integers(1, 200), max_size=4),
    st.none() | st.integers(1, 2000),
    st.booleans(),
    st.none() | st.text("abc é", min_size=1, max_size=9).map(str.strip).filter(bool).map(lambda text: " ".join(text.split())),
)


@given(claims)
def test_what_was_not_changed_is_no_correction(told: Claim) -> None:
    typed = {slot: shown(told, slot) for slot in SLOTS[told.type]}
    assert corrections(told, typed) == ()


@given(claims, claims)
def test_a_claim_corrected_says_what_was_typed(told: Claim, meant: Claim) -> None:
    typed = {slot: shown(meant, slot) for slot in SLOTS[told.type]}
    right = corrected(told, corrections(told, typed))
    assert {slot: getattr(right, slot) for slot in SLOTS[told.type]} == {slot: getattr(meant, slot) for slot in SLOTS[told.type]}


@given(st.sampled_from([slot for slots in SLOTS.values() for slot in slots]), st.text(max_size=400))
def test_whatever_is_typed_is_read_or_refused_by_name(slot: str, typed: str) -> None:
    kind = next(kind for kind, slots in SLOTS.items() if slot in slots)
    refused = ""
    try:
        corrections(claim(type=kind, title="Vale", person="Jane Roe"), {slot: typed})
    except SlotError as error:
        refused = error.slot
    assert refused in ("", slot)
