"""How fast extraction is, and how its time grows with the length of the text.

usage: python bench/extraction.py [DOCUMENTS.jsonl]

Prints articles per second on one core (texts of about 2,300 characters, made from the labelled articles), beside spaCy's small English
NER on the same texts where spaCy and its model are installed; then seconds against length for ordinary and for hostile text.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tradewatch.config import bundled, load_names
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Document

LENGTH = 2_300
DEFAULT = Path(__file__).parent.parent / "fixtures" / "labelled" / "articles.jsonl"


def documents(path: Path) -> list[Document]:
    """Labelled articles; short ones are joined with the next until they are of the usual length."""
    made: list[Document] = []
    body = headline = ""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        headline = headline or row.get("headline") or ""
        body = f"{body}\n\n{row.get('body') or ''}".strip()
        if len(body) >= LENGTH:
            made.append(Document(id=str(row["id"]), headline=headline, body=body[: LENGTH + 400]))
            body = headline = ""
    return made


def per_second(read: Callable[[Document], object], texts: list[Document]) -> float:
    for text in texts[:5]:
        read(text)
    began = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - began)


def spacy_rate(texts: list[Document]) -> str:
    try:
        import spacy

        model = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return "not installed"
    return f"{per_second(lambda text: model(text.body).ents, texts[:40]):.0f} articles/s"


def main() -> None:
    extractor, catalog = GrammarExtractor(), Catalog(load_names(bundled("config")))
    texts = documents(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    length = sum(len(text.body) for text in texts) / len(texts)
    rate = per_second(lambda text: extractor.extract(text, catalog), texts)
    print(f"{len(texts)} articles of {length:.0f} characters: {rate:.0f} articles/s")
    print(f"spaCy en_core_web_sm NER: {spacy_rate(texts)}")
    story = texts[0].body + "\n\n"
    for name, piece in (
        ("prose", story),
        ("one sentence", "and the very long "),
        ("quotation marks", '"A '),
        ("capitals", "Vale Of Tears "),
    ):
        for size in (10_000, 40_000, 160_000, 640_000):
            text = Document(id="t", body=(piece * (size // len(piece) + 1))[:size])
            began = time.process_time()
            extractor.extract(text, catalog)
            print(f"{name:16} {size:>9,} characters  {time.process_time() - began:7.2f} s")


if __name__ == "__main__":
    main()
