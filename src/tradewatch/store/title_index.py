"""The tables that titles are looked up by: hashes of their keys, so that a look-up is a few probes of small B-trees.

They hold nothing that the names in the catalog do not say, and are built anew in seconds; hence no foreign keys, which would double that.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlite_utils import Database

from tradewatch.titles.index import Entries
from tradewatch.titles.keys import deletions, gaps, hashed

TABLES = """
CREATE TABLE title_key (           -- where canonical keys lead
  hash  INTEGER NOT NULL,
  way   INTEGER NOT NULL,          -- 0 name, 1 alias, 2 part of a name
  title INTEGER NOT NULL,
  PRIMARY KEY (hash, way, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE title_gap (           -- titles with one token left out
  hash  INTEGER NOT NULL,
  title INTEGER NOT NULL,
  PRIMARY KEY (hash, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE title_word (          -- the vocabulary of all titles
  word   TEXT PRIMARY KEY,
  titles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE title_slip (          -- words, and words less one letter
  hash INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (hash, word)
) STRICT, WITHOUT ROWID;
"""

MOST_NEIGHBOURS = 24
"""Titles that may share all tokens but one before that says nothing ("the … of love")."""
_LETTERS = range(4, 25)
"""Lengths of words that can be looked up by spelling; of shorter ones nearly every slip is another word."""


class TitleIndex:
    """Tables title_key, title_gap, title_word and title_slip; titles are named by their number."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def spelled_like(self, word: str) -> list[str]:
        """Words of the vocabulary that share a form of one deletion with `word`, sorted."""
        hashes = [hashed(form) for form in deletions(word)]
        marks = ",".join("?" * len(hashes))
        rows = self._db.conn.execute(f"SELECT DISTINCT word FROM title_slip WHERE hash IN ({marks}) ORDER BY word", hashes)
        return [other for (other,) in rows if other != word]

    def one_word_apart(self, found: Sequence[str]) -> list[int]:
        """Numbers of titles that share all tokens but one with these; a token whose absence leaves too much in common finds none."""
        hashes = [hashed(gap) for gap in sorted(gaps(found))]
        if not hashes:
            return []
        sql = " UNION ALL ".join(
            [f"SELECT * FROM (SELECT hash, title FROM title_gap WHERE hash = ? LIMIT {MOST_NEIGHBOURS + 1})"] * len(hashes)
        )
        buckets: dict[int, list[int]] = {}
        for gap, title in self._db.conn.execute(sql, hashes):
            buckets.setdefault(gap, []).append(title)
        return sorted({title for titles in buckets.values() if len(titles) <= MOST_NEIGHBOURS for title in titles})

    def frequencies(self, words: Collection[str]) -> dict[str, int]:
        """In how many titles each word stands; words in none are left out."""
        marks = ",".join("?" * len(words))
        return dict(self._db.conn.execute(f"SELECT word, titles FROM title_word WHERE word IN ({marks})", list(words)).fetchall())

    def put(self, title: int, entries: Entries) -> None:
        """Make one title known."""
        run = self._db.conn.executemany
        run("INSERT OR IGNORE INTO title_key VALUES (?, ?, ?)", [(key, way, title) for key, way in entries.keys])
        run("INSERT OR IGNORE INTO title_gap VALUES (?, ?)", [(gap, title) for gap in entries.gaps])
        known = self.frequencies(entries.words)
        run("UPDATE title_word SET titles = titles + 1 WHERE word = ?", [(word,) for word in known])
        for word in set(entries.words) - known.keys():
            self._db.conn.execute("INSERT INTO title_word VALUES (?, 1)", (word,))
            run("INSERT OR IGNORE INTO title_slip VALUES (?, ?)", _slip_rows(word))

    def drop(self, title: int, entries: Entries) -> None:
        """Forget what `put` wrote of a title."""
        run = self._db.conn.executemany
        run("DELETE FROM title_key WHERE hash = ? AND way = ? AND title = ?", [(key, way, title) for key, way in entries.keys])
        run("DELETE FROM title_gap WHERE hash = ? AND title = ?", [(gap, title) for gap in entries.gaps])
        known = self.frequencies(entries.words)
        run("UPDATE title_word SET titles = titles - 1 WHERE word = ?", [(word,) for word in known])
        for word in (word for word, titles in known.items() if titles == 1):
            self._db.conn.execute("DELETE FROM title_word WHERE word = ?", (word,))
            run("DELETE FROM title_slip WHERE hash = ? AND word = ?", _slip_rows(word))

    def rebuild(self, catalog: Iterable[tuple[int, Entries]]) -> None:
        """Write all four tables anew, in the order of their keys: full pages, and no page written twice."""
        run = self._db.conn.execute
        for table in ("title_key", "title_gap", "title_word", "title_slip"):
            run(f"DELETE FROM {table}")
        for table in ("staged_key", "staged_gap", "staged_slip"):
            run(f"CREATE TEMP TABLE {table} (hash INTEGER, one, other)")
        vocabulary = self._stage(catalog)
        self._db.conn.executemany("INSERT INTO title_word VALUES (?, ?)", sorted(vocabulary.items()))
        slips = ((hash, word, None) for word in vocabulary for hash, word in _slip_rows(word))
        self._db.conn.executemany("INSERT INTO staged_slip VALUES (?, ?, ?)", slips)
        run("INSERT INTO title_key SELECT hash, one, other FROM staged_key ORDER BY hash, one, other")
        run("INSERT INTO title_gap SELECT hash, one FROM staged_gap ORDER BY hash, one")
        run("INSERT INTO title_slip SELECT hash, one FROM staged_slip ORDER BY hash, one")
        for table in ("staged_key", "staged_gap", "staged_slip"):
            run(f"DROP TABLE {table}")

    def _stage(self, catalog: Iterable[tuple[int, Entries]]) -> Counter[str]:
        """Write the rows of keys and gaps unsorted; returns in how many titles each word stands."""
        vocabulary: Counter[str] = Counter()
        run = self._db.conn.executemany
        for chunk in _chunks(catalog, 1_000):
            run("INSERT INTO staged_key VALUES (?, ?, ?)", [(key, way, no) for no, found in chunk for key, way in found.keys])
            run("INSERT INTO staged_gap VALUES (?, ?, NULL)", [(gap, no) for no, found in chunk for gap in found.gaps])
            vocabulary.update(itertools.chain.from_iterable(found.words for _, found in chunk))
        return vocabulary


def _slip_rows(word: str) -> list[tuple[int, str]]:
    return [(hashed(form), word) for form in deletions(word)] if len(word) in _LETTERS else []


def _chunks(rows: Iterable[tuple[int, Entries]], size: int) -> Iterator[list[tuple[int, Entries]]]:
    stream = iter(rows)
    while chunk := list(itertools.islice(stream, size)):
        yield chunk
