"""The catalog of known titles: what is known of each work, what editors did to it, and how it is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from tradewatch.store.title_index import TitleIndex
from tradewatch.store.title_tables import migrations
from tradewatch.titles.catalog import MOST_NAMESAKES, Known, Way
from tradewatch.titles.importers import Naming
from tradewatch.titles.index import Entries, entries
from tradewatch.titles.joining import joined, own_pair
from tradewatch.titles.keys import canonical, hashed
from tradewatch.titles.readings import readings
from tradewatch.types import Alias, Title, WorkKind

__all__ = ["Changes", "TitleStore", "migrations"]

_COLUMNS = ", ".join(f"title.{name}" for name in ("no", "id", "name", "kind", "year", "ended", "country", "network", "held", "merged_into"))
_WAYS = tuple(Way)
_KINDS = {kind.value: kind for kind in WorkKind}
MOST_PARTS = 20
"""Works offered because the printed title is a part of their name."""
_NAMED = f"""SELECT title_key.way, {_COLUMNS} FROM title_key JOIN title ON title.no = title_key.title
             WHERE title_key.hash = ? AND title_key.way < {Way.PART:d} LIMIT ?"""
_PART_NAMED = f"""SELECT {_COLUMNS} FROM title_key JOIN title ON title.no = title_key.title
                  WHERE title_key.hash = ? AND title_key.way = {Way.PART:d} LIMIT {MOST_PARTS}"""
_BATCH = 500
"""Ids asked for in one statement; SQLite takes at least 999 parameters."""
_REBUILD = 20_000
"""Pending titles from which building the tables of lookup anew is quicker than adding to them, if they are a fifth of all."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What adding titles did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


