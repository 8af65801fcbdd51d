"""The catalog: what several accounts of a work make of it, what editors do to it, and how it is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.titles.catalog_rows import title_of
from tradewatch.errors import StoreError
from tradewatch.store import Store
from tradewatch.titles import TitleQuery, match
from tradewatch.titles.index import entries
from tradewatch.types import Alias, MatchKind, Title, WorkKind


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.in_memory()
    yield opened
    opened.close()


def series(title_id: str, name: str, **slots: object) -> Title:
    return title_of({"id": title_id, "name": name} | slots)


def found(store: Store, printed: str) -> str | None:
    return match(TitleQuery(printed=printed), store.titles).title_id


def test_the_same_titles_again_change_nothing(store: Store) -> None:
    titles = [series("a", "Vale", year=2020, aliases=["The Vale"]), series("b", "Ember & Ash")]
    assert store.titles.add(titles).added == 2
    before = list(store.db.query("SELECT * FROM title_key ORDER BY hash, way, title"))
    again = store.titles.add(titles)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert list(store.db.query("SELECT * FROM title_key ORDER BY hash, way, title")) == before


def test_a_later_account_fills_gaps_and_keeps_the_old_name(store: Store) -> None:
    store.titles.add([series("imdb:tt1", "Vale")])
    assert store.titles.add([series("imdb:tt1", "Vale of Ice", year=2024)]).changed == 1
    title = store.titles.get("imdb:tt1")
    assert title is not None
    assert (title.name, title.year) == ("Vale of Ice", 2024)
    assert [alias.name for alias in title.aliases] == ["Vale"]
    assert found(store, "Vale") == found(store, "Vale of Ice") == "imdb:tt1"


def test_two_authorities_of_one_work_are_one_title(store: Store) -> None:
    store.titles.add([series("imdb:tt1", "Vale", year=2020)])
    told = series("tvmaze:7", "The Vale", network="HBO", year=2021, external_ids=(("imdb", "tt1"),))
    changes = store.titles.add([told])
    assert (changes.added, changes.changed) == (0, 1)
    title = store.titles.get("imdb:tt1")
    assert title is not None
    assert (title.year, title.network, title.external_ids) == (2020, "HBO", (("imdb", "tt1"), ("tvmaze", "7")))
    assert store.titles.add([told]).unchanged == 1
    assert store.titles.count() == 1


def test_a_renamed_title_is_not_named_back_by_an_import(store: Store, now: dt.datetime) -> None:
    store.titles.add([series("imdb:tt1", "Deadpool 3", kind="film")])
    store.title_edits.retitle("imdb:tt1", "Deadpool & Wolverine", "ann", now, since=dt.date(2024, 2, 11), working=True)
    store.titles.add([series("imdb:tt1", "Deadpool 3", kind="film", year=2024)])
    title = store.titles.get("imdb:tt1")
    assert title is not None
    assert (title.name, title.year) == ("Deadpool & Wolverine", 2024)
    assert title.aliases == (Alias(name="Deadpool 3", kind="working", until=dt.date(2024, 2, 11)),)
    assert found(store, "Deadpool 3") == found(store, "Deadpool and Wolverine") == "imdb:tt1"


def test_a_merged_title_leads_to_the_kept_one_until_it_is_unmerged(store: Store, now: dt.datetime) -> None:
    store.titles.add([series("a", "Ember and Ash"), series("b", "Embers")])
    store.title_edits.merge("a", "b", "ann", now, "one show")
    assert found(store, "Ember & Ash") == "b"
    assert store.titles.count() == 1
    store.title_edits.unmerge("a", "ann", now)
    assert found(store, "Ember & Ash") == "a"
    assert [edit.action for edit in store.title_edits.log("a")] == ["merge", "unmerge"]


def test_titles_cannot_be_merged_in_a_circle(store: Store, now: dt.datetime) -> None:
    store.titles.add([series("a", "Ember"), series("b", "Ash"), series("c", "Smoke")])
    store.title_edits.merge("a", "b", "ann", now)
    store.title_edits.merge("b", "c", "ann", now)
    with pytest.raises(StoreError, match="merged into c"):
        store.title_edits.merge("c", "a", "ann", now)
    with pytest.raises(StoreError, match="cannot be merged into itself"):
        store.title_edits.merge("c", "c", "ann", now)
    assert found(store, "Ember") == "c"


def test_two_titles_may_be_each_others_alias(store: Store) -> None:
    store.titles.add([series("a", "Ember", aliases=["Ash"]), series("b", "Ash", aliases=["Ember"])])
    answer = match(TitleQuery(printed="Ember"), store.titles)
    assert answer.kind is MatchKind.AMBIGUOUS
    assert set(answer.candidates) == {"a", "b"}


def test_a_translated_alias_never_beats_a_name(store: Store) -> None:
    foreign = Title(id="x", name="Du", kind=WorkKind.SERIES, aliases=(Alias(name="You", kind="translation"),))
    store.titles.add([series("you", "You"), foreign])
    assert found(store, "You") == "you"


def test_a_name_shared_by_hundreds_is_ambiguous_and_its_year_decides(store: Store) -> None:
    store.titles.add(series(f"home-{year}", "Home", kind="film", year=year) for year in range(1900, 2020, 3))
    assert match(TitleQuery(printed="Home"), store.titles).kind is MatchKind.AMBIGUOUS
    assert found(store, "Home (1999)") == "home-1999"


def test_a_title_of_ten_thousand_characters_is_no_title(store: Store) -> None:
    answer = match(TitleQuery(printed="ha " * 3334), store.titles)
    assert answer.kind is MatchKind.NEW
    assert "longer than any title" in answer.reasons[0]


def test_other_scripts_are_matched_as_they_are(store: Store) -> None:
    store.titles.add([series("crash", "사랑의 불시착"), series("squid", "오징어 게임"), series("wall", "Стена")])
    assert found(store, "사랑의불시착") == "crash"
    assert found(store, "СТЕНА") == "wall"
    assert found(store, "스위트홈") is None


def test_a_new_title_takes_over_the_announcements_kept_under_its_name(store: Store, now: dt.datetime) -> None:
    store.title_edits.accept(series("vale", "Vale of Tears"), "ann", now)
    assert found(store, "Vale of Tears") == "vale"
    with pytest.raises(StoreError, match="has this id already"):
        store.title_edits.accept(series("vale", "Another"), "ann", now)


NAMES = st.lists(
    st.text("abcde :'()2", min_size=1, max_size=14).filter(lambda name: name.strip() != ""), min_size=1, max_size=8, unique=True
)
TABLES = ("title_key", "title_gap", "title_word", "title_slip")


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES)
def test_titles_added_and_changed_one_by_one_are_found_as_if_built_anew(names: list[str], renamed: list[str]) -> None:
    store = Store.in_memory()
    for number, name in enumerate(names):
        store.titles.add([series(f"t{number}", name)])
    for number, name in enumerate(renamed[: len(names)]):
        store.titles.add([series(f"t{number}", name)])
    before = {table: set(store.db.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES}
    store.titles._index.rebuild(
        (no, entries(name, [alias for (alias,) in store.db.execute("SELECT name FROM title_alias WHERE title = ?", [no]).fetchall()]))
        for no, name in store.db.execute("SELECT no, name FROM title").fetchall()
    )
    assert {table: set(store.db.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES} == before
    store.close()


@settings(max_examples=60, deadline=None)
@given(NAMES, st.text(max_size=20))
def test_an_answer_is_never_a_work_that_is_not_like_what_is_printed(names: list[str], printed: str) -> None:
    store = Store.in_memory()
    store.titles.add(series(f"t{number}", name) for number, name in enumerate(names))
    answer = match(TitleQuery(printed=printed), store.titles)
    assert (answer.title_id is not None) == (answer.kind is MatchKind.MATCH)
    assert answer.reasons
    assert answer.title_id not in answer.candidates
    store.close()
