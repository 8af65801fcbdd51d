"""What a user sees stays what was reviewed; `make golden` writes it anew, and the diff is read by a person."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from tests.golden.newsroom_gold import Difference, compare
from tests.golden.regenerate import DOCS, HERE, commands_page, demo_files
from tradewatch.cli import cli


def test_the_demo_announces_what_was_reviewed() -> None:
    written = demo_files()
    assert written == {name: (HERE / name).read_text(encoding="utf-8") for name in written}


def test_the_demo_announces_exactly_what_the_stories_tell(tmp_path: Path) -> None:
    """Against the newsroom's own account, which was written before anything was extracted from it."""
    CliRunner().invoke(cli, ["demo", "--folder", str(tmp_path / "demo")], catch_exceptions=False)
    assert compare(tmp_path / "demo" / "out" / "digest.csv") == Difference(missing=(), false=(), wrong=())


def test_the_page_of_commands_says_what_help_says() -> None:
    assert commands_page() == (DOCS / "commands.md").read_text(encoding="utf-8")
