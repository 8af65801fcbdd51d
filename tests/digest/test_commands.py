"""`tradewatch digest`, as a person runs it; and that no secret of a delivery is ever written down or said."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.deliver.servers import PASSWORD, USER, authority, mail_server
from tests.pipeline.newsroom_desk import newsroom_files, newsroom_folder
from tradewatch.cli.lock import sending
from tradewatch.cli.work import clock, opened
from tradewatch.demo.newsroom import load_newsroom
from tradewatch.demo.server import serve

SECRETS = {
    "HOOK_SECRET": "h00k-s3cret",
    "HOOK_URL": "",
    "PUSH_URL": "json://127.0.0.1:1/p0sh-t0ken",
    "MAIL_USER": USER,
    "MAIL_PASSWORD": "wr0ng-pass",
}
DIGESTS = """
[[digest]]
id = "tv"
title = "TV"
formats = ["html", "csv"]
[[digest.deliver]]
kind = "folder"
path = "sent"
"""
FAILING = """
[[digest.deliver]]
kind = "webhook"
url = "env:HOOK_URL"
secret = "env:HOOK_SECRET"
[[digest.deliver]]
kind = "apprise"
url = "env:PUSH_URL"
[[digest.deliver]]
kind = "smtp"
host = "localhost"
port = {port}
from = "tradewatch@example.com"
to = ["ada@example.com"]
user = "env:MAIL_USER"
password = "env:MAIL_PASSWORD"
"""


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with serve(load_newsroom(newsroom_files())) as server:
        folder = newsroom_folder(tmp_path_factory.mktemp("polled"), server)
        assert tradewatch("poll", "--all", folder=folder).returncode == 0
    return folder


@pytest.fixture
def folder(polled: Path, tmp_path: Path) -> Path:
    desk = tmp_path / "desk"
    subprocess.run(["cp", "-r", polled, desk], check=True)
    (desk / "digests.toml").write_text(DIGESTS, encoding="utf-8")
    return desk


def tradewatch(*arguments: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from tradewatch.cli import main; main()", *map(str, arguments), "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ | environment, check=False)


def test_a_digest_is_listed_previewed_run_and_remembered(folder: Path) -> None:
    assert tradewatch("digest", "list", folder=folder).stdout == "tv: TV · by hand · never ran\n"
    preview = tradewatch("digest", "preview", "tv", "--format", "markdown", folder=folder)
    assert preview.stdout.startswith("# TV\n")
    dry = tradewatch("digest", "run", "tv", "--dry-run", folder=folder)
    assert dry.stdout.startswith("tv: 35 new; 35 pending")
    assert not (folder / "sent").exists()
    done = tradewatch("digest", "run", "tv", folder=folder)
    assert (done.returncode, done.stdout) == (0, "tv-0001 folder: delivered\n")
    assert (folder / "sent" / "tv-0001.html").exists()
    assert "35 new; 35 pending" in tradewatch("digest", "history", folder=folder).stdout
    (row,) = map(json.loads, tradewatch("digest", "history", "--json", folder=folder).stdout.splitlines())
    assert (row["digest"], row["number"], row["deliveries"][0]["state"]) == ("tv", 1, "delivered")
    (folder / "sent" / "tv-0001.html").unlink()
    again = tradewatch("digest", "resend", "tv", "1", "--to", "folder", folder=folder)
    assert (again.returncode, again.stdout) == (0, "tv-0001 folder: delivered\n")
    assert (folder / "sent" / "tv-0001.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run",), "name the digests to run, or say --due"),
        (("run", "tvv"), "there is no digest 'tvv'; did you mean \"tv\"?"),
        (("preview", "film"), "there is no digest 'film'"),
        (("resend", "tv", "9"), "there is no issue 9"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = tradewatch("digest", *arguments, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr


def test_no_secret_is_said_or_written_down_whatever_fails(folder: Path, tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/h00k-path").respond_with_data("h00k-s3cret", status=500)
    bundle, certificate = authority(tmp_path)
    with mail_server(certificate, login=True) as inbox:
        (folder / "digests.toml").write_text(DIGESTS + FAILING.format(port=inbox.port), encoding="utf-8")
        secrets = SECRETS | {"HOOK_URL": httpserver.url_for("/h00k-path"), "SSL_CERT_FILE": str(bundle)}
        done = tradewatch("digest", "run", "tv", folder=folder, **secrets)
        history = tradewatch("digest", "history", "--json", folder=folder, **secrets)
        doctor = tradewatch("doctor", folder=folder, **secrets)
    assert done.returncode == 4
    assert sorted(line.partition(";")[0] for line in done.stdout.splitlines()) == [
        "tv-0001 apprise: failed, JSON did not take the message",
        "tv-0001 folder: delivered",
        "tv-0001 smtp:ada@example.com: failed, the mail server refuses the login (535)",
        "tv-0001 webhook: failed, the webhook failed: the server answered 500 (internal server error)",
    ]
    said = "".join(one.stdout + one.stderr for one in (done, history, doctor)).encode()
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in ("h00k-s3cret", "h00k-path", "p0sh-t0ken", "wr0ng-pass", PASSWORD):
        assert secret.encode() not in said
        assert secret.encode() not in written


def test_two_do_not_send_at_the_same_time(folder: Path) -> None:
    with sending(folder / "tradewatch.db", "run"):
        done = tradewatch("digest", "run", "tv", folder=folder)
    assert done.returncode == 5
    assert "`tradewatch run`" in done.stderr
    assert "is sending digests; wait for it or stop it" in done.stderr
    assert not (folder / "sent").exists()


def test_a_secret_that_is_not_set_fails_its_delivery_alone(folder: Path) -> None:
    (folder / "digests.toml").write_text(DIGESTS + FAILING.format(port=1), encoding="utf-8")
    done = tradewatch("digest", "run", "tv", folder=folder)
    assert done.returncode == 4
    assert "tv-0001 folder: delivered" in done.stdout
    assert "webhook: failed, digests.toml: deliver webhook: url: the environment variable HOOK_URL is not set" in done.stdout


def test_the_daemon_sends_what_is_due(folder: Path) -> None:
    """A digest that is known since the day before yesterday; SIGTERM ends the daemon."""
    (folder / "digests.toml").write_text(DIGESTS.replace('title = "TV"', 'title = "TV"\ntimes = ["08:00"]'), encoding="utf-8")
    with opened(folder) as work:
        work.store.issues.start("tv", clock() - dt.timedelta(days=2))
    command = [sys.executable, "-c", "from tradewatch.cli import main; main()", "run", "--folder", str(folder)]
    daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while not (folder / "sent" / "tv-0001.csv.manifest.json").exists():
            assert time.monotonic() < deadline
            assert daemon.poll() is None
            time.sleep(0.2)
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, said = daemon.communicate(timeout=60)
    assert daemon.returncode == 0
    assert "tv-0001 folder: delivered" in said
