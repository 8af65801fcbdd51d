"""What may stand before a name: the words with which it can end are told right."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewatch.extract.contexts import contexts, last_words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\b(?:set|cast) in", {"in"}),
        (r"pull(?:s|ed|ing)? the plug", {"plug"}),
        (r"(?i:(?<![\w-])(?:re-?make|film),?)", {"re-make", "remake", "film", "re-make,", "remake,", "film,"}),
        (r"(?i:drama(?: (?:called|titled))?)", {"drama", "called", "titled"}),
        (r"no place (?:[\w-]+ ){0,4}for", {"for"}),
        (r"(?:mr\.|dame)", {"mr.", "dame"}),
    ],
)
def test_the_words_that_an_expression_can_end_with(expression: str, words: set[str]) -> None:
    assert last_words(expression) == words


def test_an_expression_that_can_end_with_any_word_is_refused() -> None:
    with pytest.raises(ValueError, match="known words"):
        last_words(r"starring [\w-]+")


BEFORE = [expression for context in contexts().before for expression in (context.as_printed, context.in_any_case)]


@given(st.sampled_from([expression.pattern for expression in BEFORE if expression.pattern != "(?!)"]).flatmap(st.from_regex))
@settings(max_examples=300, deadline=None)
def test_whatever_may_stand_before_a_name_is_weighed(text: str) -> None:
    text = re.sub(r"[\ud800-\udfff]", "", text.rstrip("\n"))
    if any(context.ends(text, text) for context in contexts().before):
        assert contexts().ending(text, text) == next(context.weight for context in contexts().before if context.ends(text, text))
