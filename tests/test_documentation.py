"""What a user can meet is documented: claim types, slots, statuses, views; and no link leads nowhere."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from tradewatch.config import FORMATS
from tradewatch.deliver.hook import DELIVERY, SIGNATURE, TIMESTAMP
from tradewatch.digest import COLUMNS
from tradewatch.export import TABLES
from tradewatch.store.datasette import metadata
from tradewatch.store.views import VIEWS
from tradewatch.types import Claim, ClaimType, Novelty, Status

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")])


def said(page: str) -> set[str]:
    """The words that a page sets in code, or has as a heading."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return {*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^#+ (\S+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("kind", ClaimType)
def test_every_claim_type_is_documented(kind: ClaimType) -> None:
    assert kind in said("claims.md")


@pytest.mark.parametrize("slot", [field.name for field in dataclasses.fields(Claim)])
def test_every_slot_is_documented(slot: str) -> None:
    assert slot in said("claims.md")


@pytest.mark.parametrize("value", [*Status, *Novelty])
def test_every_status_and_novelty_is_documented(value: str) -> None:
    assert value in said("claims.md")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_documented(view: str) -> None:
    assert view in said("database.md")


@pytest.mark.parametrize("question", metadata("tradewatch")["databases"]["tradewatch"]["queries"])
def test_every_question_in_datasette_is_documented(question: str) -> None:
    assert question in said("database.md")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_the_digest_is_documented(column: str) -> None:
    assert column in said("digest.md")


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_an_export_is_documented_with_its_kind_and_meaning_in_order(name: str) -> None:
    page = (DOCS / "exports.md").read_text(encoding="utf-8").partition(f"## Columns of {name}\n")[2].partition("\n## ")[0]
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in TABLES[name].columns]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_a_digest_is_documented(form: str) -> None:
    assert form in said("digest.md")


@pytest.mark.parametrize("header", [TIMESTAMP, SIGNATURE, DELIVERY])
def test_every_header_of_a_webhook_is_documented(header: str) -> None:
    assert header in said("digest.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_between_pages_is_broken(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]
