"""Works that a document names without marking them are told from persons, companies and places."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.extract.inventory import works
from tradewatch.extract.scan import read_page
from tradewatch.types import Document

CASES = tomllib.loads((Path(__file__).parent / "inventory.toml").read_text("utf-8"))["text"]


def named(body: str, extractor: GrammarExtractor, catalog: Catalog) -> list[str]:
    return read(body, extractor, catalog)[0]


def read(body: str, extractor: GrammarExtractor, catalog: Catalog) -> tuple[list[str], frozenset[str]]:
    return works([read_page(Document(id="i", headline="", body=body), "body", catalog, extractor.sieve)], marked=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["says"]))
def test_a_work_is_told_by(case: dict[str, Any], extractor: GrammarExtractor, catalog: Catalog) -> None:
    found = named(case["body"], extractor, catalog)
    assert set(case["works"]) <= set(found)
    assert not set(case["others"]) & set(found)


def test_a_person_is_told_by_what_only_persons_do(extractor: GrammarExtractor, catalog: Catalog) -> None:
    body = "Kit Marlow will play a nurse. Kit Marlow, who grew up in Leeds, is glad. Vale Road will return for a second season."
    _, persons = read(body, extractor, catalog)
    assert "Kit Marlow" in persons
    assert "Vale Road" not in persons


@given(body=st.text(alphabet=st.sampled_from("ABab '’.,:&-\n0"), max_size=300))
def test_whatever_is_found_stands_in_the_text(body: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    assert all(name in body.replace("’", "'") for name in named(body, extractor, catalog))
