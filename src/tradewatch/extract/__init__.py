"""Claims from text: a grammar whose patterns are data, behind a door through which another extractor may come."""

from __future__ import annotations

from typing import Protocol

from tradewatch.extract.catalog import Catalog
from tradewatch.extract.grammar import GrammarExtractor
from tradewatch.extract.ground import Grounded, ground
from tradewatch.types import Claim, Document


class Extractor(Protocol):
    """Whatever reads a document and gives its claims: pure, the same answer for the same input."""

    def extract(self, document: Document, catalog: Catalog) -> list[Claim]:
        """The claims of one document, with evidence that stands in it."""
        ...


__all__ = ["Catalog", "Extractor", "GrammarExtractor", "Grounded", "ground"]
