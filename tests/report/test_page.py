"""The report of the demo's week: written by the command, looked at in a real browser."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.review.chromium import CHROMIUM
from tradewatch.cli import cli
from tradewatch.errors import TableError

pytestmark = [pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"), pytest.mark.xdist_group("chromium")]


def report(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, arguments), "--folder", str(folder)], catch_exceptions=False)


def test_the_page_needs_nothing_besides_itself(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "week.html"
    done = report(demo, "--week", "2026-W10", "--out", path)
    assert done.stderr == f"{path}: 2026-W10, 37 announcements\n"
    html = path.read_text("utf-8")
    assert not re.search(r"<(script|link|img|iframe)|https?://|url\((?!#)|@import", html)
    assert report(demo, "--week", "2026-W10").stdout.splitlines()[:40] == html.splitlines()[:40]


def test_the_last_week_that_is_over_is_told_where_none_is_named(demo: Path) -> None:
    assert "Nothing was announced in this week" in report(demo).stdout


def test_pictures_are_drawn_of_what_there_is(demo: Path, tmp_path: Path) -> None:
    done = report(demo, "--week", "2026-W10", "--out", tmp_path / "w.html", "--png", tmp_path / "png")
    assert done.exit_code == 0
    pictures = sorted((tmp_path / "png").iterdir())
    assert [path.name for path in pictures] == [
        f"2026-W10-{name}.png" for name in ("firsts", "leads", "networks", "titles", "types", "verdicts")
    ]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    report(demo, "--week", "2026-W01", "--png", tmp_path / "none")
    assert not (tmp_path / "none").exists(), "an empty week has nothing to draw"


def test_without_its_library_a_picture_says_how_to_get_it(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(TableError, match=r"pip install 'tradewatch\[charts\]'"):
        report(demo, "--week", "2026-W10", "--png", tmp_path)


@pytest.mark.parametrize(
    ("week", "words"), [("2026-W99", "2026 has no week 99"), ("2999-W01", "2999-W01 has not begun"), ("x", "is no week")]
)
def test_what_is_no_week_is_a_usage_error(demo: Path, week: str, words: str) -> None:
    done = report(demo, "--week", week)
    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's package chromium (apt-get install chromium), which is not installed here")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_in_a_browser_it_fits_and_axe_finds_nothing(demo: Path, tmp_path: Path, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from tests.review.chromium import chromium

    path = tmp_path / "week.html"
    report(demo, "--week", "2026-W10", "--out", path)
    with chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        row = page.get_by_role("row", name="renewal")
        assert row.get_by_role("cell").first.inner_text() == "8"
        longest = page.locator(".bar").first.bounding_box()
        assert longest is not None
        assert longest["width"] > 50
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
