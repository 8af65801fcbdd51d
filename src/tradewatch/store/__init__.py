"""The database: every SQL statement and migration; values in, values out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tradewatch.errors import StoreError
from tradewatch.store.accounts import AccountStore
from tradewatch.store.accounts import migrations as accounts
from tradewatch.store.announcement_edits import AnnouncementEdits
from tradewatch.store.announcements import AnnouncementStore
from tradewatch.store.announcements import migrations as announcing
from tradewatch.store.articles import ArticleStore
from tradewatch.store.cases import CaseStore
from tradewatch.store.claims import ClaimStore
from tradewatch.store.decisions import DecisionStore
from tradewatch.store.desk_tables import migrations as reviewing
from tradewatch.store.digest_tables import migrations as digesting
from tradewatch.store.exports import ExportStore
from tradewatch.store.issues import IssueStore
from tradewatch.store.pages import PageStore
from tradewatch.store.queue import QueueStore
from tradewatch.store.schema import reading
from tradewatch.store.search import SearchStore
from tradewatch.store.sources import SourceStore
from tradewatch.store.title_edits import TitleEdits
from tradewatch.store.title_imports import TitleImports
from tradewatch.store.titles import TitleStore
from tradewatch.store.titles import migrations as naming
from tradewatch.store.verdicts import VerdictStore
from tradewatch.store.views import create_views

MIGRATIONS = (reading, naming, announcing, accounts, reviewing, digesting)


class Store:
    """One open database, its tables grouped by what they hold.

    `networks` maps folded names of networks to their owner, for announcements that editors' acts tell anew.
    """

    def __init__(self, db: Database, *, networks: Mapping[str, str] | None = None) -> None:
        self.db = db
        self.sources = SourceStore(db)
        self.pages = PageStore(db)
        self.articles = ArticleStore(db)
        self.claims = ClaimStore(db)
        self.verdicts = VerdictStore(db)
        self.titles = TitleStore(db)
        self.title_edits = TitleEdits(db)
        self.title_imports = TitleImports(db)
        self.announcements = AnnouncementStore(db)
        self.announcement_edits = AnnouncementEdits(db, networks=networks)
        self.accounts = AccountStore(db)
        self.queue = QueueStore(db)
        self.search = SearchStore(db)
        self.cases = CaseStore(db)
        self.issues = IssueStore(db)
        self.exports = ExportStore(db)
        self.decisions = DecisionStore(db, networks=networks)

    @classmethod
    def open(cls, path: Path, *, create: bool = False, networks: Mapping[str, str] | None = None) -> Store:
        """The database at `path`, brought to this version's tables.

        Raises StoreError where there is none (and `create` is not given) or where the file is no such database.
        """
        if not create and not path.exists():
            raise StoreError(f"{path}: there is no database; `tradewatch init` makes one")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The daemon opens here and writes in its scheduler's thread; never in two threads at once.
            connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
            return cls(_prepared(Database(connection)), networks=networks)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path}: cannot be used as a database: {error}") from error

    @classmethod
    def in_memory(cls) -> Store:
        """An empty database that lives as long as the value."""
        return cls(_prepared(Database(sqlite3.connect(":memory:", check_same_thread=False))))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside becomes durable together, or not at all."""
        with self.db.atomic():
            yield

    def close(self) -> None:
        """Give the file back."""
        self.db.close()


def _prepared(db: Database) -> Database:
    db.enable_wal()
    # Durable against a killed process; a power cut may cost the last poll, which is then simply repeated.
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-32000"):
        db.execute(f"PRAGMA {pragma}")
    if any(migrations.pending(db) for migrations in MIGRATIONS):
        for migrations in MIGRATIONS:
            migrations.apply(db)
    create_views(db)
    return db
