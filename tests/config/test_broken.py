"""Whatever is wrong with a configuration is said in one line that names the file, the key and the way out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tradewatch.config import load_digests, load_names, load_settings, load_sources, load_starter_titles
from tradewatch.errors import ConfigError

LOADERS: dict[str, Callable[[Path], object]] = {
    "tradewatch.toml": load_settings,
    "sources.toml": load_sources,
    "networks.toml": load_names,
    "digests.toml": load_digests,
    "titles.csv": lambda folder: list(load_starter_titles(folder)),
}
CASES = tomllib.loads((Path(__file__).parent / "broken.toml").read_text(encoding="utf-8"))["case"]


def problems(folder: Path, file: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        LOADERS[file](folder)
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_mistake_is_reported_word_for_word(folder: Path, case: dict[str, Any]) -> None:
    path = folder / case["file"]
    before = path.read_text(encoding="utf-8")
    assert case.get("text", "") in before
    path.write_text(case["content"] if "content" in case else before.replace(case["text"], case["replace"], 1), encoding="utf-8")
    assert problems(folder, case["file"]) == case["says"]


@pytest.mark.parametrize("file", LOADERS)
def test_an_unbroken_file_loads(folder: Path, file: str) -> None:
    LOADERS[file](folder)


@pytest.mark.parametrize("file", [file for file in LOADERS if file != "digests.toml"])
def test_a_missing_file_is_named_with_the_command_that_writes_it(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert problems(folder, file) == [f"{file}: no such file; tradewatch init {folder} writes what is missing"]


def test_a_folder_without_digests_has_none(folder: Path) -> None:
    (folder / "digests.toml").unlink()
    assert load_digests(folder) == ()


@pytest.mark.parametrize("file", LOADERS)
def test_a_file_in_another_encoding_is_not_guessed_at(folder: Path, file: str) -> None:
    (folder / file).write_bytes("# Café\n".encode("latin-1"))
    assert problems(folder, file) == [f"{file}: not UTF-8 text (byte 5); save it as UTF-8"]


@pytest.mark.parametrize("file", LOADERS)
def test_a_folder_in_a_file_s_place_cannot_be_read(folder: Path, file: str) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    assert problems(folder, file) == [f"{file}: cannot be read: Is a directory"]


@pytest.mark.parametrize("file", LOADERS)
def test_a_byte_order_mark_is_no_mistake(folder: Path, file: str) -> None:
    path = folder / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    LOADERS[file](folder)


def test_the_text_of_the_error_is_one_line_however_many_problems_there_are(folder: Path) -> None:
    (folder / "tradewatch.toml").write_text("a = 1\nb = 2\nc = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(folder)
    assert str(caught.value) == f"{folder}/tradewatch.toml: a: unknown key (and 2 more: see tradewatch config check)"
