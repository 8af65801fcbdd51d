"""Titles that the usual matchers get wrong, as a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.titles.catalog_rows import title_of
from tradewatch.store import Store
from tradewatch.titles import TitleQuery, match
from tradewatch.types import ClaimType, MatchKind, WorkKind

TABLE = tomllib.loads((Path(__file__).parent / "hard_cases.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalog() -> Iterator[Store]:
    store = Store.in_memory()
    store.titles.add(title_of(row) for row in TABLE["catalog"])
    yield store
    store.close()


def query_of(case: dict[str, Any]) -> TitleQuery:
    return TitleQuery(
        printed=case["printed"],
        type=ClaimType(case["type"]) if "type" in case else None,
        kind=WorkKind(case["kind"]) if "kind" in case else None,
        relation=case.get("relation"),
        seasons=tuple(case.get("seasons", ())),
        country=case.get("country"),
        network=case.get("network"),
        published=case.get("published"),
    )


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['printed']}-{case.get('type', 'plain')}-{case['answer']}")
def test_the_right_title_or_none(catalog: Store, case: dict[str, Any]) -> None:
    answer = match(query_of(case), catalog.titles)
    assert (answer.title_id or answer.kind.value) == case["answer"], answer
    assert answer.reasons
    if "same_name_as" in case:
        assert answer.same_name_as == case["same_name_as"]
    if "offers" in case:
        assert case["offers"] in answer.candidates


def test_deadpool_3_is_known_by_its_alias_alone(catalog: Store) -> None:
    store = Store.in_memory()
    store.titles.add(title_of(row) for row in TABLE["catalog"])
    store.titles.add([title_of({"id": "dw", "name": "Deadpool & Wolverine", "kind": "film", "year": 2024, "aliases": ["Deadpool 3"]})])
    assert match(TitleQuery(printed="Deadpool 3"), store.titles).title_id == "dw"
    assert match(TitleQuery(printed="Deadpool 3"), catalog.titles).kind is MatchKind.NEW
    store.close()
