"""Announcements in the database: told once, every version kept, merged and split and back again."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.announce.reports import OUTLETS, START, Desk, claim, report
from tradewatch.announce import decide, retold, sketch
from tradewatch.errors import StoreError
from tradewatch.titles.match import unknown_work
from tradewatch.types import Announcement, Certainty, ClaimType, DecisionKind, Status, Tier, Title, WorkKind


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.store.close()


def only(desk: Desk) -> Announcement:
    (known,) = desk.store.announcements.find()
    return known


def test_a_claim_told_twice_is_told_once(desk: Desk) -> None:
    desk.tell(claim())
    cursor = desk.store.announcements.changed_since(0)[1]
    decision, known = desk.tell(claim())
    assert decision.reasons == ("already counted",)
    assert known is not None
    assert (known.version, len(known.reports)) == (1, 1)
    assert desk.store.announcements.changed_since(cursor) == ([], cursor)


def test_every_version_is_kept_with_what_made_it(desk: Desk) -> None:
    desk.tell(claim(type=ClaimType.PREMIERE_DATE, date="2026-05"))
    desk.tell(claim(type=ClaimType.PREMIERE_DATE, date="2026-05-07"), "TVLine", 2)
    desk.tell(claim(type=ClaimType.PREMIERE_DATE, date="2026-06-04", prior_date="2026-05-07"), "TVLine", 240)
    known = only(desk)
    assert known.value.date == "2026-06-04"
    versions = desk.store.announcements.versions(known.id)
    assert [(one.version, one.value.date, one.because) for one in versions] == [
        (1, "2026-05", "new"), (2, "2026-05-07", "updates"), (3, "2026-06-04", "updates"),
    ]  # fmt: skip
    assert all(one.claim_id and one.reasons for one in versions)


def test_five_outlets_and_one_origin_are_stored(desk: Desk) -> None:
    desk.tell(claim())
    for at, outlet in enumerate(("Collider", "TVLine", "ABC News", "The Village Voice"), 1):
        desk.tell(claim(attribution=(outlet, "Deadline"), status=Status.REPORTED), outlet, at)
    known = only(desk)
    assert (len(known.outlets), known.origins) == (5, ("Penske",))
    assert desk.store.db.execute("SELECT outlets, origins FROM announcement").fetchone() == (5, 1)


def test_rival_values_stand_beside_each_other_until_the_official_word(desk: Desk) -> None:
    desk.tell(claim(episodes=8))
    desk.tell(claim(episodes=10), "TVLine", 1)
    assert [rival.episodes for rival in only(desk).rivals] == [10]
    assert only(desk).value.episodes == 8
    desk.tell(claim(episodes=10), "HBO Press", 20, tier=Tier.OFFICIAL)
    known = only(desk)
    assert (known.value.episodes, known.rivals) == (10, ())
    assert [version.value.episodes for version in desk.store.announcements.versions(known.id)] == [8, 8, 10]


def test_a_denial_is_kept_beside_what_it_denies_and_certainty_stays(desk: Desk) -> None:
    desk.tell(claim(status=Status.RUMOURED), "Collider", tier=Tier.RUMOUR)
    decision, known = desk.tell(claim(status=Status.DENIED), "Deadline", 5)
    assert decision.kind is DecisionKind.CONTRADICTS
    assert known is not None
    assert (known.certainty, [one.stance for one in known.reports]) == (Certainty.RUMOURED, ["asserts", "denies"])
    assert known.outlets == ("Collider",)


def test_an_event_that_undoes_another_is_linked_to_it(desk: Desk) -> None:
    _, renewed = desk.tell(claim())
    decision, cancelled = desk.tell(claim(type=ClaimType.CANCELLATION, seasons=()), "TVLine", 24 * 60)
    assert renewed is not None
    assert cancelled is not None
    assert decision.kind is DecisionKind.NEW
    assert desk.store.announcements.links(cancelled.id) == [("reverses", renewed.id)]


@pytest.mark.parametrize("joins", [True, False])
def test_what_is_doubtful_waits_and_an_editor_settles_it_either_way(desk: Desk, *, joins: bool) -> None:
    desk.tell(claim(seasons=(3, 4)))
    decision, known = desk.tell(claim(seasons=(3,)), "TVLine", 1)
    assert (decision.kind, known) == (DecisionKind.UNSURE, None)
    (doubt,) = desk.store.announcements.doubts()
    assert doubt.likeliest == only(desk).id
    edit = desk.store.announcement_edits.settle(doubt.report.claim_id, doubt.likeliest if joins else None, "ann", START)
    assert desk.store.announcements.doubts() == []
    assert sorted(len(one.reports) for one in desk.store.announcements.find()) == ([2] if joins else [1, 1])
    assert (3, 4) in {one.value.seasons for one in desk.store.announcements.find()}
    desk.store.announcement_edits.undo(edit, "ann", START)
    assert desk.store.announcements.doubts() == [doubt]
    assert len(only(desk).reports) == 1


def test_merging_can_be_undone(desk: Desk) -> None:
    _, first = desk.tell(claim(seasons=(3,)))
    _, second = desk.tell(claim(seasons=(4,), episodes=8), "TVLine", 100)
    assert first is not None
    assert second is not None
    edits = desk.store.announcement_edits
    edit = edits.merge(first.id, second.id, "ann", START, "the outlet miscounts")
    merged = only(desk)
    assert (merged.outlets, merged.value.seasons, merged.value.episodes) == (("Deadline", "TVLine"), (3,), 8)
    assert desk.store.announcements.get(second.id) == merged
    edits.undo(edit, "ann", START)
    assert [len(one.reports) for one in desk.store.announcements.find()] == [1, 1]
    again = desk.store.announcements.get(first.id)
    assert again is not None
    assert (again.value, again.reports, again.version) == (first.value, first.reports, 3)
    assert [version.because for version in desk.store.announcements.versions(first.id)] == ["new", "merged", "undone"]
    assert edits.log()[0].undone_at == START


def test_splitting_can_be_undone(desk: Desk) -> None:
    desk.tell(claim())
    desk.tell(claim(episodes=8), "TVLine", 1)
    known = only(desk)
    edits = desk.store.announcement_edits
    edit = edits.split(known.id, [known.reports[1].claim_id], "ann", START)
    one, other = desk.store.announcements.find()
    assert {one.outlets, other.outlets} == {("Deadline",), ("TVLine",)}
    edits.undo(edit, "ann", START)
    again = only(desk)
    assert (again.id, again.value, again.reports) == (known.id, known.value, known.reports)


def test_edits_that_make_no_sense_are_refused_in_words(desk: Desk) -> None:
    _, known = desk.tell(claim())
    _, date = desk.tell(claim(type=ClaimType.PREMIERE_DATE, date="2026-05"), hours=1)
    assert known is not None
    assert date is not None
    edits = desk.store.announcement_edits
    with pytest.raises(StoreError, match="one announcement already"):
        edits.merge(known.id, known.id, "ann", START)
    with pytest.raises(StoreError, match="cannot be one event"):
        edits.merge(known.id, date.id, "ann", START)
    with pytest.raises(StoreError, match="no such announcement"):
        edits.merge(known.id, "nothing", "ann", START)
    with pytest.raises(StoreError, match="both sides"):
        edits.split(known.id, [known.reports[0].claim_id], "ann", START)
    with pytest.raises(StoreError, match="not a claim of"):
        edits.split(known.id, ["nothing"], "ann", START)
    with pytest.raises(StoreError, match="waits for an editor"):
        edits.settle("nothing", None, "ann", START)
    with pytest.raises(StoreError, match="no such edit"):
        edits.undo(99, "ann", START)


def test_an_edit_is_undone_only_after_those_that_build_on_it(desk: Desk) -> None:
    made = [desk.tell(claim(seasons=(season,)), hours=season)[1] for season in (3, 4, 5)]
    first, second, third = (one.id for one in made if one)
    edits = desk.store.announcement_edits
    one = edits.merge(first, second, "ann", START)
    two = edits.merge(first, third, "ann", START)
    with pytest.raises(StoreError, match=f"edit {two} builds on it"):
        edits.undo(one, "ann", START)
    edits.undo(two, "ann", START)
    edits.undo(one, "ann", START)
    assert len(desk.store.announcements.find()) == 3


def test_an_accepted_title_takes_its_announcements_and_gives_them_back(desk: Desk) -> None:
    desk.work = unknown_work("Vale")
    desk.tell(claim())
    desk.store.title_edits.accept(Title(id="vale-2026", name="Vale", kind=WorkKind.SERIES), "ann", START)
    assert only(desk).work == "vale-2026"
    desk.work = "vale-2026"
    assert desk.tell(claim(), "TVLine", 1)[0].kind is DecisionKind.CORROBORATES
    desk.store.announcement_edits.undo(desk.store.announcement_edits.log()[0].id, "ann", START)
    assert only(desk).work == unknown_work("Vale")


def test_a_copy_without_credit_goes_back_to_the_text_that_it_copies(desk: Desk) -> None:
    text = sketch(" ".join(f"word{number % 61} of the long story" for number in range(200)))
    announcements = desk.store.announcements
    desk.tell(claim(), article="first")
    announcements.remember_text("first", text, START)
    later = START + dt.timedelta(hours=2)
    assert announcements.copied_from("second", text, later, dt.timedelta(days=14)) == "first"
    assert announcements.copied_from("second", text, later + dt.timedelta(days=20), dt.timedelta(days=14)) is None
    assert announcements.copied_from("first", text, later, dt.timedelta(days=14)) is None
    decision, known = desk.tell(claim(), "Collider", 2, article="second", copy_of="first")
    assert decision.kind is DecisionKind.ECHOES
    assert known is not None
    assert known.origins == ("Penske",)


BURST = [
    ("Deadline", 0.0, ()),
    ("TVLine", 1.0, ()),
    ("Collider", 3.0, ("Collider", "Deadline")),
    ("ABC News", 30.0, ()),
    ("Variety", 300.0, ()),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_reading_does_not_change_what_is_told(order: tuple[int, ...]) -> None:
    desk = Desk()
    for at in order:
        outlet, hours, chain = BURST[at]
        told = claim(attribution=chain)
        word = report(told, outlet, hours)
        candidates = desk.store.announcements.comparable(told, "vale")
        later = START + dt.timedelta(days=30)
        desk.store.announcements.apply(decide(told, word, candidates, later, networks=OUTLETS.networks), told, "vale", later)
    known = only(desk)
    assert (known.first_seen, known.certainty, set(known.origins)) == (START, Certainty.CONFIRMED, {"Penske", "Static", "Disney"})
    assert known.outlets == ("Deadline", "TVLine", "Collider", "ABC News")
    desk.store.close()


CLAIMS = st.builds(
    claim,
    seasons=st.sampled_from([(2,), (3,), (2, 3), ()]),
    episodes=st.sampled_from([None, 8, 10]),
    status=st.sampled_from([Status.ANNOUNCED, Status.REPORTED, Status.RUMOURED, Status.DENIED, Status.IN_TALKS]),
)
TOLD = st.lists(
    st.tuples(CLAIMS, st.sampled_from(["Deadline", "Variety", "TVLine", "Collider"]), st.integers(0, 900)), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(TOLD)
def test_nothing_is_lost_and_certainty_never_falls(told: list[tuple[object, str, int]]) -> None:
    desk = Desk()
    for one, outlet, hours in told:
        desk.tell(one, outlet, hours)  # type: ignore[arg-type]
    announcements = desk.store.announcements
    placed = [word.claim_id for known in announcements.find() for word in known.reports]
    waiting = [doubt.report.claim_id for doubt in announcements.doubts()]
    asked = {report(one, outlet, hours).claim_id for one, outlet, hours in told}  # type: ignore[arg-type]
    assert sorted(placed + waiting) == sorted(asked)
    for known in announcements.find():
        rungs = [list(Certainty).index(version.certainty) for version in announcements.versions(known.id)]
        assert rungs == sorted(rungs)
        assert known.first_seen <= known.last_seen
    desk.store.close()


def test_announcements_told_anew_from_their_reports_are_the_same() -> None:
    desk = Desk()
    for at, (outlet, hours, chain) in enumerate(BURST):
        desk.tell(claim(attribution=chain, episodes=8 if at else None), outlet, hours)
    known = only(desk)
    again = retold(desk.store.announcements.told(known.id), "vale", START + dt.timedelta(days=30), networks=OUTLETS.networks)
    assert again == known
    desk.store.close()
