"""Deliveries that fail are tried again alone; whatever is frozen is handed over in the end, or given up with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.digest.issuing import DIGEST, DigestDesk
from tradewatch.digest.run import TRIES, after_failure, is_due, send_again
from tradewatch.errors import StoreError
from tradewatch.types import DeliveryState, Dispatch, FolderDelivery, HookDelivery, Schedule

BOTH = replace(
    DIGEST, deliveries=(FolderDelivery(name="folder", path="out"), HookDelivery(name="hook", url="https://h.example", secret="x"))
)
VALE = "Hulu has renewed ‘Vale’ for season 3"


@pytest.fixture
def desk() -> Iterator[DigestDesk]:
    opened = DigestDesk()
    yield opened
    opened.store.close()


def states(desk: DigestDesk, number: int = 1) -> dict[str, str]:
    return {one.target: one.state.value for one in desk.store.issues.dispatches("tv", number)}


def test_what_failed_is_tried_again_alone_when_its_pause_is_over(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    desk.refusing["hook"] = "the server is out of service (503)"
    desk.issue(BOTH)
    assert states(desk) == {"folder": "delivered", "hook": "failed"}
    desk.refusing.clear()
    desk.clock.forward(seconds=-61)
    assert desk.hand_over(BOTH) == []
    desk.clock.forward(seconds=90)
    assert [one.state for one in desk.hand_over(BOTH)] == [DeliveryState.DELIVERED]
    assert [name for name, _ in desk.given] == ["folder", "hook"]
    assert desk.given[0][1].id == desk.given[1][1].id


def test_a_failing_delivery_holds_up_neither_the_next_issue_nor_other_readers(desk: DigestDesk) -> None:
    desk.refusing["hook"] = "no"
    desk.prints("Slateline", VALE)
    desk.issue(BOTH)
    desk.prints("Slateline", "Netflix has cancelled ‘Palisade’ after two seasons")
    desk.issue(BOTH)
    assert states(desk, 2) == {"folder": "delivered", "hook": "failed"}
    desk.refusing.clear()
    desk.hand_over(BOTH, all_now=True)
    assert [(name, parcel.id.split(".")[0]) for name, parcel in desk.given if name == "hook"] == [("hook", "tv-0001"), ("hook", "tv-0002")]


def test_pauses_double_to_four_hours_and_end_after_twelve_tries() -> None:
    now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    dispatch, pauses = Dispatch(digest="tv", number=1, target="hook", state=DeliveryState.WAITING), []
    while dispatch.state is not DeliveryState.GIVEN_UP:
        dispatch = after_failure(dispatch, "no", now)
        if dispatch.next_at:
            pauses.append((dispatch.next_at - now) // dt.timedelta(minutes=1))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert (dispatch.tries, dispatch.next_at, dispatch.reason) == (TRIES, None, "no")


def test_a_delivery_that_is_configured_no_more_is_given_up(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    desk.refusing["hook"] = "no"
    desk.issue(BOTH)
    (given_up,) = desk.hand_over(DIGEST, all_now=True)
    assert (given_up.state, given_up.reason) == (DeliveryState.GIVEN_UP, "no longer configured")


def test_an_empty_issue_is_sent_and_says_so_or_not_where_nobody_wants_it(desk: DigestDesk) -> None:
    desk.issue()
    ((_, parcel),) = desk.given
    assert parcel.subject == "TV: nothing new; 0 pending"
    desk.issue(replace(DIGEST, send_empty=False))
    assert states(desk, 2) == {"folder": "skipped"}
    assert len(desk.given) == 1


def test_an_issue_sent_again_is_the_same_with_another_id(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue(BOTH)
    desk.decides(vale.id, "reject")
    send_again(desk.store, "tv", 1, only="hook")
    desk.hand_over(BOTH)
    (_, first), (_, second) = (pair for pair in desk.given if pair[0] == "hook")
    assert first.message == second.message
    assert first.id != second.id
    assert [name for name, _ in desk.given] == ["folder", "hook", "hook"]


def test_only_what_there_is_can_be_sent_again(desk: DigestDesk) -> None:
    with pytest.raises(StoreError, match="there is no issue 1"):
        send_again(desk.store, "tv", 1)
    desk.issue()
    with pytest.raises(StoreError, match="issue 1 of tv has no delivery pigeon"):
        send_again(desk.store, "tv", 1, only="pigeon")


def test_a_digest_that_never_ran_begins_with_the_first_time_after_it_became_known(desk: DigestDesk) -> None:
    daily = replace(DIGEST, schedule=Schedule(times=(dt.time(8),)))
    noon = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    assert is_due(desk.store, daily, noon) is None
    assert is_due(desk.store, daily, noon + dt.timedelta(hours=19)) is None
    assert is_due(desk.store, daily, noon + dt.timedelta(days=4)) == dt.datetime(2026, 3, 6, 8, tzinfo=dt.UTC)


def test_an_issue_is_never_rewritten(desk: DigestDesk) -> None:
    desk.issue()
    with pytest.raises(Exception, match="never changed once it is frozen"):
        desk.store.db.execute("UPDATE issue SET until = 0")
