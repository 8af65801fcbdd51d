"""Datasette over the demo's database: every page answers, every question has the answer that the demo's stories give."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from tradewatch.cli import cli
from tradewatch.cli.work import clock, opened
from tradewatch.store.datasette import metadata
from tradewatch.store.views import VIEWS
from tradewatch.types import Verdict

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
CONTENT = metadata("tradewatch")["databases"]["tradewatch"]
QUERIES: dict[str, Any] = CONTENT["queries"]
PRIVATE = ("user", "session", "token", "failed_login")

ANSWERS: dict[str, tuple[dict[str, str], list[dict[str, object]]]] = {
    "announced": (
        {"since": "2026-03-03", "type": "premiere_date", "network": "Hulu"},
        [{"title": "Lanternfish", "seasons": "[2]", "date": "2026-06-18", "words": "The second season begins on June 18"}],
    ),
    "who_was_first": ({"since": ""}, [{"outlet": "Slateline", "first": 11}]),
    "title_timeline": ({"title": "copper"}, [{"type": "renewal", "seasons": "[3]"}, {"type": "cancellation"}]),
    "person": ({"name": "penhallow"}, [{"person": "Rhys Penhallow", "type": "role_attached", "title": "The Winter Ferryman"}]),
    "premieres": ({"from": "2026-06"}, [{"date": "2026-06-18", "title": "Lanternfish", "network": "Hulu"}]),
    "single_origin": ({}, [{"title": "Palisade", "outlets": 2, "origins": 1}]),
    "reversed": ({}, [{"title": "Copper & Bone", "was": "renewal", "now": "cancellation"}]),
    "taken_back": ({}, [{"title": "Starling Academy", "outlet": "Set Whispers", "how": "taken down"}]),
    "silent_edits": ({}, [{"revisions": 2}]),
    "waiting": ({}, [{"title": "Tidal Lock", "type": "renewal", "outlets": 4}]),
    "accept_rate": ({}, [{"accepted": 1, "rejected": 0, "held": 1.0}, {"accepted": 0, "rejected": 1, "held": 0.0}]),
    "editors": ({}, [{"editor": "ada", "kind": "accept", "acts": 1}]),
    "sources_in_trouble": ({}, []),
    "certainty_ladder": ({}, [{"became": "confirmed"}]),
    "deliveries": ({}, [{"digest": "demo", "number": 2, "state": "delivered"}]),
}
"""For each question its parameters, and rows that are among the answers, by some of their columns."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, in which an editor accepted one announcement at the desk and rejected another."""
    folder = tmp_path_factory.mktemp("datasette") / "demo"
    done = CliRunner().invoke(cli, ["demo", "--folder", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    with opened(folder) as work:
        store, now = work.store, clock()
        known = {(one.value.title, one.type.value): one for one in store.announcements.find(limit=99)}
        right, wrong = known["Palisade", "cancellation"], known["Lanternfish", "premiere_date"]
        store.queue.catch_up(now)
        card = store.queue.get(right.id)
        assert card is not None
        store.decisions.decide("accept", {right.id: card.stamp}, "ada", now)
        store.verdicts.add(Verdict(subject=wrong.id, action="reject", editor="ben", decided_at=now, version=wrong.version))
    return folder / "tradewatch.db"


@pytest.fixture(scope="module")
def shown(database: Path) -> Any:
    from datasette.app import Datasette

    return Datasette([str(database)], metadata=metadata("tradewatch"))


def get(shown: Any, path: str, **options: Any) -> Any:
    return asyncio.run(shown.client.get(path, **options))


def names(database: Path, kind: str) -> list[str]:
    with sqlite3.connect(database) as db:
        return [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind])]


def test_every_table_and_view_is_described(database: Path) -> None:
    parts = ("data", "idx", "content", "docsize", "config")
    inner = {f"{table}_{part}" for table in ("announcement_text", "article_text") for part in parts}
    known = {*names(database, "table"), *names(database, "view")} - inner
    assert known == set(CONTENT["tables"])
    assert all(table["description"].endswith(".") for table in CONTENT["tables"].values())
    assert set(VIEWS) <= set(CONTENT["tables"])


def test_what_is_said_of_columns_is_of_columns_that_exist(database: Path) -> None:
    with sqlite3.connect(database) as db:
        for name, table in CONTENT["tables"].items():
            known = {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
            said = {*table.get("columns", ()), *table.get("facets", ())}
            said |= {table[key] for key in ("sort", "sort_desc", "label_column") if key in table}
            assert said <= known, name


def test_every_page_answers(database: Path, shown: Any) -> None:
    pages = ["/", "/tradewatch", *(f"/tradewatch/{name}" for name in CONTENT["tables"] if name not in PRIVATE)]
    pages += [f"/tradewatch/{name}?{urlencode(ANSWERS[name][0])}" for name in QUERIES]
    answers = {page: get(shown, page) for page in pages}
    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code != 200} == {}
    for name in ("first_report", "claim"):
        assert CONTENT["tables"][name]["description"] in answers[f"/tradewatch/{name}"].text
        assert "facet-info" in answers[f"/tradewatch/{name}"].text


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_has_the_answer_that_the_stories_give(shown: Any, name: str) -> None:
    parameters, wanted = ANSWERS[name]
    answer = get(shown, f"/tradewatch/{name}.json?{urlencode({**parameters, '_shape': 'objects'})}").json()
    assert answer["ok"], answer
    for row in wanted:
        assert [found for found in answer["rows"] if row.items() <= found.items()], answer["rows"][:5]
    if not wanted:
        assert answer["rows"] == []


@pytest.mark.parametrize("name", PRIVATE)
def test_accounts_are_for_root_alone(shown: Any, name: str) -> None:
    assert get(shown, f"/tradewatch/{name}").status_code == 403
    assert get(shown, "/tradewatch.json?" + urlencode({"sql": f"SELECT * FROM {name}"})).status_code == 403
    root = {"ds_actor": shown.sign({"a": {"id": "root"}}, "actor")}
    assert get(shown, f"/tradewatch/{name}", cookies=root).status_code == 200
    assert get(shown, "/tradewatch.json?" + urlencode({"sql": f"SELECT count(*) FROM {name}"}), cookies=root).status_code == 200


def test_the_file_that_holds_the_accounts_is_not_handed_out(shown: Any) -> None:
    assert get(shown, "/tradewatch.db").status_code == 403


def test_the_command_names_the_database_of_the_folder(database: Path, tmp_path: Path) -> None:
    folder = database.parent
    out = tmp_path / "metadata.json"
    done = CliRunner().invoke(cli, ["datasette", "--folder", str(folder), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0
    assert json.loads(out.read_text("utf-8")) == metadata("tradewatch")
    assert CliRunner().invoke(cli, ["datasette", "--folder", str(folder)]).stdout == out.read_text("utf-8")
