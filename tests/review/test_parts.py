"""What the desk is made of: vendored files, templates in the wheel, one thread, documented keys."""

from __future__ import annotations

import hashlib
import inspect
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import tradewatch.review
from tradewatch.review.app import ROUTERS
from tradewatch.review.vocabulary import KEYS

HERE = Path(tradewatch.review.__file__).parent
TEMPLATES = sorted((HERE / "templates").iterdir())
DOCS = Path(__file__).parent.parent.parent / "docs" / "review.md"


def test_what_is_vendored_is_what_was_fetched() -> None:
    rows = re.findall(
        r"^\| `(.+?)` \|.*\| `([0-9a-f]{64})` \|$", (HERE / "static" / "VENDORED.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows
    for name, sha256 in rows:
        assert hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest() == sha256
        assert (HERE / "static" / f"{name.split('.')[0]}.LICENSE").exists()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_a_style_or_an_address_elsewhere(template: Path) -> None:
    markup = template.read_text(encoding="utf-8")
    assert not re.findall(r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=|javascript:|(?:src|href)=\"https?:|\|\s*safe(?! %)", markup)


def test_every_handler_runs_in_the_one_thread_of_the_database() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert routes
    assert not [route.path for route in routes if not inspect.iscoroutinefunction(route.endpoint)]
    calls = [one.call for route in routes for one in route.dependant.dependencies]
    assert not [call for call in calls if not (inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__))]


def test_every_key_is_documented_and_reached_by_something_on_a_page() -> None:
    documented = set(re.findall(r"`(\S+)`", DOCS.read_text(encoding="utf-8")))
    markup = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    for _, keys in KEYS:
        for key, _ in keys:
            first = key.split()[0]
            assert first in documented
            assert key == "Escape" or f'data-key="{key}"' in markup or f'"{key}"' in markup
