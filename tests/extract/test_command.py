"""`tradewatch extract` and `tradewatch evaluate`, as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tradewatch.cli import Exit, cli

STORY = "Fox Renews ‘Vale’ for Season 2\n\nThe drama is coming back\n\nFox has renewed “Vale” for a second season.\n"


def _run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


def _lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _document(**fields: object) -> str:
    return json.dumps({"id": "a", "headline": "Fox Renews ‘Vale’ for Season 2"} | fields) + "\n"


def test_a_text_file_gives_one_line_with_every_slot(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    result = _run("extract", str(path))
    (row,) = _lines(result)
    claim = row["claims"][0]  # type: ignore[index]
    assert (claim["type"], claim["title"], claim["seasons"], claim["network"]) == ("renewal", "Vale", [2], "Fox")
    assert set(claim) >= {"title_id", "prior_date", "successor", "evidence", "confidence", "rule"}
    assert result.exit_code == Exit.OK


def test_a_notice_about_commissions_is_not_the_headline(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Affiliate Disclosure\nIf you buy through our links, we may get a commission.\n\n" + STORY, "utf-8")
    (row,) = _lines(_run("extract", str(path)))
    assert row["claims"][0]["evidence"][0]["field"] == "headline"  # type: ignore[index]


def test_standard_input_gives_one_line_for_each_document_in_order() -> None:
    rows = _lines(_run("extract", "-", given=_document(id="b") + _document(id="a", headline="Nothing here")))
    assert [row["id"] for row in rows] == ["b", "a"]
    assert rows[1]["claims"] == []


@pytest.mark.parametrize("bad", ["{not json}\n", "[]\n", '{"id": "x", "headline": 3}\n'])
def test_a_document_that_cannot_be_read_is_named_and_the_rest_goes_on(bad: str) -> None:
    result = _run("extract", "-", given=bad + _document())
    rows = _lines(result)
    assert "error" in rows[0]
    assert rows[1]["claims"]
    assert result.exit_code == Exit.PARTIAL


@pytest.mark.parametrize(("name", "content"), [("x.pdf", b"%PDF"), ("x.txt", b"\x00\x01"), ("missing.txt", None)])
def test_a_file_that_cannot_be_read_gives_one_clear_line(name: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = _run("extract", str(path))
    (row,) = _lines(result)
    assert row["id"] == name
    assert row["error"]
    assert result.exit_code == Exit.PARTIAL


def test_html_keeps_italic_titles(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_text(
        "<html><head><title>Fox Renews Vale</title></head><body><article><h1>Fox keeps a drama</h1>"
        "<p>Fox has renewed <em>The Long Vale</em> for a second season, the network said on Monday in a statement to the press.</p>"
        "<p>The drama follows a lock-keeper. It returns in the fall, when the weather is worse and the days are shorter.</p>"
        "</article></body></html>",
        "utf-8",
    )
    (row,) = _lines(_run("extract", str(path)))
    assert "The Long Vale" in {claim["title"] for claim in row["claims"]}  # type: ignore[attr-defined]


def test_explaining_shows_mentions_rules_and_cues() -> None:
    given = _document(headline="", body="After Fox canceled “Vale,” fans wept. Fox has renewed “Meridian.”")
    shown = _run("extract", "-", "--explain", given=given).stdout
    assert "title›" in shown
    assert "renewal.active" in shown
    assert "subordinate:after" in shown


def test_evaluating_saves_a_run_and_shows_what_flipped(tmp_path: Path) -> None:
    gold, saved = tmp_path / "gold.jsonl", tmp_path / "run.json"
    label = {"type": "renewal", "title": "Vale", "seasons": [2], "status": "announced"}
    gold.write_text(_document(claims=[label]), "utf-8")
    first = _run("evaluate", str(gold), "--save", str(saved))
    assert "P 1.000  R 1.000" in first.stdout
    gold.write_text(_document(headline="Fox Airs ‘Vale’ Season 2", claims=[label]), "utf-8")
    second = _run("evaluate", str(gold), "--compare", str(saved), "--errors", "5")
    assert "- a right renewal 'Vale' 2" in second.stdout
    assert "MISSED a renewal 'Vale' 2" in second.stdout
