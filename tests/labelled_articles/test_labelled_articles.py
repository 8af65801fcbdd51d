"""The labelled articles are fit to measure with: whole, legal, and true to their own text."""

from __future__ import annotations

import collections
import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from tradewatch.types import FIELDS, ClaimType, Status

Row = dict[str, Any]

ARTICLES = Path(__file__).parents[2] / "fixtures" / "labelled" / "articles.jsonl"
ROWS: list[Row] = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
CLAIMS = [pytest.param(row, claim, id=f"{row['id']}-{n}-{claim['type']}") for row in ROWS for n, claim in enumerate(row["claims"])]
LABELLED = [pytest.param(row, id=row["id"]) for row in ROWS]

DOCUMENT = ["id", "headline", "dek", "body", "outlet", "url", "published", "claims"]
LABEL = {"type", "title", "status", "evidence", "title_alt", "untitled", "optional"}
ORIGIN = {"relation", "parent", "based_on", "working_title"}
SLOTS: dict[str, tuple[set[str], set[str]]] = {
    # type: (slots that it cannot do without, slots that it may have besides)
    "renewal": (set(), {"seasons", "network", "episodes", "final"}),
    "cancellation": (set(), {"network", "seasons"}),
    "final_season": (set(), {"seasons", "network"}),
    "series_order": (set(), {"network", "format", "episodes"} | ORIGIN),
    "pilot_order": ({"stage"}, {"network"} | ORIGIN),
    "film_greenlight": (set(), {"network"} | ORIGIN),
    "development": (set(), {"network"} | ORIGIN),
    "role_attached": ({"person", "role"}, {"network"}),
    "role_exit": ({"person", "role"}, {"successor", "network"}),
    "casting": ({"person"}, {"character", "tier", "network"}),
    "cast_exit": ({"person"}, {"character", "network"}),
    "premiere_date": ({"date", "date_precision"}, {"seasons", "prior_date", "network"}),
    "network_move": ({"network"}, {"from_network", "seasons"}),
    "acquisition": ({"network"}, {"licensor", "territory", "seasons"}),
    "talent_deal": ({"person", "network", "deal"}, set()),
    "passed": (set(), {"network", "stage"}),
    "episode_order": ({"episodes"}, {"seasons", "network"}),
}
WORDS_OF: dict[str, Collection[str]] = {
    "status": {Status.ANNOUNCED, Status.REPORTED, Status.IN_TALKS, Status.RUMOURED, Status.REVERSED},
    "role": {"showrunner", "creator", "writer", "director", "executive_producer", "producer", "composer", "host"},
    "tier": {"lead", "regular", "recurring", "guest", "voice"},
    "deal": {"overall", "first-look"},
    "relation": {"spin-off", "prequel", "sequel", "reboot", "revival", "remake", "adaptation"},
    "stage": {"pilot", "put pilot", "backdoor pilot", "presentation", "script commitment"},
}
NAMES = ("title", "parent", "based_on", "character", "successor", "licensor")
DATES = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "quarter": r"\d{4}-Q[1-4]",
    "season": r"\d{4}-(spring|summer|fall|winter)",
    "year": r"\d{4}",
}


def plain(text: str) -> str:
    """The text without case and quotation marks, which titles are printed with or without."""
    return re.sub('[“”"]', "", text).casefold()


def whole_text(row: Row) -> str:
    return plain("\n".join(row[field] or "" for field in FIELDS))


def test_enough_articles_of_each_kind() -> None:
    announcing = {claim["type"] for row in ROWS for claim in row["claims"] if not claim.get("optional")}
    assert len(ROWS) >= 120
    assert sum(not row["claims"] for row in ROWS) >= 50
    assert announcing == set(ClaimType) == set(SLOTS)


def test_ids_and_texts_are_unique() -> None:
    for key in ("id", "headline", "body"):
        assert [value for value, times in collections.Counter(row[key] for row in ROWS).items() if times > 1] == []


@pytest.mark.parametrize("row", LABELLED)
def test_a_line_is_a_document(row: Row) -> None:
    assert list(row) == DOCUMENT
    assert re.fullmatch(r"art-\d{3}", row["id"])
    assert row["headline"]
    assert row["outlet"]
    assert row["url"] is None
    assert re.fullmatch(DATES["day"], row["published"])
    assert 110 <= len(whole_text(row).split()) <= 430
    assert row["body"] == "\n".join(line.strip() for line in row["body"].split("\n")).strip()


@pytest.mark.parametrize("row", LABELLED)
def test_no_claim_is_labelled_twice(row: Row) -> None:
    keys = [tuple(str(claim.get(slot)) for slot in ("type", "title", "person", "role", "seasons", "network")) for claim in row["claims"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("row", "claim"), CLAIMS)
def test_a_claim_has_legal_slots(row: Row, claim: Row) -> None:
    needs, may = SLOTS[claim["type"]]
    assert needs <= set(claim)
    assert set(claim) <= LABEL | needs | may
    assert (claim["title"] is None) == (claim["type"] == "talent_deal")
    assert None not in claim.values() or claim["title"] is None
    assert ("parent" not in claim) or "relation" in claim


@pytest.mark.parametrize(("row", "claim"), CLAIMS)
def test_a_claim_uses_the_contract_s_words(row: Row, claim: Row) -> None:
    assert not {slot: claim[slot] for slot, words in WORDS_OF.items() if slot in claim and claim[slot] not in words}
    assert claim["status"] != Status.REVERSED or claim.get("optional"), "what the article takes back is never required"
    assert all(isinstance(season, int) and season > 0 for season in claim.get("seasons", []))
    if "date" in claim:
        assert re.fullmatch(DATES[claim["date_precision"]], claim["date"])
    if "prior_date" in claim:
        assert re.fullmatch("|".join(DATES.values()), claim["prior_date"])


@pytest.mark.parametrize(("row", "claim"), CLAIMS)
def test_a_claim_stands_in_its_article(row: Row, claim: Row) -> None:
    assert any(claim["evidence"] in (row[field] or "") for field in FIELDS)
    text = whole_text(row)
    assert [claim[slot] for slot in NAMES if claim.get(slot) and plain(claim[slot]) not in text] == []
    # "Ken and Alice Moriarty" names Ken Moriarty: each part of a name must be there, not always side by side.
    assert [part for part in claim.get("person", "").split() if plain(part) not in text] == []
