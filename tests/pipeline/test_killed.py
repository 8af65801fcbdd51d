"""A poll that is killed at any moment and run again leaves what an undisturbed poll leaves."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.newsroom_desk import newsroom_files, newsroom_folder
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import NewsroomServer, serve

WHAT_WAS_LEARNED = {
    "article": "SELECT id, revision, headline, dek, body, published_at FROM article ORDER BY 1, 2",
    "claim": "SELECT * FROM claim ORDER BY id",
    "evidence": "SELECT * FROM evidence ORDER BY 1, 2, 3",
    "announcement": "SELECT * FROM announcement ORDER BY id",
    "report": "SELECT claim_id, announcement, origin, stance, decision, reported_at FROM announcement_report ORDER BY 1",
    "version": "SELECT announcement, version, value, certainty, because FROM announcement_version ORDER BY 1, 2",
}
PATIENCE = 30.0
"""Seconds that a poll of the newsroom may take here before the test gives up; it takes about one."""


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from tradewatch.cli import main; main()", "poll", "--all", "--folder", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def articles(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder / 'tradewatch.db'}?mode=ro", uri=True) as db:
        count: int = db.execute("SELECT count(*) FROM article").fetchone()[0]
    db.close()
    return count


def learned(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "tradewatch.db") as db:
        found = {name: db.execute(sql).fetchall() for name, sql in WHAT_WAS_LEARNED.items()}
    db.close()
    return found


def kill_when(folder: Path, stored: int) -> bool:
    """Poll, and kill the process as soon as so many articles are stored; whether it was still running then."""
    process = start(folder)
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and articles(folder) < stored:
        assert time.monotonic() < deadline, "the poll does not get on"
        time.sleep(0.002)
    killed = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return killed


def finished(folder: Path) -> int:
    return start(folder).wait(PATIENCE)


@pytest.mark.parametrize("stored", [0, 1, 17, 40])
def test_a_poll_killed_with_so_many_articles_stored_and_run_again_gives_the_same(tmp_path: Path, stored: int) -> None:
    with serve(load_newsroom(newsroom_files())) as server:
        undisturbed, killed = (newsroom_folder(tmp_path / name, server) for name in ("undisturbed", "killed"))
        assert finished(undisturbed) == 0
        assert kill_when(killed, stored), "the poll was over before it could be killed"
        _kill_again_and_finish(killed, server)
        assert learned(killed) == learned(undisturbed)


def _kill_again_and_finish(folder: Path, server: NewsroomServer) -> None:
    """Once more in the middle, then to the end; nothing of the first attempt may hold up the next."""
    kill_when(folder, min(articles(folder) + 5, len(server.newsroom.stories(1))))
    assert finished(folder) == 0
