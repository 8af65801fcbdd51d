"""Whole tables as files: everything that stands, once, in the columns that are promised; filters part it and lose nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

from tests.digest.issuing import DigestDesk
from tests.review.newsdesk import START
from tradewatch.cli import cli
from tradewatch.export import TABLES
from tradewatch.store import Store
from tradewatch.tables import Row
from tradewatch.types import Excerpt, Selection, Standing

UTC = ZoneInfo("UTC")
RENEWED = "Hulu Renews ‘Vale’ For Season 2"


def export(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments), "--folder", str(folder)], catch_exceptions=False)


def exported(folder: Path, *arguments: str) -> list[dict[str, str]]:
    done = export(folder, *arguments)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout_bytes.decode(), newline="")))


def rows(desk: DigestDesk, table: str, excerpt: Excerpt | None = None) -> list[Row]:
    return list(TABLES[table].rows(desk.store, excerpt or Excerpt(), UTC))


def counted(folder: Path, sql: str) -> int:
    with sqlite3.connect(folder / "tradewatch.db") as db:
        return int(db.execute(sql).fetchone()[0])


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("claims", "SELECT count(*) FROM claim"),
        ("announcements", "SELECT count(*) FROM announcement WHERE merged_into IS NULL"),
        ("titles", "SELECT count(*) FROM title"),
    ],
)
def test_a_table_holds_every_row_once(demo: Path, table: str, sql: str) -> None:
    found = exported(demo, table)
    assert len({row[TABLES[table].columns[0].name] for row in found}) == len(found) == counted(demo, sql)


@pytest.mark.parametrize("table", TABLES)
def test_every_promised_column_has_a_cell(table: str) -> None:
    desk = DigestDesk()
    (vale,) = desk.prints("Slateline", RENEWED)
    desk.decides(vale.id, "accept")
    (first, *_) = rows(desk, table)
    assert {column.name for column in TABLES[table].columns} <= set(first)


@pytest.mark.parametrize(("column", "option"), [("claim_type", "--type"), ("certainty", "--certainty"), ("network", "--network")])
def test_filters_part_the_announcements_and_lose_none(demo: Path, column: str, option: str) -> None:
    whole = Counter(row[column] for row in exported(demo, "announcements"))
    assert len(whole) > 1
    ladder = ["rumoured", "in_talks", "reported", "confirmed"]
    for value, count in whole.items():
        if value:
            found = Counter(row[column] for row in exported(demo, "announcements", option, value))
            least = {rung: whole[rung] for rung in ladder[ladder.index(value) :]} if column == "certainty" else {value: count}
            assert found == {rung: told for rung, told in least.items() if told}


def test_time_parts_them_too(demo: Path) -> None:
    whole, noon = exported(demo, "announcements"), "2026-03-03T12:00:00Z"
    before, after = exported(demo, "announcements", "--until", noon), exported(demo, "announcements", "--since", noon)
    assert before
    assert after
    assert len(before) + len(after) == len(whole)
    assert all(row["first_seen_utc"] < noon for row in before)
    assert all(row["first_seen_utc"] >= noon for row in after)


def test_a_desk_and_a_tier_ask_who_told_it(demo: Path) -> None:
    rumours = exported(demo, "announcements", "--tier", "rumour")
    assert 0 < len(rumours) < len(exported(demo, "announcements"))
    film = exported(demo, "claims", "--desk", "film")
    assert 0 < len(film) < len(exported(demo, "claims"))


def test_local_times_are_those_of_the_desk(demo: Path) -> None:
    zone = ZoneInfo("America/Los_Angeles")
    for row in exported(demo, "announcements"):
        moment = dt.datetime.fromisoformat(row["first_seen_utc"])
        assert row["first_seen_local"] == f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def test_a_claim_stays_as_extracted_while_its_announcement_is_as_corrected() -> None:
    desk = DigestDesk()
    (vale,) = desk.prints("Slateline", RENEWED)
    desk.decides(vale.id, "edit", ("seasons", "3"))
    (claim,), (announcement,), (decision,) = (rows(desk, table) for table in ("claims", "announcements", "decisions"))
    assert (claim["season"], claim["decision"], claim["announcement_id"]) == ("2", "corrected", vale.id)
    assert (announcement["season"], announcement["decision"], announcement["decided_by"]) == ("3", "corrected", "ada")
    assert announcement["detail"] == "renewed for season 3 (Hulu)"
    assert (decision["changes"], decision["season"], decision["stands"]) == ("seasons: 3", "2", 1)


def test_what_was_undone_stays_in_the_log_and_stands_no_longer() -> None:
    desk = DigestDesk()
    (vale,) = desk.prints("Slateline", RENEWED)
    desk.decides(vale.id, "reject", reason="old news")
    assert [row["decision"] for row in rows(desk, "announcements")] == ["rejected"]
    desk.decides(vale.id, "undo")
    assert [row["decision"] for row in rows(desk, "announcements")] == [None]
    assert [(row["action"], row["stands"], row["reason"]) for row in rows(desk, "decisions")] == [
        ("reject", 0, "old news"),
        ("undo", 0, None),
    ]
    assert rows(desk, "decisions", Excerpt(standings=frozenset({Standing.REJECTED}))) == []


@pytest.mark.parametrize("standing", Standing)
def test_what_editors_hold_is_asked_for(standing: Standing) -> None:
    desk = DigestDesk()
    titles = {"accept": "Vale", "edit": "Copper Moon", "defer": "Night Harbor", "reject": "Far Away", "": "Glass Hill"}
    for action, title in titles.items():
        (one,) = desk.prints("Slateline", f"Hulu Renews ‘{title}’ For Season 2")
        if action:
            desk.decides(one.id, action, *([("seasons", "3")] if action == "edit" else []))
    wanted = dict(zip(("accepted", "corrected", "deferred", "rejected", "unreviewed"), titles.values(), strict=True))[standing]
    asked = Excerpt(standings=frozenset({standing}))
    assert [row["title"] for row in rows(desk, "announcements", asked)] == [wanted]
    assert [row["title"] for row in rows(desk, "claims", asked)] == [wanted]


def test_an_outlet_that_takes_its_word_back_leaves_the_claim_marked(demo: Path) -> None:
    gone = [row for row in exported(demo, "claims") if row["gone"] == "1"]
    assert "Starling Academy" in {row["title"] for row in gone}
    assert [row["title"] for row in exported(demo, "announcements") if row["withdrawn"] == "1"] == ["Starling Academy"]


def test_a_story_that_was_rewritten_is_quoted_as_it_stands_now() -> None:
    desk = DigestDesk()
    days = ("May 4", "May 5", "May 6", "May 7", "May 8")  # so many that ids in order of time would be chance
    for day in days:
        desk.clock.time = START  # the outlet leaves the time of publication as it is
        desk.prints("Slateline", f"‘Vale’ Season 3 Premieres {day} On Hulu", url="https://slateline.example/vale")
    (announcement,) = rows(desk, "announcements")
    assert "May 8" in str(announcement["evidence_quote"])
    ((words,),) = desk.store.db.execute("SELECT words FROM first_report").fetchall()
    assert "May 8" in words
    assert [row["gone"] for row in rows(desk, "claims")] == [1, 1, 1, 1, 0]


def test_a_desk_without_outlets_told_nothing() -> None:
    desk = DigestDesk()
    desk.prints("Slateline", RENEWED)
    assert rows(desk, "announcements", Excerpt(selection=Selection(outlets=frozenset()))) == []
    assert len(rows(desk, "announcements", Excerpt(selection=Selection(outlets=frozenset({"Slateline"}))))) == 1


def test_all_rows_are_of_the_moment_at_which_the_export_began(tmp_path: Path) -> None:
    path = tmp_path / "tradewatch.db"
    desk = DigestDesk(store=Store.open(path, create=True))
    for title in ("Vale", "Copper Moon"):
        desk.prints("Slateline", f"Hulu Renews ‘{title}’ For Season 2")
    reading = Store.open(path)
    begun = TABLES["claims"].rows(reading, Excerpt(), UTC)
    found = [next(begun)["title"]]
    desk.prints("Slateline", "Hulu Renews ‘Night Harbor’ For Season 2")
    assert [*found, *(row["title"] for row in begun)] == ["Vale", "Copper Moon"]
    reading.close()
    desk.store.close()


def test_a_workbook_of_the_demo_has_real_days_and_no_formula(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "announcements.xlsx"
    done = export(demo, "announcements", "--format", "xlsx", "--out", path, "--since", "2026-03-01")
    assert f"{path}: 38 announcements" in done.stderr
    manifest = json.loads(path.with_name("announcements.xlsx.manifest.json").read_text("utf-8"))
    assert (manifest["rows"], manifest["window"][0]) == (38, "2026-03-01T00:00:00Z")
    sheet = openpyxl.load_workbook(path).active
    header = [cell.value for cell in sheet[1]]
    assert header == [column.name for column in TABLES["announcements"].columns]
    days = {row[header.index("effective_day")].value for row in sheet.iter_rows(min_row=2)}
    assert dt.datetime(2026, 6, 18) in days  # noqa: DTZ001  a day has no zone
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_parquet_and_json_lines_hold_the_same_rows(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    assert export(demo, "claims", "--format", "parquet", "--out", path).exit_code == 0
    table = pyarrow.parquet.read_table(path)
    lines = [json.loads(line) for line in export(demo, "claims", "--format", "jsonl").stdout_bytes.splitlines()]
    assert table["claim_id"].to_pylist() == [line["claim_id"] for line in lines]
    assert table["confidence"].to_pylist() == [line["confidence"] for line in lines]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["claims", "--format", "parquet"], "parquet is no text: say --out FILE.parquet"),
        (["claims", "--desk", "flim"], "no source has the desk 'flim'; did you mean"),
        (["claims", "--since", "2026-03-02", "--until", "2026-03-01"], "nothing lies before it and after --since"),
        (["claims", "--type", "renewals"], "'renewals' is not one of"),
        (["decisions", "--since", "yesterday"], "'yesterday' is neither a length of time"),
    ],
)
def test_what_cannot_be_exported_is_said_with_the_way_out(demo: Path, arguments: list[str], words: str) -> None:
    done = export(demo, *arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())
