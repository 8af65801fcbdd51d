"""Articles that editors labelled: what the extractor is to be measured by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlite_utils import Database

from tradewatch.store.rows import to_text


class CaseStore:
    """Table labelled_case."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, article_id: str, line: str, editor: str, now: dt.datetime) -> None:
        """Keep the label of an article, a line of JSON, in place of an earlier one."""
        self._db.execute("INSERT OR REPLACE INTO labelled_case VALUES (?, ?, ?, ?)", [article_id, line, editor, to_text(now)])

    def lines(self) -> Iterator[str]:
        """Every label, a line of JSON each, in the order of their articles' ids."""
        return (line for (line,) in self._db.execute("SELECT document FROM labelled_case ORDER BY article").fetchall())

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM labelled_case").fetchone()[0])
