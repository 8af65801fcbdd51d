"""What a document calls its works and persons: descriptions that are named later, references, labels and what is history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.types import Claim, ClaimType, Document

DAY = dt.date(2026, 3, 3)
Told = set[tuple[str, str | None, str | None]]
Tell = Callable[..., Told]


@pytest.fixture
def told(extractor: GrammarExtractor, catalog: Catalog) -> Tell:
    """Type, title and person of what a document announces."""

    def tell(headline: str, dek: str = "", body: str = "") -> Told:
        document = Document(id="t", headline=headline, dek=dek, body=body, published=DAY)
        live: list[Claim] = [claim for claim in extractor.extract(document, catalog) if claim.live]
        return {(claim.type, claim.title, claim.person) for claim in live}

    return tell


def test_a_spinoff_that_the_dek_names_is_called_so_everywhere(told: Tell) -> None:
    body = "ITV has greenlit a spin-off of ‘Harrow’, with Ann Poe to star.\n\nThe four-part ‘Harrow’s Daughter’ is filmed in Leeds."
    assert told("ITV greenlights Harrow spin-off", body=body) == {
        (ClaimType.SERIES_ORDER, "Harrow’s Daughter", None),
        (ClaimType.CASTING, "Harrow’s Daughter", "Ann Poe"),
    }


def test_a_spinoff_beside_its_name_is_meant_wherever_it_is_described(told: Tell) -> None:
    body = "British actor Teo Varga will star in the ‘Harrow’ spin-off."
    assert told("‘Harrow’ spin-off ‘Dark Field’ finds its star", body=body) == {(ClaimType.CASTING, "Dark Field", "Teo Varga")}


def test_each_clause_of_a_headline_has_its_own_news(told: Tell) -> None:
    dek = "Ann Poe and Jane Roe will run the new drama."
    assert told("‘Harrow’ Renewed For Season 5 At AMC; Spinoff ‘Dark Field’ Ordered To Series", dek) == {
        (ClaimType.RENEWAL, "Harrow", None),
        (ClaimType.SERIES_ORDER, "Dark Field", None),
        (ClaimType.ROLE_ATTACHED, "Dark Field", "Ann Poe"),
        (ClaimType.ROLE_ATTACHED, "Dark Field", "Jane Roe"),
    }


def test_a_quoted_title_in_another_language_beats_the_words_before_its_noun(told: Tell) -> None:
    assert told("Netflix greenlights Galician thriller ‘Noite escura’") == {(ClaimType.SERIES_ORDER, "Noite escura", None)}


def test_the_dek_describes_what_the_headline_names(told: Tell) -> None:
    titles = {
        title
        for _, title, _ in told("BBC One recommissions ‘Harrow’ for two more series", "Moorland drama to return for third and fourth runs")
    }
    assert titles == {"Harrow"}


@pytest.mark.parametrize(
    ("sentence", "news"),
    [
        ("‘Harrow’ will return for Season 2 on Thursday, June 11.", {ClaimType.PREMIERE_DATE}),
        ("‘Harrow’ will return for a second season.", {ClaimType.RENEWAL}),
        ("CBS has already renewed ‘Harrow’ for next season.", set()),
        ("CBS has renewed ‘Harrow’ for next season.", {ClaimType.RENEWAL}),
        ("NBC renewed ‘Harrow’ for Season 8 in December. No cast changes have been announced.", set()),
        ("NBC renewed ‘Harrow’ for Season 8 on Tuesday.", {ClaimType.RENEWAL}),
        ("‘Harrow’ series 12 is expected later this year.", set()),
        ("‘Harrow’ series 12 is set for later this year.", {ClaimType.PREMIERE_DATE}),
    ],
)
def test_history_and_hopes_are_no_news(sentence: str, news: set[ClaimType], told: Tell) -> None:
    assert {kind for kind, _, _ in told("A week in television", body=sentence)} == news


def test_she_is_whom_the_sentence_before_was_about(told: Tell) -> None:
    body = "Delia Okoro has been cast in ‘Harrow’. Okoro will play Ruth Vance, a teacher. She joins a cast that includes Teo Varga."
    assert told("Delia Okoro to Star in ‘Harrow’", body=body) == {(ClaimType.CASTING, "Harrow", "Delia Okoro")}


def test_a_correction_is_no_title(told: Tell) -> None:
    body = "CORRECTION: An earlier version gave a wrong date for ‘Harrow’. The second season begins on June 18, not June 11."
    assert {title for _, title, _ in told("Hulu Sets Premiere Date for ‘Harrow’ Season 2", body=body)} <= {"Harrow"}


def test_who_takes_over_takes_the_role_that_was_left(told: Tell) -> None:
    headline = "‘Harrow’ Showrunner Ann Poe Steps Down; Jane Roe to Take Over"
    assert told(headline) == {(ClaimType.ROLE_EXIT, "Harrow", "Ann Poe"), (ClaimType.ROLE_ATTACHED, "Harrow", "Jane Roe")}
