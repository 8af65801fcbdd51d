"""Every labelled case, one by one, and the promises over all of them."""

from __future__ import annotations

from typing import Any

import pytest
from announce import Pairs
from announcement_cases import cases, outlets, tell, texts

CASES = cases()
OPEN = frozenset({"hard-03", "hard-05", "hard-06", "hard-07", "hard-16", "hard-49"})
"""Cases that are left to an editor, or told as two where an editor would see one. None of them merges what is apart."""


@pytest.fixture(scope="module")
def names() -> Any:
    return outlets()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_is_told_as_its_label_says(case: dict[str, Any], names: Any) -> None:
    told = tell(case, names, texts())
    pairs = Pairs()
    pairs.add(told)
    assert pairs.joined == pairs.both, "different events were merged"
    assert (pairs.both == pairs.same) == (case["id"] not in OPEN - {"hard-49"}), told.placed
    if "decisions" in case:
        assert list(told.decisions) == case["decisions"]
    assert {event: told.first(event) for event in case.get("first", {})} == case.get("first", {})
    assert {event: len(known.origins) for event in case.get("origins", {}) if (known := told.of(event))} == case.get("origins", {})
    assert {event: known.certainty for event in case.get("certainty", {}) if (known := told.of(event))} == case.get("certainty", {})


def test_there_are_enough_cases_and_every_type_has_some() -> None:
    assert len(CASES) >= 300
    assert len({case["claim"]["type"] for case in CASES}) == 17
    assert len({case["id"] for case in CASES}) == len(CASES)
