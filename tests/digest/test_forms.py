"""Issues in every form: strict parsers read them, and whatever an outlet wrote stays words."""

from __future__ import annotations

import csv
import datetime as dt
import html.parser
import io
import re
from collections.abc import Sequence
from dataclasses import replace

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from tradewatch.config import FORMATS
from tradewatch.digest.parcel import file_of
from tradewatch.digest.table import COLUMNS
from tradewatch.digest.telling import as_html, as_markdown, as_text, subject
from tradewatch.types import Grouping, Issue, Row, Told

NOW = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
HOSTILE = [
    "=cmd()", "@midnight", "-30-", "+1", '"quoted"', "two\nlines", "<script>alert(1)</script>", "<b>bold</b>", "&amp; & &lt;", "]]>",
    "🎬 Élite", "\u202eevil\u202c", "المسلسل", "# no heading", "1. no list", "* no item", "[x](javascript:alert(1))", "`code`", "**", "_x_",
    "\x00null\x1b", "{{ issue }}", "{% raw %}", "a;b,c:d", "BEGIN:VEVENT", "x" * 300, "http://evil.example", "\u2028", "~~gone~~",
    "\\", "]", "|",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
BASE: dict[str, str] = dict.fromkeys(COLUMNS, "") | {
    "announcement_id": "0123456789abcdef", "change": "new", "claim_type": "premiere_date", "certainty": "confirmed", "title": "Vale",
    "season": "3", "network": "Hulu", "detail": "season 3 dated 2026-06-18 (Hulu)", "effective_date": "2026-06-18", "confidence": "0.90",
    "evidence_quote": "Vale returns June 18", "evidence_url": "https://slateline.example/vale", "first_source": "Slateline",
    "source_count": "1", "origin_count": "1", "first_seen_local": "2026-03-02 08:00", "first_seen_utc": "2026-03-02T16:00:00Z",
    "revision": "0", "changed_utc": "2026-03-02T16:00:00Z",
}  # fmt: skip


def issue_of(rows: Sequence[Row], title: str = "TV") -> Issue:
    return Issue(
        digest="tv", title=title, number=7, after=0, until=9, since=NOW - dt.timedelta(days=1), frozen_at=NOW, zone="America/Los_Angeles",
        group_by=(Grouping.TYPE, Grouping.NETWORK), formats=FORMATS, rows=tuple(Told(row=row, mark="") for row in rows), unreviewed=4,
        failing=(("Slateline", "no such host"),),
    )  # fmt: skip


def row(**cells: str) -> Row:
    return BASE | cells


@st.composite
def hostile(draw: st.DrawFn) -> Issue:
    """An issue in which an outlet could say what it liked."""
    written = ("title", "people", "network", "detail", "evidence_quote", "evidence_url", "first_source", "also_reported_by", "note", "was")
    rows = [row(announcement_id=f"{place:016x}", **{name: draw(WORDS) for name in written}) for place in range(draw(st.integers(1, 3)))]
    return replace(issue_of(rows, draw(WORDS)), failing=((draw(WORDS), draw(WORDS)),))


# Every form


@given(hostile())
def test_every_form_can_be_written_whatever_outlets_wrote(issue: Issue) -> None:
    for form in FORMATS:
        assert file_of(issue, form).body()


@given(hostile())
def test_a_letter_is_headed_by_one_line(issue: Issue) -> None:
    assert "\n" not in subject(issue)
    assert "\r" not in subject(issue)


# HTML


class Tags(html.parser.HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(hostile())
def test_html_has_no_element_attribute_or_address_that_is_not_ours(issue: Issue) -> None:
    tags = Tags(as_html(issue)).found
    ours = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "div",
        "strong",
        "span",
        "a",
        "ul",
        "li",
        "blockquote",
    }
    assert {tag for tag, _ in tags} <= ours
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    links = [attributes["href"] or "" for tag, attributes in tags if tag == "a"]
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_html_carries_its_styles_in_its_elements_and_loads_nothing() -> None:
    tags = Tags(as_html(issue_of([row()]))).found
    assert not {"link", "script", "img", "iframe"} & {tag for tag, _ in tags}
    assert all("style" in attributes for tag, attributes in tags if tag in ("h1", "h2", "p", "a", "blockquote"))


def test_what_outlets_wrote_is_escaped_in_html() -> None:
    page = as_html(issue_of([row(title="<script>x</script>", evidence_url="javascript:alert(1)")]))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page


# Markdown and text


@given(WORDS)
def test_words_never_become_markup_in_markdown(words: str) -> None:
    told = as_markdown(issue_of([row(title=words, evidence_quote=words, note=words, evidence_url="")]))
    plain = as_markdown(issue_of([row(title="T", evidence_quote="T", note="T", evidence_url="")]))
    assert len(told.splitlines()) == len(plain.splitlines()), "no line is added"
    unescaped = re.sub(r"\\[\\`*_\[\]<>|~&:.#+=-]", "", told)
    ours = re.sub(r"\\.", "", plain)
    for mark in ("<", "[", "`", "~", "|", "&"):
        assert unescaped.count(mark) == ours.count(mark), mark
    assert unescaped.count("*") == ours.count("*")
    assert re.findall(r"^ *#+ ", unescaped, re.MULTILINE) == re.findall(r"^ *#+ ", ours, re.MULTILINE)


def test_an_empty_issue_says_so_in_every_telling() -> None:
    empty = issue_of([])
    for told in (as_text(empty), as_markdown(empty), as_html(empty)):
        assert "nothing new; 4 pending; 1 source failing" in told
        assert "Slateline: no such host" in told


def test_the_parts_come_in_their_order_with_what_was() -> None:
    told = as_text(issue_of([
        row(), row(change="contradicted", was="season 3 dated 2026-06-11 (Hulu)"), row(change="retracted", note="rejected by ada: misread"),
    ]))  # fmt: skip
    order = ("== New ==", "== Changed or contradicted ==", "was: season 3 dated 2026-06-11", "== Retracted ==", "rejected by ada: misread")
    places = [told.index(words) for words in (*order, "4 announcements not reviewed yet", "Sources failing")]
    assert places == sorted(places)


# CSV


@given(hostile())
def test_csv_gives_back_every_cell_but_control_characters(issue: Issue) -> None:
    found = list(csv.DictReader(io.StringIO(file_of(issue, "csv").body().decode(), newline="")))
    for got, told in zip(found, issue.rows, strict=True):
        assert {name: re.sub("\ufffd", "", cell) for name, cell in got.items()} == {
            name: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff]", "", cell) for name, cell in told.row.items()
        }


