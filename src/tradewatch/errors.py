"""Every error that tradewatch raises on purpose.

TradewatchError
├── ConfigError          a configuration file is missing or wrong: path, key, way out
├── FetchError           a request could not be answered: outcome and reason in words
├── DeliveryError        an issue could not be handed over: the reason, without a secret
├── ParseError           bytes could not be read as what they should be
├── DocumentError        one input document of `extract` cannot be read
├── ImportFormatError    a file of titles cannot be read
├── TableError           a table cannot be written in the format asked for
├── StoreError           the database is missing, too new or damaged
│   └── StaleError       what was decided on has changed since it was shown: decide again
└── LockHeldError              another process is polling, or sending digests
"""

from __future__ import annotations

import datetime as dt

from tradewatch.types import Outcome


class TradewatchError(Exception):
    """Base of all; its text is one line for a person."""


class ConfigError(TradewatchError):
    """A configuration file is missing or wrong. `problems` holds every one that was found, a line each; the text is the first."""

    def __init__(self, *problems: str) -> None:
        more = f" (and {len(problems) - 1} more: see tradewatch config check)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = problems


class FetchError(TradewatchError):
    """A URL could not be fetched.

    `outcome` says what happened, `status` the HTTP status where there was one,
    `retry_after` how long the server asked us to wait.
    """

    def __init__(
        self, url: str, outcome: Outcome, reason: str, *, status: int | None = None, retry_after: dt.timedelta | None = None
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.outcome = outcome
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


class DeliveryError(TradewatchError):
    """An issue of a digest could not be handed over; the text is the reason, and holds no secret."""


class ParseError(TradewatchError):
    """Fetched bytes are not what the source should give."""

    def __init__(self, url: str, outcome: Outcome, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.outcome = outcome
        self.reason = reason


class DocumentError(TradewatchError):
    """One document given to `extract` cannot be read; the others are."""


class ImportFormatError(TradewatchError):
    """A file of titles is not in a format that can be read."""


class TableError(TradewatchError):
    """A table cannot be written in the format asked for."""


class StoreError(TradewatchError):
    """The database cannot be used."""


class StaleError(StoreError):
    """Something has changed since an editor was shown it. `announcement` says what."""

    def __init__(self, announcement: str) -> None:
        super().__init__(f"{announcement} has changed since it was shown")
        self.announcement = announcement


class LockHeldError(TradewatchError):
    """Another process is polling this database, or sending its digests."""
