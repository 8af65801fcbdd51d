"""robots.txt: read once a day for each origin, kept in memory, obeyed as RFC 9309 says."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass

from protego import Protego

from tradewatch.errors import FetchError
from tradewatch.fetch.client import Fetcher
from tradewatch.fetch.due import host_of, page_request
from tradewatch.fetch.request import PRODUCT
from tradewatch.types import Outcome, Source

KEPT = dt.timedelta(days=1)
"""RFC 9309, 2.4: not longer without asking again."""
KEPT_UNREAD = dt.timedelta(hours=1)
"""How long a robots.txt that could not be read holds us back."""
MOST = 500 * 1024
"""RFC 9309, 2.5: bytes that must be read; the rest may be left out."""
LONGEST_DELAY = dt.timedelta(minutes=1)
"""A longer Crawl-delay is taken for this; it is not part of the standard, and some sites ask for hours."""

_ABSENT = frozenset({Outcome.NOT_FOUND, Outcome.GONE, Outcome.REFUSED, Outcome.CHALLENGE})
"""RFC 9309, 2.3.1.3: a robots.txt answered with 4xx is none, and everything is allowed. (429 is not counted among them.)"""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one origin asks; `error` is set where that could not be read."""

    parsed: Protego
    until: dt.datetime
    error: FetchError | None = None


class Robots:
    """What sites ask of robots; safe to share between threads. Two threads may read one robots.txt at once; the later answer stays."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def allowed(self, source: Source, url: str, now: dt.datetime) -> bool:
        """Whether a page may be read. Raises `FetchError` where robots.txt cannot be read now, which RFC 9309 takes for a no."""
        rules = self._of(source, url, now)
        if rules.error is not None:
            reason = f"its robots.txt could not be read: {rules.error.reason}"
            raise FetchError(url, rules.error.outcome, reason, status=rules.error.status, retry_after=rules.error.retry_after)
        return bool(rules.parsed.can_fetch(url, _token(source)))

    def delay(self, source: Source, url: str, now: dt.datetime) -> dt.timedelta:
        """The time that the site asks between two requests; zero where it asks for none, at most `LONGEST_DELAY`."""
        seconds = self._of(source, url, now).parsed.crawl_delay(_token(source))
        return min(dt.timedelta(seconds=min(seconds or 0, LONGEST_DELAY.total_seconds())), LONGEST_DELAY)

    def _of(self, source: Source, url: str, now: dt.datetime) -> _Rules:
        origin = f"{url.partition(':')[0]}://{host_of(url)}".lower()
        with self._lock:
            known = self._rules.get(origin)
        if known is None or known.until <= now:
            known = self._read(source, f"{origin}/robots.txt", now)
            with self._lock:
                self._rules[origin] = known
        return known

    def _read(self, source: Source, url: str, now: dt.datetime) -> _Rules:
        try:
            body = self._fetcher.get(page_request(source, url), now).body
        except FetchError as error:
            absent = error.outcome in _ABSENT
            return _Rules(Protego.parse(""), now + (KEPT if absent else KEPT_UNREAD), None if absent else error)
        return _Rules(Protego.parse(_start(body).decode("utf-8", "replace")), now + KEPT)


def _start(body: bytes) -> bytes:
    """As much as is read, in whole lines: half a rule may forbid more than the whole."""
    return body if len(body) <= MOST else body[:MOST].rpartition(b"\n")[0]


def _token(source: Source) -> str:
    """The name that robots.txt knows us by: the first word of the source's own user agent, else ours."""
    return source.user_agent.partition("/")[0].strip() if source.user_agent else PRODUCT
