"""`tradewatch serve`: the review desk in a browser."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tradewatch.cli.work import Command, Work, clock, folder_option, opened

if TYPE_CHECKING:
    import uvicorn

log = logging.getLogger("tradewatch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the desk listens, and how browsers reach it."""

    host: str
    port: int
    origin: str | None = None
    cert: Path | None = None
    key: Path | None = None

    @property
    def address(self) -> str:
        """Scheme, host and port as browsers name them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.origin or f"{'https' if self.cert else 'http'}://{host}:{self.port}").rstrip("/")


def web_options(command: Command) -> Command:
    """The options that say where the desk listens."""
    file = click.Path(path_type=Path, exists=True, dir_okay=False)
    for option in (
        click.option("--key", type=file, help="The certificate's private key."),
        click.option("--cert", type=file, help="A certificate, to speak TLS without a proxy."),
        click.option(
            "--origin", metavar="URL", help="How browsers reach the desk, such as https://desk.example, where a proxy stands before it."
        ),
        click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on."),
        click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; this machine alone if not given."),
    ):
        command = option(command)
    return command


def web_of(host: str, port: int, origin: str | None, cert: Path | None, key: Path | None) -> Web:
    """The options as a value; what cannot be meant is a usage error."""
    if bool(cert) != bool(key):
        raise click.UsageError("--cert and --key go together")
    if origin is not None:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
            raise click.BadParameter(
                f"{origin!r} is no origin; it is scheme, host and port, such as https://desk.example", param_hint="--origin"
            )
    web = Web(host=host, port=port, origin=origin, cert=cert, key=key)
    if host not in ("127.0.0.1", "localhost") and not (origin and web.address.startswith("https:")):
        told = f"{host} can be reached from other machines, and passwords must not travel in the clear"
        raise click.UsageError(
            f"{told}; say with --origin https://… how browsers come over TLS, and give --cert and --key where no proxy does that"
        )
    return web


@click.command()
@folder_option
@web_options
def serve(folder: Path, **options: Any) -> None:
    """Serve the review desk until stopped. It listens on this machine alone unless told otherwise."""
    web = web_of(**options)
    with opened(folder) as work:
        server = server_of(work, web)
        server.run()


def server_of(work: Work, web: Web) -> uvicorn.Server:
    """A server of the desk over an open working folder, with its queue brought up to date."""
    import uvicorn

    from tradewatch.review import create_app

    if not work.store.accounts.all():
        click.echo("nobody can log in yet: `tradewatch user add NAME --role lead`", err=True)
    if work.store.queue.behind() > 1000:
        click.echo("bringing the queue up to date …", err=True)
    work.store.queue.catch_up(clock())
    known: dict[str, Any] = {"sources": work.sources, "names": work.names, "digests": work.digests}
    app = create_app(work.store, clock, timezone=work.settings.timezone, origin=web.address, **known)
    click.echo(f"the desk is at {web.address}", err=True)
    # No Server header; addresses of a proxy are believed from this machine only, which is uvicorn's default.
    config = uvicorn.Config(
        app,
        host=web.host,
        port=web.port,
        ssl_certfile=web.cert,
        ssl_keyfile=web.key,
        log_level="warning",
        server_header=False,
        access_log=False,
    )
    return uvicorn.Server(config)


@contextmanager
def alongside(folder: Path, web: Web) -> Iterator[None]:
    """Serve the desk in a thread with a connection of its own, while the block runs."""
    with opened(folder) as work:
        server = server_of(work, web)
        thread = threading.Thread(target=server.run, name="desk")
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
