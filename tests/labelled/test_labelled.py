"""The labelled documents are what the measurements stand on: they must be well formed, balanced and true to their own text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tradewatch.types import FIELDS, Claim, ClaimType

FOLDER = Path(__file__).parents[2] / "fixtures" / "labelled"
FILES = {"traps": 330, "headlines": 300, "sentences": 400}

Row = dict[str, Any]


def read(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


ROWS = {name: read(name) for name in FILES}
DOCUMENTS = [row for rows in ROWS.values() for row in rows]
CLAIMS = [(row, claim) for row in DOCUMENTS for claim in row["claims"]]

DOCUMENT_KEYS = {"id", "headline", "dek", "body", "outlet", "url", "published", "claims"}
ANNOTATIONS = {"optional", "title_alt", "untitled", "evidence"}
MACHINE = {"title_id", "novelty", "confidence", "rule"}
"""Slots that only an extractor fills."""
SLOTS = {field.name for field in dataclasses.fields(Claim)} - MACHINE | ANNOTATIONS
LIVE = {"announced", "reported", "in_talks", "rumoured", "reversed"}
PEOPLE = {"casting", "cast_exit", "role_attached", "role_exit", "talent_deal"}
VOCABULARY = {
    "role": {"showrunner", "creator", "writer", "director", "executive_producer", "producer", "composer", "host", "judge"},
    "tier": {"lead", "regular", "recurring", "guest", "voice"},
    "relation": {"spin-off", "prequel", "sequel", "reboot", "revival", "remake", "adaptation"},
    "deal": {"overall", "first-look"},
    "stage": {"pilot", "put pilot", "backdoor pilot", "presentation", "script commitment"},
}
PRECISIONS = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-(0[1-9]|1[0-2])",
    "quarter": r"\d{4}-Q[1-4]",
    "season": r"\d{4}-(spring|summer|fall|winter)",
    "year": r"\d{4}",
}


def printed(text: str) -> str:
    """Text without the differences that typography makes."""
    straight = text.translate(str.maketrans("‘’“”", "''\"\""))
    return re.sub(r"\s+", " ", straight).casefold()


def whole(row: Row) -> str:
    return " ".join(row[field] or "" for field in FIELDS)


def hard(row: Row) -> list[Row]:
    return [claim for claim in row["claims"] if not claim.get("optional")]


def precision(date: str) -> str:
    found = [name for name, form in PRECISIONS.items() if re.fullmatch(form, date)]
    assert len(found) == 1, date
    if found == ["day"]:
        dt.date.fromisoformat(date)
    return found[0]


def test_a_document_has_its_keys_and_something_to_read() -> None:
    for row in DOCUMENTS:
        assert set(row) - {"trap", "twin"} == DOCUMENT_KEYS, row["id"]
        assert row["headline"] or row["body"], row["id"]
        assert all((row[field] or "").strip() == (row[field] or "") for field in FIELDS), row["id"]


def test_publication_is_a_day_or_a_month() -> None:
    for row in DOCUMENTS:
        assert not row["published"] or precision(row["published"]) in {"day", "month"}, row["id"]


def test_a_claim_is_of_a_known_type_and_states_only_known_slots() -> None:
    for row, claim in CLAIMS:
        assert claim["type"] in set(ClaimType), row["id"]
        assert claim["status"] in LIVE, row["id"]
        assert set(claim) <= SLOTS, row["id"]
        assert all(value not in (None, "", [], False) for slot, value in claim.items() if slot != "title"), row["id"]


@pytest.mark.parametrize("slot", VOCABULARY)
def test_a_slot_with_a_vocabulary_keeps_to_it(slot: str) -> None:
    assert {claim[slot] for _, claim in CLAIMS if slot in claim} <= VOCABULARY[slot]


def test_a_claim_has_what_its_type_needs() -> None:
    for row, claim in CLAIMS:
        assert (claim["title"] is None) == (claim["type"] == "talent_deal"), row["id"]
        assert ("person" in claim) == (claim["type"] in PEOPLE), row["id"]
        assert ("role" in claim) == (claim["type"] in {"role_attached", "role_exit"}), row["id"]
        assert "network" in claim or claim["type"] not in {"network_move", "talent_deal"}, row["id"]


def test_seasons_are_counted_from_one_and_in_order() -> None:
    for row, claim in CLAIMS:
        seasons = claim.get("seasons", [])
        assert seasons == sorted(set(seasons)), row["id"]
        assert all(number >= 1 for number in seasons), row["id"]


@pytest.mark.parametrize("slot", ["title", "person", "character", "parent", "based_on", "licensor", "successor"])
def test_a_name_stands_in_the_text(slot: str) -> None:
    for row, claim in CLAIMS:
        if slot == "title" and claim.get("untitled"):
            continue
        assert printed(claim.get(slot) or "") in printed(whole(row)), (row["id"], claim[slot])


def test_evidence_is_quoted_to_the_letter_from_one_field() -> None:
    quoted = [(row, claim["evidence"]) for row, claim in CLAIMS if "evidence" in claim]
    assert quoted
    for row, quote in quoted:
        assert any(quote in (row[field] or "") for field in FIELDS), (row["id"], quote)


def test_dates_are_iso_and_as_precise_as_they_say() -> None:
    for row, claim in CLAIMS:
        assert ("date" in claim) == ("date_precision" in claim), row["id"]
        assert "date" not in claim or precision(claim["date"]) == claim["date_precision"], row["id"]
        assert "prior_date" not in claim or precision(claim["prior_date"]), row["id"]


def test_no_claim_is_made_twice() -> None:
    for row in DOCUMENTS:
        made = Counter(tuple(str(claim.get(slot)) for slot in ("type", "title", "person", "role", "territory")) for claim in row["claims"])
        assert not [key for key, times in made.items() if times > 1], row["id"]


def test_ids_are_unique_over_all_files() -> None:
    ids = Counter(row["id"] for row in DOCUMENTS)
    assert not [name for name, times in ids.items() if times > 1]


@pytest.mark.parametrize("name", FILES)
def test_no_text_stands_twice(name: str) -> None:
    texts = Counter(printed(whole(row)) for row in ROWS[name])
    assert not [text for text, times in texts.items() if times > 1]


@pytest.mark.parametrize(("name", "least"), FILES.items())
def test_there_are_documents_enough(name: str, least: int) -> None:
    assert len(ROWS[name]) >= least


@pytest.mark.parametrize("name", ["headlines", "sentences"])
def test_as_many_documents_announce_nothing_as_something(name: str) -> None:
    nothing = sum(not hard(row) for row in ROWS[name])
    assert 0.5 <= nothing / len(ROWS[name]) <= 0.6


@pytest.mark.parametrize("trap", range(1, 61))
def test_every_trap_has_its_phrasings_and_its_near_twins(trap: int) -> None:
    sides = Counter(row["twin"] for row in ROWS["traps"] if row["trap"] == trap)
    assert sides[False] >= 3
    assert sides[True] >= 2


def test_trap_ids_name_their_trap() -> None:
    for row in ROWS["traps"]:
        assert row["id"].startswith(f"trap-{row['trap']:02d}-")


@pytest.mark.parametrize("kind", ClaimType)
def test_sentences_announce_every_type_of_claim(kind: ClaimType) -> None:
    assert sum(claim["type"] == kind for row in ROWS["sentences"] for claim in hard(row)) >= 4


def test_readme_counts_are_true() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, rows in ROWS.items():
        assert f"| `{name}.jsonl` | {len(rows)} |" in readme
