"""Verb groups: what stands around a verb is folded into it, and only what is a verb is folded."""

from __future__ import annotations

import pytest

from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.extract.scan import Scanner, read_page
from tradewatch.extract.verbs import group, verbs
from tradewatch.types import Document

FOLDED = [
    ("NBC has now officially renewed it.", "renew/a"),
    ("NBC is set to renew it.", "renew/a"),
    ("NBC, which owns it, will also be renewing it.", "renew/a"),
    ("It has been renewed.", "renew/p"),
    ("It will not be renewed.", "renew/pn"),
    ("NBC opted not to renew it.", "renew/an"),
    ("NBC declined to renew it.", "renew/an"),
    ("NBC won't be renewing it.", "renew/an"),
    ("NBC on Monday quietly renewed it.", "renew/e"),
    ("Jane Roe has signed on to star in it.", "star/a"),
]
NOT_DENIED = ["NBC has not renewed it.", "NBC has yet to renew it.", "It has not been renewed yet."]
NOUNS = [("NBC gave it a series order.", "order/"), ("The premiere was a success.", "premiere/"), ("It had a cast of nine.", "cast/")]


def grouped(text: str, extractor: GrammarExtractor, catalog: Catalog) -> tuple[str, bool]:
    """The grouped text of a sentence, and whether its first verb tells of the past."""
    document = Document(id="v", headline="", body=text)
    page = read_page(document, "body", catalog, extractor.sieve)
    line = Scanner(catalog, None, extractor.breaks, [page]).line(page, page.spans[0])
    found = group(line)
    return found.text, found.tells_past(0, len(found.text))


@pytest.mark.parametrize(("text", "word"), FOLDED)
def test_a_verb_takes_in_its_auxiliaries_and_adverbs(text: str, word: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    assert word in grouped(text, extractor, catalog)[0].split()


@pytest.mark.parametrize("text", NOT_DENIED)
def test_what_has_not_happened_is_no_decision_against_it(text: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    words = grouped(text, extractor, catalog)[0].split()
    assert any(word.startswith("renew/") for word in words)
    assert not any(word.startswith("renew/") and word.endswith("n") for word in words)


@pytest.mark.parametrize(("text", "beginning"), NOUNS)
def test_a_noun_of_the_same_form_is_no_verb(text: str, beginning: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    assert not any(word.startswith(beginning) for word in grouped(text, extractor, catalog)[0].split())


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("NBC renewed it.", True),
        ("It was renewed.", True),
        ("NBC has renewed it.", False),
        ("NBC renews it.", False),
        ("NBC will renew it.", False),
    ],
)
def test_a_plain_past_is_told_from_a_perfect(text: str, past: bool, extractor: GrammarExtractor, catalog: Catalog) -> None:
    assert grouped(text, extractor, catalog)[1] is past


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("renew", {"renew", "renews", "renewed", "renewing"}),
        ("axe", {"axe", "axes", "axed", "axing"}),
        ("cancel", {"cancel", "cancels", "canceled", "cancelled", "canceling", "cancelling"}),
        ("drop", {"drop", "drops", "dropped", "dropping"}),
        ("give", {"give", "gives", "gave", "given", "giving"}),
        ("set", {"set", "sets", "setting"}),
    ],
)
def test_forms_are_made_from_the_base(base: str, forms: set[str]) -> None:
    assert verbs().of(base) == forms
