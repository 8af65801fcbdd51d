"""The articles that were labelled before anyone tried them are fit to measure with, and no two files share one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tradewatch.types import FIELDS, ClaimType

FOLDER = Path(__file__).parents[2] / "fixtures" / "labelled"
NAMES = ("held_out", "articles_more")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


ROWS = [pytest.param(row, id=row["id"]) for name in NAMES for row in rows(name)]


@pytest.mark.parametrize("row", ROWS)
def test_every_label_is_of_a_known_type_and_quotes_its_article(row: dict[str, Any]) -> None:
    texts = [row[field] or "" for field in FIELDS]
    for claim in row["claims"]:
        assert ClaimType(claim["type"])
        assert any(claim["evidence"] in text for text in texts)
        assert claim["type"] == "talent_deal" or claim["title"]


@pytest.mark.parametrize("name", NAMES)
def test_a_good_part_announces_nothing(name: str) -> None:
    found = rows(name)
    assert 0.15 < sum(not row["claims"] for row in found) / len(found) < 0.45


def test_no_article_stands_in_two_files() -> None:
    texts = [(row["headline"], row["body"]) for name in (*NAMES, "articles") for row in rows(name)]
    assert len(texts) == len(set(texts))
