"""The command line: the composition root. Commands are loaded when they are called, so that `--help` stays quick."""

from __future__ import annotations

import importlib
import sys
from enum import IntEnum

import click

from tradewatch import __version__


class Exit(IntEnum):
    """Exit codes, the same for every command."""

    OK = 0
    BUG = 1
    USAGE = 2
    CONFIG = 3
    PARTIAL = 4
    LOCKED = 5
    INTERRUPTED = 130


COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("tradewatch.cli.setup:init", "Write a working folder: configuration and an empty database."),
    "doctor": ("tradewatch.cli.setup:doctor", "Check this installation and say what is missing."),
    "demo": ("tradewatch.cli.demo:demo", "Poll a bundled newsroom over local HTTP and show what it announced."),
    "poll": ("tradewatch.cli.poll:poll", "Read the sources that are due, once."),
    "run": ("tradewatch.cli.poll:run", "Keep reading the sources as they fall due, until stopped."),
    "status": ("tradewatch.cli.poll:status", "Say how each source is doing and what was dropped."),
    "sources": ("tradewatch.cli.sources:sources", "List, test, add, revive, import and export sources."),
    "claims": ("tradewatch.cli.claims:claims", "Read claims and give verdicts on them."),
    "announcements": ("tradewatch.cli.announcements:announcements", "Read, merge and split announcements."),
    "extract": ("tradewatch.cli.extract:extract", "Extract claims from files."),
    "evaluate": ("tradewatch.cli.extract:evaluate", "Score extraction against labelled documents."),
    "titles": ("tradewatch.cli.titles:titles", "Import, search and mend known titles."),
    "digest": ("tradewatch.cli.digest:digest", "Look at digests, run them, and see how their deliveries went."),
    "export": ("tradewatch.cli.export:export", "Write claims, announcements, titles or decisions as a table."),
    "report": ("tradewatch.cli.report:report", "Write the picture of a week as an HTML page."),
    "datasette": ("tradewatch.cli.datasette:datasette", "Write metadata for Datasette, which shows the database."),
    "serve": ("tradewatch.cli.serve:serve", "Serve the review desk to browsers."),
    "user": ("tradewatch.cli.user:user", "Who may work at the review desk."),
    "config": ("tradewatch.cli.setup:config", "Check the configuration."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; None where there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tradewatch")
def cli() -> None:
    """Trade news in, proven claims out."""


def main() -> None:
    """Run the command line; an error that we raise on purpose is one line and its exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        sys.exit(_explain(error))


def _explain(error: Exception) -> int:
    """Print one line for a deliberate error; let a bug show its traceback."""
    from tradewatch.errors import ConfigError, LockHeldError, StoreError, TradewatchError

    if not isinstance(error, TradewatchError):
        raise error
    click.echo(f"tradewatch: {error}", err=True)
    if isinstance(error, (ConfigError, StoreError)):
        return Exit.CONFIG
    return Exit.LOCKED if isinstance(error, LockHeldError) else Exit.PARTIAL
