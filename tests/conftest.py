"""What several tests need: a moment, and small values with the usual slots filled in."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings

# A time limit on an example says how busy the machine is, not whether the code is right; speed is measured in bench/.
settings.register_profile("tradewatch", deadline=None, print_blob=True)
settings.load_profile("tradewatch")

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def now() -> dt.datetime:
    """A Monday noon, UTC."""
    return NOW
