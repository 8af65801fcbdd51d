"""Real servers on this computer that take what is delivered, or do not."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "hunter2-and-more"


@dataclass
class MailServer:
    """A mail server's inbox, and what it says to whom."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What it answers to RCPT, by address, or to DATA."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if answer := self.answers.get("DATA"):
            return answer
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(certificate: ssl.SSLContext | None = None, *, login: bool = False) -> Iterator[MailServer]:
    """A mail server; with a certificate it speaks STARTTLS, and may demand a login."""
    inbox = MailServer(port=free_port())

    def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    controller = Controller(
        inbox, hostname="127.0.0.1", port=inbox.port, tls_context=certificate, require_starttls=certificate is not None,
        authenticator=known if login else None, auth_required=login,
    )  # fmt: skip
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of a certificate authority, and a server's context with a certificate of it for localhost."""
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost").configure_cert(context)
    return folder / "ca.pem", context


@contextmanager
def scripted(lines: Sequence[bytes], *, hang: bool = False) -> Iterator[int]:
    """The port of a server that says one line after each thing that it hears, then hangs up, or says no more."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)

        def serve() -> None:
            while not over.is_set():
                with contextlib.suppress(OSError), listening.accept()[0] as client:
                    client.settimeout(5)
                    for line in lines:
                        client.sendall(line)
                        client.recv(65536)
                    if hang:
                        over.wait(5)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()
