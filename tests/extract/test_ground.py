"""Evidence that is not in the document is no evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tradewatch.extract import Catalog, GrammarExtractor, ground
from tradewatch.types import Claim, ClaimType, Document, Evidence

DOCUMENT = Document(id="d", headline="Fox Renews ‘Vale’")


def _claim(*evidence: Evidence) -> Claim:
    return Claim(type=ClaimType.RENEWAL, title="Vale", evidence=evidence)


def test_a_claim_with_its_words_in_place_is_kept() -> None:
    claim = _claim(Evidence("headline", 0, 10, "Fox Renews"))
    assert ground(DOCUMENT, [claim]).claims == (claim,)


def test_a_claim_with_words_elsewhere_is_dropped_and_counted() -> None:
    moved = _claim(Evidence("headline", 1, 11, "Fox Renews"))
    invented = _claim(Evidence("body", 0, 3, "Fox"))
    grounded = ground(DOCUMENT, [moved, invented, _claim()])
    assert grounded.claims == ()
    assert grounded.dropped == (("evidence not found", 2), ("no evidence", 1))


PIECES = st.sampled_from(
    [
        "NBC",
        " renewed ",
        "“Vale”",
        "‘Vale’",
        " for a second season",
        ". ",
        "İstanbul ",
        "🎬",
        "\n\n",
        "'",
        '"',
        " has been canceled by ",
        "Fox",
        "Jane Roe",
        " joins ",
        "…",
        "—",
        "(",
        ")",
        " on Feb. 3",
        "مسلسل ",
        "\ue000",
    ]
)


@given(st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=12))
def test_every_claim_of_the_grammar_is_grounded(body: list[str], headline: list[str]) -> None:
    document = Document(id="d", headline="".join(headline), body="".join(body))
    claims = EXTRACTOR.extract(document, CATALOG)
    assert ground(document, claims).dropped == ()


def _catalog() -> Catalog:
    from tradewatch.config import bundled, load_names

    return Catalog(load_names(bundled("config")))


EXTRACTOR, CATALOG = GrammarExtractor(), _catalog()
