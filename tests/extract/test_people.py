"""Who is cast and who is engaged: lists of people, what is told later, what is history."""

from __future__ import annotations

from tests.extract.conftest import Reader
from tradewatch.types import ClaimType


def _people(read: Reader, headline: str, body: str = "", kind: ClaimType = ClaimType.CASTING) -> set[tuple[str | None, str | None]]:
    return {(claim.title, claim.person) for claim in read(headline, body=body) if claim.live and claim.type is kind}


def test_a_list_of_cast_goes_on_over_characters_and_semicolons(read: Reader) -> None:
    body = (
        "NBC has ordered “Vale.” Ann Poe is joined by Kim Dubois as the prisoner, Kyle; Jane Roe as the manager; and Lee Marsh as a guard."
    )
    assert _people(read, "NBC orders ‘Vale’", body) == {("Vale", "Kim Dubois"), ("Vale", "Jane Roe"), ("Vale", "Lee Marsh")}


def test_a_semicolon_parts_two_pieces_of_news_where_no_character_stands_before_it(read: Reader) -> None:
    assert _people(read, "‘Vale’: Jane Roe Joins; Ann Poe Exits") == {("Vale", "Jane Roe")}


def test_a_line_of_a_list_names_its_actor_after_the_character(read: Reader) -> None:
    body = "NBC has ordered “Vale.” New cast:\n• Ann: Jane Roe\n• Music: Kim Dubois\nIt is set at sea."
    assert _people(read, "NBC orders ‘Vale’", body) == {("Vale", "Jane Roe")}


def test_a_standing_credit_is_news_once_the_document_announces_the_work(read: Reader) -> None:
    body = "The drama “Vale” stars Jane Roe. NBC has ordered “Vale” for the fall."
    assert ("Vale", "Jane Roe") in _people(read, "A drama from Leeds", body)
    assert not _people(read, "A drama from Leeds", "The drama “Vale” stars Jane Roe. It has been renewed by NBC.")


def test_who_once_was_to_star_is_history(read: Reader) -> None:
    body = "An earlier take on “Vale,” with Jane Roe attached to star, was in development at Fox."
    assert not _people(read, "NBC orders ‘Vale’", body)


def test_a_project_described_by_its_maker_takes_the_title_that_it_is_given_later(read: Reader) -> None:
    headline = "Jane Roe to headline Ann Poe's next romantic thriller"
    assert _people(read, headline, "The film is titled Vale Road, a source said.") == {("Vale Road", "Jane Roe")}
    assert _people(read, headline, "It starts filming in May.") == {("Ann Poe's next romantic thriller", "Jane Roe")}


def test_a_title_before_a_name_is_no_part_of_it(read: Reader) -> None:
    assert _people(read, "Sir Jane Roe Joins ‘Vale’") == {("Vale", "Jane Roe")}
