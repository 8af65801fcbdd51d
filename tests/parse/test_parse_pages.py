"""Article pages: each outlet's own structure, pages of outlets that we do not know, walls, banners and addresses."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parse.parse_golden import PAGE_URLS, PAGES, TIMEZONE, golden, read_page
from tradewatch.errors import ConfigError, ParseError
from tradewatch.parse import ParsedArticle, parse_article
from tradewatch.parse.rules import bundled, load_rules, rules_for
from tradewatch.types import Outcome

GOLDEN = golden("pages")
OURS = [path for path in PAGES if not path.stem.startswith("general-")]
FURNITURE = (
    "Related", "RELATED", "Also Read", "Read more", "Popular on", "Sign up", "newsletter", "Subscribe", "Share", "Advertisement", "Home",
    "Copyright", "Courtesy of", "Photograph:", "Image Credit", "Picture:", "reporter at", "is the TV editor", "Comments", "Tags:", "Log in",
    "Most Popular", "affiliate", "earn a commission", "appeared first on", "Table of Contents",
)  # fmt: skip


def read(name: str, **options: Any) -> ParsedArticle:
    path = next(path for path in PAGES if path.name == f"{name}.html")
    return parse_article(path.read_bytes(), url=PAGE_URLS[path.name], timezone=TIMEZONE, **options)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_read_as_it_was(path: Path) -> None:
    assert read_page(path) == GOLDEN[path.name]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_mark_covers_words_of_its_field(path: Path) -> None:
    article = read(path.stem)
    for mark in article.marks:
        words = getattr(article, mark.field)[mark.start : mark.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_outlet_s_own_rules_read_its_page(path: Path) -> None:
    article = read(path.stem)
    outlet = rules_for(PAGE_URLS[path.name], bundled())
    assert outlet
    assert article.read_by.startswith(outlet.outlet)
    assert len(article.body.split("\n\n")) >= 1 + (path.stem != "c21media-stub")


def test_each_of_the_twenty_outlets_has_its_page() -> None:
    read_pages = {GOLDEN[path.name]["read_by"].rsplit(" ", 1)[0] for path in OURS}
    assert read_pages == {rules.outlet for rules in bundled()}
    assert len(read_pages) == 20


@pytest.mark.parametrize("path", [path for path in PAGES if path.stem != "general-no-article"], ids=lambda path: path.stem)
def test_no_furniture_is_in_the_body(path: Path) -> None:
    body = read(path.stem).body
    assert body
    assert [word for word in FURNITURE if word in body] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_without_its_outlet_s_rules_a_page_still_gives_its_text(path: Path) -> None:
    """What the general reader finds holds the first paragraph and the same headline."""
    by_rules, in_general = read(path.stem), read(path.stem, outlets=())
    assert in_general.headline.rstrip(" |-").startswith(by_rules.headline)
    assert by_rules.body.split("\n\n")[0] in in_general.body


def test_the_headline_keeps_its_quotation_marks_and_loses_the_outlet() -> None:
    assert read("variety").headline == "‘The Salt Road’ Renewed for Season 3 at Apple TV+"
    assert read("tvline").headline.endswith("Is One-and-Done")


def test_an_older_template_is_read_by_the_rules_of_its_day() -> None:
    assert read("variety-2017").read_by == "Variety 2014-01-01"
    assert read("variety", fetched_on=dt.date(2026, 3, 3)).read_by == "Variety 2020-06-01"
    assert read("variety", fetched_on=dt.date(2019, 1, 1)).read_by == "general"


def test_an_update_is_kept_and_marked_wherever_it_stands() -> None:
    for name, words in (
        ("deadline", "UPDATED with CBS"),
        ("guardian", "This article was amended"),
        ("vulture", "This post has been updated"),
    ):
        article = read(name)
        marked = [article.body[mark.start : mark.end] for mark in article.marks if mark.kind == "update"]
        assert [text[: len(words)] for text in marked] == [words]
    assert read("general-correction").body.startswith("Correction: An earlier version")


def test_a_wall_makes_a_stub_and_its_words_are_gone() -> None:
    for name in ("c21media-stub", "general-paywall"):
        article = read(name)
        assert (article.paywalled, article.whole) == (True, False)
    assert not any(read(path.stem).paywalled for path in PAGES if path.stem not in ("c21media-stub", "general-paywall"))


def test_a_saved_page_is_read_by_the_rules_of_the_outlet_that_it_names() -> None:
    body = next(path for path in PAGES if path.stem == "deadline").read_bytes()
    saved = parse_article(body, url="file:///downloads/page.html")
    assert (saved.read_by, saved.canonical_url) == ("Deadline 2020-06-01", PAGE_URLS["deadline.html"])


def test_an_amp_page_has_the_address_of_the_page_itself() -> None:
    assert read("general-amp").canonical_url == "https://wire.example/2026/05/gullwing-series-order/"


def test_a_page_that_only_its_metadata_can_tell_is_read_from_them() -> None:
    article = read("general-json-ld")
    assert (article.read_by, article.body.count("\n\n")) == ("json-ld", 1)


def test_a_date_without_zone_is_the_outlet_s() -> None:
    page = b'<html><head><meta name="date" content="2026-03-02T10:00"></head><body><p>x</p></body></html>'
    berlin = parse_article(page, url="https://wire.example/x", timezone="Europe/Berlin")
    variety = parse_article(page, url="https://variety.com/x", timezone="Europe/Berlin")
    assert (berlin.published_at, variety.published_at) == (
        dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 2, 18, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", Outcome.UNREADABLE),
        (b"  \n", Outcome.UNREADABLE),
        (b"%PDF-1.7", Outcome.WRONG_TYPE),
        (b"\xff\xd8\xff\xe0", Outcome.WRONG_TYPE),
    ],
)
def test_what_is_no_page_is_an_error(body: bytes, outcome: Outcome) -> None:
    with pytest.raises(ParseError) as raised:
        parse_article(body, url="https://wire.example/x")
    assert raised.value.outcome is outcome


@pytest.mark.parametrize(
    "json_ld",
    [
        '[{"@type":"NewsArticle","headline":"Vale &#8216;renewed&#8217;"}]',
        '<!-- {"@type":["Thing","NewsArticle"],"headline":"Vale ‘renewed’"} -->',
        '{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Vale ‘renewed’","author":"x"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Vale\n ‘renewed’"}}',
    ],
)
def test_json_ld_of_every_shape_gives_the_headline(json_ld: str) -> None:
    page = f'<html><head><script type="application/ld+json">{json_ld}</script></head><body><p>x</p></body></html>'
    assert parse_article(page.encode(), url="https://wire.example/x").headline == "Vale ‘renewed’"


@pytest.mark.parametrize(
    "json_ld", ["{", "null", "[[[[1]]]]", '{"@type":7}', '{"@type":"NewsArticle","author":[null,3,{"name":[]}],"headline":{}}', "[" * 9000]
)
def test_json_ld_that_is_none_is_passed_over(json_ld: str) -> None:
    page = f'<html><head><title>T</title><script type="application/ld+json">{json_ld}</script></head><body><p>x</p></body></html>'
    assert parse_article(page.encode(), url="https://wire.example/x").headline == "T"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('outlet = "X"\nhosts = ["x.example"]\n[[page]]\nfrom = 2020-01-01\nbody = "p >"', "page.body: 'p >' is not a CSS selector"),
        ('outlet = "X"\nhosts = ["x.example"]\n[[page]]\nfrom = 2020-01-01\nbody = "p"\nbodi = "q"', "page.bodi is not a key"),
        ('outlet = "X"\n[[page]]\nfrom = 2020-01-01\nbody = "p"', "hosts"),
        ('outlet = "X"\nhosts = ["x.example"]\ncolour = "red"', "colour"),
        ("outlet = ", "x.toml"),
    ],
)
def test_wrong_rules_name_the_file_and_the_key(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "x.toml").write_text(toml)
    with pytest.raises(ConfigError) as raised:
        load_rules(tmp_path)
    assert says in str(raised.value)
    assert "x.toml" in str(raised.value)


def test_an_outlet_s_rules_hold_for_its_hosts_only() -> None:
    assert (rules_for("https://www.variety.com/x", bundled()) or bundled()[0]).outlet == "Variety"
    assert rules_for("https://notvariety.com/x", bundled()) is None
    assert rules_for("not a url", bundled()) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAGES), st.text(alphabet="<>/&;\"'= pdiveml\x00é—", max_size=30), st.floats(0, 1))
def test_a_broken_page_gives_an_article_or_a_parse_error(path: Path, inserted: str, where: float) -> None:
    body = path.read_bytes()
    at = int(len(body) * where)
    try:
        article = parse_article(body[:at] + inserted.encode() + body[at + 7 :], url=PAGE_URLS[path.name])
    except ParseError:
        return
    json.dumps([article.headline, article.body]).encode()
    assert all(getattr(article, mark.field)[mark.start : mark.end].strip() for mark in article.marks)
