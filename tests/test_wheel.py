"""Installed, not only checked out: the wheel carries the default configuration and the demo."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel brings it, in a folder of its own; its requirements are this environment's."""
    scratch = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*run, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", scratch, ROOT], check=True, timeout=100)
    (wheel,) = scratch.glob("*.whl")
    subprocess.run([*run, "install", "--no-deps", "--target", scratch / "site", wheel], check=True, timeout=100)
    return scratch / "site"


def tradewatch(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "from tradewatch.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False)


def test_the_demo_runs_far_from_any_checkout(installed: Path, tmp_path: Path) -> None:
    where = tradewatch(installed, tmp_path, "doctor").stdout
    assert str(installed) in where
    done = tradewatch(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "out" / "digest.csv").exists()


def test_init_writes_a_working_folder_that_passes_its_own_check(installed: Path, tmp_path: Path) -> None:
    assert tradewatch(installed, tmp_path, "init", "desk").returncode == 0
    assert tradewatch(installed, tmp_path, "config", "check", "--folder", "desk").returncode == 0
    assert (tmp_path / "desk" / "tradewatch.db").exists()


@pytest.mark.parametrize("file", ["templates/queue.html", "static/desk.css", "static/desk.js", "static/htmx.min.js", "static/htmx.LICENSE"])
def test_the_wheel_carries_the_desk(installed: Path, file: str) -> None:
    assert (installed / "tradewatch" / "review" / file).exists()
