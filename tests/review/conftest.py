"""A desk for each test, over an empty database in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.review.newsdesk import NewsDesk


@pytest.fixture
def desk() -> Iterator[NewsDesk]:
    opened = NewsDesk()
    yield opened
    opened.store.close()
