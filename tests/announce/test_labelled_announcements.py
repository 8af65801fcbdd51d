"""Every labelled case, one by one, and the promises over all of them."""

from __future__ import annotations

from typing import Any

import pytest
from announce import Pairs
from announcement_cases import FORMS, World, cases, tell, world

CASES = cases()


@pytest.fixture(scope="module")
def shared() -> World:
    return world()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_is_told_as_its_label_says(case: dict[str, Any], shared: World) -> None:
    told = tell(case, shared)
    pairs = Pairs()
    pairs.add(told)
    assert pairs.joined == pairs.both, "different events were merged"
    assert not list(told.differences())


def test_there_are_enough_cases_and_every_type_has_some() -> None:
    assert sum(case["file"] != FORMS for case in CASES) >= 300
    assert len({case["claim"]["type"] for case in CASES}) == 17
    assert len({case["id"] for case in CASES}) == len(CASES)
