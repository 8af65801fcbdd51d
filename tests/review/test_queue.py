"""An editor at the queue, without a script: every form works by itself."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.review.newsdesk import NewsDesk, text
from tradewatch.store.queue import Filters, match_of
from tradewatch.triage import REASONS, State
from tradewatch.types import Announcement

RENEWAL = "Hulu Renews ‘Vale’ for Season 3"
CANCELLATION = "NBC Cancels ‘Harbor Lights’ After Two Seasons"
CASTING = "‘Vale’: Jane Roe Joins Cast"


def one(found: list[Announcement]) -> Announcement:
    assert len(found) == 1
    return found[0]


def state(desk: NewsDesk, announcement: Announcement) -> State:
    desk.store.queue.catch_up(desk.clock())
    item = desk.store.queue.get(announcement.id)
    assert item is not None
    return item.state


def test_an_empty_queue_says_so_kindly(desk: NewsDesk) -> None:
    assert "All done" in text(desk.browser().get("/queue"))


def test_a_card_says_what_is_claimed_by_whom_and_with_which_words(desk: NewsDesk) -> None:
    desk.prints("Slateline", RENEWAL, "The streamer said on Monday that ‘Vale’ will be back.")
    page = desk.browser().get("/queue")
    told = text(page)
    assert "Vale renewed for season 3 (Hulu)" in told
    assert "Told by 1 outlet, 1 origin" in told
    assert "The title is known" in told
    assert "<mark>" in page.text
    assert "rule renewal" in told


def test_contradictions_come_first_then_weighty_then_doubtful_then_new(desk: NewsDesk) -> None:
    casting = one(desk.prints("Slateline", CASTING))
    weighty = one(desk.prints("Slateline", CANCELLATION))
    first = one(desk.prints("Slateline", "‘Vale’ Season 3 Premieres June 4, 2026 on Hulu"))
    desk.prints("The Ledger", "‘Vale’ Season 3 Premieres July 9, 2026 on Hulu")
    desk.store.queue.catch_up(desk.clock())
    order = [item.announcement for item in desk.store.queue.page(Filters())]
    assert order == [first.id, weighty.id, casting.id]


def test_accepting_moves_on_to_the_next_card(desk: NewsDesk) -> None:
    older, newer = one(desk.prints("Slateline", RENEWAL)), one(desk.prints("Slateline", CANCELLATION))
    browser = desk.browser("the editor")
    assert browser.card()["announcement"] == newer.id
    answer = browser.decides("accept")
    assert answer.status_code == 303
    assert f"at={older.id}" in answer.headers["location"]
    assert "Accepted: Harbor Lights" in text(browser.get(answer.headers["location"]))
    assert (state(desk, newer), state(desk, older)) == (State.ACCEPTED, State.OPEN)
    verdict = desk.store.verdicts.standing(newer.id)
    assert verdict is not None
    assert (verdict.editor, verdict.version) == ("the editor", 1)


@pytest.mark.parametrize("reason", REASONS)
def test_rejecting_takes_a_reason_of_the_vocabulary(desk: NewsDesk, reason: str) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    desk.browser("the editor").decides(f"reject:{reason}")
    verdict = desk.store.verdicts.standing(announcement.id)
    assert verdict is not None
    assert (verdict.action, verdict.reason) == ("reject", reason)


@pytest.mark.parametrize("choice", ["reject", "reject:because", "", "defer:never", "undo"])
def test_what_is_no_decision_is_refused_with_the_way_out(desk: NewsDesk, choice: str) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    answer = desk.browser("the editor").decides(choice)
    assert answer.status_code == 422
    assert "accept, reject with a reason, or put it off" in text(answer)
    assert state(desk, announcement) is State.OPEN


def test_what_is_put_off_comes_back_when_it_is_time(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    desk.browser("the editor").decides("defer:day")
    assert state(desk, announcement) is State.DEFERRED
    desk.clock.forward(hours=25)
    assert state(desk, announcement) is State.OPEN


def test_undo_is_a_new_row_and_brings_the_card_back(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    browser.decides("accept")
    answer = browser.post("/undo")
    assert f"at={announcement.id}" in answer.headers["location"]
    assert state(desk, announcement) is State.OPEN
    assert [act.kind for act in desk.store.decisions.log()] == ["undo", "accept"]
    assert [verdict.action for verdict in desk.store.verdicts.history(announcement.id)] == ["accept", "undo"]
    assert browser.post("/undo").status_code == 422


def test_an_editor_takes_back_only_their_own_a_lead_anything(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    desk.browser("the editor").decides("accept")
    act = desk.store.decisions.log()[0].id
    assert desk.browser("another editor").post("/undo", act=act).status_code == 403
    assert desk.browser("the lead").post("/undo", act=act).status_code == 303
    assert state(desk, announcement) is State.OPEN


def test_a_decision_below_a_later_one_cannot_be_taken_back(desk: NewsDesk) -> None:
    one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the lead")
    browser.decides("accept")
    shown = browser.card(desk.store.decisions.log()[0].about)
    browser.post("/decide", choice="reject:not news", **shown)
    first = desk.store.decisions.log()[-1]
    answer = browser.post("/undo", act=first.id)
    assert answer.status_code == 422
    assert "take that back first" in text(answer)


# Correcting


def test_a_corrected_slot_is_kept_beside_what_was_extracted(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    answer = browser.post("/edit", **{"slot.seasons": "4", "slot.network": " Netflix ", "slot.title": "Vale"}, **browser.card())
    assert answer.status_code == 303
    verdict = desk.store.verdicts.standing(announcement.id)
    assert verdict is not None
    assert (verdict.action, dict(verdict.changes)) == ("edit", {"seasons": "4", "network": "Netflix"})
    assert desk.store.announcements.get(announcement.id) == announcement
    assert "Vale renewed for season 4 (Netflix)" in text(browser.get(f"/queue?at={announcement.id}"))


@pytest.mark.parametrize(
    ("slot", "typed"), [("seasons", "three"), ("seasons", "0"), ("title", ""), ("status", "sure"), ("episodes", "many")]
)
def test_a_slot_that_cannot_be_read_keeps_what_was_typed(desk: NewsDesk, slot: str, typed: str) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    given = {"slot.title": "Vale", "slot.seasons": "3", "slot.network": "Typed by hand", "slot.status": "announced"} | {
        f"slot.{slot}": typed
    }
    answer = browser.post("/edit", **given, **browser.card())
    assert answer.status_code == 422
    assert "Typed by hand" in answer.text
    assert state(desk, announcement) is State.OPEN


@pytest.mark.parametrize(
    ("slot", "typed", "meant"),
    [("network", "hul", "Hulu"), ("title", "val", "Vale"), ("same", "val", "t-vale"), ("role", "", "showrunner")],
)
def test_suggestions_come_from_what_the_desk_knows(desk: NewsDesk, slot: str, typed: str, meant: str) -> None:
    name = "same" if slot == "same" else f"slot.{slot}"
    assert f'value="{meant}"' in desk.browser().get(f"/suggest?slot={slot}&{name}={typed}").text


# Two editors


def test_a_stale_decision_answers_with_the_newer_card(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    ben, ada = desk.browser("another editor"), desk.browser("the editor")
    shown = ben.card(announcement.id)
    ada.decides("accept", announcement.id)
    answer = ben.post("/decide", choice="reject:not news", **shown)
    assert answer.status_code == 409
    assert "the editor has accepted this since you were shown it" in text(answer)
    assert state(desk, announcement) is State.ACCEPTED


def test_a_stale_correction_loses_nothing_that_was_typed(desk: NewsDesk) -> None:
    announcement = one(
        desk.prints("Slateline", "‘Vale’ Could Be Renewed by Hulu for Season 3, Sources Say", "Hulu has renewed ‘Vale’ for season 3.")
    )
    browser = desk.browser("the editor")
    shown = browser.card(announcement.id)
    desk.browser("the lead").decides("defer:week", announcement.id)
    answer = browser.post("/edit", **{"slot.title": "The Vale of Tears", "slot.seasons": "3"}, **shown)
    assert answer.status_code == 409
    assert "The Vale of Tears" in answer.text
    assert answer.text.count("<details open>") == 1


def test_an_echo_alone_makes_nothing_stale(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    shown = browser.card(announcement.id)
    desk.prints("Couchlist", "‘Vale’ Renewed for Season 3 at Hulu", "Hulu has renewed ‘Vale’ for season 3, Slateline reports.")
    assert browser.post("/decide", choice="accept", **shown).status_code == 303


def test_who_looks_at_a_card_is_named_and_the_next_editor_gets_another(desk: NewsDesk) -> None:
    one(desk.prints("Slateline", RENEWAL))
    newer = one(desk.prints("Slateline", CANCELLATION))
    ada, ben = desk.browser("the editor"), desk.browser("another editor")
    assert ada.card()["announcement"] == newer.id
    assert ben.card()["announcement"] != newer.id
    assert "the editor looks at this too" in text(ben.get(f"/queue?at={newer.id}"))
    desk.clock.forward(minutes=6)
    assert "looks at this too" not in text(ada.get(f"/queue?at={newer.id}"))


# Whole announcements


def pair(desk: NewsDesk) -> tuple[Announcement, Announcement]:
    """Two announcements that an editor may hold for one."""
    first = one(desk.prints("Slateline", "Jane Roe to Star in Hulu’s ‘Vale’"))
    second = one(desk.prints("The Ledger", "Janet Rowe to Star in Hulu’s ‘Vale’"))
    return first, second


def test_two_announcements_are_merged_and_taken_apart_again(desk: NewsDesk) -> None:
    first, second = pair(desk)
    browser = desk.browser("the editor")
    answer = browser.post("/merge", gone=second.id, **browser.card(first.id))
    assert answer.status_code == 303
    assert desk.store.queue.get(second.id) is None
    assert "Told by 2 outlets" in text(browser.get(f"/queue?at={first.id}"))
    browser.post("/undo")
    assert state(desk, second) is State.OPEN
    assert "Told by 1 outlet," in text(browser.get(f"/queue?at={first.id}"))


def test_a_merge_with_nothing_known_says_so(desk: NewsDesk) -> None:
    first, _ = pair(desk)
    browser = desk.browser("the editor")
    answer = browser.post("/merge", gone="nothing", **browser.card(first.id))
    assert answer.status_code == 422
    assert "there is no such announcement" in text(answer)


def test_reports_are_split_off_and_joined_again(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    desk.prints("The Ledger", "Hulu Has Renewed ‘Vale’ for a Third Season")
    browser = desk.browser("the editor")
    reports = desk.store.announcements.get(announcement.id)
    assert reports is not None
    assert len(reports.reports) == 2
    browser.post("/split", claim=reports.reports[1].claim_id, **browser.card(announcement.id))
    desk.store.queue.catch_up(desk.clock())
    assert len(desk.store.queue.page(Filters())) == 2
    browser.post("/undo")
    assert len(desk.store.queue.page(Filters())) == 1


def test_a_split_of_everything_is_refused(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    answer = browser.post("/split", claim=announcement.reports[0].claim_id, **browser.card())
    assert answer.status_code == 422
    assert "must leave claims on both sides" in text(answer)


def test_a_new_title_comes_into_the_catalog_and_undo_gives_the_work_back(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", CANCELLATION))
    browser = desk.browser("the editor")
    assert "The title is new" in text(browser.get("/queue"))
    browser.post("/title", how="new", name="Harbor Lights", kind="series", year="2024", **browser.card())
    assert "The title is known" in text(browser.get(f"/queue?at={announcement.id}"))
    browser.post("/undo")
    assert "The title is new" in text(browser.get(f"/queue?at={announcement.id}"))


def test_an_announcement_is_said_to_be_about_a_known_title(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", "NBC Cancels ‘The Valley’ After Two Seasons"))
    browser = desk.browser("the editor")
    browser.post("/title", how="same", same="t-vale", **browser.card())
    known = desk.store.announcements.get(announcement.id)
    assert known is not None
    assert known.work == "t-vale"
    browser.post("/undo")
    known = desk.store.announcements.get(announcement.id)
    assert known is not None
    assert known.work.startswith("new:")


def test_a_title_gets_its_new_name_and_its_old_one_back(desk: NewsDesk) -> None:
    one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    browser.post("/title", how="retitle", name="Vale of Stars", **browser.card())
    assert desk.store.title_edits.name("t-vale") == "Vale of Stars"
    browser.post("/undo")
    assert desk.store.title_edits.name("t-vale") == "Vale"


@pytest.mark.parametrize(
    "given", [{"how": "same", "same": "t-nothing"}, {"how": "new"}, {"how": "new", "name": "X", "kind": "opera"}, {"how": "what"},
              {"how": "new", "name": "X", "kind": "film", "year": "soon"}],
)  # fmt: skip
def test_a_title_that_cannot_be_meant_is_refused(desk: NewsDesk, given: dict[str, str]) -> None:
    one(desk.prints("Slateline", RENEWAL))
    browser = desk.browser("the editor")
    assert browser.post("/title", **given, **browser.card()).status_code == 422


# Many at once


def test_many_are_previewed_then_decided_as_one_act_and_one_undo_takes_all_back(desk: NewsDesk) -> None:
    found = [one(desk.prints("Slateline", RENEWAL)), one(desk.prints("Slateline", CANCELLATION)), one(desk.prints("Slateline", CASTING))]
    browser = desk.browser("the lead")
    assert 'value="checked"' not in browser.get("/many").text
    picks = [f"{item.announcement}@{item.stamp}" for item in desk.store.queue.page(Filters())][:2]
    preview = browser.post("/many", choice="reject:not news", pick=picks)
    assert "Reject 2 announcements: not news?" in text(preview)
    assert {state(desk, announcement) for announcement in found} == {State.OPEN}
    done = browser.post("/many", choice="reject:not news", pick=picks, sure="yes")
    assert "Rejected: 2 announcements" in text(browser.get(done.headers["location"]))
    assert sorted(state(desk, announcement) for announcement in found) == [State.OPEN, State.REJECTED, State.REJECTED]
    browser.post("/undo")
    assert {state(desk, announcement) for announcement in found} == {State.OPEN}


def test_when_one_of_many_has_changed_none_is_decided(desk: NewsDesk) -> None:
    found = [one(desk.prints("Slateline", RENEWAL)), one(desk.prints("Slateline", CANCELLATION))]
    browser = desk.browser("the lead")
    browser.get("/many")
    picks = [f"{item.announcement}@{item.stamp}" for item in desk.store.queue.page(Filters())]
    desk.browser("the editor").decides("defer:week", found[0].id)
    answer = browser.post("/many", choice="accept", pick=picks, sure="yes")
    assert answer.status_code == 409
    assert "Vale has changed" in text(answer)
    assert state(desk, found[1]) is State.OPEN


# Views


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("type=renewal", {"Vale"}), ("network=NBC", {"Harbor Lights"}), ("title=new", {"Harbor Lights", "Quill"}),
        ("outlet=Couchlist", {"Quill"}),
        ("q=harbor", {"Harbor Lights"}), ("q=harb", {"Harbor Lights"}), ("since=2026-03-03", set()), ("state=accepted", set()),
        ("desk=tv&type=renewal", {"Vale"}),
        ("certainty=confirmed", {"Vale", "Harbor Lights"}), ("state=any", {"Vale", "Harbor Lights", "Quill"}),
    ],
)  # fmt: skip
def test_a_view_is_an_address(desk: NewsDesk, query: str, titles: set[str]) -> None:
    desk.prints("Slateline", RENEWAL)
    desk.prints("Slateline", CANCELLATION)
    desk.prints("Couchlist", "Netflix Orders ‘Quill’ to Series")
    page = desk.browser().get(f"/queue?{query}")
    assert {name for name in ("Vale", "Harbor Lights", "Quill") if name in text(page)} == titles


@pytest.mark.parametrize(
    "question", [Filters(outlets=("Couchlist",)), Filters(words="quill"), Filters(outlets=("Couchlist",), words="netf")]
)
@pytest.mark.parametrize("few", [1, 1000])
def test_a_view_holds_the_same_whether_many_or_few_answer_it(
    desk: NewsDesk, monkeypatch: pytest.MonkeyPatch, question: Filters, few: int
) -> None:
    desk.prints("Slateline", RENEWAL)
    desk.prints("Couchlist", "Netflix Orders ‘Quill’ to Series")
    desk.browser().get("/queue")
    monkeypatch.setattr("tradewatch.store.queue.FEW", few)
    found = desk.store.announcements.named([item.announcement for item in desk.store.queue.page(question)])
    assert {announcement.value.title for announcement in found} == {"Quill"}
    assert desk.store.queue.count(question, 10) == 1


@pytest.mark.parametrize("query", ["type=opera", "certainty=very", "since=yesterday", "desk=moon", "title=odd", "state=lost"])
def test_a_view_that_cannot_be_asked_says_why(desk: NewsDesk, query: str) -> None:
    answer = desk.browser().get(f"/queue?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[2] in text(answer)


def test_a_view_is_saved_by_a_name_and_forgotten(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    browser.post("/views", name="Cancelled at NBC", view="network=NBC&type=cancellation")
    assert 'href="/queue?type=cancellation&amp;network=NBC"' in browser.get("/queue").text
    browser.post("/views/forget", name="Cancelled at NBC")
    assert "Cancelled at NBC" not in browser.get("/queue").text


@pytest.mark.parametrize("typed", ['"', "NEAR(", "a* OR b", "title:x", "-", "'); DROP", "ü", "((((", "AND"])
def test_no_operator_of_the_index_gets_through(desk: NewsDesk, typed: str) -> None:
    assert set(match_of(typed)) <= set('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZü "*')
    assert desk.browser().get(f"/queue?{urlencode({'q': typed})}").status_code == 200


# Doubts


def test_what_could_not_be_placed_is_settled_by_an_editor(desk: NewsDesk) -> None:
    desk.prints("Slateline", "Jane Roe to Star in Hulu’s ‘Vale’")
    desk.clock.forward(days=40)
    desk.prints("The Ledger", "Hulu Renews ‘Vale’ for Season 3")
    desk.clock.forward(days=60)
    desk.prints("Couchlist", "Hulu Renews ‘Vale’", "Hulu has renewed ‘Vale’.")
    doubts = desk.store.announcements.doubts()
    assert len(doubts) == 1
    browser = desk.browser("the editor")
    assert "Perhaps this" in text(browser.get("/doubts"))
    answer = browser.post("/settle", claim=doubts[0].report.claim_id, into=doubts[0].likeliest)
    assert answer.status_code == 303
    assert "No doubts" in text(browser.get("/doubts"))
    assert browser.post("/settle", claim=doubts[0].report.claim_id).status_code == 409


def test_a_decision_is_made_on_what_is_true_now_though_the_queue_lags_far_behind(desk: NewsDesk) -> None:
    announcement = one(desk.prints("Slateline", "‘Vale’ Season 3 Premieres June 4, 2026 on Hulu"))
    browser = desk.browser("the editor")
    shown = browser.card(announcement.id)
    desk.prints("The Ledger", "‘Vale’ Season 3 Premieres July 9, 2026 on Hulu")
    # Four thousand echoes stand in the log before the contradiction.
    change = "INSERT INTO announcement_change (announcement, version, kind, at) VALUES (?, 1, 'echoes', '2026-03-02T12:00:00.000000Z')"
    with desk.store.transaction():
        row = desk.store.db.execute("SELECT max(seq) FROM announcement_change").fetchone()[0]
        desk.store.db.execute("UPDATE announcement_change SET seq = seq + 9000 WHERE seq = ?", [row])
        for _ in range(4000):
            desk.store.db.execute(change, [announcement.id])
    assert browser.post("/decide", choice="accept", **shown).status_code == 409
