"""`tradewatch datasette`: what Datasette is told of the database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tradewatch.cli.work import folder_option, writing
from tradewatch.config import load_settings
from tradewatch.store.datasette import metadata
from tradewatch.tables import whole_file


@click.command()
@folder_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; standard output if not given.")
def datasette(folder: Path, out: Path | None) -> None:
    """Write metadata for Datasette: what each table and column holds, facets, and questions that desks ask.

    Then: `datasette tradewatch.db -m metadata.json`. Accounts, and SQL of one's own, are for `datasette --root`.
    """
    written = json.dumps(metadata(load_settings(folder).database.stem), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(written, nl=False)
        return
    with writing(out), whole_file(out) as file:
        file.write(written.encode())
    click.echo(f"{out}: datasette {load_settings(folder).database} -m {out}", err=True)
