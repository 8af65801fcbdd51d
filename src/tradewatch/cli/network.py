"""The ways out of the house: to the web, and to those who get digests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tradewatch.cli.work import Work, clock
from tradewatch.config import FetchSettings, Settings, revealed
from tradewatch.deliver import Parcel, send
from tradewatch.digest.draft import Newsroom
from tradewatch.digest.run import Send
from tradewatch.fetch import Fetcher, Limits, honest_agent
from tradewatch.types import Delivery

NO_CONTACT = "contact not configured"
"""What the user agent says where the operator has not given one."""


@contextmanager
def post_office(work: Work) -> Iterator[Send]:
    """The way to those who get digests, with their secrets read from the environment; its connections are closed at the end."""
    with fetcher(work.settings) as http:

        def handed_over(delivery: Delivery, parcel: Parcel) -> None:
            whole, secrets = revealed(delivery, os.environ)
            send(whole, parcel, http, clock(), secrets=secrets)

        yield handed_over


def newsroom(work: Work) -> Newsroom:
    """What digests are drafted from."""
    return Newsroom(store=work.store, sources=work.sources, networks=work.names.networks)


def fetcher(settings: Settings) -> Fetcher:
    """The folder's way to the web; close it."""
    agent = honest_agent(settings.contact or NO_CONTACT)
    return Fetcher(limits(settings.fetch), user_agent=agent, allow_loopback=settings.fetch.allow_loopback)


def limits(fetch: FetchSettings) -> Limits:
    """The settings as the fetcher's bounds."""
    return Limits(connect=fetch.connect, headers=fetch.headers, total=fetch.total, body=fetch.max_bytes, redirects=fetch.max_redirects)
