"""The desk in a real browser: by keyboard, on a phone, in two windows, without a script, and for people who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.chromium import CHROMIUM, chromium, copied, demo_folder, logged_in, served

if not CHROMIUM.exists():
    pytest.skip("needs Debian's package chromium (apt-get install chromium), which is not installed here", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

# Threads of the server and of Playwright, and sockets that a closed browser leaves to them, are collected when they are.
pytestmark = [pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"), pytest.mark.xdist_group("chromium")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("newsroom") / "demo")


@pytest.fixture(scope="module")
def reading(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk for tests that change nothing but what one account did."""
    with served(copied(newsroom, tmp_path_factory.mktemp("reading") / "desk")) as address:
        yield address


@pytest.fixture
def address(newsroom: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a desk for one test alone."""
    with served(copied(newsroom, tmp_path / "desk")) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert not wrong


def shown(page: Page) -> str:
    """The id of the announcement on the card."""
    return page.locator("#card").get_attribute("data-announcement") or ""


def next_card(page: Page, key: str) -> str:
    """Press a key that decides, and wait until another card is shown; returns the one that was decided on."""
    before = shown(page)
    page.keyboard.press(key)
    expect(page.locator("#card")).not_to_have_attribute("data-announcement", before)
    return before


def flash(page: Page) -> str:
    return page.locator("#flash").inner_text()


# By keyboard


def test_a_new_user_reviews_the_demo_by_keyboard(page: Page, address: str) -> None:
    logged_in(page, address)
    accepted = next_card(page, "a")
    expect(page.locator("#flash")).to_contain_text("Accepted")
    page.keyboard.press("x")
    rejected = next_card(page, "3")
    expect(page.locator("#flash")).to_contain_text("misread")
    next_card(page, "d")
    expect(page.locator("#flash")).to_contain_text("Put off")
    page.keyboard.press("u")
    expect(page.locator("#flash")).to_contain_text("Taken back")
    page.keyboard.press("u")
    expect(page.locator("#card")).to_have_attribute("data-announcement", rejected)
    page.goto(f"{address}/queue?state=accepted")
    assert shown(page) == accepted


def test_a_hundred_decisions_lose_no_key(page: Page, address: str) -> None:
    logged_in(page, address)
    decided = []
    for turn in range(100):
        decided.append(next_card(page, "a" if turn % 3 else "d"))
        if turn % 30 == 29:  # the demo has fewer cards: put what was decided back
            for _ in range(30):
                said = flash(page)
                page.keyboard.press("u")
                expect(page.locator("#flash")).not_to_have_text(said)
    assert len(decided) == 100
    page.goto(f"{address}/history")
    assert page.locator("ol.rows li").count() == 50


@pytest.mark.parametrize(
    ("key", "panel"), [("e", "Accept as corrected"), ("t", "Same title"), ("m", "Merge into this one"), ("f", "Words")]
)
def test_a_key_opens_a_panel_and_goes_into_its_first_field(page: Page, reading: str, key: str, panel: str) -> None:
    logged_in(page, reading)
    page.keyboard.press(key)
    expect(page.get_by_text(panel).first).to_be_visible()
    assert page.evaluate("document.activeElement.matches('input, select, button')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_the_split_panel_opens_where_there_is_more_than_one_report(page: Page, reading: str) -> None:
    logged_in(page, reading)
    page.goto(f"{reading}/queue?q=tidal+lock&type=renewal")
    page.keyboard.press("s")
    expect(page.get_by_text("Which reports tell of another event?")).to_be_visible()


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ("g q", "/queue"),
        ("g d", "/doubts"), ("g e", "/digest"), ("g s", "/sources"), ("g l", "/learn"), ("g h", "/history"), ("g t", "/status"),
     ("b", "/many"), ("o", "/article/"), ("w", "/why/")],
)  # fmt: skip
def test_a_key_goes_to_a_page(page: Page, reading: str, keys: str, path: str) -> None:
    logged_in(page, reading)
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_url(re.compile(re.escape(reading + path)))


def test_next_and_previous_lead_through_the_queue_and_back(page: Page, reading: str) -> None:
    logged_in(page, reading, "vic")
    first = shown(page)
    second_left = next_card(page, "j")
    assert second_left == first
    next_card(page, "j")
    next_card(page, "k")
    next_card(page, "k")
    assert shown(page) == first


def test_the_sheet_of_keys_is_a_question_mark_away(page: Page, reading: str) -> None:
    logged_in(page, reading)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("reject, then 1 to 6 for the reason")
    before = shown(page)
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert shown(page) == before


@pytest.mark.parametrize("field", [".find input", "#card input[name='slot.title']", ".filters input[name=q]"])
def test_a_field_keeps_the_keys_that_are_typed_into_it(page: Page, reading: str, field: str) -> None:
    logged_in(page, reading)
    before = shown(page)
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    page.locator(".filters summary").click()
    page.evaluate("document.querySelectorAll('.panels details')[0].open = true")
    page.fill(field, "")
    page.focus(field)
    page.keyboard.type("axdu jk? gq 123 ")
    assert page.input_value(field) == "axdu jk? gq 123 "
    assert shown(page) == before


def test_the_slash_goes_to_the_search(page: Page, reading: str) -> None:
    logged_in(page, reading)
    page.keyboard.press("/")
    page.keyboard.type("tidal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=tidal")
    expect(page.get_by_role("link", name="Tidal Lock", exact=True)).to_be_visible()


def test_a_line_to_paste_is_one_key_away(page: Page, reading: str) -> None:
    logged_in(page, reading)
    page.keyboard.press("c")
    expect(page.locator("#flash")).to_have_text("Copied.")
    line = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r".+: .+ \(.+, \d+ \w+ \d{4}, http://.+\)", line)


def test_what_is_picked_with_space_is_decided_on_together(page: Page, address: str) -> None:
    logged_in(page, address)
    page.keyboard.press("Space")
    next_card(page, "j")
    page.keyboard.press("Space")
    expect(page.locator("#many")).to_contain_text(": 2")
    page.keyboard.press("b")
    page.wait_for_url("**/many?*")
    assert page.locator("input[name=pick]:checked").count() == 2
    page.select_option("[name=choice]", "accept")
    page.click("text=Preview")
    page.click("button:has-text('Accept 2 announcements')")
    expect(page.locator("#flash")).to_contain_text("Accepted: 2 announcements")


# Correcting, merging, two windows


def test_a_slot_is_corrected_with_a_suggestion(page: Page, address: str) -> None:
    logged_in(page, address)
    one = shown(page)
    page.keyboard.press("e")
    page.locator("[name='slot.network']").fill("paramo")
    expect(page.locator("#for-network option").first).to_have_attribute("value", re.compile("Paramount"))
    page.locator("[name='slot.network']").fill("Paramount+")
    page.click("text=Accept as corrected")
    expect(page.locator("#flash")).to_contain_text("Corrected")
    page.goto(f"{address}/announcement/{one}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(Paramount+)")


def test_a_merge_is_made_and_taken_back(page: Page, address: str) -> None:
    logged_in(page, address)
    page.goto(f"{address}/queue?q=far+side&type=role_attached")
    page.keyboard.press("m")
    page.click("text=Merge into this one")
    expect(page.locator("#flash")).to_contain_text("Merged")
    expect(page.locator(".list .left")).to_contain_text("1 open")
    page.keyboard.press("u")
    expect(page.locator(".list .left")).to_contain_text("2 open")


def test_a_conflict_shows_the_newer_card_and_keeps_what_was_typed(browser: Browser, page: Page, address: str) -> None:
    logged_in(page, address)
    other = logged_in(browser.new_context().new_page(), address, "ben")
    one = shown(page)
    other.goto(f"{address}/queue?at={one}")
    expect(other.locator(".looker")).to_have_text("ada looks at this too")
    other.keyboard.press("e")
    other.locator("[name='slot.title']").fill("Typed with care")
    next_card(page, "a")
    other.click("text=Accept as corrected")
    expect(other.locator("#flash")).to_contain_text("ada has accepted this since you were shown it")
    expect(other.locator("[name='slot.title']")).to_have_value("Typed with care")
    other.context.close()


def test_an_answer_that_does_not_come_decides_nothing(page: Page, reading: str) -> None:
    logged_in(page, reading)
    before = shown(page)
    page.route("**/decide", lambda route: route.abort())
    page.keyboard.press("a")
    expect(page.locator("#flash")).to_contain_text("nothing was decided")
    assert shown(page) == before


def test_a_title_has_its_life_and_a_digest_its_file(page: Page, reading: str) -> None:
    logged_in(page, reading)
    page.goto(f"{reading}/queue?q=tidal+lock&type=renewal")
    page.click("#claim a")
    expect(page.locator(".timeline")).to_contain_text("renewed for season 5")
    expect(page.locator(".timeline .gap").first).to_be_visible()
    page.goto(f"{reading}/digest")
    with page.expect_download() as download:
        page.click("text=As CSV")
    assert download.value.suggested_filename.startswith("digest-")


# A phone, no script, no sight


def test_a_phone_shows_one_card_and_nothing_sticks_out(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = logged_in(context.new_page(), address)
    for path in (
        "/queue",
        "/sources",
        "/digest",
        "/digests",
        "/digests/demo",
        "/digests/demo?number=2",
        "/history",
        "/search?q=tidal",
        "/learn",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.goto(f"{address}/queue")
    before = shown(page)
    page.tap("#decide button[value=accept]")
    expect(page.locator("#card")).not_to_have_attribute("data-announcement", before)
    page.tap("#decide summary:has-text('Reject')")
    page.tap("#decide button:has-text('not news')")
    expect(page.locator("#flash")).to_contain_text("not news")
    context.close()


@pytest.mark.parametrize("off", ["switched off", "failing to load"])
def test_everything_works_without_a_script(browser: Browser, address: str, off: str) -> None:
    context = browser.new_context(java_script_enabled=off != "switched off")
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    logged_in(page, address)
    before = shown(page)
    page.click("#decide button[value=accept]")
    assert shown(page) != before
    assert "Accepted" in flash(page)
    page.click("summary:has-text('Reject')")
    page.click("button:has-text('duplicate')")
    assert "duplicate" in flash(page)
    page.click("button:has-text('Undo')")
    page.click("button:has-text('Undo')")
    assert shown(page) == before
    page.click("summary:has-text('Correct')")
    page.fill("[name='slot.title']", "Another Name")
    page.click("text=Accept as corrected")
    assert "Corrected" in flash(page)
    context.close()


PAGES = (
    "/queue", "/queue?type=renewal", "/queue?q=zzz", "/many", "/doubts", "/digest", "/sources", "/source/slateline", "/learn", "/history",
    "/status", "/search?q=tidal", "/search?q=zzz", "/search", "/cases", "/title/{work}", "/announcement/{one}", "/article/{article}",
    "/article/{article}/page", "/why/{claim}", "/network/Netflix", "/nowhere", "/api",
    "/digests", "/digests/demo", "/digests/demo?number=2",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation_that_axe_finds(browser: Browser, reading: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{reading}/login")
    found = {"/login": Axe().run(page).generate_report()} if Axe().run(page).violations_count else {}
    logged_in(page, reading, "olga")
    page.goto(f"{reading}/queue?q=tidal+lock&type=renewal")
    one, work = shown(page), (page.locator("#claim a").get_attribute("href") or "").removeprefix("/title/")
    link = page.get_by_role("link", name="as stored").get_attribute("href") or ""
    article, claim = re.findall(r"/article/(\w+)\?.*claim=(\w+)", link)[0]
    page.keyboard.press("e")
    for path in PAGES:
        page.goto(reading + path.format(one=one, work=work, article=article, claim=claim))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = !one.matches('.who, .up') })")
        result = Axe().run(page)
        if result.violations_count:
            found[path] = result.generate_report()
    context.close()
    assert found == {}


def test_the_sheet_of_keys_has_no_violation(browser: Browser, reading: str) -> None:
    page = logged_in(browser.new_context(bypass_csp=True).new_page(), reading)
    page.keyboard.press("?")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.context.close()


def test_the_content_security_policy_is_never_broken(page: Page, reading: str) -> None:
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    logged_in(page, reading)
    for path in ("/queue", "/digest", "/learn", "/sources"):
        page.goto(reading + path)
    page.goto(f"{reading}/queue")
    next_card(page, "j")
    assert broken == []
