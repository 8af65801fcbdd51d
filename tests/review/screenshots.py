"""Write the screenshots of docs/images anew, from the news of the demo: `make screenshots`, then look at them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from tests.review.chromium import chromium, demo_folder, logged_in, served
from tradewatch.cli import cli

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
PAGES = (
    ("queue", "/queue?at={tidal}", ""),
    ("correct", "/queue?at={tidal}", "e"),
    ("keys", "/queue", "?"),
    ("announcement", "/announcement/{tidal}", ""),
    ("title", "/title/{work}", ""),
    ("why", "/why/{claim}", ""),
    ("digest", "/digest", ""),
    ("digest-issue", "/digests/demo?number=2", ""),
    ("learning", "/learn", ""),
)
"""(name, address, key pressed)."""


def shoot(browser: Browser, address: str) -> None:
    """Every picture, by day; the queue also by night and on a phone."""
    page = logged_in(browser.new_page(viewport={"width": 1280, "height": 900}), address)
    places = found(page, address)
    for keys in ("a", "x3", "a", "a", "x2", "a", "d", "a"):  # so that there is something to learn from
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(200)
    for name, path, pressed in PAGES:
        page.goto(address + path.format(**places))
        if pressed:
            page.keyboard.press(pressed)
            page.wait_for_timeout(150)
        page.screenshot(path=IMAGES / f"{name}.png")
    night = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    phone = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    for name, context in (("night", night), ("phone", phone)):
        other = logged_in(context.new_page(), address)
        other.goto(f"{address}/queue?at={places['tidal']}")
        other.screenshot(path=IMAGES / f"{name}.png")


def shoot_letter(browser: Browser, letter: Path) -> None:
    """The HTML of an issue, as mail programs show it on a desk and on a phone."""
    for name, width, height in (("letter", 900, 900), ("letter-phone", 390, 844)):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(letter.as_uri())
        page.screenshot(path=IMAGES / f"{name}.png")
        page.close()


def shoot_report(browser: Browser, folder: Path) -> None:
    """The report of the demo's week, by day."""
    path = folder / "week.html"
    CliRunner().invoke(cli, ["report", "--week", "2026-W10", "--out", str(path), "--folder", str(folder)], catch_exceptions=False)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.screenshot(path=IMAGES / "report.png", full_page=True)


def found(page: Page, address: str) -> dict[str, str]:
    """The ids of one announcement and a claim of it, and of a title with some life."""
    page.goto(f"{address}/queue?q=tidal+lock&type=renewal")
    tidal = page.locator("#card").get_attribute("data-announcement") or ""
    claim = (page.locator("a[href^='/why/']").first.get_attribute("href") or "").removeprefix("/why/")
    page.goto(f"{address}/queue?q=far+side&type=series_order")
    work = (page.locator("#claim a").get_attribute("href") or "").removeprefix("/title/")
    page.goto(f"{address}/queue")
    return {"tidal": tidal, "work": work, "claim": claim}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch, chromium() as opened:
        desk = demo_folder(Path(scratch) / "demo")
        with served(desk) as place:
            shoot(opened, place)
        shoot_letter(opened, desk / "out" / "demo-0002.html")
        shoot_report(opened, desk)
