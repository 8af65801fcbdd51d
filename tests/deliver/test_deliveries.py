"""Issues handed over to real servers, which take them, refuse them, hang up half-way or say nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.deliver.servers import PASSWORD, USER, authority, free_port, mail_server, scripted
from tradewatch.deliver import Parcel, send
from tradewatch.digest.parcel import parcel_of
from tradewatch.errors import DeliveryError
from tradewatch.fetch import Fetcher, Limits
from tradewatch.types import (
    Delivery,
    DeliveryState,
    Dispatch,
    FolderDelivery,
    Grouping,
    HookDelivery,
    Issue,
    MailDelivery,
    PushDelivery,
)

NOW = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
ISSUE = Issue(
    digest="tv", title="TV", number=7, after=3, until=9, since=NOW - dt.timedelta(days=1), frozen_at=NOW, zone="America/Los_Angeles",
    group_by=(Grouping.TYPE,), formats=("html", "csv", "ics"), unreviewed=4, failing=(("Slateline", "no such host"),),
)  # fmt: skip
PARCEL = parcel_of(ISSUE, Dispatch(digest="tv", number=7, target="mail", state=DeliveryState.WAITING))
SECRET = "s3cret-of-the-hook"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    limits = Limits(connect=dt.timedelta(seconds=1), headers=dt.timedelta(seconds=1), total=dt.timedelta(seconds=2))
    with Fetcher(limits, user_agent="tradewatch/test", allow_loopback=True) as opened:
        yield opened


def mail(port: int, **more: object) -> MailDelivery:
    plain = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "tradewatch@example.com", "to": "ada@example.com"}
    return MailDelivery(name="smtp:ada@example.com", **(plain | more))  # type: ignore[arg-type]


def failing(delivery: Delivery, fetcher: Fetcher, *secrets: str) -> str:
    with pytest.raises(DeliveryError) as caught:
        send(delivery, PARCEL, fetcher, NOW, secrets=secrets)
    return str(caught.value)


# Folders


def test_a_folder_gets_every_form_with_its_manifest_and_the_same_again(tmp_path: Path, fetcher: Fetcher) -> None:
    delivery = FolderDelivery(name="folder", path=str(tmp_path / "out"))
    send(delivery, PARCEL, fetcher, NOW)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    send(delivery, PARCEL, fetcher, NOW + dt.timedelta(hours=1))
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
    assert sorted(first) == sorted(name + end for name in ("tv-0007.html", "tv-0007.csv", "tv-0007.ics") for end in ("", ".manifest.json"))
    manifest = json.loads(first["tv-0007.csv.manifest.json"])
    assert manifest["sha256"] == hashlib.sha256(first["tv-0007.csv"]).hexdigest()
    assert manifest["window"] == ["2026-03-01T16:00:00Z", "2026-03-02T16:00:00Z"]


def test_a_folder_that_cannot_be_written_says_why(tmp_path: Path, fetcher: Fetcher) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    assert failing(FolderDelivery(name="folder", path=str(tmp_path / "out")), fetcher) == f"{tmp_path}/out: file exists"


# Mail


def test_a_letter_has_plain_text_html_and_the_other_forms_attached(fetcher: Fetcher) -> None:
    with mail_server() as inbox:
        send(mail(inbox.port), PARCEL, fetcher, NOW)
    (letter,) = inbox.letters
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert (letter["To"], letter["Subject"]) == ("ada@example.com", "TV: nothing new; 4 pending; 1 source failing")
    assert text is not None
    assert "Slateline: no such host" in text.get_content()
    assert html is not None
    assert "<li>Slateline: no such host</li>" in html.get_content()
    assert [(part.get_filename(), part.get_content_type()) for part in letter.iter_attachments()] == [
        ("tv-0007.csv", "text/csv"), ("tv-0007.ics", "text/calendar"),
    ]  # fmt: skip


def test_a_letter_that_is_sent_twice_has_one_id_and_one_sent_again_on_purpose_another(fetcher: Fetcher) -> None:
    again = parcel_of(ISSUE, Dispatch(digest="tv", number=7, target="mail", state=DeliveryState.WAITING, sending=2))
    with mail_server() as inbox:
        for parcel in (PARCEL, PARCEL, again):
            send(mail(inbox.port), parcel, fetcher, NOW)
    first, second, third = (letter["Message-ID"] for letter in inbox.letters)
    assert first == second == "<tv-0007.20260302160000.1.ada.at.example.com@example.com>"
    assert third != first


def test_a_login_goes_over_starttls_alone(tmp_path: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle, certificate = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with mail_server(certificate, login=True) as inbox:
        send(mail(inbox.port, host="localhost", security="starttls", user=USER, password=PASSWORD), PARCEL, fetcher, NOW)
    assert len(inbox.letters) == 1


def test_a_wrong_login_is_said_without_the_password(tmp_path: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle, certificate = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with mail_server(certificate, login=True) as inbox:
        delivery = mail(inbox.port, host="localhost", security="starttls", user=USER, password="not-it")
        assert failing(delivery, fetcher, "not-it") == "the mail server refuses the login (535)"


def test_a_password_that_smtp_cannot_say_is_not_shown(tmp_path: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle, certificate = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with mail_server(certificate, login=True) as inbox:
        delivery = mail(inbox.port, host="localhost", security="starttls", user=USER, password="pässwört")
        reason = failing(delivery, fetcher, "pässwört")
    assert reason == "the login holds characters that a mail server does not take"


def test_a_certificate_that_nobody_trusts_gets_no_password(tmp_path: Path, fetcher: Fetcher) -> None:
    _, certificate = authority(tmp_path)
    with mail_server(certificate, login=True) as inbox:
        reason = failing(mail(inbox.port, host="localhost", security="starttls", user=USER, password=PASSWORD), fetcher)
    assert reason.startswith("localhost: the certificate does not hold")


def test_a_server_that_offers_no_starttls_gets_no_letter(fetcher: Fetcher) -> None:
    with mail_server() as inbox:
        reason = failing(mail(inbox.port, security="starttls"), fetcher)
    assert "STARTTLS" in reason
    assert inbox.letters == []


@pytest.mark.parametrize(
    ("step", "answer", "reason"),
    [
        ("ada@example.com", "451 try later", "the mail server refuses ada@example.com: 451 try later"),
        ("ada@example.com", "550 no such user", "the mail server refuses ada@example.com: 550 no such user"),
        ("DATA", "552 mailbox full", "the mail server answered 552 mailbox full"),
    ],
)
def test_what_a_mail_server_answers_is_passed_on(fetcher: Fetcher, step: str, answer: str, reason: str) -> None:
    with mail_server() as inbox:
        inbox.answers[step] = answer
        assert failing(mail(inbox.port), fetcher) == reason


def test_a_server_that_repeats_a_secret_does_not_get_it_into_the_reason(fetcher: Fetcher) -> None:
    with mail_server() as inbox:
        inbox.answers["DATA"] = "554 you said hunter2"
        assert failing(mail(inbox.port), fetcher, "hunter2") == "the mail server answered 554 you said …"


@pytest.mark.parametrize(
    ("said", "hang", "reason"),
    [
        ([], False, "the mail server hung up"),
        ([b"220 here\r\n"], False, "the mail server hung up"),
        ([b"220 here\r\n", b"250 here\r\n", b"250 go on\r\n", b"250 go on\r\n", b"354 go on\r\n"], False, "the mail server hung up"),
        ([], True, "the mail server did not answer within 1 s"),
        ([b"220 here\r\n", b"250 here\r\n", b"250 go on\r\n"], True, "the mail server did not answer within 1 s"),
        ([b"HTTP/1.1 200 OK\r\n\r\n"], False, "the mail server"),
    ],
    ids=["hangs up at once", "after its greeting", "in the middle of the letter", "says nothing", "stops answering", "is no mail server"],
)
def test_a_mail_server_that_breaks_off(fetcher: Fetcher, said: list[bytes], hang: bool, reason: str) -> None:
    with scripted(said, hang=hang) as port:
        assert failing(mail(port), fetcher).startswith(reason)


def test_a_mail_server_that_is_not_there(fetcher: Fetcher) -> None:
    assert failing(mail(free_port()), fetcher) == "127.0.0.1: connection refused"


# Webhooks


def hook(url: str) -> HookDelivery:
    return HookDelivery(name="webhook", url=url, secret=SECRET)


def test_a_webhook_gets_the_issue_as_json_signed(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    got: list[Request] = []

    def take(request: Request) -> Response:
        got.append(request)
        request.get_data()
        return Response(status=204)

    httpserver.expect_request("/tv", method="POST").respond_with_handler(take)
    send(hook(httpserver.url_for("/tv")), PARCEL, fetcher, NOW)
    (request,) = got
    stamp = request.headers["Tradewatch-Timestamp"]
    expected = hmac.new(SECRET.encode(), stamp.encode() + b"." + request.get_data(), hashlib.sha256).hexdigest()
    assert request.headers["Tradewatch-Signature"] == f"v1={expected}"
    assert stamp == str(int(NOW.timestamp()))
    assert request.headers["Tradewatch-Delivery"] == "tv-0007.20260302160000.1"
    body = json.loads(request.get_data())
    assert (body["digest"], body["number"], body["unreviewed"], body["announcements"]) == ("tv", 7, 4, [])
    assert body["failing"] == [{"source": "Slateline", "reason": "no such host"}]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "the server answered 400 (bad request)"),
        (401, "the server wants a login (401)"),
        (410, "the server says that it is gone for good (410)"),
        (429, "the server says that we ask too often (429)"),
        (500, "the server answered 500 (internal server error)"),
        (503, "the server is out of service (503)"),
        (302, "the server answered 302 (found)"),
    ],
)
def test_a_webhook_that_answers_anything_but_success_has_failed(httpserver: HTTPServer, fetcher: Fetcher, status: int, reason: str) -> None:
    httpserver.expect_request("/tv").respond_with_data("", status=status, headers={"Location": httpserver.url_for("/elsewhere")})
    assert failing(hook(httpserver.url_for("/tv")), fetcher) == f"the webhook failed: {reason}"
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("said", "hang", "reason"),
    [
        ([b""], False, "the webhook failed: the server hung up without an answer"),
        ([b"HTTP/1.1 2"], False, "the webhook failed: "),
        ([], True, "the webhook failed: no complete headers within 1 s"),
        ([b"220 mail.example.com\r\n"], False, "the webhook failed: the answer is not HTTP"),
    ],
    ids=["hangs up", "breaks off", "says nothing", "is no web server"],
)
def test_a_webhook_that_breaks_off(fetcher: Fetcher, said: list[bytes], hang: bool, reason: str) -> None:
    with scripted(said, hang=hang) as port:
        assert failing(hook(f"http://127.0.0.1:{port}/"), fetcher).startswith(reason)


@pytest.mark.parametrize("address", ["http://169.254.169.254/latest", "http://10.0.0.1/", "ftp://example.com/", "not an address"])
def test_a_webhook_goes_where_sources_may_be_fetched_from(fetcher: Fetcher, address: str) -> None:
    reason = failing(hook(address), fetcher)
    assert reason.startswith("the webhook failed: ")
    assert address not in reason


# Services


def test_a_service_gets_subject_and_text(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/t0k3n", method="POST").respond_with_data("ok")
    send(PushDelivery(name="apprise", url=f"json://127.0.0.1:{httpserver.port}/t0k3n"), PARCEL, fetcher, NOW)
    (request, _), *_ = httpserver.log
    assert "nothing new; 4 pending" in request.get_data().decode()


def test_a_service_that_fails_says_so_and_neither_reason_nor_log_holds_its_address(
    httpserver: HTTPServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    httpserver.expect_request("/t0k3n").respond_with_data("t0k3n", status=500)
    with caplog.at_level(logging.DEBUG):
        reason = failing(PushDelivery(name="apprise", url=f"json://127.0.0.1:{httpserver.port}/t0k3n"), fetcher)
    assert reason == "JSON did not take the message"
    assert "t0k3n" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith(("apprise", "tradewatch")))


def test_an_address_that_apprise_does_not_know(fetcher: Fetcher) -> None:
    assert failing(PushDelivery(name="apprise", url="carrier-pigeon://t0k3n"), fetcher) == "its address is none that apprise knows"


def test_what_is_repeated_is_the_same_parcel() -> None:
    assert parcel_of(ISSUE, Dispatch(digest="tv", number=7, target="x", state=DeliveryState.FAILED, tries=3)).message == PARCEL.message
    assert isinstance(replace(PARCEL, subject="x"), Parcel)
