"""Feeds of every dialect: the corpus, the two readers against each other, and bytes that nobody foresaw."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parse.parse_golden import FEED_URL, FEEDS, TIMEZONE, as_json, feed_name, golden, read_feed
from tradewatch.errors import ParseError
from tradewatch.parse import ParsedFeed, entry_article, parse_feed
from tradewatch.parse.feed import read_any
from tradewatch.parse.wellformed import parse_plain
from tradewatch.types import Outcome

GOLDEN = golden("feeds")
BODIES = {feed_name(path): path.read_bytes() for path in FEEDS}
QUICK_DIALECTS = ("rss20", "rss", "rss091u", "rss092", "rss094", "atom10")


def read(body: bytes) -> ParsedFeed:
    return parse_feed(body, url=FEED_URL, timezone=TIMEZONE)


def test_the_corpus_has_150_feeds_and_more_in_every_dialect() -> None:
    dialects = {reading.get("dialect") for reading in GOLDEN.values()}
    assert len(FEEDS) >= 150
    assert {"rss20", "rss10", "rss090", "rss091u", "rss092", "rss094", "atom10", "atom03", "json1", "json11"} <= dialects


@pytest.mark.parametrize("path", FEEDS, ids=feed_name)
def test_a_feed_of_the_corpus_is_read_as_it_was(path: Path) -> None:
    assert read_feed(path) == GOLDEN[feed_name(path)]


@pytest.mark.parametrize("name", sorted(BODIES))
def test_the_quick_reader_reads_what_feedparser_reads(name: str) -> None:
    quick = parse_plain(BODIES[name], url=FEED_URL, timezone=TIMEZONE)
    if quick:
        assert as_json(quick) == as_json(read_any(BODIES[name], url=FEED_URL, timezone=TIMEZONE))


def test_the_feeds_that_most_publishers_send_go_the_quick_way() -> None:
    ours = ("made/wordpress.xml", "made/wordpress-cdata.xml", "made/summaries.xml", "made/atom.xml", "made/rss092.xml", "made/atom-bom.xml")
    assert all(parse_plain(BODIES[name], url=FEED_URL, timezone=TIMEZONE) for name in ours)


def test_every_entry_of_a_whole_feed_is_read() -> None:
    """No peculiarity of the stories loses one of the three."""
    lossy = ("cut", "none", "one", "no-feed")
    counts = {name: len(reading.get("entries", ())) for name, reading in GOLDEN.items() if name.startswith("made/")}
    assert {name for name, count in counts.items() if count != 3 and not any(f"-{word}." in name for word in lossy)} == set()


def test_repeated_and_missing_guids_lose_nothing() -> None:
    repeated, missing = read(BODIES["made/wordpress-repeated-guid.xml"]), read(BODIES["made/wordpress-no-guid.xml"])
    assert [entry.guid for entry in repeated.entries] == ["urn:wire:latest"] * 3
    assert len({entry.url for entry in repeated.entries}) == len({entry.url for entry in missing.entries}) == 3


def test_a_date_without_a_zone_is_in_the_source_s_zone() -> None:
    body = BODIES["made/wordpress-dates-without-zone.xml"]
    in_utc, in_london = (parse_feed(body, url=FEED_URL, timezone=zone).entries[0].published_at for zone in ("UTC", "America/New_York"))
    assert in_utc
    assert in_london
    assert (in_london - in_utc).total_seconds() == 5 * 3600


@pytest.mark.parametrize(
    ("name", "outcome", "says"),
    [
        ("odd/empty.xml", Outcome.UNREADABLE, "empty"),
        ("odd/nothing-but-nul.xml", Outcome.UNREADABLE, "empty"),
        ("odd/plain-text.xml", Outcome.UNREADABLE, "no feed"),
        ("odd/html-page.xml", Outcome.WRONG_TYPE, 'an HTML page where a feed should be (set kind = "page"'),
        ("odd/sitemap.xml", Outcome.WRONG_TYPE, 'kind = "sitemap"'),
        ("odd/opml.xml", Outcome.WRONG_TYPE, "an OPML list"),
        ("odd/image.xml", Outcome.WRONG_TYPE, "a PNG image"),
        ("odd/no-feed.json", Outcome.WRONG_TYPE, "no JSON Feed"),
        ("odd/broken-at-once.json", Outcome.UNREADABLE, "broken JSON"),
        ("odd/deep.json", Outcome.UNREADABLE, "broken JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(name: str, outcome: Outcome, says: str) -> None:
    with pytest.raises(ParseError) as raised:
        read(BODIES[name])
    assert raised.value.outcome is outcome
    assert says in raised.value.reason
    assert raised.value.url == FEED_URL


@pytest.mark.parametrize("name", ["wordpress", "atom", "rss10", "json11"])
def test_of_a_half_document_the_whole_entries_are_kept_and_the_rest_is_told(name: str) -> None:
    cut = next(body for key, body in BODIES.items() if key.startswith(f"made/{name}-cut."))
    whole = next(body for key, body in BODIES.items() if key in (f"made/{name}.xml", f"made/{name}.json"))
    kept, all_entries = read(cut), read(whole).entries
    assert 0 < len(kept.entries) < 3
    assert kept.entries == all_entries[: len(kept.entries)]
    assert kept.problems


def test_an_xml_bomb_and_an_external_entity_are_inert() -> None:
    assert len(read(BODIES["odd/billion-laughs.xml"]).entries[0].headline) < 20
    assert "root" not in str(read(BODIES["odd/external-entity.xml"]))


def test_the_author_of_64_kilobytes_costs_nothing() -> None:
    start = time.process_time()
    feed = read(BODIES["odd/author-of-64-kilobytes.xml"])
    assert time.process_time() - start < 2
    assert ("an author's name of more than a kilobyte, cut", 1) in feed.problems


def test_a_hundred_thousand_entries_are_read() -> None:
    item = b"<item><title>Vale renewed</title><link>https://wire.example/%d</link></item>"
    body = b'<rss version="2.0"><channel><title>Long</title>' + b"".join(item % number for number in range(100_000)) + b"</channel></rss>"
    assert len(read(body).entries) == 100_000


def test_an_entry_with_the_whole_text_becomes_an_article_with_marks() -> None:
    article = entry_article(read(BODIES["made/wordpress.xml"]).entries[1])
    assert article.whole
    assert article.body.split("\n\n")[1:] == ["Orrin’s Gate (Paramount+)", "More & more"]
    assert [(mark.kind, article.body[mark.start : mark.end]) for mark in article.marks][:3] == [
        ("italic", "Orrin’s Gate"),
        ("item", "Orrin’s Gate (Paramount+)"),
        ("italic", "Orrin’s Gate"),
    ]


def test_an_entry_with_a_summary_is_a_teaser() -> None:
    article = entry_article(read(BODIES["made/summaries.xml"]).entries[0])
    assert (article.body, article.whole) == ("The coastal drama is coming back.", False)


def test_relative_links_in_an_entry_are_relative_to_it() -> None:
    article = entry_article(read(BODIES["made/wordpress.xml"]).entries[0])
    assert article.links == ("https://wire.example/people/ann-roe/",)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_feed_or_a_parse_error(body: bytes) -> None:
    _never_another_exception(body)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(BODIES)), st.binary(max_size=12), st.integers(0, 3000))
def test_bytes_put_into_a_feed_give_a_feed_or_a_parse_error(name: str, inserted: bytes, at: int) -> None:
    body = BODIES[name]
    _never_another_exception(body[:at] + inserted + body[at:])


def test_mutated_feeds_give_a_feed_or_a_parse_error() -> None:
    """A bounded fuzzer: bytes flipped, cut out, doubled and moved; the seed is fixed, so that a failure can be met again."""
    chance = random.Random(20260302)
    bodies = [body for body in BODIES.values() if 0 < len(body) < 20_000]
    for _ in range(300):
        _never_another_exception(_mutated(chance.choice(bodies), chance))


def _mutated(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.randint(1, 40))
        match chance.randrange(4):
            case 0:
                changed[start] = chance.randrange(256)
            case 1 if end - start < len(changed):
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end]
            case _:
                changed[start:start] = chance.choice(
                    (b"<", b"&", b"]]>", b"<![CDATA[", b"&#x110000;", b"\0", b"\xff", b'"', b"<item>", b"</item>")
                )
    return bytes(changed)


def _never_another_exception(body: bytes) -> None:
    try:
        feed = read(body)
    except ParseError:
        return
    for entry in feed.entries:
        f"{entry.headline}{entry.url}{entry.guid}{entry.summary_html}{entry.content_html}{entry.byline}".encode()  # can be stored
        article = entry_article(entry)
        assert all(getattr(article, mark.field)[mark.start : mark.end].strip() for mark in article.marks)
