"""What several tests need: a moment, and small values with the usual slots filled in."""

from __future__ import annotations

import datetime as dt

import pytest

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def now() -> dt.datetime:
    """A Monday noon, UTC."""
    return NOW
