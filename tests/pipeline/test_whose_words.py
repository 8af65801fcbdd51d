"""Whose words an article's are: a release that others carry, a copy that is read first, what a rewritten article takes back."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from tests.pipeline.trade_desk import NOW, source
from tradewatch.pipeline import Desk, poll
from tradewatch.store import Store
from tradewatch.types import Announcement, Certainty, Tier

STORY = """Hulu has renewed the lighthouse drama “Vale” for a third season, the streamer said Monday. The keepers climbed higher in
every week of the spring, and the finale doubled what the first hour drew. Work on the stairs begins in March with a new
director of photography, a larger lamp and the same cold sea. The writers have promised an answer to the question of the
second keeper, whose coat still hangs there."""
CUT = "Good news for the lamp: " + STORY.replace(" and the same cold sea", "").replace(" with a new director", "")
RELEASE = STORY + "</p><p>About Hulu</p><p>Hulu is a streamer.</p><p>Media Contact: the press office"

Read = Callable[..., None]


@pytest.fixture
def read(httpserver: HTTPServer, desk: Desk) -> Read:
    """Serve one story of one outlet, and poll it."""
    polls = itertools.count()

    def reading(outlet: str, text: str, *, hour: int, headline: str = "Hulu Renews ‘Vale’ For Season 3", tier: Tier = Tier.TRADE) -> None:
        httpserver.clear()
        httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        httpserver.expect_request("/feed").respond_with_data(
            f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
                <title>Feed</title><item><title>{headline}</title><link>https://{outlet.lower()}.test/1</link><guid>1</guid>
                <pubDate>Mon, 02 Mar 2026 {hour:02}:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>
                </channel></rss>""",
            content_type="application/rss+xml",
        )
        served = replace(source(outlet, httpserver.url_for("/feed")), outlet=outlet, tier=tier)
        (record,) = poll(desk, [served], NOW + dt.timedelta(hours=next(polls)))
        assert record.new + record.revised == 1, record

    return reading


def only(store: Store) -> Announcement:
    (known,) = store.announcements.find()
    return known


def test_a_release_at_an_outlet_of_no_standing_is_official(read: Read, store: Store) -> None:
    read("Blog", RELEASE, hour=9, tier=Tier.CONSUMER)
    known = only(store)
    assert (known.origins, known.certainty) == (("official",), Certainty.CONFIRMED)


def test_the_story_itself_at_that_outlet_is_its_own_word(read: Read, store: Store) -> None:
    read("Blog", STORY, hour=9, tier=Tier.CONSUMER)
    known = only(store)
    assert (known.origins, known.certainty) == (("Blog",), Certainty.REPORTED)


@pytest.mark.parametrize("copy_first", [False, True])
def test_a_copy_goes_back_to_its_original_whichever_is_read_first(read: Read, store: Store, *, copy_first: bool) -> None:
    stories = [("Gazette", STORY, 8), ("Blog", CUT, 9)]
    for outlet, text, hour in reversed(stories) if copy_first else stories:
        read(outlet, text, hour=hour)
    known = only(store)
    assert (known.outlets, known.origins) == (("Gazette", "Blog"), ("Gazette",))
    assert store.db.execute("SELECT outlets, origins FROM announcement").fetchone() == (2, 1)


def test_trades_that_carried_a_release_go_back_to_it_once_it_is_read(read: Read, store: Store) -> None:
    read("Gazette", STORY, hour=8)
    read("Herald", STORY, hour=9)
    assert only(store).origins == ("Gazette",)
    read("Network", STORY, hour=10, tier=Tier.OFFICIAL)
    assert only(store).origins == ("official",)


def test_a_rewritten_article_corrects_its_season_and_nothing_is_lost(read: Read, store: Store) -> None:
    read("Gazette", STORY, hour=8)
    fourth = STORY.replace("third", "fourth")
    read("Gazette", fourth, hour=8, headline="Hulu Renews ‘Vale’ For Season 4")
    known = only(store)
    assert known.value.seasons == (4,)
    versions = [(one.because, one.value.seasons) for one in store.announcements.versions(known.id)]
    assert versions == [("new", (3,)), ("corrects", (4,))]


def test_a_project_with_and_without_its_name_is_put_to_an_editor(read: Read, store: Store) -> None:
    read(
        "Gazette",
        "Hulu has given a series order to a spin-off of “Vale,” the streamer said.",
        hour=8,
        headline="Hulu Orders ‘Vale’ Spinoff",
    )
    named = "Hulu has given a series order to “The Second Keeper,” a spin-off of “Vale,” the streamer said."
    read("Herald", named, hour=9, headline="Hulu Orders ‘Vale’ Spinoff ‘The Second Keeper’")
    (doubt,) = store.announcements.doubts()
    assert (doubt.claim.title, doubt.likeliest) == ("The Second Keeper", only(store).id)
    assert "both come of Vale" in doubt.reasons[0]
