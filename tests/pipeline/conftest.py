"""The parts of a desk that asks this computer's own servers, without pauses and with an empty database in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from tradewatch.announce import Outlets
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.fetch import Fetcher, Limits
from tradewatch.fetch.robots import Robots
from tradewatch.pipeline import Desk, Reader, Web
from tradewatch.store import Store
from tradewatch.types import Names, Network


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.in_memory()
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    names = Names(networks=(Network(name="Hulu", kind="streamer"),))
    second = dt.timedelta(seconds=1)
    with Fetcher(Limits(connect=second, headers=second, total=2 * second), user_agent="test", allow_loopback=True) as fetcher:
        yield Desk(
            reader=Reader(store=store, extractor=GrammarExtractor(), catalog=Catalog(names), outlets=Outlets.of(names)),
            web=Web(fetcher=fetcher, robots=Robots(fetcher), pace=lambda *_: None),
            sources=(),
            workers=4,
            chance=lambda: 0.0,
        )
