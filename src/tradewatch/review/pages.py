"""Templates to answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tradewatch.review import words
from tradewatch.review.permissions import may
from tradewatch.review.vocabulary import GLOBALS
from tradewatch.text import plain

HERE = Path(__file__).parent


def _finalize(value: Any) -> Any:
    """What an expression of a template puts out. Markup is ours; text may be an outlet's, and is shown without turning characters."""
    return plain(value) if type(value) is str else value


templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters.update(words.FILTERS)
templates.globals.update(GLOBALS)


def render(request: Request, template: str, **values: Any) -> str:
    """A template filled in; it also knows the request, the desk, the user and what the user may do."""
    desk, user = request.app.state.desk, request.state.user
    known = {"request": request, "desk": desk, "now": desk.now(), "zone": desk.zone, "user": user}
    known["may"] = lambda right: user is not None and may(user.role, right)
    return templates.get_template(template).render(known | values)


def page(request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    """As `render`, as an answer."""
    return HTMLResponse(render(request, template, **values), status_code=status, headers=headers)


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks, which puts the answer into the page that it is on."""
    return request.headers.get("hx-request") == "true"
