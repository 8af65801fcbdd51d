"""The language of the pattern files."""

from __future__ import annotations

import pytest

from tradewatch.extract.language import PhraseError, compile_phrase


@pytest.mark.parametrize("phrase", ["{nothing} renewed", "(a | b", "<unknown> it", "a ) b"])
def test_a_phrase_that_is_not_well_formed_says_so(phrase: str) -> None:
    with pytest.raises(PhraseError, match="in "):
        compile_phrase(phrase, {})


def test_words_stand_alone_and_case_does_not_matter() -> None:
    phrase = compile_phrase("The (end | start)", {})
    assert phrase.prose.search(" in the end .")
    assert not phrase.prose.search(" in the ending .")


def test_optional_and_repeated_parts() -> None:
    phrase = compile_phrase("a b? (c | d)* e", {})
    for text in (" a e", " a b e", " a c d c e"):
        assert phrase.prose.search(text)
    assert not phrase.prose.search(" a b b e")


def test_the_words_that_must_stand_are_known() -> None:
    phrase = compile_phrase("{network} (has)? (renews | renewed) {title} for {season}", {})
    assert any({"renews", "renewed"} <= words for words in phrase.required)
    assert not any("has" in words for words in phrase.required)


def test_a_line_without_a_kind_that_must_stand_does_not_fit() -> None:
    phrase = compile_phrase("{network} renews {title} for {season}", {})
    assert not phrase.fits(0)
    assert phrase.fits(0b1111111111111111)


def test_a_gap_stays_in_its_clause() -> None:
    phrase = compile_phrase("renewed ... season", {})
    assert phrase.prose.search(" renewed for a long new season")
    assert not phrase.prose.search(" renewed . A new season")
