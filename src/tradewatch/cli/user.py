"""`tradewatch user`: who may work at the review desk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tradewatch.cli.work import clock, folder_option, json_option, opened, printed, said_plainly
from tradewatch.types import Role

role_option = click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.EDITOR.value,
    show_default=True,
    help="viewer reads; editor decides; lead decides on many at once and takes back what others decided; operator also sees users.",
)


@click.group()
def user() -> None:
    """Accounts of the review desk. There is none, and no password, until you add one."""


@user.command()
@folder_option
@role_option
@click.argument("name")
def add(folder: Path, role: str, name: str) -> None:
    """Add the user NAME; the password is asked for, or read from standard input."""
    from tradewatch.review.passwords import hashed_password

    if not (name.isprintable() and name == name.strip() and 0 < len(name) <= 80 and ":" not in name):
        raise click.BadParameter("a name has 1 to 80 printable characters, no colon, and no space around it", param_hint="NAME")
    with opened(folder) as work, said_plainly():
        work.store.accounts.add(name, Role(role), hashed_password(_password(name)), clock())
    click.echo(f"{name} is {role}")


@user.command()
@folder_option
@click.argument("name")
def passwd(folder: Path, name: str) -> None:
    """Give NAME another password; every session of theirs ends."""
    from tradewatch.review.passwords import hashed_password

    with opened(folder) as work, said_plainly():
        work.store.accounts.set_password(name, hashed_password(_password(name)))
    click.echo(f"{name} has a new password; every session of theirs ended")


@user.command("role")
@folder_option
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def set_role(folder: Path, name: str, role: str) -> None:
    """Make NAME a viewer, editor, lead or operator, at once."""
    with opened(folder) as work, said_plainly():
        work.store.accounts.set_role(name, Role(role))
    click.echo(f"{name} is {role}")


@user.command()
@folder_option
@click.option("--undo", is_flag=True, help="Let them in again; their tokens stay revoked.")
@click.argument("name")
def disable(folder: Path, undo: bool, name: str) -> None:
    """Shut NAME out, at once: sessions end, tokens are revoked. What they decided stays theirs."""
    with opened(folder) as work, said_plainly():
        if undo:
            work.store.accounts.enable(name)
        else:
            work.store.accounts.disable(name, clock())
    click.echo(f"{name} is {'let in again' if undo else 'shut out'}")


@user.command("list")
@folder_option
@json_option
def list_users(folder: Path, as_json: bool) -> None:
    """Every user with their role."""
    with opened(folder) as work:
        for one in work.store.accounts.all():
            row = {"name": one.name, "role": one.role, "disabled": one.disabled_at is not None}
            printed(row, f"{one.name}  {one.role}{'  shut out' if one.disabled_at else ''}", as_json)


@user.command()
@folder_option
@click.option("--name", default="program", show_default=True, help="What the token is for.")
@click.option("--revoke", is_flag=True, help="End the user's tokens of this name instead.")
@click.argument("user_name", metavar="USER")
def token(folder: Path, name: str, revoke: bool, user_name: str) -> None:
    """Print a token with which a program acts as USER; it is shown this once."""
    from tradewatch.review.passwords import new_secret, secret_hash

    with opened(folder) as work, said_plainly():
        if revoke:
            click.echo(f"{work.store.accounts.revoke_token(user_name, name, clock())} tokens ended")
            return
        secret = new_secret()
        work.store.accounts.add_token(secret_hash(secret), user_name, name, clock())
    click.echo(secret)


def _password(name: str) -> str:
    """A password typed twice at a terminal, else the first line of standard input; one that will not do is a usage error."""
    from tradewatch.review.passwords import trouble_with

    terminal = sys.stdin.isatty()
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True) if terminal else sys.stdin.readline().rstrip("\n")
    if trouble := trouble_with(given, name):
        raise click.UsageError(trouble)
    return given
