"""A digest that is killed at any step and run again tells everything once; what was taken just then comes again under the same id."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_httpserver import HTTPServer

from tests.digest.killing import COUNT
from tradewatch.cli import cli
from tradewatch.cli.work import clock, opened
from tradewatch.types import Verdict

DIGESTS = """
[[digest]]
id = "tv"
title = "TV"
send_empty = false
formats = ["csv", "html"]
[[digest.deliver]]
kind = "folder"
path = "sent"
[[digest.deliver]]
kind = "webhook"
url = "{url}"
secret = "env:HOOK_SECRET"
"""
POINTS = 8
"""Steps, spread over a run, at which it is killed."""
TRADEWATCH = "from tradewatch.cli import main; main()"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom") / "demo"
    result = CliRunner().invoke(cli, ["demo", "--folder", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    return folder


@pytest.fixture(scope="module")
def undisturbed(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str]]:
    """How many steps a run has that nobody disturbs, and what it tells."""
    place = Path(shutil.copytree(newsroom, tmp_path_factory.mktemp("undisturbed") / "desk"))
    (place / "digests.toml").write_text(DIGESTS.format(url="http://127.0.0.1:9/"), encoding="utf-8")
    steps = int(run(place, COUNT).stderr.split()[-1])
    expected = [announcement for _, announcement in told(place)]
    assert len(expected) > 30
    return steps, expected


@pytest.fixture
def folder(newsroom: Path, tmp_path: Path, httpserver: HTTPServer) -> Path:
    httpserver.expect_request("/tv", method="POST").respond_with_data("")
    place = Path(shutil.copytree(newsroom, tmp_path / "desk"))
    (place / "digests.toml").write_text(DIGESTS.format(url=httpserver.url_for("/tv")), encoding="utf-8")
    return place


def run(folder: Path, killed_at: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the digest, to the end or until it is killed at a step; at step 0 it is not, and says how many there were."""
    program = ["-c", TRADEWATCH] if killed_at is None else ["-m", "tests.digest.killing", str(killed_at)]
    command = [sys.executable, *program, "digest", "run", "tv", "--folder", str(folder)]
    environment = os.environ | {"HOOK_SECRET": "s3cret"}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)


def told(folder: Path) -> Iterator[tuple[int, str]]:
    """(issue, announcement) of all that any issue told."""
    with sqlite3.connect(folder / "tradewatch.db") as db:
        yield from db.execute("SELECT number, announcement FROM issue_row WHERE digest = 'tv' ORDER BY 2")
    db.close()


def posted(httpserver: HTTPServer) -> list[tuple[str, bytes]]:
    """(id, body) of each post, in order."""
    return [(request.headers["Tradewatch-Delivery"], request.get_data()) for request, _ in httpserver.log]


@pytest.mark.parametrize("point", range(POINTS))
def test_a_digest_killed_at_any_step_and_run_again_tells_everything_once(
    folder: Path, undisturbed: tuple[int, list[str]], httpserver: HTTPServer, point: int
) -> None:
    steps, expected = undisturbed
    assert run(folder, 1 + point * steps // POINTS).returncode == -signal.SIGKILL
    assert run(folder).returncode == 0
    assert [announcement for _, announcement in told(folder)] == expected
    assert sorted(path.name for path in (folder / "sent").iterdir() if not path.name.startswith(".")) == [
        "tv-0001.csv", "tv-0001.csv.manifest.json", "tv-0001.html", "tv-0001.html.manifest.json",
    ]  # fmt: skip
    posts = posted(httpserver)
    assert len(set(posts)) == 1
    assert len(json.loads(posts[0][1])["announcements"]) == len(expected)
    assert len(posts) <= 2, "only what was taken just before the process died may come again, under the same id"


def test_what_changes_between_the_kill_and_the_next_run_is_in_the_issue_after_it(
    folder: Path, undisturbed: tuple[int, list[str]], httpserver: HTTPServer
) -> None:
    """The frozen issue is sent as it was; the verdict given meanwhile is the next one's."""
    assert run(folder, undisturbed[0] // 2).returncode == -signal.SIGKILL
    numbers = {number for number, _ in told(folder)}
    assert numbers == {1}, "half-way the issue is frozen"
    one = next(announcement for _, announcement in told(folder))
    with opened(folder) as work:
        work.store.verdicts.add(Verdict(subject=one, action="accept", editor="ada", decided_at=clock()))
    assert run(folder).returncode == run(folder).returncode == 0
    bodies = {identity: json.loads(body) for identity, body in posted(httpserver)}
    first, second = sorted(bodies.values(), key=lambda body: int(body["number"]))
    assert {row["decision"] for row in first["announcements"]} == {""}
    assert [(row["announcement_id"], row["change"], row["decision"]) for row in second["announcements"]] == [(one, "changed", "accepted")]
