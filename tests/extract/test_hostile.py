"""Input that nobody wrote for us: it is read without a crash and in time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Document

SIZE = 20_000
NEWS = "NBC renewed the drama and Jane Roe joins the cast of it for season two while "
HOSTILE = {
    "nothing": "",
    "spaces": " " * SIZE,
    "quotation marks": '"' * 10_000,
    "opening marks": "'A " * (SIZE // 3),
    "one sentence": "NBC renewed the drama " + "and the very long " * (SIZE // 18),
    "capitals": "Vale Of Tears " * (SIZE // 14),
    "one capital word": "A" * SIZE,
    "one small word": "a" * SIZE,
    "one word of hyphens": "a-" * (SIZE // 2),
    "one sentence of news": (NEWS * SIZE)[:SIZE],
    "the same news": "NBC has renewed “Vale Night” for another season.\n\n" * (SIZE // 50),
    "many titles": "".join(f"NBC has renewed “Vale {n}” for a third season. " for n in range(SIZE // 50)),
    "unmarked titles": "".join(f"the drama Vale{n % 90} Night{n % 90} is a hit. " for n in range(SIZE // 40)),
    "he and it": "He joins the cast of it. The sky was blue. " * (SIZE // 43),
    "unclosed quotations": ' "Vale' * (SIZE // 6),
    "unclosed single quotations": " 'Vale" * (SIZE // 6),
    "lines": "\n" * SIZE,
    "mixed encodings": "NBC renewed â€œValeâ€\x9d for Season 2. \ufffd\ufeff" * (SIZE // 45),
    "combining letters": "e\u0301" * (SIZE // 2),
    "half characters": "NBC renews \ud83c Vale " * (SIZE // 20),
    "parentheses": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "right to left": "مسلسل " * (SIZE // 6),
    "emoji": "🎬📺" * (SIZE // 2),
    "private use": "\ue000\ue100" * (SIZE // 2),
    "control characters": "\x00\x01" * (SIZE // 2),
    "casting for ever": "Jane Roe to star in " * (SIZE // 20),
    "seasons": "seasons 1, 2, 3, " * (SIZE // 17),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("field", ["headline", "body"])
def test_hostile_text_is_read(name: str, field: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    document = Document(id="h", headline=HOSTILE[name] if field == "headline" else "", body=HOSTILE[name] if field == "body" else "")
    began = time.process_time()
    extractor.extract(document, catalog)
    assert time.process_time() - began < 10


def test_five_megabytes_are_read(extractor: GrammarExtractor, catalog: Catalog) -> None:
    body = "The weather was fine and everybody went home early again. " * (5_000_000 // 58)
    document = Document(id="h", headline="NBC Renews ‘Vale’", body=body)
    assert [claim.title for claim in extractor.extract(document, catalog)] == ["Vale"]


def test_a_sentence_of_100_kilobytes_is_read(extractor: GrammarExtractor, catalog: Catalog) -> None:
    document = Document(id="h", headline="NBC Renews ‘Vale’", body=(NEWS * 2_000)[:100_000])
    claims = extractor.extract(document, catalog)
    assert claims[0].title == "Vale"
    assert all(document.text(where.field)[where.start : where.end] == where.quote for claim in claims for where in claim.evidence)


def test_ten_thousand_quotation_marks_hide_no_headline(extractor: GrammarExtractor, catalog: Catalog) -> None:
    document = Document(id="h", headline="NBC Renews ‘Vale’", body='"' * 10_000)
    assert [claim.title for claim in extractor.extract(document, catalog)] == ["Vale"]


@given(headline=st.text(max_size=80), body=st.text(max_size=400))
def test_any_text_is_read_and_every_claim_quotes_it(headline: str, body: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    document = Document(id="h", headline=f"NBC renews {headline}", dek=body, body=f"{body} NBC has renewed {headline}.")
    for claim in extractor.extract(document, catalog):
        assert all(document.text(where.field)[where.start : where.end] == where.quote for where in claim.evidence)


GROWING = [
    "one capital word",
    "capitals",
    "one sentence",
    "opening marks",
    "one small word",
    "one sentence of news",
    "the same news",
    "many titles",
]


@pytest.mark.parametrize("name", [*GROWING, "he and it", "unmarked titles", "unclosed quotations"])
def test_time_grows_with_length(name: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        extractor.extract(Document(id="h", body=text), catalog)
        return time.process_time() - began

    text = HOSTILE[name]
    once, eightfold = max(seconds(text), 0.02), seconds(text * 8)
    assert eightfold < 24 * once
