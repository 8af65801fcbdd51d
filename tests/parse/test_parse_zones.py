"""HTML to text: paragraphs, marks, what is furniture and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewatch.parse import furniture
from tradewatch.parse.page import decode, parse
from tradewatch.parse.titles import plain, without_outlet
from tradewatch.parse.zones import Prose, line, prose


def read(html: str) -> Prose:
    root = parse(html)
    return prose([] if root is None else [root], "https://wire.example/a/b")


def marked(text: Prose, kind: str) -> list[str]:
    return [text.text[mark.start : mark.end] for mark in text.marks if mark.kind == kind]


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<div>One.<p>Two.</p>Three.</div>", ["One.", "Two.", "Three."]),
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<p>Vale (ABC)<br>Kin (NBC)</p>", ["Vale (ABC)", "Kin (NBC)"]),
        ("<p>renewed for a<br>third season</p>", ["renewed for a third season"]),
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>", ["A", "B", "C"]),
        ("<table><tr><th>Vale</th><td>ABC</td></tr><tr><td>Kin</td><td>NBC</td></tr></table>", ["Vale | ABC", "Kin | NBC"]),
        ("<p> A\n\t b\xa0 c </p>", ["A b c"]),
        ("<p>S\u00adof\u200bt</p>", ["Soft"]),
        ("<p>A <b>b</b><i> c</i> d</p>", ["A b c d"]),
        ("<p>One</p><script>x()</script><style>p{}</style><p>Two</p>", ["One", "Two"]),
        ("<p>One</p><!-- no --><p>Two<!-- no --> more</p>", ["One", "Two more"]),
        ("Bare text", ["Bare text"]),
        ("<p>***</p><p>One</p>", ["One"]),
    ],
)
def test_blocks_become_paragraphs(html: str, paragraphs: list[str]) -> None:
    assert read(html).text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    ("html", "italics"),
    [
        ("<p>The <em>Vale</em> team</p>", ["Vale"]),
        ("<p>The<em> Vale </em>team</p>", ["Vale"]),
        ("<p><i>For All</i> <i>Mankind</i></p>", ["For All Mankind"]),
        ("<p><i>A</i>, <i>B</i></p>", ["A", "B"]),
        ("<p><em><i>Vale</i></em></p>", ["Vale"]),
        ("<p><cite>Vale</cite> and <span style='font-style: italic'>Kin</span></p>", ["Vale", "Kin"]),
        ("<p><a href='/v'><em>Vale</em></a></p>", ["Vale"]),
        ("<p><em>One<br><br>Two</em></p>", ["One", "Two"]),
        ("<p><em> </em>Vale</p>", []),
        ("<p>🎬 <em>Vale</em></p>", ["Vale"]),
    ],
)
def test_italics_are_marks_on_exact_words(html: str, italics: list[str]) -> None:
    assert marked(read(html), "italic") == italics


@pytest.mark.parametrize(
    ("html", "kind", "words"),
    [
        ("<h2>Cast</h2><p>Ann.</p>", "heading", ["Cast"]),
        ("<ul><li>A <em>b</em></li><li>C</li></ul>", "item", ["A b", "C"]),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "blockquote", ["One.", "Two."]),
        ("<p>UPDATED: It is true.</p>", "update", ["UPDATED: It is true."]),
        ("<div class='editors-note'><p>Editor’s note: A.</p><p>B.</p></div><p>C.</p>", "update", ["Editor’s note: A.", "B."]),
        ("<aside class='correction'>This was corrected.</aside><p>C.</p>", "update", ["This was corrected."]),
        ("<p>Updates on the show follow.</p>", "update", []),
    ],
)
def test_places_are_marks_on_whole_paragraphs(html: str, kind: str, words: list[str]) -> None:
    assert marked(read(html), kind) == words


@pytest.mark.parametrize(
    "html",
    [
        "<div class='related-posts'><p>Kin Axed After One Season at NBC</p></div>",
        "<p><a href='/k'>Kin Axed After One Season at NBC</a></p>",
        "<a href='/k'><h3>Kin Axed After One Season at NBC</h3></a>",
        "<ul><li><a href='/k'>Kin Axed After One Season at NBC</a></li></ul>",
        "<p>RELATED: Kin Axed After One Season</p>",
        "<figure><img><figcaption>Ann Roe in Vale</figcaption></figure>",
        "<div class='newsletter-signup'><p>Get our briefing</p></div>",
        "<div class='email-updates'><form></form></div>",
        "<p hidden>Not for the eye</p>",
        "<p style='display: none'>Not for the eye</p>",
        "<nav>Home</nav><footer>Copyright</footer><aside>More</aside>",
    ],
)
def test_furniture_is_left_out(html: str) -> None:
    article = "<p>Vale has been renewed for a third season at ABC, the network said on Monday in Burbank, California.</p>"
    assert read(article + html + article.replace("Vale", "Kin")).text.count("\n\n") == 1


def test_a_heading_with_nothing_under_it_and_a_bio_at_the_end_are_left_out() -> None:
    text = read("<h2>Cast</h2><p>Ann.</p><h2>Stories for You</h2><p>Kim Poe is a senior TV writer at Invented Wire.</p>").text
    assert text == "Cast\n\nAnn."


def test_a_misleading_name_on_the_article_s_own_wrapper_loses_nothing() -> None:
    assert (
        read("<div class='paywall sponsored'><p>Vale has been renewed.</p><p>It is true.</p></div>").text
        == "Vale has been renewed.\n\nIt is true."
    )


def test_only_the_text_s_own_links_are_kept_once_and_absolute() -> None:
    links = "".join(f" <a href='{href}'>here</a>" for href in ("/x", "c", "/x", "#f", "mailto:a@b.example", "javascript:x()"))
    assert read(f"<p>See{links}.</p><nav><a href='/n'>n</a></nav>").links == ("https://wire.example/x", "https://wire.example/a/c")


@pytest.mark.parametrize(
    ("html", "text"), [("<h1>Vale:<br> Again <em>Now</em></h1>", "Vale: Again Now"), ("<h1><span>A</span>\n<div>B</div></h1>", "A B")]
)
def test_a_headline_is_one_line(html: str, text: str) -> None:
    root = parse(html)
    assert root is not None
    assert line(root.find(".//h1"), "headline").text == text


@pytest.mark.parametrize(
    ("is_it", "table", "name"),
    [(furniture.is_bio, "bio", "bio"), (furniture.says_update, "update", "update"), (furniture.is_wall, "wall", "wall")]
    + [(furniture.is_filler, "wording", one["is"]) for one in furniture.TABLE["wording"]],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wording_drops_its_examples_and_keeps_their_near_twins(is_it: object, table: str, name: str) -> None:
    rules = furniture.TABLE[table]
    rule = next(one for one in rules if one["is"] == name) if isinstance(rules, list) else rules
    assert callable(is_it)
    assert {text: is_it(text) for text in rule["drops"]} == dict.fromkeys(rule["drops"], True)
    assert {text: is_it(text) for text in rule["keeps"]} == dict.fromkeys(rule["keeps"], False)


def test_a_class_name_drops_its_examples_and_keeps_their_near_twins() -> None:
    examples = furniture.TABLE["names_examples"]
    assert [name for name in examples["drops"] if not furniture.has_furniture_name(name)] == []
    assert [name for name in examples["keeps"] if furniture.has_furniture_name(name)] == []


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<em>Vale</em> &amp; Co.", "Vale & Co."),
        ("&#8216;Vale&rsquo;", "‘Vale’"),
        ("Who <3s Vale? 1 < 2 > 0", "Who <3s Vale? 1 < 2 > 0"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("A<br/>B", "A B"),
        ("  A \n B\xa0C ", "A B C"),
        ("<script>x", "<script>x"),
        ("“Vale” ‘Kin’ 'Roe' \"Poe\"", "“Vale” ‘Kin’ 'Roe' \"Poe\""),
        ("bad\ud800\x00 end", "bad end"),
    ],
)
def test_a_title_is_plain_text_as_printed(written: str, read_as: str) -> None:
    assert plain(written) == read_as


@pytest.mark.parametrize(
    ("headline", "cut"),
    [
        ("Vale Renewed - Variety", "Vale Renewed"),
        ("Vale Renewed – Variety", "Vale Renewed"),
        ("Vale Renewed | variety ", "Vale Renewed"),
        ("A Night at Variety", "A Night at Variety"),
        ("Variety", "Variety"),
        ("Vale - Season 3", "Vale - Season 3"),
    ],
)
def test_an_outlet_s_name_is_cut_off_the_end_only(headline: str, cut: str) -> None:
    assert without_outlet(headline, ("Variety",)) == cut


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Zoë".encode(), None, "Zoë"),
        ("Zoë".encode(), "text/html; charset=iso-8859-1", "Zoë"),
        ("Zoë".encode("latin-1"), None, "Zoë"),
        ("“Zoë”".encode("windows-1252"), "text/html; charset=ISO-8859-1", "“Zoë”"),
        ("Zoë".encode("utf-16"), None, "Zoë"),
        ("海の道".encode("shift_jis"), "text/html; charset=Shift_JIS", "海の道"),
        ("海の道".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "海の道"),
        ("Zoë, Ünal, Öl".encode() + b"\x92", None, "Zoë, Ünal, Öl’"),
        (b"plain", "text/html; charset=klingon", "plain"),
        ("Zoë".encode("latin-1"), "text/html; charset=u", "Zoë"),
        ("Zoë".encode("latin-1"), "text/html; charset=hex", "Zoë"),
    ],
)
def test_bytes_are_decoded_by_what_they_are(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text


TAGS = st.sampled_from(
    ["p", "em", "i", "b", "ul", "li", "h2", "blockquote", "div", "a", "br", "table", "tr", "td", "span", "aside", "cite"]
)
SNIPPETS = st.lists(st.one_of(st.text(max_size=12), TAGS.map("<{}>".format), TAGS.map("</{}>".format)), max_size=25).map("".join)


@settings(max_examples=200, deadline=None)
@given(SNIPPETS)
def test_any_html_gives_single_spaced_paragraphs_and_marks_that_hold(html: str) -> None:
    text = read(html)
    assert "\n\n\n" not in text.text
    assert all(part and part == part.strip() and "\n" not in part and "  " not in part for part in text.text.split("\n\n") if text.text)
    for mark in text.marks:
        words = text.text[mark.start : mark.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words
