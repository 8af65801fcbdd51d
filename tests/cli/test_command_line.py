"""The command line as a user meets it: separate processes, exit codes, data on stdout, the rest on stderr."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.newsroom_desk import newsroom_files, newsroom_folder
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import NewsroomServer, serve
from tradewatch.store import Store
from tradewatch.types import Outcome, PollRecord

PROGRAM = [sys.executable, "-c", "from tradewatch.cli import main; main()"]


def tradewatch(*arguments: str | Path | int, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture(scope="module")
def server() -> Iterator[NewsroomServer]:
    with serve(load_newsroom(newsroom_files())) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, server: NewsroomServer) -> Path:
    return newsroom_folder(tmp_path / "desk", server)


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory, server: NewsroomServer) -> Path:
    ready = newsroom_folder(tmp_path_factory.mktemp("desk"), server)
    assert tradewatch("poll", "--folder", ready).returncode == 0
    return ready


def first_claim(folder: Path) -> str:
    row = json.loads(tradewatch("claims", "list", "--json", "--limit", 1, "--folder", folder).stdout)
    return str(row["id"])


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, tradewatch.cli as c; c.cli.main(['--help'], standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True).stderr.split()
    assert not {"pydantic", "requests", "feedparser", "sqlite_utils", "lxml", "rapidfuzz", "ahocorasick"} & set(loaded)


def test_an_unknown_command_is_a_usage_error() -> None:
    assert tradewatch("renew").returncode == 2


def test_polling_prints_a_line_for_each_source_and_nothing_else_on_stdout(folder: Path, server: NewsroomServer) -> None:
    done = tradewatch("poll", "--folder", folder)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(server.newsroom.publications)
    assert "sources read, 0 failed" in done.stderr


def test_sources_are_not_read_before_they_are_due(polled: Path) -> None:
    again = tradewatch("poll", "--folder", polled)
    assert (again.returncode, again.stdout) == (0, "")


def test_one_source_is_read_by_its_key_due_or_not(polled: Path) -> None:
    done = tradewatch("poll", "--json", "--source", "slateline", "--folder", polled)
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["slateline"]


def test_a_misspelled_source_key_is_answered_with_the_likely_one(polled: Path) -> None:
    done = tradewatch("poll", "--source", "slatelin", "--folder", polled)
    assert done.returncode == 2
    assert 'did you mean "slateline"' in done.stderr


def test_a_dry_run_tells_what_it_found_and_stores_nothing(folder: Path) -> None:
    done = tradewatch("poll", "--dry-run", "--folder", folder)
    assert "claims" in done.stdout
    assert tradewatch("claims", "list", "--folder", folder).stdout == ""
    assert "claims" in tradewatch("poll", "--folder", folder).stdout


def test_a_failing_source_makes_the_exit_status_4_and_a_line_in_status(folder: Path) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("/slateline/feed/", "/slateline/gone/"), encoding="utf-8")
    done = tradewatch("poll", "--folder", folder)
    assert done.returncode == 4
    assert "1 failed" in done.stderr
    (line,) = [line for line in tradewatch("status", "--every", "--folder", folder).stdout.splitlines() if line.startswith("slateline:")]
    assert "404" in line
    assert "next try" in line


def test_a_missing_folder_is_a_configuration_error_in_one_line(tmp_path: Path) -> None:
    done = tradewatch("poll", "--folder", tmp_path / "nowhere")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "tradewatch.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_key_is_named_with_file_and_place(folder: Path) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "page"', 'kindd = "page"', 1), encoding="utf-8")
    done = tradewatch("poll", "--folder", folder)
    assert done.returncode == 3
    assert "sources.toml" in done.stderr
    assert "kindd" in done.stderr
    assert "kind" in done.stderr.partition("did you mean")[2]


def remember_a_poll_of_long_ago(folder: Path) -> None:
    store = Store.open(folder / "tradewatch.db")
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    store.sources.add_poll(PollRecord(source="long-ago", started_at=long_ago, outcome=Outcome.OK, reason=""))
    store.close()


def remembered_polls(folder: Path) -> set[str]:
    store = Store.open(folder / "tradewatch.db")
    polls = set(store.sources.last_polls())
    store.close()
    return polls


def test_a_poll_forgets_what_is_older_than_the_settings_keep(folder: Path) -> None:
    remember_a_poll_of_long_ago(folder)
    tradewatch("poll", "--dry-run", "--folder", folder)
    assert remembered_polls(folder) == {"long-ago"}
    tradewatch("poll", "--source", "slateline", "--folder", folder)
    assert remembered_polls(folder) == {"slateline"}


def test_the_status_tells_how_long_news_took_to_become_claims(polled: Path) -> None:
    lines = tradewatch("status", "--folder", polled).stdout.splitlines()
    (told,) = [line for line in lines if line.startswith("from reading to stored claims: half within ")]
    assert told.endswith(" s")


def test_the_daemon_reads_what_is_due_holds_the_lock_and_stops_when_it_is_told(folder: Path) -> None:
    remember_a_poll_of_long_ago(folder)
    daemon = subprocess.Popen([*PROGRAM, "run", "--folder", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while "slateline: ok" not in (line := daemon.stderr.readline() if daemon.stderr else ""):
            assert line, "the daemon ended before it had read anything"
            assert time.monotonic() < deadline
        second = tradewatch("poll", "--folder", folder)
        assert second.returncode == 5
        assert f"process {daemon.pid}" in second.stderr
        daemon.send_signal(signal.SIGTERM)
        _, rest = daemon.communicate(timeout=30)
        assert daemon.returncode == 0
        assert rest.rstrip().endswith("stopped")
    finally:
        daemon.kill()
        daemon.wait()
    assert tradewatch("status", "--folder", folder).returncode == 0
    assert "long-ago" not in remembered_polls(folder)


def test_a_claim_is_shown_down_to_its_words_and_bytes(polled: Path) -> None:
    shown = tradewatch("claims", "show", first_claim(polled), "--folder", polled).stdout
    assert "“" in shown
    assert "from bytes" in shown


def test_a_verdict_stands_until_it_is_undone_and_every_step_stays_on_record(polled: Path) -> None:
    claim = first_claim(polled)
    for arguments, says in (
        (["accept"], "accept"),
        (["reject", "--reason", "misread"], "reject"),
        (["undo"], "accept"),
        (["undo"], "undecided"),
    ):
        done = tradewatch("claims", *arguments, "--editor", "ann", claim, "--folder", polled)
        assert says in done.stdout
    assert tradewatch("claims", "show", claim, "--folder", polled).stdout.count("by ann") == 4


def test_a_verdict_on_no_claim_is_a_usage_error(polled: Path) -> None:
    done = tradewatch("claims", "accept", "0000", "--folder", polled)
    assert done.returncode == 2
    assert "claims list" in done.stderr


def test_announcements_are_listed_and_shown_with_every_report(polled: Path) -> None:
    row = json.loads(tradewatch("announcements", "list", "--type", "renewal", "--json", "--limit", 1, "--folder", polled).stdout)
    shown = tradewatch("announcements", "show", row["id"], "--folder", polled).stdout
    assert all(report["outlet"] in shown for report in row["reports"])
    assert "version 1" in shown


def announced(folder: Path, *arguments: str) -> list[str]:
    listed = tradewatch("announcements", "list", "--type", "renewal", "--json", *arguments, "--folder", folder).stdout
    return [json.loads(line)["id"] for line in listed.splitlines()]


def test_two_announcements_are_merged_and_parted_again(polled: Path) -> None:
    before = announced(polled)
    kept, gone = before[:2]
    done = tradewatch("announcements", "merge", kept, gone, "--editor", "ann", "--folder", polled)
    number = done.stdout.split("undo ")[1].split("`")[0]
    assert sorted(announced(polled)) == sorted(one for one in before if one != gone)
    assert tradewatch("announcements", "undo", number, "--folder", polled).returncode == 0
    assert announced(polled) == before
    assert "merge (undone) by ann" in tradewatch("announcements", "edits", "--folder", polled).stdout


def test_an_edit_that_cannot_be_made_says_why_and_changes_nothing(polled: Path) -> None:
    before = announced(polled)
    done = tradewatch("announcements", "merge", before[0], "0000", "--folder", polled)
    assert (done.returncode, announced(polled)) == (2, before)
    assert "0000: there is no such announcement" in done.stderr


def test_the_digest_goes_to_stdout_or_whole_into_a_file(polled: Path, tmp_path: Path) -> None:
    printed = tradewatch("digest", "show", "--since", "1d", "--folder", polled).stdout
    out = tmp_path / "new" / "digest.csv"
    assert tradewatch("digest", "show", "--since", "1d", "--out", out, "--folder", polled).returncode == 0
    assert out.read_text(encoding="utf-8").split() == printed.split()
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert rows
    assert all(row["first_source"] and row["evidence_quote"] and row["evidence_url"] for row in rows)


def test_a_digest_of_a_time_in_which_nothing_came_has_its_header_alone(polled: Path) -> None:
    assert len(tradewatch("digest", "show", "--since", "2999-01-01", "--folder", polled).stdout.splitlines()) == 1


def test_a_time_that_cannot_be_read_is_answered_with_examples(polled: Path) -> None:
    done = tradewatch("digest", "show", "--since", "lately", "--folder", polled)
    assert done.returncode == 2
    assert "7d" in done.stderr


def test_the_demo_runs_twice_and_refuses_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep me")
    refused = tradewatch("demo", "--folder", mine)
    assert refused.returncode == 2
    assert (mine / "notes.txt").exists()
    runs = [tradewatch("demo", "--folder", tmp_path / "demo") for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert len(runs[0].stdout) > 1000
    assert len(runs[0].stdout.splitlines()) == len(runs[1].stdout.splitlines())


@pytest.mark.parametrize(
    "command", [("export", "claims"), ("report", "--week", "2026-W10"), ("datasette",), ("digest", "show")], ids=lambda command: command[0]
)
def test_a_file_that_cannot_be_written_is_said_plainly(polled: Path, command: tuple[str, ...], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    done = tradewatch(*command, "--out", blocked / "out", "--folder", polled)
    assert done.returncode == 2
    assert f"{blocked / 'out'} cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_whoever_reads_along_may_stop(polled: Path) -> None:
    script = f"{sys.executable} -c 'from tradewatch.cli import main; main()' export claims --folder {polled} | true"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "", "`true` reads nothing, and is gone before the first row is written"
