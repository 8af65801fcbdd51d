"""The tables of the catalog."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tradewatch.store import title_index
from tradewatch.store.schema import statements

migrations = Migrations("titles")

TABLES = """
CREATE TABLE title (               -- one row a work
  no      INTEGER PRIMARY KEY,     -- what the tables of lookup point to
  id      TEXT NOT NULL UNIQUE,    -- authority and number ("imdb:tt0903747"), or a desk's own
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  year    INTEGER,
  ended   INTEGER,
  country TEXT,
  network TEXT,
  held    INTEGER NOT NULL DEFAULT 0,           -- named by an editor: imports no longer rename it
  merged_into INTEGER REFERENCES title (no)     -- the same work, kept under another id
) STRICT;

CREATE TABLE title_alias (
  title INTEGER NOT NULL REFERENCES title (no),
  name  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  since TEXT,
  until TEXT,
  PRIMARY KEY (title, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE title_external (      -- ids at other authorities than the one that the title's own id names
  authority TEXT NOT NULL,
  id        TEXT NOT NULL,
  title     INTEGER NOT NULL REFERENCES title (no),
  PRIMARY KEY (authority, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_external_title ON title_external (title);

CREATE TABLE title_pending (       -- written, but not yet in the tables of lookup
  title INTEGER PRIMARY KEY REFERENCES title (no)
) STRICT;

CREATE TABLE title_log (           -- what editors did; rows are only added
  id     INTEGER PRIMARY KEY,
  title  TEXT NOT NULL,
  action TEXT NOT NULL,            -- merge, unmerge, alias, retitle, accept
  detail TEXT NOT NULL,            -- JSON
  editor TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT;
CREATE INDEX title_log_title ON title_log (title, id);

CREATE TABLE title_import (        -- each reading of a file of titles
  id          INTEGER PRIMARY KEY,
  file        TEXT NOT NULL,
  format      TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  rows        INTEGER NOT NULL DEFAULT 0,       -- read so far
  added       INTEGER NOT NULL DEFAULT 0,
  changed     INTEGER NOT NULL DEFAULT 0,
  broken      INTEGER NOT NULL DEFAULT 0,
  finished    INTEGER NOT NULL DEFAULT 0        -- 0: interrupted, and not read to its end since
) STRICT;
"""


@migrations()
def first(db: Database) -> None:
    """The catalog and its tables of lookup."""
    for statement in statements(TABLES + title_index.TABLES):
        db.execute(statement)