# Atom

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(issue: Issue) -> etree._Element:
    return etree.fromstring(file_of(issue, "atom").body())


@given(hostile())
def test_atom_holds_to_rfc_4287(issue: Issue) -> None:
    """What the specification demands of a feed and its entries, checked without the library that wrote it."""
    feed = atom(issue)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(issue.rows)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, f"4.1: exactly one {name}"
        assert element.findall(f"{ATOM}author")
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
        for time in (*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")):
            assert dt.datetime.fromisoformat(time.text or "").tzinfo
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids == [f"urn:tradewatch:{told.row['announcement_id']}" for told in issue.rows]
    assert len(set(ids)) == len(ids)
    for link in feed.iter(f"{ATOM}link"):
        assert link.get("href", "").startswith(("http://", "https://"))


@given(hostile())
def test_a_feed_reader_reads_every_entry(issue: Issue) -> None:
    read = feedparser.parse(file_of(issue, "atom").body())
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert len(read.entries) == len(issue.rows)


def test_an_entry_keeps_its_id_when_it_changes_and_says_when() -> None:
    first = atom(issue_of([row()])).find(f"{ATOM}entry")
    later = atom(issue_of([row(change="changed", changed_utc="2026-03-03T10:00:00Z", was="x")])).find(f"{ATOM}entry")
    assert first is not None
    assert later is not None
    assert first.findtext(f"{ATOM}id") == later.findtext(f"{ATOM}id")
    assert later.findtext(f"{ATOM}updated") == "2026-03-03T10:00:00+00:00"
    assert (later.findtext(f"{ATOM}title") or "").startswith("[changed] Vale")


# Calendars


def written(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode()


def events(*rows: Row) -> list[dict[str, str]]:
    calendar = Calendar.from_ical(file_of(issue_of(rows), "ics").body())
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not [event.errors for event in found if event.errors]
    return [{name.lower(): written(event[name].to_ical()) for name in event} for event in found]


@given(hostile())
def test_calendars_are_read_by_a_strict_parser_and_keep_to_their_lines(issue: Issue) -> None:
    written = file_of(issue, "ics").body()
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "RFC 5545, 3.1"
    assert b"\n" not in written.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(written)
    assert not calendar.errors
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert len(calendar.walk("VEVENT")) == len(issue.rows)
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY"} <= set(event)


def test_a_premiere_is_a_whole_day_that_blocks_nobody() -> None:
    (event,) = events(row())
    assert (event["uid"], event["dtstart"], event["dtend"]) == ("0123456789abcdef@tradewatch", "20260618", "20260619")
    assert (event["sequence"], event["status"], event["transp"]) == ("0", "CONFIRMED", "TRANSPARENT")
    assert event["summary"] == "Vale season 3 premieres (Hulu)"


@pytest.mark.parametrize(
    ("cells", "day", "status"),
    [
        ({"certainty": "reported"}, "20260618", "TENTATIVE"),
        ({"change": "changed", "effective_date": "2026-07-01", "prior_date": "2026-06-18", "was": "x"}, "20260701", "CONFIRMED"),
        ({"change": "retracted"}, "20260618", "CANCELLED"),
        ({"change": "changed", "effective_date": "2026-fall", "prior_date": "2026-06-18", "was": "x"}, "20260618", "CANCELLED"),
    ],
    ids=["not sure yet", "moved", "taken back", "now known to a season only"],
)
def test_a_premiere_that_changes_is_the_same_event_with_a_higher_sequence(cells: dict[str, str], day: str, status: str) -> None:
    (first,), (event,) = events(row()), events(row(revision="2", **cells))
    assert event["uid"] == first["uid"]
    assert int(event["sequence"]) > int(first["sequence"])
    assert (event["dtstart"], event["status"]) == (day, status)


@pytest.mark.parametrize(
    "cells", [{"effective_date": "2026-06"}, {"effective_date": "2026-Q3"}, {"effective_date": ""}, {"claim_type": "renewal"}]
)
def test_only_a_premiere_with_a_day_is_an_event(cells: dict[str, str]) -> None:
    assert events(row(**cells)) == []
