"""The newsroom's files: stories, and what they tell by hand-written reference."""

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tradewatch.config import bundled, load_settings, load_sources, load_starter_titles
from tradewatch.demo.desk import desk_files
from tradewatch.demo.newsroom import Newsroom, Story, load_newsroom
from tradewatch.errors import ConfigError
from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType, Status

FOLDER = bundled("newsroom")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


TOLD = lines("claims.jsonl")
ANNOUNCED = {row["key"]: row for row in lines("announcements.jsonl")}
CLAIMS = [pytest.param(row, claim, id=f"{row['id']} {claim['announcement']}") for row in TOLD for claim in row["claims"]]


def version(newsroom: Newsroom, row: dict[str, Any]) -> Story:
    """The story as the reference's row read it."""
    return [story for story in newsroom.versions[row["id"]] if story.edition <= row["edition"]][-1]


def words(story: Story) -> str:
    return unescape(re.sub("<[^>]+>", "", "\n\n".join([story.headline, story.dek, *story.body])))


def test_there_are_outlets_and_stories_enough_and_a_fifth_announce_nothing(newsroom: Newsroom) -> None:
    assert len(newsroom.publications) >= 10
    assert len(newsroom.versions) >= 45
    assert max(Counter(paper.owner for paper in newsroom.publications.values()).values()) >= 2
    assert sum(not row["claims"] for row in TOLD) >= 10
    assert sum("optional" not in row for row in ANNOUNCED.values()) >= 25


def test_every_version_of_every_story_has_its_line_in_the_reference(newsroom: Newsroom) -> None:
    versions = [(story.id, story.edition) for stories in newsroom.versions.values() for story in stories]
    assert sorted((row["id"], row["edition"]) for row in TOLD) == sorted(versions)


def test_stories_have_the_length_and_furniture_of_the_real_thing(newsroom: Newsroom) -> None:
    for story in (story for stories in newsroom.versions.values() for story in stories):
        assert 120 <= len(" ".join(story.body).split()) <= 350, story.id
        assert story.author in newsroom.publications[story.outlet].authors, story.id


def test_each_edition_holds_only_what_was_published_by_then(newsroom: Newsroom) -> None:
    for number, out in enumerate(newsroom.editions, start=1):
        assert all(story.changed <= out for story in newsroom.stories(number))


@pytest.mark.parametrize(("row", "claim"), CLAIMS)
def test_the_story_prints_what_the_reference_says(newsroom: Newsroom, row: dict[str, Any], claim: dict[str, Any]) -> None:
    text = fold(words(version(newsroom, row)))
    for slot in ("title", "parent", "person", "character", "successor"):
        assert fold(claim.get(slot, "")) in text, slot


@pytest.mark.parametrize(("row", "claim"), CLAIMS)
def test_the_reference_speaks_of_claims_as_the_product_does(row: dict[str, Any], claim: dict[str, Any]) -> None:
    slots = {key: value for key, value in claim.items() if key not in ("announcement", "optional", "attribution")}
    made = Claim(**slots)
    assert made.type in tuple(ClaimType)
    assert made.status in tuple(Status)
    announcement = ANNOUNCED[claim["announcement"]]
    assert (made.type, made.title) == (announcement["type"], announcement["title"])


def test_the_first_outlet_of_an_announcement_published_before_every_other(newsroom: Newsroom) -> None:
    reports: dict[str, list[Story]] = {key: [] for key in ANNOUNCED}
    for row in TOLD:
        for claim in row["claims"]:
            reports[claim["announcement"]].append(version(newsroom, row))
    firsts = {key: min(stories, key=lambda story: story.published).outlet for key, stories in reports.items()}
    assert firsts == {key: row["first"] for key, row in ANNOUNCED.items()}


def test_an_echo_names_the_outlet_it_credits(newsroom: Newsroom) -> None:
    echoes = [(row, claim["attribution"]) for row in TOLD for claim in row["claims"] if "attribution" in claim]
    assert echoes
    for row, (publisher, *credited) in echoes:
        story = version(newsroom, row)
        assert publisher == newsroom.publications[story.outlet].name
        assert all(name in words(story) for name in credited)


def test_the_second_edition_has_new_revised_and_withdrawn_stories(newsroom: Newsroom) -> None:
    first = {story.id: story for story in newsroom.stories(1)}
    second = {story.id: story for story in newsroom.stories(2)}
    assert len(second.keys() - first.keys()) >= 5
    assert sum(first[key] != second[key] for key in first.keys() & second.keys()) >= 2
    assert {story.id for story in newsroom.withdrawn(2)} == first.keys() - second.keys() != set()


def test_a_new_show_has_the_name_of_an_old_one() -> None:
    known = {title.name: title.year for title in load_starter_titles(FOLDER)}
    assert known["The Toll Keeper"] == 1998
    assert ANNOUNCED["toll-keeper-order"]["type"] == ClaimType.SERIES_ORDER


def test_a_desk_can_be_configured_to_read_every_outlet(newsroom: Newsroom, tmp_path: Path) -> None:
    networks = (bundled("config") / "networks.toml").read_text("utf-8")
    for name, text in desk_files(FOLDER, newsroom, networks, "http://127.0.0.1:8000").items():
        (tmp_path / name).write_text(text, "utf-8")
    sources = load_sources(tmp_path)
    assert [source.key for source in sources] == list(newsroom.publications)
    assert all(source.url == f"http://127.0.0.1:8000/{source.key}{newsroom.publications[source.key].feed}" for source in sources)
    assert load_settings(tmp_path).fetch.allow_loopback


def test_a_line_that_no_story_has_is_named_with_its_file(tmp_path: Path) -> None:
    for name in ("outlets.toml", "templates/trade.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    story = tmp_path / "stories" / "slateline" / "wrong.txt"
    story.parent.mkdir(parents=True)
    story.write_text("headlin: Wrong\n---\nText.\n", "utf-8")
    with pytest.raises(ConfigError, match=r"wrong\.txt: “headlin” is no line of a story"):
        load_newsroom(tmp_path)
