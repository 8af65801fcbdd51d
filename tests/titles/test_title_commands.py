"""`tradewatch titles`, as an editor uses it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.announce.reports import Desk, claim
from tradewatch.cli import Exit, cli
from tradewatch.store import Store
from tradewatch.titles.match import unknown_work

TABLE = "id,name,kind,year,ended,country,network\nvale,Vale,series,2020,,US,HBO\ndale,Dale,series,2021,,US,HBO\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert CliRunner().invoke(cli, ["init", str(tmp_path)]).exit_code == 0
    (tmp_path / "mine.csv").write_text(TABLE, encoding="utf-8")
    assert titles(tmp_path, "import", str(tmp_path / "mine.csv")).exit_code == 0
    return tmp_path


def titles(folder: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["titles", command, "--folder", str(folder), *arguments])


def test_a_broken_row_is_named_and_the_exit_status_says_so(folder: Path) -> None:
    (folder / "more.csv").write_text("id,name,kind\nrook,Rook,film\n,Nameless,film\n", encoding="utf-8")
    answer = titles(folder, "import", str(folder / "more.csv"))
    assert answer.exit_code == Exit.PARTIAL
    assert "line 3: row: id: must not be empty" in answer.stderr
    assert "2 rows: 1 added" in answer.stdout
    assert titles(folder, "search", "rook").stdout.startswith("rook  Rook")


def test_search_says_what_the_matcher_makes_of_it(folder: Path) -> None:
    answer = titles(folder, "search", "The Vale")
    assert answer.stdout.startswith("vale  Vale (2020, series, US, HBO)")
    assert "match" in answer.stderr
    rows = [json.loads(line) for line in titles(folder, "search", "--json", "ale").stdout.splitlines()]
    assert {"vale", "dale"} <= {row["id"] for row in rows}


def test_a_retitled_show_is_found_by_both_names(folder: Path) -> None:
    assert titles(folder, "retitle", "vale", "Vale of Ice", "--working", "--since", "2026-02-01", "--editor", "ann").exit_code == 0
    shown = titles(folder, "show", "vale").stdout
    assert "Vale of Ice" in shown
    assert "working: Vale until 2026-02-01" in shown
    assert "retitle by ann" in shown
    assert titles(folder, "search", "Vale").stdout.startswith("vale  ")


def test_an_alias_makes_a_report_match(folder: Path) -> None:
    assert titles(folder, "alias", "vale", "Project Frost", "--kind", "working").exit_code == 0
    assert titles(folder, "search", "project frost").stdout.startswith("vale  ")


def test_merge_and_unmerge(folder: Path) -> None:
    assert titles(folder, "merge", "dale", "vale", "--reason", "one show").exit_code == 0
    assert titles(folder, "show", "dale").stdout.startswith("vale  ")
    assert titles(folder, "unmerge", "dale").exit_code == 0
    assert json.loads(titles(folder, "show", "--json", "dale").stdout)["id"] == "dale"


def test_what_cannot_be_done_is_said_in_one_line(folder: Path) -> None:
    assert "no title 'nobody'" in titles(folder, "show", "nobody").stderr
    refused = titles(folder, "merge", "vale", "nobody")
    assert refused.exit_code == Exit.USAGE
    assert "there is no such title" in refused.stderr
    assert titles(folder, "unmerge", "vale").exit_code == Exit.USAGE
    assert "longer" in titles(folder, "search", "ha " * 3334).stderr
    nameless = titles(folder, "add", "ha " * 3334, "--kind", "series")
    assert (nameless.exit_code, "no title has more than" in nameless.stderr) == (Exit.USAGE, True)


def test_a_new_work_is_added_once_and_takes_the_announcements_kept_under_its_name(folder: Path) -> None:
    with closing(Store.open(folder / "tradewatch.db")) as store:
        Desk(store, unknown_work("Embers")).tell(claim(title="Embers"))
        Desk(store, "dale").tell(claim(title="Dale", title_id="dale"), "TVLine", 1)
    added = titles(folder, "add", "Embers", "--kind", "series", "--network", "HBO", "--year", "2027")
    embers = added.stdout.split()[0]
    assert embers.startswith("desk-")
    assert "renewed" in titles(folder, "show", embers).stdout
    again = titles(folder, "add", "Embers", "--kind", "series", "--year", "2027")
    assert (again.exit_code, "has this id already" in again.stderr) == (Exit.USAGE, True)
    merged = titles(folder, "merge", "dale", embers)
    assert "may be one event" in merged.stderr
    assert "announcements merge" in merged.stderr
