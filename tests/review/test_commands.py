"""Accounts on the command line, and the desk as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from tests.review.newsdesk import PASSWORD
from tradewatch.cli import cli

QUIET = """
[[source]]
key = "quiet"
name = "A source that is not polled"
outlet = "Variety"
kind = "feed"
url = "https://quiet.example/feed"
tier = "trade"
enabled = false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "desk")]).exit_code == 0
    return tmp_path / "desk"


def tradewatch(folder: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--folder", str(folder)], input=typed)


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_there_is_no_account_until_one_is_added(folder: Path) -> None:
    assert tradewatch(folder, "user", "list").output == ""
    assert tradewatch(folder, "user", "add", "ada", "--role", "lead", typed=PASSWORD + "\n").output == "ada is lead\n"
    assert tradewatch(folder, "user", "list").output == "ada  lead\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "ada"), "short\n", "at least 12 characters"),
        (("add", " ada"), PASSWORD, "no space around it"),
        (("add", "ada", "--role", "king"), PASSWORD, "'king' is not one of"),
        (("passwd", "nobody"), PASSWORD, "there is no such user"),
        (("role", "nobody", "lead"), None, "there is no such user"),
        (("disable", "nobody"), None, "there is no such user"),
        (("token", "nobody"), None, "there is no such user"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(folder: Path, arguments: tuple[str, ...], typed: str | None, told: str) -> None:
    result = tradewatch(folder, "user", *arguments, typed=typed)
    assert result.exit_code == 2
    assert told in result.output


def test_a_name_is_taken_once(folder: Path) -> None:
    tradewatch(folder, "user", "add", "ada", typed=PASSWORD)
    assert "there is a user of this name already" in tradewatch(folder, "user", "add", "ADA", typed=PASSWORD).output


def test_an_account_changes_its_role_and_is_shut_out_and_let_in(folder: Path) -> None:
    tradewatch(folder, "user", "add", "ada", typed=PASSWORD)
    tradewatch(folder, "user", "role", "ada", "operator")
    tradewatch(folder, "user", "disable", "ada")
    assert tradewatch(folder, "user", "list").output == "ada  operator  shut out\n"
    tradewatch(folder, "user", "disable", "ada", "--undo")
    assert tradewatch(folder, "user", "list").output == "ada  operator\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--host", "0.0.0.0"), "passwords must not travel in the clear"),
        (("--host", "0.0.0.0", "--origin", "http://desk.example"), "passwords must not travel in the clear"),
        (("--origin", "desk.example"), "is no origin"),
        (("--origin", "https://desk.example/path"), "is no origin"),
        (("--cert", __file__), "--cert and --key go together"),
    ],
)
def test_the_desk_does_not_listen_where_it_would_be_unsafe(folder: Path, options: tuple[str, ...], told: str) -> None:
    result = tradewatch(folder, "serve", *options)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


@contextmanager
def running(folder: Path, *command: str) -> Iterator[str]:
    """The address of a desk that runs as a process of its own; it is ended by SIGTERM."""
    port = free_port()
    program = [sys.executable, "-c", "from tradewatch.cli import main; main()", *command, "--port", str(port), "--folder", str(folder)]
    process = subprocess.Popen(program, stderr=subprocess.PIPE, env=os.environ, text=True)
    try:
        assert process.stderr is not None
        told = ""
        while "the desk is at" not in told:
            told = process.stderr.readline()
            assert told, "the desk did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)


def answer(address: str) -> requests.Response:
    """What the server says once it listens, which is a moment after it said so."""
    until = time.monotonic() + 20
    while True:
        try:
            return requests.get(address, timeout=5)
        except requests.ConnectionError:
            assert time.monotonic() < until


@pytest.mark.parametrize("command", [("serve",), ("run", "--web")])
def test_the_desk_is_served_until_it_is_told_to_stop(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "sources.toml").write_text(QUIET, encoding="utf-8")
    with running(folder, *command) as address:
        page = answer(f"{address}/login")
    assert page.status_code == 200
    assert "tradewatch user add" in page.text
    assert "server" not in page.headers
