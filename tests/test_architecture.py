"""The house keeps its order: who may import whom, where SQL and the network may be, and how large a file may grow."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "tradewatch"

ROWS: tuple[frozenset[str], ...] = (
    frozenset({"types"}),
    frozenset({"errors", "text"}),
    frozenset({"config"}),
    frozenset({"fetch", "parse", "extract", "titles", "announce", "wording", "tables"}),
    frozenset({"triage", "deliver"}),
    frozenset({"store"}),
    frozenset({"digest", "export", "report", "pipeline", "evaluate"}),
    frozenset({"review", "daemon", "demo"}),
    frozenset({"cli"}),
)
"""Lowest first. A module imports from lower rows only, never from its own."""

MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def stage(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def row(name: str) -> int:
    return next(index for index, names in enumerate(ROWS) if name in names)


def imported(path: Path) -> set[str]:
    """Every module that a file imports, however deep in a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_lower_rows(path: Path) -> None:
    own = stage(path)
    if own == "__init__":
        return
    stages = {name.split(".")[1] for name in imported(path) if name.startswith("tradewatch.")} - {own, "__version__"}
    above = {name for name in stages if row(name) >= row(own)}
    assert not above, f"{own} may not import {sorted(above)}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("sqlite3", "store"),
        ("sqlite_utils", "store"),
        ("requests", "fetch"),
        ("urllib3", "fetch"),
        ("smtplib", "deliver"),  # mail and apprise's services are no HTTP of ours; webhooks go through fetch
        ("apprise", "deliver"),
        ("apscheduler", "daemon"),
    ],
)
def test_each_side_effect_has_one_place(library: str, home: str) -> None:
    users = {stage(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))}
    assert users <= {home}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_two(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 460


def test_values_need_the_standard_library_alone() -> None:
    for path in (*(SOURCE / "types").glob("*.py"), SOURCE / "errors.py"):
        outside = {module.split(".")[0] for module in imported(path)} - set(sys.stdlib_module_names) - {"tradewatch", "__future__"}
        assert not outside
