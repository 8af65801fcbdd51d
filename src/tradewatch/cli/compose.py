"""The desk, composed: a fetcher with the folder's limits, robots, pace, and an extractor that knows the desk's names and titles."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tradewatch.announce import Outlets
from tradewatch.cli.network import fetcher
from tradewatch.cli.work import Work
from tradewatch.config import Settings
from tradewatch.daemon import Pacer
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.fetch.robots import Robots
from tradewatch.parse.worker import ParseWorkers
from tradewatch.pipeline import Children, Desk, Reader, Web, read_ahead


@contextmanager
def web(settings: Settings) -> Iterator[Web]:
    """The way to the network; its connections are closed at the end."""
    with fetcher(settings) as http, ParseWorkers(os.cpu_count() or 1) as parsers:
        yield Web(fetcher=http, robots=Robots(http), pace=Pacer(), parser=parsers)


@contextmanager
def desk(work: Work, stopped: Callable[[], bool] = lambda: False, *, lasting: bool = False) -> Iterator[Desk]:
    """All that a poll needs; its connections and processes are closed at the end. A `lasting` one takes some seconds more to open: what
    its processes share is compiled before they are forked, once for all."""
    reading = reader(work, compiled=lasting)
    with web(work.settings) as way, Children(partial(read_ahead, reading), os.cpu_count() or 1) as ahead:
        yield Desk(
            reader=reading,
            ahead=ahead,
            web=way,
            sources=work.sources,
            workers=work.settings.fetch.concurrency,
            chance=random.random,
            stopped=stopped,
        )


def reader(work: Work, *, compiled: bool = False) -> Reader:
    """What turns articles into announcements; its patterns are compiled now or when they are first needed."""
    catalog, extractor = Catalog(work.names, work.store.titles.talked_of()), GrammarExtractor()
    if compiled:
        extractor.compile()
    return Reader(store=work.store, extractor=extractor, catalog=catalog, outlets=Outlets.of(work.names))
