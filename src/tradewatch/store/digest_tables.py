"""The tables of digests."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tradewatch.store.schema import statements

migrations = Migrations("digests")

TABLES = """
CREATE TABLE digest_start (        -- since when a digest is known: its schedule begins then
  digest TEXT PRIMARY KEY,
  at     TEXT NOT NULL
) STRICT;

CREATE TABLE issue (               -- one run of a digest; frozen before anything is sent, and never changed
  digest        TEXT NOT NULL,
  number        INTEGER NOT NULL,
  "after"       INTEGER NOT NULL,  -- covers the rows of announcement_change above this seq
  until         INTEGER NOT NULL,  -- up to this one; the next issue begins here
  frozen_at     TEXT NOT NULL,
  scheduled_for TEXT,              -- the time of its schedule; null by hand
  content       TEXT NOT NULL,     -- JSON: all but its rows
  PRIMARY KEY (digest, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER issue_is_frozen BEFORE UPDATE ON issue
BEGIN SELECT RAISE (ABORT, 'an issue is never changed once it is frozen'); END;

CREATE TABLE issue_row (           -- what an issue told of each announcement
  digest       TEXT NOT NULL,
  number       INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  announcement TEXT NOT NULL,
  mark         TEXT NOT NULL,      -- another one for each thing that a reader would want to hear of
  "row"        TEXT NOT NULL,      -- JSON, by column
  PRIMARY KEY (digest, number, position),
  FOREIGN KEY (digest, number) REFERENCES issue (digest, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_row_told ON issue_row (announcement, digest, number);

CREATE TABLE dispatch (            -- each delivery of each issue, and how it went
  digest  TEXT NOT NULL,
  number  INTEGER NOT NULL,
  target  TEXT NOT NULL,           -- the delivery's name
  state   TEXT NOT NULL,           -- waiting, delivered, failed, given_up, skipped
  tries   INTEGER NOT NULL,
  sending INTEGER NOT NULL,        -- counts up where somebody has it sent again
  at      TEXT,                    -- of the last try
  next_at TEXT,                    -- not tried again before
  reason  TEXT NOT NULL,
  PRIMARY KEY (digest, number, target),
  FOREIGN KEY (digest, number) REFERENCES issue (digest, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispatch_state ON dispatch (state);
"""


@migrations()
def first(db: Database) -> None:
    """The tables above."""
    for statement in statements(TABLES):
        db.execute(statement)
