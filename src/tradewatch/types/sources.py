"""What is polled, and how that went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    PAGE = "page"
    SITEMAP = "sitemap"


class Tier(StrEnum):
    """What a source's word is worth, best first."""

    OFFICIAL = "official"
    TRADE = "trade"
    CONSUMER = "consumer"
    AGGREGATOR = "aggregator"
    RUMOUR = "rumour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """CSS selectors that read a listing page; those but `item` are applied inside each item."""

    item: str
    link: str = "a[href]"
    headline: str | None = None
    summary: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed, listing page or sitemap to poll, as configured."""

    key: str
    name: str
    outlet: str
    kind: SourceKind
    url: str
    tier: Tier
    enabled: bool = True
    desks: tuple[str, ...] = ()
    language: str = "en"
    timezone: str = "UTC"
    full_text: bool = True
    """Fetch the article page when the entry does not carry the whole text."""
    min_interval: dt.timedelta = dt.timedelta(minutes=10)
    max_interval: dt.timedelta = dt.timedelta(hours=24)
    spacing: dt.timedelta = dt.timedelta(seconds=5)
    """Least time between two requests to this source's host."""
    backfill: str | None = None
    """The key of the source, polled itself or not, that tells what was published while this one was not read often enough."""
    robots: bool = True
    headers: tuple[tuple[str, str], ...] = ()
    user_agent: str | None = None
    cookie: str | None = None
    proxy: str | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One answered request: the bytes as they came (decoded from their transfer encoding) and where from."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """Lower-case names, in the order received."""
    body: bytes
    fetched_at: dt.datetime
    sha256: str
    """Of `body`, in hex."""
    elapsed: dt.timedelta = dt.timedelta()
    moved_to: str | None = None
    """Where permanent redirects (301, 308) from `url` led, when all redirects were permanent."""

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


class Outcome(StrEnum):
    """How one attempt to read a source ended."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    UNCHANGED = "unchanged"
    """Answered 200 with the bytes that we already have."""
    EMPTY = "empty"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    CHALLENGE = "challenge"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TLS = "tls"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    BAD_REDIRECT = "bad_redirect"
    ROBOTS = "robots"
    WRONG_TYPE = "wrong_type"
    UNREADABLE = "unreadable"

    @property
    def failed(self) -> bool:
        """Whether the source could not be read this time."""
        return self not in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls."""

    key: str
    next_check_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    last_ok_at: dt.datetime | None = None
    last_full_at: dt.datetime | None = None
    """When the source was last fetched unconditionally."""
    newest_entry_at: dt.datetime | None = None
    failures: int = 0
    """Failed polls in a row."""
    parked: str | None = None
    """Why the source is no longer polled, in words."""
    moved_to: str | None = None
    """Where permanent redirects led; asked instead of the configured URL until that no longer redirects there."""
    url: str | None = None
    """The URL that the validators came from; they mean nothing to another."""
    rhythm: dt.timedelta | None = None
    """The usual time between two of the source's entries."""
    asked: dt.timedelta | None = None
    """The least time between polls that the publisher last asked for."""
    last_304_at: dt.datetime | None = None
    false_304: bool = False
    """Whether the server was caught answering 304 while it had news; its validators are then no longer sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """One attempt to read one source; always written."""

    source: str
    started_at: dt.datetime
    outcome: Outcome
    reason: str
    """In words a person reads; empty when all went well."""
    status: int | None = None
    bytes: int = 0
    elapsed: dt.timedelta = dt.timedelta()
    """Of the request."""
    took: dt.timedelta = dt.timedelta()
    """From the start of the poll until what it brought was stored."""
    entries: int = 0
    new: int = 0
    revised: int = 0
    claims: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    """(reason, count) of what was left out."""
    next_check_at: dt.datetime | None = None
