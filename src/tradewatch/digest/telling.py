"""An issue in words: Markdown, HTML that mail programs show, and plain text. What outlets wrote is escaped everywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tradewatch.digest.order import sections
from tradewatch.text import plain
from tradewatch.types import Change, Issue

_HERE = Path(__file__).parent / "templates"
_MARKED = re.compile(r"[\\`*_\[\]<>|~&]|:(?=//)|(?<=www)\.")
_BEGINS = re.compile(r"[-+#=]|\d+(?=[.)])")
"""What makes a list or a heading where a line begins with it."""


def summary(issue: Issue) -> str:
    """The issue in a line: `3 new, 1 retracted; 12 pending; 1 source failing`."""
    counts = Counter(told.row["change"] for told in issue.rows)
    changes = ", ".join(f"{counts[change]} {change.value}" for change in Change if counts[change])
    parts = [changes or "nothing new", f"{issue.unreviewed:,} pending"]
    if issue.failing:
        parts.append(f"{len(issue.failing)} source{'s' * (len(issue.failing) != 1)} failing")
    return "; ".join(parts)


def subject(issue: Issue) -> str:
    """What a letter is headed with."""
    return one_line(f"{issue.title}: {summary(issue)}")


def as_text(issue: Issue) -> str:
    """The issue for a text client."""
    return _render(_words(), "issue.txt", issue)


def as_markdown(issue: Issue) -> str:
    """The issue as Markdown."""
    return _render(_markdown(), "issue.md", issue)


def as_html(issue: Issue) -> str:
    """The issue as one HTML page without scripts, images or links to styles; its styles stand in its elements too."""
    return css_inline.inline(_render(_page(), "issue.html", issue), keep_style_tags=True, load_remote_stylesheets=False)


def one_line(text: object) -> str:
    """Words without line breaks or control characters."""
    return " ".join(plain(text).split())


def web(url: str) -> str:
    """An address that can be linked to; empty where an outlet's is none of the web."""
    clean = quote(plain(url), safe="/:?#@!$&*+,;=%~-._")
    return clean if clean.startswith(("https://", "http://")) else ""


def said(name: str) -> str:
    """A name of ours for people."""
    return name.replace("_", " ")


def _escaped(text: object) -> str:
    words = _MARKED.sub(r"\\\g<0>", one_line(text))
    begins = _BEGINS.match(words)
    if begins is None:
        return words
    place = begins.end() if words[0].isdigit() else 0
    return f"{words[:place]}\\{words[place:]}"


def _render(environment: Environment, template: str, issue: Issue) -> str:
    rows = [told.row for told in issue.rows]
    zone = ZoneInfo(issue.zone)
    known = {"issue": issue, "sections": list(sections(rows, issue.group_by)), "summary": summary(issue)}
    times = {"since": _clock(issue.since, zone), "until": _clock(issue.frozen_at, zone)}
    return environment.get_template(template).render(known | times)


def _clock(time: dt.datetime, zone: ZoneInfo) -> str:
    return f"{time.astimezone(zone):%a %-d %b %Y %H:%M %Z}"


# What an expression of a template puts out; text of the template itself is ours, and stays.


@cache
def _words() -> Environment:
    return _environment(one_line, escape=False)


@cache
def _markdown() -> Environment:
    return _environment(lambda value: value if isinstance(value, Markup) else _escaped(value), escape=False)


@cache
def _page() -> Environment:
    return _environment(lambda value: value if isinstance(value, Markup) else plain(value), escape=True)


def _environment(finalize: object, *, escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=escape,
        undefined=StrictUndefined,
        finalize=finalize,  # type: ignore[arg-type]
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(web=lambda url: Markup(web(url)) if not escape else web(url), said=said)
    return environment
