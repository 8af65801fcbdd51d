"""Write the golden files anew: `make golden`, then read the diff before it is committed.

`demo_digest.csv` is what the demo announces, `demo_issue.*` what changed between its editions; `docs/commands.md` is what `--help` says.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path

import click
from click.testing import CliRunner

from tradewatch.cli import COMMANDS, cli

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs"

UNSTABLE = ("announcement_id", "supersedes", "confidence", "changed_utc")
"""Columns that the server's port, or a recalibration, changes without anything else being different."""


ISSUE = ("md", "html", "csv")
"""The forms of the demo's second issue that are kept."""


def demo_files() -> dict[str, str]:
    """What the demo writes, by the name that it is kept under, without what differs from run to run."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        result = CliRunner().invoke(cli, ["demo", "--folder", str(folder)], catch_exceptions=False)
        if result.exit_code != 0:
            raise SystemExit(result.output)
        written = {"demo_digest.csv": "digest.csv"} | {f"demo_issue.{form}": f"demo-0002.{form}" for form in ISSUE}
        texts = {kept: (folder / "out" / name).read_text(encoding="utf-8") for kept, name in written.items()}
        return {kept: stable(text) if kept.endswith(".csv") else timeless(text) for kept, text in texts.items()}


def timeless(told: str) -> str:
    """An issue in words, without the time at which it was told and the server's address."""
    without = re.sub(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d P[SD]T", "{time}", told)
    return re.sub(r"http://127\.0\.0\.1:\d+", "{base}", without)


def stable(digest: str) -> str:
    """A digest's CSV without its unstable columns and the server's address."""
    rows = list(csv.DictReader(io.StringIO(re.sub(r"http://127\.0\.0\.1:\d+", "{base}", digest), newline="")))
    columns = [column for column in rows[0] if column not in UNSTABLE]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def commands_page() -> str:
    """docs/commands.md: every command with its help."""
    parts = ["# Commands", "", "What `tradewatch COMMAND --help` says. Written by `make golden`; a test holds it to the program.", ""]
    root = click.Context(cli, info_name="tradewatch", terminal_width=100, max_content_width=100, **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(root, name)
        assert command is not None
        parts += _sections(command, name, root)
    return "\n".join(parts)


def _sections(command: click.Command, name: str, outer: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=outer)
    own = [f"{'#' * min(len(context.command_path.split()), 3)} {context.command_path}", "", "```", command.get_help(context), "```", ""]
    children = command.commands if isinstance(command, click.Group) else {}
    return own + [line for child in sorted(children) for line in _sections(children[child], child, context)]


if __name__ == "__main__":
    for name, text in demo_files().items():
        (HERE / name).write_text(text, encoding="utf-8")
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
