"""Tables of what was read: snapshots, fetches, articles, claims, polls; and of what editors said: verdicts."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

reading = Migrations("reading")

FIRST = """
CREATE TABLE snapshot (            -- raw bytes, once per content
  sha256 TEXT PRIMARY KEY,
  body   BLOB NOT NULL,            -- zstandard
  size   INTEGER NOT NULL          -- before compression
) STRICT;

CREATE TABLE fetch (               -- where and when those bytes were served
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,
  final_url  TEXT NOT NULL,
  status     INTEGER NOT NULL,
  headers    TEXT NOT NULL,        -- JSON pairs
  snapshot   TEXT NOT NULL REFERENCES snapshot (sha256),
  fetched_at TEXT NOT NULL,
  UNIQUE (url, snapshot, fetched_at)
) STRICT;
CREATE INDEX fetch_snapshot ON fetch (snapshot);

CREATE TABLE source_state (        -- what is remembered between polls
  key TEXT PRIMARY KEY, next_check_at TEXT NOT NULL, etag TEXT, last_modified TEXT, body_sha256 TEXT,
  last_ok_at TEXT, last_full_at TEXT, newest_entry_at TEXT, failures INTEGER NOT NULL, parked TEXT, moved_to TEXT,
  url TEXT, rhythm REAL, asked REAL,  -- spans in seconds
  last_304_at TEXT, false_304 INTEGER NOT NULL
) STRICT;

CREATE TABLE poll (                -- every attempt
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  started_at TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  status     INTEGER,
  bytes      INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  entries    INTEGER NOT NULL,
  new        INTEGER NOT NULL,
  revised    INTEGER NOT NULL,
  claims     INTEGER NOT NULL,
  dropped    TEXT NOT NULL,        -- JSON pairs (reason, count)
  next_check_at TEXT
) STRICT;
CREATE INDEX poll_source ON poll (source, started_at);

CREATE TABLE entry (               -- items already read, so that an unchanged one costs nothing
  key        TEXT PRIMARY KEY,     -- of source and guid, or address where there is no guid
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,
  content    TEXT NOT NULL,        -- a hash of all that the entry says
  article_id TEXT,                 -- null where the page could not be read
  published_at TEXT,
  tries      INTEGER NOT NULL DEFAULT 0,
  seen_at    TEXT NOT NULL
) STRICT;
CREATE INDEX entry_source ON entry (source, published_at);

CREATE TABLE article (             -- one row a revision
  id           TEXT NOT NULL,      -- a hash of the canonical address
  revision     INTEGER NOT NULL,
  source       TEXT NOT NULL,
  outlet       TEXT,
  url          TEXT NOT NULL,
  headline     TEXT NOT NULL,
  dek          TEXT NOT NULL,
  body         TEXT NOT NULL,
  marks        TEXT NOT NULL,      -- JSON rows (kind, field, start, end)
  links        TEXT NOT NULL,      -- JSON
  byline       TEXT,
  published    TEXT,               -- the outlet's day
  published_at TEXT,
  fetched_at   TEXT NOT NULL,
  snapshot     TEXT NOT NULL REFERENCES snapshot (sha256),
  content      TEXT NOT NULL,      -- a hash of headline, dek and body
  withdrawn_at TEXT,               -- when the outlet was seen to have taken it down
  PRIMARY KEY (id, revision)
) STRICT;
CREATE INDEX article_fetched ON article (fetched_at);

CREATE TABLE claim (               -- as extracted; one row for each distinct set of slots of an article
  id             TEXT PRIMARY KEY,
  article_id     TEXT NOT NULL,
  first_revision INTEGER NOT NULL,
  last_revision  INTEGER NOT NULL, -- below the article's newest: the claim is gone from it
  type TEXT NOT NULL, title TEXT, title_id TEXT, working_title INTEGER NOT NULL, parent TEXT, relation TEXT, seasons TEXT NOT NULL,
  final INTEGER NOT NULL, network TEXT, from_network TEXT, format TEXT, stage TEXT, episodes INTEGER, person TEXT, role TEXT,
  character TEXT, tier TEXT, date TEXT, date_precision TEXT, prior_date TEXT, deal TEXT, based_on TEXT, territory TEXT,
  licensor TEXT, successor TEXT, status TEXT NOT NULL, novelty TEXT NOT NULL, attribution TEXT NOT NULL,
  confidence REAL NOT NULL, rule TEXT NOT NULL,
  match_kind TEXT, match_reasons TEXT,
  FOREIGN KEY (article_id, first_revision) REFERENCES article (id, revision)
) STRICT;
CREATE INDEX claim_article ON claim (article_id);

CREATE TABLE evidence (            -- as printed: article.field[start:end] == quote
  claim_id TEXT NOT NULL REFERENCES claim (id),
  revision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  field    TEXT NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  quote    TEXT NOT NULL,
  PRIMARY KEY (claim_id, revision, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdict (             -- as corrected; rows are only ever added
  id         INTEGER PRIMARY KEY,
  subject    TEXT NOT NULL,        -- a claim's or an announcement's id
  action     TEXT NOT NULL,
  editor     TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  reason     TEXT,
  changes    TEXT NOT NULL         -- JSON pairs (slot, corrected value)
) STRICT;
CREATE INDEX verdict_subject ON verdict (subject, id);

CREATE TRIGGER verdict_is_append_only_update BEFORE UPDATE ON verdict
BEGIN SELECT RAISE (ABORT, 'verdicts are never changed; undo is a new row'); END;
CREATE TRIGGER verdict_is_append_only_delete BEFORE DELETE ON verdict
BEGIN SELECT RAISE (ABORT, 'verdicts are never deleted; undo is a new row'); END;
"""


@reading()
def first(db: Database) -> None:
    """The tables above."""
    for statement in statements(FIRST):
        db.execute(statement)


SECOND = """
-- check_at: when the page of the entry's article is looked at again; null: no more
ALTER TABLE entry ADD COLUMN check_at TEXT;
CREATE INDEX entry_check ON entry (source, check_at) WHERE check_at IS NOT NULL;
-- took_ms: from the start of the poll until what it brought was stored
ALTER TABLE poll ADD COLUMN took_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX poll_started ON poll (started_at);
CREATE INDEX fetch_fetched ON fetch (fetched_at);
"""


@reading()
def second(db: Database) -> None:
    """Pages that are looked at again; how long a poll took; what is old is found without reading everything."""
    for statement in statements(SECOND):
        db.execute(statement)


@reading()
def third(db: Database) -> None:
    """A verdict on an announcement says which version of it was decided on."""
    db.execute("ALTER TABLE verdict ADD COLUMN version INTEGER")


def statements(script: str) -> list[str]:
    """The statements of a script, each ending its line with `;` (`executescript` would commit a running transaction)."""
    return [statement for statement in script.split(";\n") if statement.strip()]
