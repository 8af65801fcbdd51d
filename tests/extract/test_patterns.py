"""Every pattern's own examples: what it must find, and what it must leave alone."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Reader
from tradewatch.extract.patterns import Pattern, load_patterns

YES = [(pattern, text) for pattern in load_patterns() for text in pattern.yes]
NO = [(pattern, text) for pattern in load_patterns() for text in pattern.no]


def _name(value: object) -> str:
    return value.rule if isinstance(value, Pattern) else str(value)[:60]


@pytest.mark.parametrize(("pattern", "text"), YES, ids=_name)
def test_a_pattern_finds_its_examples(pattern: Pattern, text: str, read: Reader) -> None:
    live = [claim for claim in read(text) if claim.live]
    assert pattern.type in {claim.type for claim in live}, [(claim.type, claim.title, claim.rule) for claim in live]


@pytest.mark.parametrize(("pattern", "text"), NO, ids=_name)
def test_a_pattern_leaves_its_counter_examples_alone(pattern: Pattern, text: str, read: Reader) -> None:
    wrong = [claim for claim in read(text) if claim.live and claim.type == pattern.type]
    assert not wrong, [(claim.type, claim.title, claim.rule) for claim in wrong]


def test_every_pattern_has_a_name_of_its_own() -> None:
    rules = [pattern.rule for pattern in load_patterns()]
    assert len(rules) == len(set(rules))


def test_every_pattern_has_an_example_and_a_counter_example() -> None:
    assert [pattern.rule for pattern in load_patterns() if not (pattern.yes and pattern.no)] == []
