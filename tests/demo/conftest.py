from collections.abc import Iterator

import pytest

from tradewatch.config import bundled
from tradewatch.demo.newsroom import Newsroom, load_newsroom
from tradewatch.demo.server import NewsroomServer, serve


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return load_newsroom(bundled("newsroom"))


@pytest.fixture
def server(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    with serve(newsroom) as running:
        yield running
