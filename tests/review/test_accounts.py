"""Who gets in, and who is kept out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.newsdesk import HASH, ORIGIN, PASSWORD, SAME_SITE, NewsDesk, text
from tradewatch.review.passwords import trouble_with
from tradewatch.review.permissions import Right, is_ours, login_wait, may
from tradewatch.review.sessions import inside
from tradewatch.types import Role

PAGES = ("/queue", "/doubts", "/many", "/suggest?slot=role")


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_logging_in(desk: NewsDesk, path: str) -> None:
    answer = desk.browser(None).get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?to=")


def test_a_login_leads_to_the_page_that_was_asked_for(desk: NewsDesk) -> None:
    browser = desk.browser(None)
    answer = browser.post("/login", name="THE EDITOR", password=PASSWORD, to="/queue?type=renewal")
    assert answer.headers["location"] == "/queue?type=renewal"
    assert browser.get("/queue").status_code == 200


def test_a_cookie_is_for_this_host_and_no_script(desk: NewsDesk) -> None:
    cookie = desk.browser(None).post("/login", name="the editor", password=PASSWORD).headers["set-cookie"]
    assert cookie.startswith("session=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


def test_over_tls_the_cookie_demands_tls() -> None:
    desk = NewsDesk(origin="https://desk.example")
    browser = desk.browser(None)
    browser.client.headers["Origin"] = "https://desk.example"
    answer = browser.post("/login", name="the editor", password=PASSWORD)
    assert answer.headers["set-cookie"].startswith("__Host-session=")
    assert "Secure" in answer.headers["set-cookie"].split("; ")
    assert answer.headers["strict-transport-security"]


def test_a_session_is_kept_as_a_hash_only(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    secret = browser.client.cookies["session"]
    assert not list(desk.store.db.query("SELECT * FROM session WHERE hash = ?", [secret]))


def test_a_login_ends_the_session_before_it(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    before = browser.client.cookies["session"]
    browser.post("/login", name="the editor", password=PASSWORD)
    assert browser.get("/queue").status_code == 200
    assert browser.client.cookies["session"] != before
    browser.client.cookies.clear()
    assert browser.get("/queue", Cookie=f"session={before}").status_code == 303


def test_logging_out_ends_the_session(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    secret = browser.client.cookies["session"]
    browser.post("/logout")
    browser.client.cookies.clear()
    assert browser.get("/queue", Cookie=f"session={secret}").status_code == 303


@pytest.mark.parametrize("span", [{"hours": 13}, {"days": 8}])
def test_a_session_ends_by_itself(desk: NewsDesk, span: dict[str, float]) -> None:
    browser = desk.browser("the editor")
    desk.clock.forward(**span)
    assert browser.get("/queue").status_code == 303


def test_a_used_session_lasts_beyond_its_idle_time(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    for _ in range(5):
        desk.clock.forward(hours=8)
        assert browser.get("/queue").status_code == 200


@pytest.mark.parametrize("act", ["password", "disable"])
def test_a_new_password_and_a_disabled_account_end_every_session(desk: NewsDesk, act: str) -> None:
    browser = desk.browser("the editor")
    if act == "password":
        desk.store.accounts.set_password("the editor", HASH)
    else:
        desk.store.accounts.disable("the editor", desk.clock())
    assert browser.get("/queue").status_code == 303


def test_a_role_changes_at_once(desk: NewsDesk) -> None:
    browser = desk.browser("the editor")
    assert browser.get("/many").status_code == 403
    desk.store.accounts.set_role("the editor", Role.LEAD)
    assert browser.get("/many").status_code == 200


def test_a_wrong_password_says_nothing_of_the_name(desk: NewsDesk) -> None:
    browser = desk.browser(None)
    known = browser.post("/login", name="the editor", password="not the password")
    unknown = browser.post("/login", name="nobody at all", password="not the password")
    assert known.status_code == unknown.status_code == 401
    assert text(known) == text(unknown)


def test_guessing_is_slowed_down_and_then_over(desk: NewsDesk) -> None:
    browser = desk.browser(None)
    for _ in range(5):
        assert browser.post("/login", name="the editor", password="guess guess guess").status_code == 401
    refused = browser.post("/login", name="the editor", password=PASSWORD)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "31")
    assert browser.post("/login", name="the viewer", password=PASSWORD).status_code == 303
    desk.clock.forward(minutes=1)
    assert browser.post("/login", name="the editor", password=PASSWORD).status_code == 303


failures = st.lists(st.tuples(st.sampled_from(["ada", "ben"]), st.sampled_from(["1.1.1.1", "2.2.2.2"]), st.integers(0, 4000)), max_size=130)


@given(failures)
def test_a_wait_is_never_longer_than_a_quarter_of_an_hour_nor_shorter_for_more_failures(found: list[tuple[str, str, int]]) -> None:
    now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    times = sorted(((name, where, now - dt.timedelta(seconds=ago)) for name, where, ago in found), key=lambda one: one[2])
    wait = login_wait(times, "Ada", "1.1.1.1", now)
    assert dt.timedelta() <= wait <= dt.timedelta(minutes=15)
    assert login_wait([*times, ("ada", "1.1.1.1", now)], "Ada", "1.1.1.1", now) >= wait


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin", "origin": ORIGIN}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": ORIGIN}, True),
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.example"}, False),
        ({"sec-fetch-site": "same-site", "origin": "https://sub.desk.example"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, False),
        ({}, False),
    ],
)
def test_only_pages_of_the_desk_change_something(headers: dict[str, str], ours: bool) -> None:
    assert is_ours("POST", {"host": "127.0.0.1:8000", **headers}, ORIGIN) is ours
    assert is_ours("GET", headers, ORIGIN)


def test_what_another_site_sends_is_not_done(desk: NewsDesk) -> None:
    desk.prints("Slateline", "Hulu Renews ‘Vale’ for Season 3")
    browser = desk.browser("the editor")
    shown = browser.card()
    browser.client.headers.update({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    answer = browser.post("/decide", choice="accept", **shown)
    assert answer.status_code == 403
    assert desk.store.verdicts.standing(shown["announcement"]) is None


def test_a_host_that_is_not_ours_is_not_answered(desk: NewsDesk) -> None:
    assert desk.browser(None).get("/login", Host="evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/login", "/queue", "/nowhere", "/static/desk.css", "/api/nowhere"])
def test_every_answer_forbids_what_is_not_ours(desk: NewsDesk, path: str) -> None:
    headers = desk.browser().get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""])
def test_a_login_leads_nowhere_else(to: str) -> None:
    assert inside(to) == "/"


def test_rights_grow_with_the_role() -> None:
    assert [[may(role, right) for right in Right] for role in Role] == [
        [True, False, False, False, False],
        [True, True, False, False, False],
        [True, True, True, True, False],
        [True, True, True, True, True],
    ]


@pytest.mark.parametrize("path", ["/decide", "/edit", "/merge", "/split", "/title", "/undo", "/views", "/settle", "/many"])
def test_a_viewer_changes_nothing(desk: NewsDesk, path: str) -> None:
    assert desk.browser("the viewer").post(path, name="x", claim="x").status_code == 403


def test_a_viewer_is_shown_no_buttons(desk: NewsDesk) -> None:
    desk.prints("Slateline", "Hulu Renews ‘Vale’ for Season 3")
    page = desk.browser("the viewer").get("/queue").text
    assert 'action="/decide"' not in page
    assert "Vale" in page


@pytest.mark.parametrize(
    ("password", "taken"), [("short", False), ("aaaaaaaaaaaaaaa", False), ("ada lovelace 1815", False), (PASSWORD, True)]
)
def test_passwords_are_long_rather_than_odd(password: str, taken: bool) -> None:
    assert (trouble_with(password, "ada") is None) is taken


def test_same_site_headers_are_what_the_other_tests_send() -> None:
    assert is_ours("POST", {name.lower(): value for name, value in SAME_SITE.items()}, ORIGIN)
