from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tradewatch.cli import main

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration folder of an invented desk, in which nothing is wrong."""
    return Path(shutil.copytree(GOOD, tmp_path / "desk"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The program as it is called from a shell: its exit code, standard output and standard error."""

    def tradewatch(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tradewatch", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return tradewatch


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the good folder asks of the environment."""
    monkeypatch.setenv("LANTERN_TOKEN", "t0k3n")
    monkeypatch.setenv("LANTERN_COOKIE", "id=s3cret")
    for name in ("SMTP_USER", "SMTP_PASSWORD", "HOOK_SECRET", "PUSH_URL"):
        monkeypatch.setenv(name, "json://s3cret")
