"""What a fetch is asked for, and the bounds that it keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tradewatch import __version__

PRODUCT = "tradewatch"
"""The name by which robots.txt may address us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One GET. Validators are opaque: sent back byte for byte, the ETag with its quotes."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """The source's own; like the cookie they go to the URL's own origin only, never along a redirect to another."""
    cookie: str | None = None
    user_agent: str | None = None
    proxy: str | None = None

    @property
    def conditional(self) -> bool:
        """Whether the server may answer 304."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRequest:
    """One POST, sent once; a redirect is no answer to it."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one fetch.

    The defaults follow the feed readers that have carried them for years: miniflux waits 20 s and takes 15 MB decoded.
    """

    connect: dt.timedelta = dt.timedelta(seconds=10)
    """For looking the name up, connecting and shaking hands; per redirect."""
    headers: dt.timedelta = dt.timedelta(seconds=20)
    """From the request sent to the last header received; per redirect."""
    total: dt.timedelta = dt.timedelta(seconds=60)
    """For everything, redirects and body included."""
    body: int = 15 * 1024 * 1024
    """Bytes, decoded."""
    redirects: int = 5


def honest_agent(contact: str) -> str:
    """The user agent that names us, our version and where to reach whoever runs us (a URL or an e-mail address)."""
    return f"{PRODUCT}/{__version__} (+{contact})"
