"""The tables of the review desk."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tradewatch.store.schema import statements

migrations = Migrations("desk")

TABLES = """
CREATE TABLE queue (               -- where each announcement stands at the desk; made anew from the logs at any time
  no           INTEGER PRIMARY KEY,
  announcement TEXT NOT NULL UNIQUE REFERENCES announcement (id),
  state        TEXT NOT NULL,      -- open, deferred, accepted, rejected
  place        TEXT NOT NULL,      -- sorts as the queue does
  stamp        TEXT NOT NULL,      -- another one after each change that a decision should know of
  reopened     TEXT,               -- why a decided one is open again
  due_at       TEXT,               -- when a deferred one comes back
  type         TEXT NOT NULL,
  network      TEXT,
  certainty    TEXT NOT NULL,
  title_state  TEXT NOT NULL,
  seen         TEXT NOT NULL       -- when it was last told
) STRICT;
CREATE INDEX queue_place ON queue (state, place);
CREATE INDEX queue_seen ON queue (seen);
CREATE INDEX queue_network ON queue (network, state, place);
CREATE INDEX queue_type ON queue (type, state, place);
CREATE INDEX queue_due ON queue (due_at) WHERE state = 'deferred' AND due_at IS NOT NULL;

CREATE TABLE queue_outlet (        -- who told each announcement
  outlet TEXT NOT NULL,
  no     INTEGER NOT NULL REFERENCES queue (no) ON DELETE CASCADE,
  PRIMARY KEY (outlet, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_outlet_no ON queue_outlet (no);

CREATE TABLE followed (            -- how far each log was followed
  log TEXT PRIMARY KEY,
  at  TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE announcement_text USING fts5 (words, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE article_text USING fts5 (headline, dek, body, content = 'article', tokenize = "unicode61 remove_diacritics 2");

CREATE TABLE lease (               -- who looks at what; nobody is kept out by it
  user         TEXT PRIMARY KEY COLLATE NOCASE,
  announcement TEXT NOT NULL,
  until        TEXT NOT NULL
) STRICT;

CREATE TABLE desk_action (         -- each act of an editor at the desk; rows are only added, undo is a new one
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,            -- accept, reject, edit, defer, merge, split, settle, same_title, new_title, retitle, undo
  about  TEXT NOT NULL,            -- the announcement it was done on, or the claim
  editor TEXT NOT NULL COLLATE NOCASE,
  at     TEXT NOT NULL,
  detail TEXT NOT NULL,            -- JSON: what it takes to undo it
  undoes INTEGER UNIQUE REFERENCES desk_action (id)
) STRICT;
CREATE INDEX desk_action_editor ON desk_action (editor, id);
CREATE INDEX desk_action_about ON desk_action (about, id);
CREATE TRIGGER desk_action_is_append_only_update BEFORE UPDATE ON desk_action
BEGIN SELECT RAISE (ABORT, 'the log of the desk is never changed; undo is a new row'); END;
CREATE TRIGGER desk_action_is_append_only_delete BEFORE DELETE ON desk_action
BEGIN SELECT RAISE (ABORT, 'the log of the desk is never changed; undo is a new row'); END;

CREATE TABLE saved_view (          -- a named question to the queue
  name   TEXT PRIMARY KEY COLLATE NOCASE,
  query  TEXT NOT NULL,            -- as it stands in the address
  editor TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT;
"""


@migrations()
def first(db: Database) -> None:
    """The tables above."""
    for statement in statements(TABLES):
        db.execute(statement)


CASES = """
CREATE TABLE labelled_case (       -- an article with the claims that an editor says it makes; its newest label
  article    TEXT PRIMARY KEY,
  document   TEXT NOT NULL,        -- JSON, a line of what `tradewatch evaluate` reads
  editor     TEXT NOT NULL,
  at         TEXT NOT NULL
) STRICT;
"""


@migrations()
def second(db: Database) -> None:
    """How each announcement was decided on stands in the queue, so that decisions can be counted; it is placed anew."""
    db.execute("ALTER TABLE queue ADD COLUMN decided TEXT")
    db.execute("CREATE INDEX queue_decided ON queue (decided) WHERE decided IS NOT NULL")
    db.execute("DELETE FROM followed")


@migrations()
def third(db: Database) -> None:
    """Articles labelled by editors."""
    for statement in statements(CASES):
        db.execute(statement)
