from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fetch.hostile_server import HostileServer, says


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server that serves /good; a test adds its own plays."""
    with HostileServer({"/good": says(200)}) as server:
        yield server
