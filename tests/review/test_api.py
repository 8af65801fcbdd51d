"""The desk for programs: the same rights, described, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from tests.review.newsdesk import NewsDesk
from tradewatch.review.passwords import secret_hash
from tradewatch.types import Role


def token(desk: NewsDesk, role: Role) -> str:
    desk.store.accounts.add_token(secret_hash(role), f"the {role}", "tests", desk.clock())
    return role.value


class Program:
    """Asks with a token and no cookie."""

    def __init__(self, desk: NewsDesk, role: Role) -> None:
        self.client = desk.browser(None).client
        for name in ("Sec-Fetch-Site", "Origin"):
            del self.client.headers[name]
        self.client.headers["Authorization"] = f"Bearer {token(desk, role)}"

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(f"/api/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/api/v1{path}", json=body)


@pytest.fixture
def news(desk: NewsDesk) -> NewsDesk:
    for season in range(2, 9):
        desk.prints("Slateline", f"Hulu Renews ‘Vale’ for Season {season}")
    return desk


def test_a_program_without_a_token_is_told_so(desk: NewsDesk) -> None:
    answer = desk.browser(None).get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json() == {"detail": "A token is needed."}


def test_a_token_is_its_users(desk: NewsDesk) -> None:
    assert Program(desk, Role.EDITOR).get("/me") == {"name": "the editor", "role": "editor"}


def test_pages_follow_each_other_by_cursor_without_a_gap_or_a_repetition(news: NewsDesk) -> None:
    program, found = Program(news, Role.VIEWER), []
    cursor: str | None = ""
    while cursor is not None:
        some = program.get("/announcements", limit=2, after=cursor)
        found += [one["id"] for one in some["items"]]
        cursor = some["next"]
    assert found == [one["id"] for one in program.get("/announcements")["items"]]
    assert len(set(found)) == 7


def test_a_program_decides_and_takes_back(news: NewsDesk) -> None:
    program = Program(news, Role.EDITOR)
    one = program.get("/announcements")["items"][0]
    act = program.post(f"/announcements/{one['id']}/decisions", choice="edit", stamp=one["stamp"], changes={"seasons": "4, 5"})
    assert act.status_code == 201
    now = program.get(f"/announcements/{one['id']}")
    assert (now["state"], now["corrected"]["seasons"], now["value"]["seasons"]) == ("accepted", [4, 5], [8])
    assert now["reports"][0]["quote"]
    assert program.post(f"/acts/{act.json()['id']}/undo").status_code == 201
    assert program.get(f"/announcements/{one['id']}")["state"] == "open"
    assert [act["kind"] for act in program.get("/acts")] == ["undo", "edit"]
    assert program.post(f"/acts/{act.json()['id']}/undo").status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"choice": "accept", "stamp": "old"}, 409),
        ({"choice": "reject"}, 422),
        ({"choice": "reject", "reason": "because"}, 422),
        ({"choice": "edit", "changes": {"seasons": "many"}}, 422),
        ({"choice": "marry"}, 422),
        ({"choice": "accept", "more": 1}, 422),
    ],
)
def test_what_cannot_be_decided_is_refused(news: NewsDesk, body: dict[str, Any], status: int) -> None:
    program = Program(news, Role.EDITOR)
    one = program.get("/announcements")["items"][0]
    answer = program.post(f"/announcements/{one['id']}/decisions", **({"stamp": one["stamp"]} | body))
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_viewers_token_decides_nothing_and_an_editors_takes_back_nothing_of_others(news: NewsDesk) -> None:
    viewer, editor, lead = (Program(news, role) for role in (Role.VIEWER, Role.EDITOR, Role.LEAD))
    one = viewer.get("/announcements")["items"][0]
    assert viewer.post(f"/announcements/{one['id']}/decisions", choice="accept", stamp=one["stamp"]).status_code == 403
    act = lead.post(f"/announcements/{one['id']}/decisions", choice="accept", stamp=one["stamp"]).json()
    assert editor.post(f"/acts/{act['id']}/undo").status_code == 403


def test_titles_and_sources_are_told(news: NewsDesk) -> None:
    program = Program(news, Role.VIEWER)
    assert program.get("/titles/t-vale")["name"] == "Vale"
    assert {one["key"] for one in program.get("/sources")} == {"slateline", "couchlist", "the-ledger"}


def test_the_document_describes_every_call_in_words(desk: NewsDesk) -> None:
    described = desk.app.openapi()["paths"]
    assert all(call.get("description") for methods in described.values() for call in methods.values())
    page = desk.browser().get("/api").text
    assert all(path in page for path in described)


FUZZED = NewsDesk()
for _season in (2, 3, 4):
    FUZZED.prints("Slateline", f"Hulu Renews ‘Vale’ for Season {_season}")
_TOKEN = token(FUZZED, Role.LEAD)
_ONE = FUZZED.store.announcements.find()[0].id
THERE = {"/announcements/{identity}": _ONE, "/announcements/{identity}/decisions": _ONE, "/titles/{identity}": "t-vale"}
"""What paths can name that there is; programs that guess find nothing."""
HEADERS = {"Authorization": f"Bearer {_TOKEN}", "Host": "127.0.0.1:8000"}
schema = schemathesis.openapi.from_asgi("/api/openapi.json", FUZZED.app, headers={"Host": "127.0.0.1:8000"})
bounded = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


@schema.parametrize()
@bounded
def test_nothing_that_a_program_sends_is_a_500(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers=HEADERS, checks=[not_a_server_error])


@schema.include(path_regex="identity").parametrize()
@bounded
def test_nothing_that_is_sent_to_what_there_is_is_a_500(case: schemathesis.Case[Any]) -> None:
    case.path_parameters["identity"] = THERE[case.path.removeprefix("/api/v1")]
    answer = case.call_and_validate(headers=HEADERS, checks=[not_a_server_error])
    assert answer.status_code != 404
