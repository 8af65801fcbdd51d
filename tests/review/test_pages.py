"""Pages to read: each says what it is about, down to the bytes, whatever outlets write."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.review.newsdesk import DIGESTS, NewsDesk, text
from tradewatch.config import FORMATS
from tradewatch.digest.draft import Newsroom
from tradewatch.digest.run import freeze
from tradewatch.review.passwords import secret_hash
from tradewatch.types import Announcement

RENEWAL = "Hulu Renews ‘Vale’ for Season 3"
BODY = "The streamer has picked up ‘Vale’ for a third season, it said on Monday.\n\nJane Roe is the showrunner of ‘Vale’."


def told(desk: NewsDesk) -> Announcement:
    """A renewal that two outlets told, one of them an echo."""
    desk.prints("Slateline", RENEWAL, BODY)
    desk.clock.forward(hours=2)
    found = desk.prints("Couchlist", "‘Vale’ Renewed for Season 3 at Hulu", "Hulu has renewed ‘Vale’ for season 3, Slateline reports.")
    return next(one for one in found if one.type == "renewal")


def test_an_announcement_leads_down_to_the_bytes(desk: NewsDesk) -> None:
    browser, one = desk.browser(), told(desk)
    page = browser.get(f"/announcement/{one.id}")
    assert "echo of Slate" in text(page)
    assert "first" in text(page)
    raw = browser.get(re.findall(r'href="(/bytes/[0-9a-f]{64})"', page.text)[0])
    assert raw.content.startswith(b"<h1>Hulu Renews")
    assert raw.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in raw.headers["content-security-policy"]


def test_an_article_shows_its_evidence_marked(desk: NewsDesk) -> None:
    one = told(desk)
    report = one.reports[0]
    page = desk.browser().get(f"/article/{report.article_id}?claim={report.claim_id}")
    stored = desk.store.claims.get(report.claim_id)
    assert stored is not None
    assert f"<mark>{stored.claim.evidence[0].quote}</mark>" in page.text
    assert "revision 1" in text(page)


def test_a_silent_edit_is_a_further_revision_to_be_looked_at(desk: NewsDesk) -> None:
    address = "https://slateline.example/a"
    desk.prints("Slateline", RENEWAL, BODY, url=address)
    desk.prints("Slateline", RENEWAL, "The streamer has said nothing at all about a season of any kind.", url=address)
    article = desk.store.announcements.find()[0].reports[0].article_id
    assert "third season" in text(desk.browser().get(f"/article/{article}?revision=1"))
    assert "said nothing at all" in text(desk.browser().get(f"/article/{article}"))


def test_the_life_of_a_title_names_what_was_never_announced(desk: NewsDesk) -> None:
    told(desk)
    page = text(desk.browser().get("/title/t-vale"))
    assert "renewed for season 3" in page
    assert "No series order was seen" in page
    assert "No premiere date for season 3" in page


def test_an_unknown_work_has_a_page_too(desk: NewsDesk) -> None:
    one = desk.prints("Slateline", "NBC Cancels ‘Harbor Lights’ After Two Seasons")[0]
    assert "In no catalog" in text(desk.browser().get(f"/title/{one.work}"))


def test_people_and_networks_have_pages(desk: NewsDesk) -> None:
    told(desk)
    desk.prints("Slateline", "‘Vale’: Jane Roe Joins Cast")
    assert "Jane Roe cast" in text(desk.browser().get("/person/Jane%20Roe"))
    assert "renewed for season 3" in text(desk.browser().get("/network/Hulu"))


@pytest.mark.parametrize("words", ["vale", "hulu", "picked up streamer", "jane ro"])
def test_the_search_finds_announcements_titles_people_and_articles(desk: NewsDesk, words: str) -> None:
    told(desk)
    assert "Vale" in text(desk.browser().get(f"/search?q={words}")).replace("“vale”", "")


def test_a_search_for_nothing_known_says_so(desk: NewsDesk) -> None:
    assert "Nothing holds these words" in text(desk.browser().get("/search?q=zzz"))


def test_a_source_is_judged_by_how_soon_and_how_rightly_it_tells(desk: NewsDesk) -> None:
    told(desk)
    browser = desk.browser("the lead")
    browser.decides("accept")
    first, second = text(browser.get("/source/slateline")), text(browser.get("/source/couchlist"))
    assert "of them first 100 %" in first
    assert "of them first 0 %" in second
    assert "(median) 2 h" in second
    assert "accepted as read, of 1 100 %" in first


def test_the_page_of_learning_counts_what_editors_decided(desk: NewsDesk) -> None:
    told(desk)
    desk.prints("Slateline", "NBC Cancels ‘Harbor Lights’ After Two Seasons")
    browser = desk.browser("the lead")
    assert "Nothing to learn from yet" in text(browser.get("/learn"))
    browser.decides("reject:misread")
    browser.post("/edit", **{"slot.title": "Vale", "slot.seasons": "4", "slot.network": "Hulu"}, **browser.card())
    page = text(browser.get("/learn"))
    assert "1 × misread" in page
    assert "1 × seasons" in page
    assert "renewal 0 % 0 % 0 1 0" in page


def test_the_digest_to_come_leaves_out_what_was_rejected(desk: NewsDesk) -> None:
    told(desk)
    browser = desk.browser("the lead")
    assert "renewed for season 3" in text(browser.get("/digest"))
    assert "renewed for season 3" in browser.get("/digest.csv").text
    browser.decides("reject:not news")
    assert "Nothing new" in text(browser.get("/digest"))


def test_the_digest_carries_what_an_editor_corrected(desk: NewsDesk) -> None:
    one = told(desk)
    browser = desk.browser("the lead")
    browser.post("/edit", **{"slot.title": "Vale", "slot.seasons": "4", "slot.network": "Hulu"}, **browser.card(one.id))
    assert "renewed for season 4" in browser.get("/digest.csv").text


@pytest.mark.parametrize("title", ["=cmd()", "@midnight", "-30-", "＝1+1"])
def test_the_table_of_the_digest_is_inert_in_a_spreadsheet(desk: NewsDesk, title: str) -> None:
    one = told(desk)
    browser = desk.browser("the lead")
    browser.post("/edit", **{"slot.title": title, "slot.seasons": "4", "slot.network": "Hulu"}, **browser.card(one.id))
    answer = browser.get("/digest.csv")
    assert answer.content.startswith(codecs.BOM_UTF8)
    (row,) = [row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")) if row["season"] == "4"]
    assert row["title"] == f"'{title}"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_digest_is_shown_as_it_would_be_now_and_as_it_was_sent(desk: NewsDesk) -> None:
    one = told(desk)
    browser = desk.browser("the viewer")
    assert "never ran" in text(browser.get("/digests"))
    assert "renewed for season 3" in text(browser.get("/digests/tv"))
    assert desk.store.issues.issues() == [], "looking at it sends nothing"
    freeze(Newsroom(store=desk.store), DIGESTS[0], desk.clock())
    desk.clock.forward(minutes=1)
    desk.browser("the lead").decides("reject:misread", one.id)
    assert "1 retracted" in text(browser.get("/digests/tv"))
    assert "rejected by the lead: misread" in text(browser.get("/digests/tv"))
    sent = browser.get("/digests/tv?number=1")
    assert "1 new" in text(sent)
    assert "folder: waiting" not in text(sent)
    assert "folder: waiting" in text(desk.browser("the operator").get("/digests/tv?number=1"))


def test_a_digest_is_had_in_every_form(desk: NewsDesk) -> None:
    told(desk)
    browser = desk.browser("the viewer")
    for form in FORMATS:
        answer = browser.get(f"/digests/tv/{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="tv')
    for missing in ("/digests/film", "/digests/tv?number=1", "/digests/tv/pdf", "/digests/film/csv", f"/digests/tv?number={2**80}"):
        assert browser.get(missing).status_code == 404


def test_digests_are_for_those_who_are_logged_in(desk: NewsDesk) -> None:
    for path in ("/digests", "/digests/tv", "/digests/tv/csv"):
        assert desk.browser(None).get(path).headers["location"].startswith("/login")


def test_only_an_operator_sees_users(desk: NewsDesk) -> None:
    assert "another editor" not in text(desk.browser("the lead").get("/status"))
    assert "another editor" in text(desk.browser("the operator").get("/status"))


def test_the_history_tells_each_act_and_takes_it_back(desk: NewsDesk) -> None:
    told(desk)
    browser = desk.browser("the editor")
    browser.decides("reject:duplicate")
    page = browser.get("/history")
    assert "the editor rejected" in text(page)
    act = re.findall(r'name="act" value="(\d+)"', page.text)[0]
    assert browser.post("/undo", act=act, back="/history").headers["location"] == "/history"
    assert "taken back" in text(browser.get("/history"))


def test_a_view_is_a_feed_for_a_reader_with_a_token(desk: NewsDesk) -> None:
    one = told(desk)
    desk.store.accounts.add_token(secret_hash("a secret"), "the viewer", "feeds", desk.clock())
    browser = desk.browser(None)
    assert browser.get("/feed.atom").status_code == 401
    browser.client.auth = ("anything", "a secret")
    feed = ElementTree.fromstring(browser.get("/feed.atom?type=renewal").content)
    entry = "{http://www.w3.org/2005/Atom}entry"
    ids = [found.findtext("{http://www.w3.org/2005/Atom}id") for found in feed.iter(entry)]
    assert ids == [f"urn:tradewatch:{one.id}"]
    desk.store.accounts.revoke_token("the viewer", "feeds", desk.clock())
    assert browser.get("/feed.atom").status_code == 401


# Why, and cases


def test_why_says_where_each_slot_stands_in_print(desk: NewsDesk) -> None:
    one = told(desk)
    page = text(desk.browser().get(f"/why/{one.reports[0].claim_id}"))
    assert "seasons 3 in the quoted words" in page or "seasons 3 in their paragraph" in page
    assert "network Hulu" in page
    assert "rule" in page


def test_a_correction_becomes_a_labelled_case_that_evaluate_reads(desk: NewsDesk) -> None:
    one = told(desk)
    browser = desk.browser("the editor")
    claim = one.reports[0].claim_id
    browser.post("/edit", **{"slot.title": "Vale", "slot.seasons": "4", "slot.network": "Hulu"}, **browser.card(one.id))
    assert browser.post("/case", claim=claim).status_code == 303
    line = json.loads(browser.get("/cases.jsonl").text.splitlines()[0])
    label = next(label for label in line["claims"] if label["type"] == "renewal")
    assert (label["title"], label["seasons"], label["network"], label["status"]) == ("Vale", [4], "Hulu", "announced")
    assert line["headline"] == RENEWAL
    assert "1 case" in text(browser.get("/cases"))


def test_a_rejected_claim_is_labelled_as_none(desk: NewsDesk) -> None:
    one = desk.prints("Slateline", "NBC Cancels ‘Harbor Lights’ After Two Seasons")[0]
    browser = desk.browser("the editor")
    browser.decides("reject:misread")
    browser.post("/case", claim=one.reports[0].claim_id)
    assert json.loads(browser.get("/cases.jsonl").text)["claims"] == []
    assert "0 right, 0 missed, 1 false" in text(browser.get("/cases"))


# What comes back


def test_a_contradiction_brings_a_decided_announcement_back_with_the_difference(desk: NewsDesk) -> None:
    one = desk.prints("Slateline", "‘Vale’ Season 3 Premieres June 4, 2026 on Hulu")[0]
    browser = desk.browser("the editor")
    browser.decides("accept")
    assert "All done" in text(browser.get("/queue"))
    desk.prints("The Ledger", "‘Vale’ Season 3 Premieres July 9, 2026 on Hulu")
    page = text(browser.get("/queue"))
    assert "open again: contradicted" in page
    assert "Since the editor accepted it" in page
    assert "also told – season 3 dated 2026-07-09" in page
    browser.decides("accept", one.id)
    assert "All done" in text(browser.get("/queue"))


def test_an_echo_brings_nothing_back(desk: NewsDesk) -> None:
    desk.prints("Slateline", RENEWAL)
    browser = desk.browser("the editor")
    browser.decides("accept")
    desk.prints("Couchlist", "‘Vale’ Renewed for Season 3 at Hulu", "Hulu has renewed ‘Vale’ for season 3, Slateline reports.")
    assert "All done" in text(browser.get("/queue"))


def test_a_surer_report_brings_a_rejected_rumour_back(desk: NewsDesk) -> None:
    desk.prints("Couchlist", RENEWAL)
    browser = desk.browser("the editor")
    browser.decides("reject:not news")
    desk.prints("Slateline", "Hulu Has Renewed ‘Vale’ for a Third Season")
    page = text(browser.get("/queue"))
    assert "open again: upgraded" in page
    assert "certainty reported confirmed" in page


def test_what_no_outlet_says_any_more_comes_back(desk: NewsDesk) -> None:
    address = "https://slateline.example/a"
    desk.prints("Slateline", RENEWAL, url=address)
    browser = desk.browser("the editor")
    browser.decides("accept")
    desk.prints("Slateline", "Hulu Has Said Nothing of ‘Vale’", url=address)
    assert "open again: retracted" in text(browser.get("/queue"))


# Hostile outlets

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<a href=javascript:alert(1)>here</a>",
    "<style>body{display:none}</style>",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u202c",
    "=HYPERLINK(\"https://evil.example\")",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "\x00\x1b[31m",
)  # fmt: skip
PAGES = (
    "/queue", "/announcement/{id}", "/article/{article}", "/article/{article}/page", "/title/t-vale", "/why/{claim}", "/search?q=vale",
    "/digest", "/history", "/sources", "/status", "/learn", "/doubts", "/many", "/source/slateline", "/cases", "/network/Hulu",
    "/digests", "/digests/tv", "/digests/tv?number=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile() -> NewsDesk:
    """A desk whose outlet puts everything into its article, and editors who keep it."""
    desk = NewsDesk()
    body = f"<!doctype html><html><body>\n\nHulu has renewed ‘Vale’ for season 3. {' '.join(HOSTILE)}\n\n" + "\n\n".join(HOSTILE)
    one = desk.prints(
        "Slateline", RENEWAL + " " + " ".join(HOSTILE[:4]), body, url="https://slateline.example/?q=<script>alert(2)</script>"
    )[0]
    desk.prints("Couchlist", RENEWAL, url="javascript:alert(3)")
    browser = desk.browser("the lead")
    hurt = {"slot.title": "Vale", "slot.network": HOSTILE[0], "slot.seasons": "3"}
    browser.post("/edit", **hurt, **browser.card(one.id))
    browser.post("/case", claim=one.reports[0].claim_id)
    browser.post("/views", name=HOSTILE[1], view="q=<script>")
    freeze(Newsroom(store=desk.store), DIGESTS[0], desk.clock())
    return desk


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_an_outlet_wrote_runs_or_loads(hostile: NewsDesk, path: str) -> None:
    one = hostile.store.announcements.find()[0]
    report = next(report for report in one.reports if report.outlet == "Slateline")
    page = hostile.browser().get(path.format(id=one.id, article=report.article_id, claim=report.claim_id))
    assert page.status_code == 200
    elements = BeautifulSoup(page.text, "html.parser").find_all(True)
    assert [one.get("src") for one in elements if one.name == "script"] == ["/static/htmx.min.js", "/static/desk.js"]
    assert not {one.name for one in elements} & {"img", "svg", "style", "base", "iframe", "object", "embed"}
    assert not [name for one in elements for name in one.attrs if name.startswith("on") or name in ("style", "http-equiv", "srcdoc")]
    assert not [one for one in elements if re.match(r"\s*(javascript|data|vbscript):", str(one.get("href") or one.get("action") or ""))]
    assert not re.findall("[\u202a-\u202e\u2066-\u2069\x00\x1b]", page.text)


def test_a_hostile_feed_is_still_a_feed(hostile: NewsDesk) -> None:
    feed = hostile.browser().get("/feed.atom?state=any").content
    assert ElementTree.fromstring(feed) is not None


def test_every_link_out_tells_nobody_where_from(hostile: NewsDesk) -> None:
    one = hostile.store.announcements.find()[0]
    out = re.findall(r'<a href="http[^>]*>', hostile.browser().get(f"/announcement/{one.id}").text)
    assert out
    assert all('rel="noopener nofollow noreferrer"' in link for link in out)


@pytest.mark.parametrize(
    "path",
    ["/announcement/x", "/article/x", "/article/x/page", "/bytes/x", "/title/x", "/person/x", "/network/x", "/source/x", "/why/x", "/x"],
)
def test_what_is_not_there_is_a_kind_404(desk: NewsDesk, path: str) -> None:
    page = desk.browser().get(path)
    assert page.status_code == 404
    assert "Back to the queue" in text(page)
