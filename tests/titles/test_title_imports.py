"""Other people's catalogs: each format, its broken rows, and files that end half-way."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.errors import ImportFormatError
from tradewatch.store import Store
from tradewatch.store.title_imports import ImportReport
from tradewatch.titles import TitleQuery, match
from tradewatch.titles.importers import Broken, LeftOut, recognised, rows
from tradewatch.titles.importers.rows import _Window, json_objects
from tradewatch.types import Title, WorkKind

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.in_memory()
    yield opened
    opened.close()


def packed(folder: Path, name: str) -> Path:
    """A sample, gzipped."""
    path = folder / f"{name}.gz"
    path.write_bytes(gzip.compress((SAMPLES / name).read_bytes()))
    return path


def written(folder: Path, text: str) -> Path:
    path = folder / "given"
    path.write_text(text, encoding="utf-8")
    return path


def read_into(store: Store, path: Path, now: dt.datetime) -> ImportReport:
    name = recognised(path)
    return store.title_imports.read(rows(path, name), file=str(path), format_name=name, now=now, progress=lambda report: None)


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize(
    ("name", "format_name", "titles", "problems"),
    [
        ("title.basics.tsv", "imdb", ["Vale of Ice", 'The "Quiet" Hand', "A Night with Bo"], {5: "3 columns", 6: "no year"}),
        ("shows.json", "tvmaze", ["Vale of Ice", "Streamers"], {32: "no name", 38: "no TVmaze show"}),
        ("movie_ids.json", "tmdb", ["Vale of Ice", "The Loom", "Streamers"], {3: "not JSON"}),
        ("query.json", "wikidata", ["Vale of Ice"], {32: "opera"}),
        ("query.csv", "wikidata-csv", ["Kestrel", "Kestrel"], {}),
        (
            "mine.csv",
            "csv",
            ["Vale"],
            {3: "name: must", 4: "id vale of line 2", 5: 'kind: "play"', 6: "columns"},
        ),
    ],
)
def test_a_format_is_recognised_and_read_and_its_broken_rows_are_named(
    tmp_path: Path, name: str, format_name: str, titles: list[str], problems: dict[int, str], *, gzipped: bool
) -> None:
    path = packed(tmp_path, name) if gzipped else SAMPLES / name
    assert recognised(path) == format_name
    read = list(rows(path, format_name))
    assert [row.name for _, row in read if isinstance(row, Title)] == titles
    broken = {line: row.problem for line, row in read if isinstance(row, Broken)}
    assert broken.keys() == problems.keys(), broken
    assert all(problems[line] in broken[line] for line in problems), broken


def test_imdb_gives_kind_years_and_the_original_name() -> None:
    read = list(rows(SAMPLES / "title.basics.tsv", "imdb"))
    title = next(row for _, row in read if isinstance(row, Title))
    assert (title.id, title.kind, title.year, title.ended) == ("imdb:tt1", WorkKind.SERIES, 2019, 2022)
    assert [(alias.name, alias.kind) for alias in title.aliases] == [("Isdalen", "translation")]
    assert sorted(row.reason for _, row in read if isinstance(row, LeftOut)) == ["adult", "tvEpisode"]


def test_four_catalogs_of_one_work_make_one_title(store: Store, now: dt.datetime) -> None:
    for name in ("title.basics.tsv", "title.akas.tsv", "shows.json", "movie_ids.json", "query.json"):
        read_into(store, SAMPLES / name, now)
    title = store.titles.get("imdb:tt1")
    assert title is not None
    assert (title.network, title.country) == ("HBO", "US")
    assert {alias.name for alias in title.aliases} == {"Isdalen", "Ice Valley", "Vale Project", "The Vale"}
    assert title.external_ids == (("imdb", "tt1"), ("tvdb", "121361"), ("tvmaze", "82"), ("wikidata", "Q1"))
    assert match(TitleQuery(printed="The Vale"), store.titles).title_id == "imdb:tt1"
    assert match(TitleQuery(printed="Ice Valley"), store.titles).title_id == "imdb:tt1"


def test_reading_a_file_again_changes_nothing(tmp_path: Path, store: Store, now: dt.datetime) -> None:
    path = packed(tmp_path, "title.basics.tsv")
    assert read_into(store, path, now).changes.added == 3
    again = read_into(store, path, now)
    assert (again.changes.added, again.changes.changed, again.changes.unchanged) == (0, 0, 3)
    assert len(again.broken) == 2


def test_tmdb_adds_only_names_that_are_not_known(store: Store, now: dt.datetime) -> None:
    store.titles.add([Title(id="loom", name="Loom", kind=WorkKind.FILM, year=2001)])
    report = read_into(store, SAMPLES / "movie_ids.json", now)
    assert report.changes.added == 2
    assert match(TitleQuery(printed="The Loom", kind=WorkKind.FILM), store.titles).title_id == "loom"


def test_a_file_that_ends_half_way_says_so_and_can_be_read_again(tmp_path: Path, store: Store, now: dt.datetime) -> None:
    head = (SAMPLES / "title.basics.tsv").read_text("utf-8").split("\n")[0]
    many = head + "\n" + "\n".join(f"tt{n}\tmovie\tFilm {n}\tFilm {n}\t0\t2001\t\\N\t\\N\t\\N" for n in range(20_000))
    whole = gzip.compress(many.encode())
    path = tmp_path / "title.basics.tsv.gz"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ImportFormatError, match="cannot be read after line"):
        read_into(store, path, now)
    stopped = store.title_imports.interrupted()
    assert [one.file for one in stopped] == [str(path)]
    assert 0 < stopped[0].rows < 20_000
    assert store.titles.pending() == stopped[0].rows
    path.write_bytes(whole)
    report = read_into(store, path, now)
    assert report.changes.unchanged == stopped[0].rows
    assert (store.titles.count(), store.titles.pending(), store.title_imports.interrupted()) == (20_000, 0, [])
    assert match(TitleQuery(printed="Film 19999"), store.titles).title_id == "imdb:tt19999"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello\n", "not a file of titles"),
        ("", "not a file of titles"),
        ("\x00\x01", "not a file of titles"),
        ("{}", "not a file of titles"),
    ],
)
def test_any_other_file_is_refused_in_words(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportFormatError, match=message):
        recognised(written(tmp_path, text))


def test_a_table_with_a_strange_column_is_refused_and_says_which(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name,kind,colour\n")
    with pytest.raises(ImportFormatError, match="unknown column 'colour'"):
        list(rows(path, "csv"))


def test_bytes_that_are_no_text_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,name,kind\na,\xff\xfe,film\n")
    with pytest.raises(ImportFormatError, match="not UTF-8"):
        list(rows(path, "csv"))


@given(
    st.lists(st.dictionaries(st.text('ab{}[]"\\\n', max_size=5), st.text("x{}\n", max_size=40), max_size=3), max_size=12),
    st.integers(1, 40),
)
def test_objects_are_found_however_the_file_is_cut(objects: list[dict[str, str]], size: int) -> None:
    text = json.dumps(objects, indent=1)
    window, _Window.SIZE = _Window.SIZE, size
    try:
        found = list(json_objects(io.StringIO(text)))
    finally:
        _Window.SIZE = window
    assert [value for _, value in found] == objects
    lines = text.split("\n")
    assert all(lines[line - 1].lstrip().startswith("{") for line, _ in found)
