"""Tables survive the way into files and back: the same cells for Python, pandas, LibreOffice and openpyxl; nothing is a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.errors import TableError
from tradewatch.tables import FORMATS, Column, Row, Value, manifest_path, whole_file, write_table
from tradewatch.tables.columns import printable
from tradewatch.tables.delimited import FORMULA
from tradewatch.tables.workbook import LONGEST_CELL, MOST_ROWS

COLUMNS = (
    Column("title"),
    Column("season", "integer"),
    Column("confidence", "real"),
    Column("effective_date", "date"),
    Column("first_seen_utc", "datetime"),
    Column("evidence_url", "link"),
)
TITLES = [
    "Vale", "=cmd()", '=HYPERLINK("http://127.0.0.1/", "x")', "@midnight", "-30-", "+1", "\tTab", "＝1+1", 'He said "no", twice',
    "a,b;c", "two\nlines", "two\r\nlines", "Élite 🎬", "المسلسل \u202eevil", " spaced ", "'quoted", "\x00null\x1b",
    "half \ud83d pair", "007", "1/2", "TRUE",
]  # fmt: skip
MOMENT = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))


def rows(titles: list[str]) -> list[Row]:
    """A row for each title; every second one is mostly empty."""
    day = dt.date(2026, 6, 18)
    full: dict[str, Value] = {
        "season": 3,
        "confidence": 0.89,
        "effective_date": day,
        "first_seen_utc": MOMENT,
        "evidence_url": "https://example.com/a?b=1",
    }
    return [{"title": title, **(full if number % 2 == 0 else {})} for number, title in enumerate(titles)]


def written(form: str, titles: list[str]) -> bytes:
    file = io.BytesIO()
    assert FORMATS[form].write(COLUMNS, rows(titles), file) == len(titles)
    return file.getvalue()


def read_back(data: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline="")))


def test_csv_gives_python_every_cell_as_it_was() -> None:
    found = read_back(written("csv", TITLES))
    assert [row["title"] for row in found] == [printable(title) for title in TITLES]
    assert found[0] == {
        "title": "Vale", "season": "3", "confidence": "0.89", "effective_date": "2026-06-18", "first_seen_utc": "2026-03-02T07:30:00Z",
        "evidence_url": "https://example.com/a?b=1",
    }  # fmt: skip
    assert set(list(found[1].values())[1:]) == {""}


def test_csv_gives_pandas_the_same_cells() -> None:
    frame = pandas.read_csv(io.BytesIO(written("csv", TITLES)), dtype=str, keep_default_na=False, lineterminator=None)
    assert frame["title"].tolist() == [printable(title) for title in TITLES]


@given(titles=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8))
def test_any_title_comes_back_from_csv(titles: list[str]) -> None:
    assert [row["title"] for row in read_back(written("csv", titles))] == [printable(title) for title in titles]


@given(title=st.one_of(st.text(max_size=30), st.builds(str.__add__, st.sampled_from(FORMULA), st.text(max_size=20))))
def test_no_cell_for_spreadsheets_begins_like_a_formula(title: str) -> None:
    data = written("excel", [title])
    assert data.startswith(b"\xef\xbb\xbf")
    cell = read_back(data, "utf-8-sig")[0]["title"]
    assert not cell.startswith(FORMULA)
    assert cell.removeprefix("'") == printable(title).removeprefix("'")


def test_lines_of_json_hold_every_column_and_real_numbers() -> None:
    found = [json.loads(line) for line in written("jsonl", TITLES).splitlines()]
    assert [row["title"] for row in found] == [printable(title) for title in TITLES]
    assert (found[0]["season"], found[0]["confidence"], found[0]["first_seen_utc"]) == (3, 0.89, "2026-03-02T07:30:00Z")
    assert found[1]["season"] is None


def test_a_workbook_has_real_dates_links_filters_a_standing_header_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", TITLES)))
    sheet = book.active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:F{len(TITLES) + 1}"
    first = [cell.value for cell in sheet[2]]
    days = [value.isoformat() for value in (first.pop(3), first.pop(3))]
    assert days == ["2026-06-18T00:00:00", "2026-03-02T07:30:00"]
    assert first == ["Vale", 3, 0.89, "https://example.com/a?b=1"]
    assert sheet["F2"].hyperlink.target == "https://example.com/a?b=1"
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    told = [cell.value for cell in next(sheet.iter_cols(max_col=1, min_row=2))]
    assert told == [printable(title).replace("\r\n", "\n") for title in TITLES]


def test_a_cell_that_is_too_long_for_a_workbook_is_cut_and_says_so() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", ["x" * 40_000]))).active
    assert len(sheet["A2"].value) == LONGEST_CELL
    assert sheet["A2"].value.endswith("…")


def test_a_workbook_refuses_what_no_sheet_can_hold() -> None:
    with pytest.raises(TableError, match="choose a shorter window"):
        FORMATS["xlsx"].write(COLUMNS[:1], ({} for _ in range(MOST_ROWS + 1)), io.BytesIO())


def test_parquet_keeps_types() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet", TITLES)))
    assert table["title"].to_pylist() == [printable(title) for title in TITLES]
    assert table["first_seen_utc"].to_pylist()[0] == MOMENT
    assert table["effective_date"].to_pylist()[:2] == [dt.date(2026, 6, 18), None]


def test_without_its_library_parquet_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"pip install 'tradewatch\[parquet\]'"):
        FORMATS["parquet"].write(COLUMNS, [], io.BytesIO())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (Debian's libreoffice-calc-nogui)")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_libreoffice_reads_the_same_cells(form: str, tmp_path: Path) -> None:
    wanted = [title for title in TITLES if title == title.strip() and "\n" not in title and printable(title) == title and title[0] != "'"]
    path = tmp_path / f"table{FORMATS[form].suffix}"
    path.write_bytes(written(form, wanted))
    # Comma, quotation mark, UTF-8, from the first line, every column as text: what a person chooses in the import dialogue.
    texts = "/".join(f"{number}/2" for number in range(1, len(COLUMNS) + 1))
    reading = [f"--infilter=CSV:44,34,76,1,{texts}"] if form == "csv" else []
    writing = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", *reading, "--convert-to", writing, "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    found = read_back((tmp_path / "out" / "table.csv").read_bytes())
    assert [row["title"] for row in found] == wanted


def test_a_file_comes_with_a_manifest_that_proves_it(tmp_path: Path, now: dt.datetime) -> None:
    path = tmp_path / "deep" / "digest.csv"
    manifest = write_table(path, FORMATS["csv"], COLUMNS, rows(TITLES), now, ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"))
    kept = json.loads(manifest_path(path).read_text("utf-8"))
    assert (kept["rows"], kept["bytes"], kept["made_at"]) == (len(TITLES), path.stat().st_size, "2026-03-02T12:00:00Z")
    assert kept["sha256"] == manifest.sha256 == subprocess.check_output(["sha256sum", path], text=True).split()[0]
    assert kept["columns"] == [column.name for column in COLUMNS]


def test_what_fails_half_way_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "digest.csv"
    path.write_text("yesterday's", "utf-8")
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half of today's" * (1 // 0))
    assert path.read_text("utf-8") == "yesterday's"
    assert list(tmp_path.iterdir()) == [path]
