"""The bundled newsroom, read over real HTTP into a real database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.newsroom_desk import composed, newsroom_files, newsroom_folder
from tradewatch.cli.work import Work
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import NewsroomServer, serve
from tradewatch.pipeline import Desk, poll
from tradewatch.text import fold
from tradewatch.types import Outcome, PollRecord

NOW = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=30)
CONTENT = ("article", "claim", "evidence", "announcement", "announcement_report", "announcement_version", "snapshot", "entry", "verdict")


@pytest.fixture
def server() -> Iterator[NewsroomServer]:
    with serve(load_newsroom(newsroom_files())) as running:
        yield running


@pytest.fixture
def reading(server: NewsroomServer, tmp_path: Path) -> Iterator[tuple[Work, Desk]]:
    with composed(newsroom_folder(tmp_path, server)) as parts:
        yield parts


def read(reading: tuple[Work, Desk], now: dt.datetime = NOW) -> list[PollRecord]:
    work, desk = reading
    return list(poll(desk, work.sources, now))


def contents(work: Work) -> dict[str, list[tuple[object, ...]]]:
    return {table: work.store.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in CONTENT}


def headlines(work: Work) -> set[str]:
    sql = "SELECT headline FROM article WHERE withdrawn_at IS NULL GROUP BY id HAVING revision = max(revision)"
    return {fold(headline) for (headline,) in work.store.db.execute(sql).fetchall()}


def test_every_story_of_every_outlet_becomes_one_article(server: NewsroomServer, reading: tuple[Work, Desk]) -> None:
    records = read(reading)
    assert not [record.source for record in records if record.outcome.failed]
    assert sum(record.new for record in records) == len(server.newsroom.stories(1))
    assert headlines(reading[0]) == {fold(story.headline) for story in server.newsroom.stories(1)}


def test_reading_the_unchanged_newsroom_again_fetches_only_304s_and_writes_nothing_but_the_attempts(
    server: NewsroomServer, reading: tuple[Work, Desk]
) -> None:
    read(reading)
    before = contents(reading[0])
    server.reset_counts()
    records = read(reading, LATER)
    assert Counter(record.outcome for record in records) == {Outcome.NOT_MODIFIED: len(records)}
    assert {status for _, status in server.counts()} == {304}
    assert contents(reading[0]) == before


def test_the_second_edition_brings_new_revised_and_withdrawn_stories(server: NewsroomServer, reading: tuple[Work, Desk]) -> None:
    read(reading)
    server.switch_edition(2)
    records = read(reading, LATER)
    first, second = ({story.id for story in server.newsroom.stories(edition)} for edition in (1, 2))
    assert sum(record.new for record in records) == len(second - first)
    assert sum(record.revised for record in records) == sum(
        len(versions) > 1 and versions[-1].edition == 2 for versions in server.newsroom.versions.values()
    )
    assert headlines(reading[0]) == {fold(story.headline) for story in server.newsroom.stories(2)}


def test_a_withdrawn_story_stays_on_record_and_its_claims_are_gone(server: NewsroomServer, reading: tuple[Work, Desk]) -> None:
    read(reading)
    server.switch_edition(2)
    read(reading, LATER)
    store = reading[0].store
    withdrawn = [row[0] for row in store.db.execute("SELECT id FROM article WHERE withdrawn_at IS NOT NULL").fetchall()]
    assert len(withdrawn) == len(server.newsroom.withdrawn(2))
    assert all(claim.gone for article in withdrawn for claim in store.claims.of_article(article))


def test_every_stored_claim_is_proved_by_the_stored_article_and_its_bytes(reading: tuple[Work, Desk]) -> None:
    read(reading)
    store = reading[0].store
    rows = store.db.execute('SELECT claim, field, start, "end", quote, url, revision, snapshot FROM provenance').fetchall()
    assert rows
    for claim, field, start, end, quote, _url, revision, snapshot in rows:
        stored = store.claims.get(claim)
        assert stored is not None
        article = next(one for one in store.articles.revisions(stored.article_id) if one.revision == revision)
        assert article.document.text(field)[start:end] == quote
        assert store.sources.body(snapshot)


def test_reading_the_second_edition_at_once_or_after_the_first_tells_of_the_same_articles(
    server: NewsroomServer, tmp_path: Path, reading: tuple[Work, Desk]
) -> None:
    read(reading)
    server.switch_edition(2)
    read(reading, LATER)
    with composed(newsroom_folder(tmp_path / "fresh", server)) as fresh:
        read(fresh, LATER)
        assert headlines(fresh[0]) == headlines(reading[0])
