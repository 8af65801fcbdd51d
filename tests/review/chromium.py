"""A desk with the demo's news, served on loopback, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from tests.review.newsdesk import HASH, PASSWORD
from tradewatch.cli import cli
from tradewatch.cli.work import clock, opened
from tradewatch.review import create_app
from tradewatch.types import Role

CHROMIUM = Path("/usr/bin/chromium")
"""Where Debian's package `chromium` puts it."""
USERS = {"ada": Role.LEAD, "ben": Role.EDITOR, "vic": Role.VIEWER, "olga": Role.OPERATOR}


def demo_folder(place: Path) -> Path:
    """A working folder with the news of the demo, and one user for each role."""
    result = CliRunner().invoke(cli, ["demo", "--folder", str(place)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    with opened(place) as work:
        for name, role in USERS.items():
            work.store.accounts.add(name, role, HASH, clock())
        work.store.queue.catch_up(clock())
    return place


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a desk over a working folder, in a thread of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with opened(folder) as work:
            app = create_app(work.store, clock, sources=work.sources, names=work.names, digests=work.digests, origin=address)
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
            thread.start()
            try:
                _wait_for(address)
                yield address
            finally:
                server.should_exit = True
                thread.join()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            requests.get(f"{address}/login", timeout=5)
            return
        except requests.ConnectionError:
            assert time.monotonic() < until


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window. Its sandbox needs rights that a container seldom has; it sees nothing but our own pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def copied(folder: Path, place: Path) -> Path:
    """A working folder for one test alone."""
    shutil.copytree(folder, place)
    return place


def logged_in(page: Page, address: str, user: str = "ada") -> Page:
    """The page, at the queue."""
    page.set_default_timeout(10_000)
    page.goto(f"{address}/login")
    page.fill("[name=name]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("text=Log in")
    page.wait_for_url("**/queue")
    return page
