"""What was read is kept as it was, once, and can be followed from a claim back to the bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradewatch.errors import StoreError
from tradewatch.store import Store
from tradewatch.types import (
    Article,
    Claim,
    ClaimType,
    Document,
    Evidence,
    Mark,
    Outcome,
    PollRecord,
    Snapshot,
    Status,
    Verdict,
)

BODY = b"<p>Hulu has renewed <em>Vale</em> for a fifth season.</p>"
SHA = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.in_memory()
    yield opened
    opened.close()


def snapshot(now: dt.datetime) -> Snapshot:
    url = "https://trade.test/vale"
    return Snapshot(url=url, final_url=url, status=200, headers=(("etag", '"1"'),), body=BODY, fetched_at=now, sha256=SHA)


def article(now: dt.datetime, body: str = "Hulu has renewed Vale for a fifth season.", revision: int = 1) -> Article:
    document = Document(
        id="a1",
        headline="Vale Returns",
        body=body,
        outlet="The Trade",
        url="https://trade.test/vale",
        published=now.date(),
        marks=(Mark(kind="italic", field="body", start=17, end=21),),
    )
    return Article(id="a1", revision=revision, source="trade", document=document, fetched_at=now, snapshot=SHA, links=("https://x.test/",))


def renewal(article: Article, **slots: object) -> Claim:
    quote = article.document.body[:40]
    claim = Claim(
        type=ClaimType.RENEWAL,
        title="Vale",
        seasons=(5,),
        network="Hulu",
        attribution=("The Trade", "Variety"),
        evidence=(Evidence("body", 0, 40, quote),),
        confidence=0.9,
        rule="renewal.test",
    )
    return dataclasses.replace(claim, **slots)  # type: ignore[arg-type]


def test_an_article_comes_back_as_it_went_in(store: Store, now: dt.datetime) -> None:
    store.sources.save_fetch("trade", snapshot(now))
    written = article(now)
    store.articles.add(written)
    assert store.articles.newest("a1") == written


def test_a_claim_comes_back_with_every_slot_and_its_evidence(store: Store, now: dt.datetime) -> None:
    store.sources.save_fetch("trade", snapshot(now))
    printed = article(now)
    store.articles.add(printed)
    claim = renewal(printed, final=True, status=Status.REPORTED, episodes=10)
    found = store.claims.get(store.claims.save(printed, claim, None))
    assert found is not None
    assert found.claim == claim
    assert not found.gone


def test_the_same_bytes_are_kept_once_and_can_be_read_again(store: Store, now: dt.datetime) -> None:
    for minutes in (0, 10):
        store.sources.save_fetch("trade", snapshot(now + dt.timedelta(minutes=minutes)))
    assert store.sources.body(SHA) == BODY
    assert [fetch["url"] for fetch in store.sources.fetches(SHA)] == ["https://trade.test/vale"] * 2
    assert store.db.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)


def test_a_claim_that_a_revision_no_longer_makes_is_kept_and_shown_as_gone(store: Store, now: dt.datetime) -> None:
    store.sources.save_fetch("trade", snapshot(now))
    first = article(now)
    store.articles.add(first)
    identity = store.claims.save(first, renewal(first), None)
    store.articles.add(article(now, body="Hulu has not decided about Vale.", revision=2))
    found = store.claims.get(identity)
    assert found is not None
    assert found.gone
    assert found.claim.evidence[0].quote == "Hulu has renewed Vale for a fifth season"


def test_a_claim_that_two_revisions_make_is_one_claim(store: Store, now: dt.datetime) -> None:
    store.sources.save_fetch("trade", snapshot(now))
    first, second = article(now), article(now, body="Hulu has renewed Vale for a fifth season. It is a drama.", revision=2)
    ids = set()
    for revision in (first, second):
        store.articles.add(revision)
        ids.add(store.claims.save(revision, renewal(revision), None))
    assert len(ids) == 1
    (found,) = store.claims.of_article("a1")
    assert (found.first_revision, found.last_revision, found.gone) == (1, 2, False)


def test_what_is_written_in_a_failing_transaction_is_not_there(store: Store, now: dt.datetime) -> None:
    def fail_half_way() -> None:
        with store.transaction():
            store.sources.save_fetch("trade", snapshot(now))
            store.articles.add(article(now))
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert store.articles.newest("a1") is None
    assert store.sources.body(SHA) is None


def test_every_attempt_is_remembered_with_what_was_dropped(store: Store, now: dt.datetime) -> None:
    record = PollRecord(
        source="trade",
        started_at=now,
        outcome=Outcome.TIMEOUT,
        reason="no answer within 20 s",
        dropped=(("page not read", 2),),
        next_check_at=now,
    )
    store.sources.add_poll(record)
    assert store.sources.last_polls() == {"trade": record}
    assert store.sources.polls("trade") == [record]
    assert store.sources.dropped(now - dt.timedelta(days=1)) == {"page not read": 2}


def test_old_bytes_are_forgotten_unless_an_article_was_read_from_them(store: Store, now: dt.datetime) -> None:
    store.sources.save_fetch("trade", snapshot(now))
    other = dataclasses.replace(snapshot(now), body=b"feed", sha256=hashlib.sha256(b"feed").hexdigest())
    store.sources.save_fetch("trade", other)
    store.articles.add(article(now))
    later = now + dt.timedelta(days=1)
    assert store.sources.forget(later, later)[1] == 1
    assert store.sources.body(SHA) == BODY
    assert store.sources.body(other.sha256) is None


def test_how_long_news_waited_is_told_of_that_which_makes_claims_and_is_fresh(store: Store, now: dt.datetime) -> None:
    hour = dt.timedelta(hours=1)
    store.sources.save_fetch("trade", snapshot(now))
    for number, (age, claims) in enumerate([(3, True), (1, True), (2, False), (99, True), (-1, True)]):
        fresh = dataclasses.replace(article(now), id=f"a{number}", published_at=now - age * hour)
        store.articles.add(fresh)
        if claims:
            store.claims.save(fresh, renewal(fresh), None)
    for claimed in (2, 0):
        took = dt.timedelta(seconds=3 + claimed)
        store.sources.add_poll(PollRecord(source="trade", started_at=now, outcome=Outcome.OK, reason="", claims=claimed, took=took))
    assert store.sources.waits(now - 24 * hour) == ([hour, 3 * hour], [dt.timedelta(seconds=5)])


def verdict(action: str, now: dt.datetime) -> Verdict:
    return Verdict(subject="c1", action=action, editor="ann", decided_at=now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actions", "stands"),
    [
        ([], None),
        (["accept"], "accept"),
        (["accept", "reject"], "reject"),
        (["accept", "reject", "undo"], "accept"),
        (["accept", "undo"], None),
        (["accept", "undo", "undo"], None),
        (["undo", "reject"], "reject"),
    ],
)
def test_the_last_verdict_that_was_not_undone_stands(store: Store, now: dt.datetime, actions: list[str], stands: str | None) -> None:
    for action in actions:
        store.verdicts.add(verdict(action, now))
    found = store.verdicts.standing("c1")
    assert (found.action if found else None) == stands
    assert len(store.verdicts.history("c1")) == len(actions)


@pytest.mark.parametrize("sql", ["UPDATE verdict SET action = 'reject'", "DELETE FROM verdict"])
def test_a_verdict_can_be_neither_changed_nor_deleted(store: Store, now: dt.datetime, sql: str) -> None:
    store.verdicts.add(verdict("accept", now))
    with pytest.raises(sqlite3.IntegrityError, match="undo is a new row"):
        store.db.execute(sql)


def test_a_missing_database_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="tradewatch init"):
        Store.open(tmp_path / "none.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match=r"notes\.db: cannot be used"):
        Store.open(path)


def test_opening_again_keeps_what_is_there(tmp_path: Path, now: dt.datetime) -> None:
    path = tmp_path / "t.db"
    store = Store.open(path, create=True)
    store.verdicts.add(verdict("accept", now))
    store.close()
    again = Store.open(path)
    assert len(again.verdicts.history("c1")) == 1
    again.close()
