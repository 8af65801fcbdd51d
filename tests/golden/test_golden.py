"""What a user sees stays what was reviewed; `make golden` writes it anew, and the diff is read by a person."""

from __future__ import annotations

from tests.golden.regenerate import DOCS, HERE, commands_page, demo_digest


def test_the_demo_announces_what_was_reviewed() -> None:
    assert demo_digest() == (HERE / "demo_digest.csv").read_text(encoding="utf-8")


def test_the_page_of_commands_says_what_help_says() -> None:
    assert commands_page() == (DOCS / "commands.md").read_text(encoding="utf-8")
