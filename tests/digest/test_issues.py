"""What a digest tells from issue to issue: everything once, and again only when there is something else to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.digest.issuing import DIGEST, DigestDesk, changes, rows, told
from tradewatch.types import Certainty, Change, ClaimType, Digest, Outcome, PollRecord, Review, Selection, SourceState, Tier

VALE = "Hulu has renewed ‘Vale’ for season 3"


@pytest.fixture
def desk() -> Iterator[DigestDesk]:
    opened = DigestDesk()
    yield opened
    opened.store.close()


def selecting(**asked: Any) -> Digest:
    return replace(DIGEST, selection=Selection(**asked))


# Once


def test_an_announcement_is_told_once_however_often_the_digest_runs(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    assert told(desk.issue(), "change", "detail") == [("new", "renewed for season 3 (Hulu)")]
    assert desk.issue().rows == ()
    assert desk.issue().rows == ()


def test_each_issue_begins_where_the_last_one_ended(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    first = desk.issue()
    desk.prints("Couchlist", "Netflix has cancelled ‘Palisade’ after two seasons")
    second = desk.issue()
    assert (second.number, second.after, second.since) == (2, first.until, first.frozen_at)
    assert told(second, "title") == [("Palisade",)]


def test_another_outlet_that_tells_the_same_is_no_news(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    desk.issue()
    (one,) = desk.prints("The Ledger", VALE)
    assert one.outlets == ("Slateline", "The Ledger")
    assert desk.issue().rows == ()


def test_two_digests_do_not_take_from_each_other(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    other = replace(DIGEST, id="film")
    assert changes(desk.issue()) == changes(desk.issue(other)) == ["new"]


def test_the_first_issue_goes_back_as_far_as_its_window(desk: DigestDesk) -> None:
    desk.prints("Slateline", "Netflix has cancelled ‘Palisade’ after two seasons")
    desk.clock.forward(days=2)
    desk.prints("Slateline", VALE)
    assert told(desk.preview(), "title") == [("Vale",)]
    assert len(desk.preview(replace(DIGEST, window=dt.timedelta(days=3))).rows) == 2


def test_what_was_known_before_the_window_of_the_first_issue_is_changed_or_not_told(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.prints("Slateline", "Netflix has cancelled ‘Palisade’ after two seasons")
    desk.clock.forward(days=2)
    desk.prints("The Ledger", VALE)
    assert desk.preview().rows == ()
    desk.decides(vale.id, "edit", ("seasons", "4"))
    assert told(desk.preview(), "change", "detail", "was") == [
        ("changed", "renewed for season 4 (Hulu)", "renewed for season 3 (Hulu); unreviewed")
    ]


def test_a_preview_writes_nothing_down(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    assert desk.preview() == desk.preview()
    assert desk.store.issues.issues() == []
    assert changes(desk.issue()) == ["new"]


# What editors do


@pytest.mark.parametrize(("action", "decision"), [("accept", "accepted"), ("edit", "corrected")])
def test_a_verdict_after_the_last_issue_is_a_change(desk: DigestDesk, action: str, decision: str) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue()
    desk.decides(vale.id, action)
    issue = desk.issue()
    assert told(issue, "change", "decision", "decided_by", "was") == [("changed", decision, "ada", "unreviewed")]
    desk.decides(vale.id, "undo")
    assert told(desk.issue(), "change", "decision", "was") == [("changed", "", decision)]


def test_putting_off_is_no_news(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue()
    desk.decides(vale.id, "defer")
    assert desk.issue().rows == ()


def test_a_correction_says_what_it_was(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue()
    desk.decides(vale.id, "edit", ("seasons", "4"), ("network", "Netflix"))
    assert told(desk.issue(), "change", "season", "network", "was") == [
        ("changed", "4", "Netflix", "renewed for season 3 (Hulu); unreviewed")
    ]


def test_a_rejection_takes_back_what_was_told_and_its_undo_tells_it_again(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue()
    desk.decides(vale.id, "reject", reason="misread")
    assert told(desk.issue(), "change", "detail", "note") == [("retracted", "renewed for season 3 (Hulu)", "rejected by ada: misread")]
    assert desk.issue().rows == ()
    desk.decides(vale.id, "undo")
    assert told(desk.issue(), "change", "was") == [("changed", "retracted")]


def test_what_was_rejected_before_it_was_told_is_never_told(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    desk.decides(vale.id, "reject")
    assert desk.issue().rows == ()


def test_of_two_events_that_turn_out_to_be_one_the_other_is_taken_back(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    (dale,) = desk.prints("Couchlist", "Hulu has renewed ‘Dale’ for season 3")
    desk.issue()
    desk.clock.forward(minutes=1)
    edit = desk.store.announcement_edits.merge(vale.id, dale.id, "ada", desk.clock())
    issue = desk.issue()
    assert told(issue, "change", "title", "note") == [
        ("retracted", "Dale", f"one event with Vale: renewed for season 3 (Hulu) ({vale.id})")
    ]
    desk.store.announcement_edits.undo(edit, "ada", desk.clock())
    assert told(desk.issue(), "change", "title", "was") == [("changed", "Dale", "retracted")]


# What outlets do


def test_a_later_event_that_reverses_an_earlier_one_changes_it(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    desk.issue()
    desk.prints("The Ledger", "Hulu has reversed its renewal of ‘Vale’ and cancelled the series")
    found = {row["change"]: row for row in rows(desk.issue())}
    assert found["new"]["claim_type"] == "cancellation"
    assert found["changed"]["note"].startswith("reversed since: cancelled")


def test_a_rival_account_is_told_as_a_contradiction_and_only_once(desk: DigestDesk) -> None:
    desk.prints("Slateline", "Hulu has dated ‘Vale’ season 3 for June 11, 2026")
    desk.issue()
    desk.prints("The Ledger", "Hulu has dated ‘Vale’ season 3 for June 18, 2026")
    ((change, detail, note),) = told(desk.issue(), "change", "detail", "note")
    assert (change, detail) == ("contradicted", "season 3 dated 2026-06-11 (Hulu)")
    assert note.startswith("also told: season 3 dated 2026-06-18 (Hulu)")
    assert desk.issue().rows == ()


# Which


@pytest.mark.parametrize(
    ("asked", "carried"),
    [
        ({}, True),
        ({"types": frozenset({ClaimType.RENEWAL})}, True),
        ({"types": frozenset({ClaimType.CANCELLATION})}, False),
        ({"networks": frozenset({"Hulu"})}, True),
        ({"networks": frozenset({"NBC"})}, False),
        ({"outlets": frozenset({"Slateline", "Couchlist"})}, True),
        ({"outlets": frozenset({"Couchlist"})}, False),
        ({"tiers": frozenset({Tier.TRADE})}, True),
        ({"tiers": frozenset({Tier.OFFICIAL})}, False),
        ({"certainty": Certainty.REPORTED}, True),
        ({"verdicts": frozenset({Review.UNREVIEWED})}, True),
        ({"verdicts": frozenset({Review.ACCEPTED})}, False),
    ],
)  # fmt: skip
def test_a_digest_carries_what_it_asks_for_and_counts_the_same_as_unreviewed(
    desk: DigestDesk, asked: dict[str, object], carried: bool
) -> None:
    desk.prints("Slateline", VALE)
    desk.store.queue.catch_up(desk.clock())
    issue = desk.preview(selecting(**asked))
    assert bool(issue.rows) is carried
    assert issue.unreviewed == (carried or "verdicts" in asked)


def test_a_digest_of_what_was_accepted_tells_it_when_it_is_and_takes_it_back_when_it_is_not(desk: DigestDesk) -> None:
    accepted = selecting(verdicts=frozenset({Review.ACCEPTED, Review.CORRECTED}))
    (vale,) = desk.prints("Slateline", VALE)
    assert desk.issue(accepted).rows == ()
    desk.decides(vale.id, "accept")
    assert changes(desk.issue(accepted)) == ["new"]
    desk.decides(vale.id, "undo")
    assert told(desk.issue(accepted), "change", "note") == [("retracted", "now unreviewed")]


def test_what_a_digest_told_it_follows_even_out_of_its_filters(desk: DigestDesk) -> None:
    hulu = selecting(networks=frozenset({"Hulu"}))
    (vale,) = desk.prints("Slateline", VALE)
    desk.issue(hulu)
    desk.decides(vale.id, "edit", ("network", "Netflix"))
    assert told(desk.issue(hulu), "change", "network") == [("changed", "Netflix")]


# Beside the announcements


def test_sources_that_cannot_be_read_are_named_with_the_reason_and_silent_ones_are_not(desk: DigestDesk) -> None:
    for key, outcome, reason in (("slateline", Outcome.TIMEOUT, "no connection within 10 s"), ("couchlist", Outcome.OK, "")):
        desk.store.sources.save_state(SourceState(key=key, next_check_at=desk.clock(), failures=1))
        desk.store.sources.add_poll(PollRecord(source=key, started_at=desk.clock(), outcome=outcome, reason=reason))
    assert desk.preview().failing == (("Slateline", "no connection within 10 s"),)
    assert desk.preview(replace(DIGEST, desks=("film",))).failing == ()


def test_an_issue_comes_back_from_the_database_as_it_was_frozen(desk: DigestDesk) -> None:
    desk.prints("Slateline", VALE)
    issue = desk.issue()
    assert desk.store.issues.get("tv", 1) == issue == desk.store.issues.last("tv")


def test_the_order_is_that_of_the_parts_whatever_came_first(desk: DigestDesk) -> None:
    (vale,) = desk.prints("Slateline", VALE)
    (palisade,) = desk.prints("Slateline", "Netflix has cancelled ‘Palisade’ after two seasons")
    desk.issue()
    desk.decides(vale.id, "reject")
    desk.decides(palisade.id, "accept")
    desk.prints("The Ledger", "NBC has renewed ‘Harrier Squad’ for season 2")
    assert changes(desk.issue()) == [Change.NEW, Change.CHANGED, Change.RETRACTED]
