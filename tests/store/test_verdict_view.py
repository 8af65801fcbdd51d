"""The view that SQL users read says of every run of decisions what the program says."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tradewatch.store import Store
from tradewatch.types import Verdict

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@given(st.lists(st.sampled_from(["accept", "reject", "undo"]), max_size=12))
def test_the_view_and_the_program_agree_on_what_stands(actions: list[str]) -> None:
    store = Store.in_memory()
    for action in actions:
        store.verdicts.add(Verdict(subject="c", action=action, editor="ann", decided_at=NOW))  # type: ignore[arg-type]
    row = store.db.execute("SELECT action FROM standing_verdict WHERE subject = 'c'").fetchone()
    stands = store.verdicts.standing("c")
    store.close()
    assert (row[0] if row else None) == (stands.action if stands else None)
