"""What is known of each source: its state, its polls, the entries already read, and the bytes it served."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import columns_of, pack, to_optional_time, to_text, to_time
from tradewatch.types import Outcome, PollRecord, Snapshot, SourceState

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_STATE_TIMES = ("last_ok_at", "last_full_at", "newest_entry_at", "last_304_at")
_STATE_SPANS = ("rhythm", "asked")


class SourceStore:
    """Tables source_state, poll, entry, fetch and snapshot."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def states(self) -> dict[str, SourceState]:
        """What is remembered of every source polled so far, by key."""
        return {row["key"]: _state(row) for row in self._db.query("SELECT * FROM source_state")}

    def save_state(self, state: SourceState) -> None:
        """Remember a source's state in place of the one before."""
        row = columns_of(state)
        row |= {name: to_text(row[name]) for name in (*_STATE_TIMES, "next_check_at")}
        row |= {name: None if row[name] is None else row[name].total_seconds() for name in _STATE_SPANS}
        columns = ", ".join(row)
        self._db.execute(f"INSERT OR REPLACE INTO source_state ({columns}) VALUES ({', '.join(':' + name for name in row)})", row)

    def add_poll(self, record: PollRecord) -> None:
        """Write down one attempt."""
        row = columns_of(record)
        row |= {
            "started_at": to_text(record.started_at),
            "next_check_at": to_text(record.next_check_at),
            "dropped": pack(record.dropped),
            "elapsed_ms": round(row.pop("elapsed").total_seconds() * 1000),
            "took_ms": round(row.pop("took").total_seconds() * 1000),
        }
        columns = ", ".join(row)
        self._db.execute(f"INSERT INTO poll ({columns}) VALUES ({', '.join(':' + name for name in row)})", row)

    def last_polls(self) -> dict[str, PollRecord]:
        """The newest attempt at each source, by key."""
        rows = self._db.query("SELECT * FROM poll WHERE id IN (SELECT max(id) FROM poll GROUP BY source)")
        return {row["source"]: _poll(row) for row in rows}

    def polls(self, source: str, limit: int = 30) -> list[PollRecord]:
        """The newest attempts at one source, newest first."""
        rows = self._db.query("SELECT * FROM poll WHERE source = ? ORDER BY id DESC LIMIT ?", [source, limit])
        return [_poll(row) for row in rows]

    def dropped(self, since: dt.datetime) -> dict[str, int]:
        """How much was left out since then, by reason."""
        sql = """SELECT json_extract(item.value, '$[0]') AS reason, sum(json_extract(item.value, '$[1]')) AS count
                 FROM poll, json_each(poll.dropped) AS item WHERE started_at >= ? GROUP BY reason ORDER BY count DESC"""
        return {row["reason"]: row["count"] for row in self._db.query(sql, [to_text(since)])}

    def waits(self, since: dt.datetime) -> tuple[list[dt.timedelta], list[dt.timedelta]]:
        """How long news that makes claims waited since then, shortest first: each article published since then from its publication to
        the poll that read it, and each poll from its start until its claims were stored."""
        given = {"since": to_text(since)}
        articles = """SELECT published_at, fetched_at FROM article
                      WHERE revision = 1 AND fetched_at >= :since AND published_at BETWEEN :since AND fetched_at
                      AND EXISTS (SELECT 1 FROM claim WHERE claim.article_id = article.id)"""
        read = [to_time(fetched) - to_time(published) for published, fetched in self._db.execute(articles, given).fetchall()]
        took = self._db.execute("SELECT took_ms FROM poll WHERE started_at >= :since AND claims > 0 ORDER BY took_ms", given).fetchall()
        return sorted(read), [dt.timedelta(milliseconds=row[0]) for row in took]

    def known_entries(self, source: str) -> dict[str, str]:
        """The content hash of each entry of a source that needs no second reading, by entry key."""
        return dict(self._db.execute("SELECT key, content FROM entry WHERE source = ?", [source]).fetchall())

    def save_entry(
        self, key: str, source: str, url: str, content: str, article_id: str | None, published_at: dt.datetime | None, now: dt.datetime
    ) -> None:
        """Remember that an entry was read, and into which article."""
        self._db.execute(
            """INSERT INTO entry (key, source, url, content, article_id, published_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (key) DO UPDATE SET content = excluded.content, url = excluded.url,
                 article_id = coalesce(excluded.article_id, article_id), published_at = excluded.published_at,
                 seen_at = excluded.seen_at""",
            [key, source, url, content, article_id, to_text(published_at), to_text(now)],
        )

    def still_listed(self, source: str, room: int) -> dict[str, tuple[str, str]]:
        """The newest entries of a source, as many as it has room for, whose article stands: key -> (article id, address)."""
        sql = """SELECT DISTINCT entry.key, entry.article_id, article.url
                 FROM (SELECT * FROM entry WHERE source = ? AND published_at IS NOT NULL ORDER BY published_at DESC LIMIT ?) AS entry
                 JOIN article ON article.id = entry.article_id WHERE article.withdrawn_at IS NULL"""
        return {key: (article, url) for key, article, url in self._db.execute(sql, [source, room]).fetchall()}

    def last_length(self, source: str) -> int:
        """How many entries a source listed when it last listed any; 0 where it never did."""
        row = self._db.execute("SELECT entries FROM poll WHERE source = ? AND entries > 0 ORDER BY id DESC LIMIT 1", [source]).fetchone()
        return row[0] if row else 0

    def save_fetch(self, source: str, snapshot: Snapshot) -> None:
        """Keep the served bytes, once per content, and when and where they were served."""
        run = self._db.conn.execute
        fetched_at = to_text(snapshot.fetched_at)
        if run("SELECT 1 FROM fetch WHERE (url, snapshot, fetched_at) = (?, ?, ?)", (snapshot.url, snapshot.sha256, fetched_at)).fetchone():
            return  # with an earlier entry of the same feed
        if run("SELECT 1 FROM snapshot WHERE sha256 = ?", [snapshot.sha256]).fetchone() is None:
            packed = zstd.compress(snapshot.body, 3)
            run("INSERT INTO snapshot VALUES (?, ?, ?)", [snapshot.sha256, packed, len(snapshot.body)])
        run(
            """INSERT INTO fetch (source, url, final_url, status, headers, snapshot, fetched_at) VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [
                source,
                snapshot.url,
                snapshot.final_url,
                snapshot.status,
                pack(snapshot.headers),
                snapshot.sha256,
                fetched_at,
            ],
        )

    def body(self, sha256: str) -> bytes | None:
        """The stored bytes of a snapshot; None where there are none."""
        row = self._db.execute("SELECT body FROM snapshot WHERE sha256 = ?", [sha256]).fetchone()
        return None if row is None else zstd.decompress(row[0])

    def fetches(self, sha256: str) -> list[Mapping[str, Any]]:
        """Where and when these bytes were served: url, final_url, status, fetched_at."""
        return list(self._db.query("SELECT url, final_url, status, fetched_at FROM fetch WHERE snapshot = ? ORDER BY fetched_at", [sha256]))

    def forget(self, polls_before: dt.datetime, snapshots_before: dt.datetime, keep: Iterable[str] = ()) -> tuple[int, int]:
        """Delete old polls, and old bytes that no article was read from; returns how many of each. Quick where nothing is old."""
        polls = self._db.execute("DELETE FROM poll WHERE started_at < ?", [to_text(polls_before)]).rowcount
        fetches = self._db.execute(
            "DELETE FROM fetch WHERE fetched_at < ? AND snapshot NOT IN (SELECT snapshot FROM article)", [to_text(snapshots_before)]
        ).rowcount
        if not fetches:
            return polls, 0
        orphans = "sha256 NOT IN (SELECT snapshot FROM fetch) AND sha256 NOT IN (SELECT snapshot FROM article)"
        return polls, self._db.execute(f"DELETE FROM snapshot WHERE {orphans}").rowcount


def _state(row: dict[str, Any]) -> SourceState:
    times = {name: to_optional_time(row[name]) for name in _STATE_TIMES}
    spans = {name: None if row[name] is None else dt.timedelta(seconds=row[name]) for name in _STATE_SPANS}
    return SourceState(**(row | times | spans | {"next_check_at": to_time(row["next_check_at"]), "false_304": bool(row["false_304"])}))


def _poll(row: dict[str, Any]) -> PollRecord:
    values = {name: row[name] for name in ("source", "reason", "status", "bytes", "entries", "new", "revised", "claims")}
    return PollRecord(
        **values,
        started_at=to_time(row["started_at"]),
        outcome=Outcome(row["outcome"]),
        elapsed=dt.timedelta(milliseconds=row["elapsed_ms"]),
        took=dt.timedelta(milliseconds=row["took_ms"]),
        dropped=tuple((reason, count) for reason, count in json.loads(row["dropped"])),
        next_check_at=to_optional_time(row["next_check_at"]),
    )
