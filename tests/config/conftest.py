from __future__ import annotations

import shutil
from pathlib import Path

import pytest

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration folder of an invented desk, in which nothing is wrong."""
    return Path(shutil.copytree(GOOD, tmp_path / "desk"))
