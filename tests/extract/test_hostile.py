"""Input that nobody wrote for us: it is read without a crash and in time that grows with its length."""

from __future__ import annotations

import time

import pytest

from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Document

SIZE = 20_000
HOSTILE = {
    "nothing": "",
    "spaces": " " * SIZE,
    "quotation marks": '"' * 10_000,
    "opening marks": "'A " * (SIZE // 3),
    "one sentence": "NBC renewed the drama " + "and the very long " * (SIZE // 18),
    "capitals": "Vale Of Tears " * (SIZE // 14),
    "one capital word": "A" * SIZE,
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


@pytest.mark.parametrize("name", ["one capital word", "capitals", "one sentence", "opening marks"])
def test_time_grows_with_length(name: str, extractor: GrammarExtractor, catalog: Catalog) -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        extractor.extract(Document(id="h", body=text), catalog)
        return time.process_time() - began

    text = HOSTILE[name]
    once, eightfold = max(seconds(text), 0.02), seconds(text * 8)
    assert eightfold < 24 * once