class TitleStore:
    """Table title and those around it; it is the `Catalog` that the matcher asks."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._index = TitleIndex(db)

    # What the matcher asks

    @property
    def size(self) -> int:
        """How many titles there are, merged ones counted."""
        return self._one("SELECT max(no) FROM title") or 1

    def named(self, key: str, most: int = MOST_NAMESAKES) -> list[Known]:
        """The works that have the canonical key by name or alias, names first; their own aliases and ids elsewhere are left out."""
        return [self._known(row[1:], _WAYS[row[0]], key) for row in self._db.conn.execute(_NAMED, (hashed(key), most)).fetchall()]

    def part_named(self, key: str) -> list[Known]:
        """Some works of whose name the key is a part."""
        return [self._known(row, Way.PART, key) for row in self._db.conn.execute(_PART_NAMED, (hashed(key),)).fetchall()]

    def one_word_apart(self, found: Sequence[str]) -> list[Known]:
        """Works whose tokens are these but for one, under each of their names."""
        sql = f"""SELECT title_alias.name, {_COLUMNS} FROM title LEFT JOIN title_alias ON title_alias.title = title.no
                  WHERE title.no IN ({{}}) AND merged_into IS NULL"""
        known = {}
        for alias, *row in self._many(sql, self._index.one_word_apart(found)):
            known[row[0], row[2]] = Known(_plain(row), Way.NAME, row[2])
            if alias:
                known[row[0], alias] = Known(_plain(row), Way.ALIAS, alias)
        return list(known.values())

    def spelled_like(self, word: str) -> list[str]:
        """Words of titles that may be one slip from `word`."""
        return self._index.spelled_like(word)

    def frequencies(self, words: Collection[str]) -> dict[str, int]:
        """In how many titles each word stands; words in none are left out."""
        return self._index.frequencies(words)

    # Reading

    def get(self, title_id: str) -> Title | None:
        """The work of that id, or the one it was merged into; None where there is none."""
        row = self._db.conn.execute(f"SELECT {_COLUMNS} FROM title WHERE id = ?", (title_id,)).fetchone()
        return self._title(self._kept(row)) if row else None

    def containing(self, text: str, limit: int = 20) -> list[Title]:
        """Works whose name holds the text, shortest name first; letters without accents match either case."""
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        sql = f"""SELECT {_COLUMNS} FROM title WHERE merged_into IS NULL AND name LIKE ? ESCAPE '\\' ORDER BY length(name), name LIMIT ?"""
        return [self._title(row) for row in self._db.conn.execute(sql, (pattern, limit)).fetchall()]

    def count(self) -> int:
        """How many works there are."""
        return int(self._one("SELECT count(*) FROM title WHERE merged_into IS NULL") or 0)

    def all(self) -> Iterator[Title]:
        """Every work, in the order they came."""
        cursor = self._db.conn.execute(f"SELECT {_COLUMNS} FROM title WHERE merged_into IS NULL ORDER BY no")
        while rows := cursor.fetchmany(_BATCH):
            aliases: dict[int, list[Alias]] = {}
            elsewhere: dict[int, list[tuple[str, str]]] = {}
            numbers = [row[0] for row in rows]
            for no, *alias in self._many("SELECT title, name, kind, since, until FROM title_alias WHERE title IN ({})", numbers):
                aliases.setdefault(no, []).append(_alias(alias))
            for no, authority, number in self._many("SELECT title, authority, id FROM title_external WHERE title IN ({})", numbers):
                elsewhere.setdefault(no, []).append((authority, number))
            for row in rows:
                yield _whole(row, aliases.get(row[0], ()), elsewhere.get(row[0], ()))

    def talked_of(self) -> list[str]:
        """Names, aliases too, of the works that the desk added itself or that announcements are about: what to look for in a text.

        An imported catalog of a million titles is for matching; as a list of words to look for it would cost memory and mislead.
        """
        sql = """WITH here AS (SELECT no, name FROM title WHERE merged_into IS NULL
                   AND (id NOT LIKE '%:%' OR id IN (SELECT work FROM announcement)))
                 SELECT name FROM here UNION SELECT title_alias.name FROM here JOIN title_alias ON title_alias.title = here.no"""
        return [name for (name,) in self._db.conn.execute(sql).fetchall()]

    # Adding

    def add(self, titles: Iterable[Title], *, index: bool = True) -> Changes:
        """Write titles, joining what is known of the same work already; the same titles again change nothing.

        With `index=False` they cannot be found by the matcher until `index()` is called.
        """
        changes = Changes()
        with self._db.atomic():
            batch: list[Title] = []
            for title in titles:
                batch.append(title)
                if len(batch) == _BATCH:
                    changes += self._add(batch)
                    batch = []
            changes += self._add(batch)
            if index:
                self.index()
        return changes

    def name(self, namings: Iterable[Naming]) -> tuple[Changes, int]:
        """Give known works further names; returns what changed, and how many works are not known. `index()` makes them known."""
        changed = unchanged = unknown = 0
        with self._db.atomic():
            for naming in namings:
                no = self._number_at(naming.external_id)
                if no is None:
                    unknown += 1
                elif self._join(no, replace(self._title(self._row(no)), aliases=naming.aliases)):
                    changed += 1
                else:
                    unchanged += 1
        return Changes(changed=changed, unchanged=unchanged), unknown

    def knows(self, title: Title) -> bool:
        """Whether another work of the same name and kind is in the catalog, or that same one."""
        return self.get(title.id) is None and any(one.title.kind is title.kind for one in self.named(canonical(title.name)))

    def replace(self, title: Title, *, hold: bool = False) -> None:
        """Put an editor's account of a known title in place of the one before; with `hold`, imports no longer rename it."""
        no = self._db.conn.execute("SELECT no FROM title WHERE id = ?", (title.id,)).fetchone()[0]
        with self._db.atomic():
            self._rewrite(no, self._title(self._row(no)), title)
            if hold:
                self._db.conn.execute("UPDATE title SET held = 1 WHERE no = ?", (no,))
            self.index()

    def pending(self) -> int:
        """How many titles the matcher cannot find yet."""
        return int(self._one("SELECT count(*) FROM title_pending") or 0)

    def index(self) -> None:
        """Bring the tables of lookup up to date."""
        with self._db.atomic():
            pending = self.pending()
            if pending >= _REBUILD and pending * 5 >= self.size:
                self._index.rebuild(self._all_entries())
            else:
                for (no,) in self._db.conn.execute("SELECT title FROM title_pending").fetchall():
                    self._index.put(no, _entries(self._title(self._row(no))))
            self._db.conn.execute("DELETE FROM title_pending")

    def _add(self, batch: Sequence[Title]) -> Changes:
        known = self._numbers(batch)
        fresh: dict[str, Title] = {}
        changed = 0
        for title in batch:
            no = known.get(title.id) or next((known[external] for external in title.external_ids if external in known), None)
            if no is not None:
                changed += self._join(no, title)
            elif title.id in fresh:
                fresh[title.id] = joined(fresh[title.id], title)
            else:
                fresh[title.id] = title
        self._insert(list(fresh.values()))
        return Changes(len(fresh), changed, len(batch) - len(fresh) - changed)

    def _numbers(self, batch: Sequence[Title]) -> dict[Any, int]:
        """The numbers of titles known already, by id and by (authority, id)."""
        ids = {title.id for title in batch} | {f"{authority}:{number}" for title in batch for authority, number in title.external_ids}
        externals = [pair for title in batch for pair in title.external_ids]
        known: dict[Any, int] = {}
        for no, title_id in self._many("SELECT no, id FROM title WHERE id IN ({})", sorted(ids)):
            known[title_id] = no
            known[tuple(title_id.split(":", 1))] = no
        for pair in externals:
            row = self._db.conn.execute("SELECT title FROM title_external WHERE authority = ? AND id = ?", pair).fetchone()
            if row:
                known[pair] = row[0]
        return known

    def _number_at(self, pair: tuple[str, str]) -> int | None:
        """The number of the work with that (authority, id)."""
        run = self._db.conn.execute
        row = run("SELECT no FROM title WHERE id = ?", (":".join(pair),)).fetchone()
        row = row or run("SELECT title FROM title_external WHERE authority = ? AND id = ?", pair).fetchone()
        return row[0] if row else None

    def _insert(self, titles: Sequence[Title]) -> None:
        if not titles:
            return
        start = self._one("SELECT max(no) FROM title") or 0
        numbered = list(enumerate(titles, start + 1))
        run = self._db.conn.executemany
        run(
            "INSERT INTO title (no, id, name, kind, year, ended, country, network) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(no, t.id, t.name, t.kind.value, t.year, t.ended, t.country, t.network) for no, t in numbered],
        )
        for no, title in numbered:
            self._write_names(no, title)
        run("INSERT INTO title_pending VALUES (?)", [(no,) for no, _ in numbered])

    def _join(self, no: int, title: Title) -> bool:
        """Join what is new of a known title; returns whether anything was."""
        row = self._row(no)
        old = self._title(row)
        new = joined(old, title, rename=not row[8])
        if new == old:
            return False
        self._rewrite(no, old, new)
        return True

    def _rewrite(self, no: int, old: Title, new: Title) -> None:
        """Put one title's values in place of the ones before, and note that it is to be indexed again."""
        run = self._db.conn.execute
        if run("INSERT OR IGNORE INTO title_pending VALUES (?)", (no,)).rowcount:
            self._index.drop(no, _entries(old))
        run(
            "UPDATE title SET name = ?, kind = ?, year = ?, ended = ?, country = ?, network = ? WHERE no = ?",
            (new.name, new.kind.value, new.year, new.ended, new.country, new.network, no),
        )
        run("DELETE FROM title_alias WHERE title = ?", (no,))
        self._write_names(no, new)

    def _write_names(self, no: int, title: Title) -> None:
        """The aliases of a title and its ids elsewhere."""
        run = self._db.conn.executemany
        if title.aliases:
            rows = [(no, alias.name, alias.kind, _day(alias.since), _day(alias.until)) for alias in title.aliases]
            run("INSERT OR REPLACE INTO title_alias VALUES (?, ?, ?, ?, ?)", rows)
        elsewhere = [(*pair, no) for pair in title.external_ids if ":".join(pair) != title.id]
        if elsewhere:
            run("INSERT OR IGNORE INTO title_external VALUES (?, ?, ?)", elsewhere)

    # Rows to values

    def _row(self, no: int) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.conn.execute(f"SELECT {_COLUMNS} FROM title WHERE no = ?", (no,)).fetchone()
        return row

    def _kept(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """The row of the work that a merged one is kept under."""
        while row[9] is not None:
            row = self._row(row[9])
        return row

    def _known(self, row: tuple[Any, ...], way: Way, key: str) -> Known:
        if row[9] is not None:
            return Known(_plain(self._kept(row)), max(way, Way.ALIAS), row[2])
        if way is not Way.ALIAS:
            return Known(_plain(row), way, row[2])
        alias = next((one for one in self._aliases(row[0]) if any(reading.key == key for reading in readings(one.name))), None)
        return Known(_plain(row), way, alias.name if alias else row[2], alias is not None and alias.kind == "translation")

    def _aliases(self, no: int) -> list[Alias]:
        rows = self._db.conn.execute("SELECT name, kind, since, until FROM title_alias WHERE title = ?", (no,)).fetchall()
        return [_alias(row) for row in rows]

    def _title(self, row: Sequence[Any]) -> Title:
        """The title of a row with all its aliases and ids."""
        elsewhere = self._db.conn.execute("SELECT authority, id FROM title_external WHERE title = ?", (row[0],)).fetchall()
        return _whole(row, self._aliases(row[0]), elsewhere)

    def _all_entries(self) -> Iterator[tuple[int, Entries]]:
        """What each title is looked up by, all in one sweep."""
        aliases: dict[int, list[str]] = {}
        for no, name in self._db.conn.execute("SELECT title, name FROM title_alias"):
            aliases.setdefault(no, []).append(name)
        for no, name in self._db.conn.execute("SELECT no, name FROM title"):
            yield no, entries(name, aliases.get(no, ()))

    def _one(self, sql: str) -> Any:
        return self._db.conn.execute(sql).fetchone()[0]

    def _many(self, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement for many ids, a batch at a time."""
        for start in range(0, len(values), _BATCH):
            some = values[start : start + _BATCH]
            yield from self._db.conn.execute(sql.format(",".join("?" * len(some))), some).fetchall()


def _entries(title: Title) -> Entries:
    return entries(title.name, [alias.name for alias in title.aliases])


def _plain(row: Sequence[Any]) -> Title:
    """The title of a row, without aliases and ids elsewhere."""
    _, title_id, name, kind, year, ended, country, network, _, _ = row
    return Title(id=title_id, name=name, kind=_KINDS[kind], year=year, ended=ended, country=country, network=network)


def _whole(row: Sequence[Any], aliases: Sequence[Alias], elsewhere: Sequence[tuple[str, str]]) -> Title:
    return replace(_plain(row), aliases=tuple(aliases), external_ids=(*own_pair(row[1]), *elsewhere))


def _alias(row: Sequence[Any]) -> Alias:
    name, kind, since, until = row
    return Alias(name=name, kind=kind, since=_date(since), until=_date(until))


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
