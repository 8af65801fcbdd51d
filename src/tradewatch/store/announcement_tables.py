"""The tables of announcements."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tradewatch.store.schema import statements

migrations = Migrations("announcements")

TABLES = """
CREATE TABLE announcement (        -- one row an event: its newest version, and who told it
  id          TEXT PRIMARY KEY,
  work        TEXT NOT NULL,       -- the title's id, or new: and its key
  type TEXT NOT NULL, title TEXT, title_id TEXT, working_title INTEGER NOT NULL, parent TEXT, relation TEXT, seasons TEXT NOT NULL,
  final INTEGER NOT NULL, network TEXT, from_network TEXT, format TEXT, stage TEXT, episodes INTEGER, person TEXT, role TEXT,
  character TEXT, tier TEXT, date TEXT, date_precision TEXT, prior_date TEXT, deal TEXT, based_on TEXT, territory TEXT,
  licensor TEXT, successor TEXT, status TEXT NOT NULL, novelty TEXT NOT NULL, attribution TEXT NOT NULL,
  confidence REAL NOT NULL, rule TEXT NOT NULL,
  rivals      TEXT NOT NULL,       -- JSON claims: other values that independent reports stand by
  certainty   TEXT NOT NULL,
  version     INTEGER NOT NULL,
  first_seen  TEXT NOT NULL,
  last_seen   TEXT NOT NULL,
  outlets     INTEGER NOT NULL,    -- that told it
  origins     INTEGER NOT NULL,    -- that their telling goes back to
  merged_into TEXT REFERENCES announcement (id),
  withdrawn   INTEGER NOT NULL DEFAULT 0         -- told by nobody any more
) STRICT;
CREATE INDEX announcement_work ON announcement (work, first_seen);
CREATE INDEX announcement_seen ON announcement (last_seen);

CREATE TABLE announcement_version (  -- what it was told to be, and since when; rows are only added
  announcement TEXT NOT NULL REFERENCES announcement (id),
  version      INTEGER NOT NULL,
  value        TEXT NOT NULL,      -- JSON slots
  rivals       TEXT NOT NULL,      -- JSON list of the same
  certainty    TEXT NOT NULL,
  because      TEXT NOT NULL,      -- a kind of decision, or merged, split, undone, settled
  claim_id     TEXT,               -- the claim that made it; null where an editor did
  reasons      TEXT NOT NULL,      -- JSON
  at           TEXT NOT NULL,
  PRIMARY KEY (announcement, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_report ( -- each claim, the decision on it, and whose word it is
  claim_id     TEXT PRIMARY KEY,
  announcement TEXT REFERENCES announcement (id),  -- null while unsure
  likeliest    TEXT REFERENCES announcement (id),  -- of an unsure one
  work         TEXT NOT NULL,
  article_id   TEXT NOT NULL,
  outlet       TEXT NOT NULL,
  owner        TEXT NOT NULL,
  tier         TEXT NOT NULL,
  url          TEXT NOT NULL,
  reported_at  TEXT NOT NULL,
  chain        TEXT NOT NULL,      -- JSON, from the publisher to the origin
  origin       TEXT NOT NULL,
  first_hand   INTEGER NOT NULL,
  cites        TEXT NOT NULL,      -- JSON
  copy_of      TEXT,
  correction   INTEGER NOT NULL,
  stance       TEXT NOT NULL,
  claim        TEXT NOT NULL,      -- JSON slots, as decided upon
  decision     TEXT NOT NULL,
  certainty    TEXT NOT NULL,
  reasons      TEXT NOT NULL,      -- JSON
  decided_at   TEXT NOT NULL
) STRICT;
CREATE INDEX announcement_report_of ON announcement_report (announcement, reported_at);
CREATE INDEX announcement_report_unsure ON announcement_report (decided_at) WHERE announcement IS NULL;

CREATE TABLE announcement_key (    -- what comparable announcements are found by
  hash         INTEGER NOT NULL,
  announcement TEXT NOT NULL REFERENCES announcement (id),
  PRIMARY KEY (hash, announcement)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_link (   -- other events that one bears on
  announcement TEXT NOT NULL REFERENCES announcement (id),
  relation     TEXT NOT NULL,      -- reverses, follows, accompanies
  other        TEXT NOT NULL REFERENCES announcement (id),
  PRIMARY KEY (announcement, relation, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_change ( -- what digests follow
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  announcement TEXT NOT NULL REFERENCES announcement (id),
  version      INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  at           TEXT NOT NULL
) STRICT;

CREATE TABLE announcement_edit (   -- what editors did to whole announcements; an undone one stays
  id        INTEGER PRIMARY KEY,
  action    TEXT NOT NULL,         -- merge, split, rekey, settle
  detail    TEXT NOT NULL,         -- JSON: what it takes to undo it
  editor    TEXT NOT NULL,
  reason    TEXT,
  at        TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT
) STRICT;

CREATE TABLE text_sketch (         -- for near copies
  article_id   TEXT PRIMARY KEY,
  published_at TEXT NOT NULL,
  hashes       BLOB NOT NULL
) STRICT;
CREATE TABLE text_sketch_key (
  hash       INTEGER NOT NULL,
  article_id TEXT NOT NULL REFERENCES text_sketch (article_id),
  PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
"""


@migrations()
def first(db: Database) -> None:
    """Announcements with their versions, reports and changes; sketches of texts."""
    for statement in statements(TABLES):
        db.execute(statement)


@migrations()
def second(db: Database) -> None:
    """What an article's earlier revisions said and it no longer does travels with its reports."""
    db.execute("ALTER TABLE announcement_report ADD COLUMN unsaid TEXT NOT NULL DEFAULT '[]'")


ONE_LOG = """
CREATE TRIGGER verdict_is_a_change AFTER INSERT ON verdict
BEGIN INSERT INTO announcement_change (announcement, version, kind, at)
SELECT id, version, 'decided', NEW.decided_at FROM announcement WHERE id = NEW.subject; END;
CREATE INDEX announcement_change_of ON announcement_change (announcement, seq);
"""


@migrations()
def third(db: Database) -> None:
    """What editors decide on announcements stands in the log that digests follow, too."""
    for statement in statements(ONE_LOG):
        db.execute(statement)
