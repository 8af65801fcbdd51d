"""Scoring: what is right, false and missed, and which cases flipped."""

from __future__ import annotations

from typing import Any

from tradewatch.evaluate import evaluate, flips, pair, table

RENEWAL = {"type": "renewal", "title": "The Vale", "seasons": [2], "network": "Prime Video", "status": "announced"}


def _said(**slots: Any) -> dict[str, Any]:
    return RENEWAL | {"title": "Vale", "network": "Amazon", "confidence": 0.9, "rule": "r"} | slots


def test_an_article_and_another_name_of_a_network_are_the_same() -> None:
    score = evaluate([("d", [RENEWAL], [_said()])])
    assert (score.lenient["all"].right, score.strict["all"].right) == (1, 1)


def test_a_wrong_slot_is_right_in_lenient_and_wrong_in_strict() -> None:
    score = evaluate([("d", [RENEWAL], [_said(seasons=[3])])])
    assert score.lenient["all"].right == 1
    assert (score.strict["all"].false, score.strict["all"].missed) == (1, 1)
    assert score.slots["seasons"].missed == 1


def test_what_is_background_or_undecided_counts_for_nothing() -> None:
    score = evaluate([("d", [], [_said(novelty="background"), _said(status="undecided")])])
    assert score.false_in_empty == 0


def test_false_claims_in_documents_without_news_are_counted() -> None:
    assert evaluate([("d", [], [_said()])]).false_in_empty == 1


def test_an_optional_label_is_neither_rewarded_nor_punished() -> None:
    label = RENEWAL | {"optional": True}
    for said in ([], [_said()], [_said(seasons=[9])]):
        score = evaluate([("d", [label], said)])
        assert score.lenient["all"].right == score.lenient["all"].false == score.lenient["all"].missed == 0
        assert score.strict["all"].false == 0


def test_claims_pair_with_the_label_they_agree_with_most() -> None:
    labels = [RENEWAL | {"seasons": [2]}, RENEWAL | {"seasons": [3]}]
    pairs, missed, extra = pair(labels, [_said(seasons=[3]), _said(seasons=[2])], strict=True)
    assert len(pairs) == 2
    assert not missed
    assert not extra


def test_an_ending_may_be_either_kind_in_lenient() -> None:
    label = {"type": "final_season", "title": "Vale"}
    score = evaluate([("d", [label], [{"type": "cancellation", "title": "Vale", "confidence": 0.9}])])
    assert score.lenient["all"].right == 1
    assert score.strict["all"].right == 0


def test_flips_name_the_cases_that_changed() -> None:
    assert flips({"d": ["right x"]}, {"d": ["missed x"]}) == ["- d right x", "+ d missed x"]


def test_the_table_names_every_part() -> None:
    text = table(evaluate([("d", [RENEWAL], [_said()]), ("e", [], [])]))
    for part in ("lenient", "strict", "renewal", "slots", "without news", "calibration"):
        assert part in text
