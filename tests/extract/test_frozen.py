"""The frozen run of the labelled fixtures: a changed rule shows which cases it flipped.

Renew it with: tradewatch evaluate fixtures/labelled/{articles,headlines,sentences,traps}.jsonl --save fixtures/labelled/frozen.json
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tradewatch.cli.documents import document_of
from tradewatch.config import bundled, load_names, load_starter_titles
from tradewatch.evaluate import Score, evaluate, flips
from tradewatch.extract import Catalog, GrammarExtractor

LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled"
FILES = ("articles", "headlines", "sentences", "traps")


@pytest.fixture(scope="module")
def score(extractor: GrammarExtractor) -> Score:
    folder = bundled("config")
    catalog = Catalog(load_names(folder), (title.name for title in load_starter_titles(folder)))

    def rows() -> Iterator[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
        for name in FILES:
            for line in (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines():
                row = json.loads(line)
                document = document_of(row, name)
                yield document.id, row["claims"], [claim.as_json() for claim in extractor.extract(document, catalog)]

    return evaluate(rows())


def test_no_case_has_flipped_since_the_frozen_run(score: Score) -> None:
    frozen = json.loads((LABELLED / "frozen.json").read_text("utf-8"))
    assert flips(frozen["verdicts"], score.verdicts) == []


def test_documents_without_news_stay_without_claims(score: Score) -> None:
    assert 100 * score.false_in_empty / score.empty <= 1.5
