from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tradewatch.cli import cli


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the demo's news, to be read only."""
    folder = tmp_path_factory.mktemp("exports") / "demo"
    done = CliRunner().invoke(cli, ["demo", "--folder", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder
