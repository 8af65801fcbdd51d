from __future__ import annotations

import datetime as dt

import pytest

from tradewatch.config import bundled, load_names
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Claim, Document


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog(load_names(bundled("config")))


@pytest.fixture(scope="session")
def extractor() -> GrammarExtractor:
    return GrammarExtractor()


class Reader:
    """Reads a line as a headline; where it ends like a sentence, as the body of an article about ‘Vale’."""

    def __init__(self, extractor: GrammarExtractor, catalog: Catalog) -> None:
        self.extractor, self.catalog = extractor, catalog

    def __call__(self, text: str = "", *, body: str = "", published: dt.date = dt.date(2026, 6, 1)) -> list[Claim]:
        prose = text.endswith((".", '."', ".”"))
        document = Document(id="t", headline="‘Vale’" if prose else text, body=text if prose else body, published=published)
        return self.extractor.extract(document, self.catalog)


@pytest.fixture(scope="session")
def read(extractor: GrammarExtractor, catalog: Catalog) -> Reader:
    return Reader(extractor, catalog)
