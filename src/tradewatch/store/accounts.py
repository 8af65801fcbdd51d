"""Users of the review desk, their sessions, their programs' tokens, and logins that failed. Secrets are kept as hashes only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from tradewatch.errors import StoreError
from tradewatch.store.rows import to_optional_time, to_text, to_time
from tradewatch.store.schema import statements
from tradewatch.types import Role, User

migrations = Migrations("accounts")

TABLES = """
CREATE TABLE user (
  name        TEXT PRIMARY KEY COLLATE NOCASE,
  role        TEXT NOT NULL,
  password    TEXT NOT NULL,       -- argon2id
  created_at  TEXT NOT NULL,
  disabled_at TEXT
) STRICT;

CREATE TABLE session (
  hash       TEXT PRIMARY KEY,     -- sha256 of the cookie's value
  user       TEXT NOT NULL COLLATE NOCASE REFERENCES user (name),
  created_at TEXT NOT NULL,
  seen_at    TEXT NOT NULL
) STRICT;

CREATE TABLE token (               -- what programs authenticate with
  hash       TEXT PRIMARY KEY,
  user       TEXT NOT NULL COLLATE NOCASE REFERENCES user (name),
  name       TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TABLE failed_login (
  name    TEXT NOT NULL COLLATE NOCASE,
  address TEXT NOT NULL,
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX failed_login_at ON failed_login (at);
"""


@migrations()
def first(db: Database) -> None:
    """The tables above."""
    for statement in statements(TABLES):
        db.execute(statement)


class AccountStore:
    """Tables user, session, token and failed_login."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # Users

    def add(self, name: str, role: Role, password: str, now: dt.datetime) -> None:
        """Write a new user, with the hash of a password. Raises StoreError where the name is taken."""
        if self.get(name):
            raise StoreError(f"{name}: there is a user of this name already")
        self._db.execute("INSERT INTO user VALUES (?, ?, ?, ?, NULL)", [name, role.value, password, to_text(now)])

    def get(self, name: str) -> User | None:
        """A user by name, in either case; None where there is none."""
        return next(map(_user, self._db.query("SELECT * FROM user WHERE name = ?", [name])), None)

    def all(self) -> list[User]:
        """Every user, by name."""
        return [_user(row) for row in self._db.query("SELECT * FROM user ORDER BY name")]

    def password(self, name: str) -> str | None:
        """The hash of a user's password; None where the user is unknown or disabled."""
        row = self._db.execute("SELECT password FROM user WHERE name = ? AND disabled_at IS NULL", [name]).fetchone()
        return row[0] if row else None

    def set_password(self, name: str, password: str) -> None:
        """Put another hash in place; every session of the user ends. Raises StoreError where the user is unknown."""
        self._known(name)
        with self._db.atomic():
            self._db.execute("UPDATE user SET password = ? WHERE name = ?", [password, name])
            self._db.execute("DELETE FROM session WHERE user = ?", [name])

    def set_role(self, name: str, role: Role) -> None:
        """Give a user another role, at once. Raises StoreError where the user is unknown."""
        self._known(name)
        self._db.execute("UPDATE user SET role = ? WHERE name = ?", [role.value, name])

    def disable(self, name: str, now: dt.datetime) -> None:
        """Shut a user out, at once; what they decided stays theirs. Raises StoreError where the user is unknown."""
        self._known(name)
        with self._db.atomic():
            self._db.execute("UPDATE user SET disabled_at = ? WHERE name = ?", [to_text(now), name])
            self._db.execute("DELETE FROM session WHERE user = ?", [name])
            self._db.execute("UPDATE token SET revoked_at = ? WHERE user = ? AND revoked_at IS NULL", [to_text(now), name])

    def enable(self, name: str) -> None:
        """Let a disabled user in again. Raises StoreError where the user is unknown."""
        self._known(name)
        self._db.execute("UPDATE user SET disabled_at = NULL WHERE name = ?", [name])

    def _known(self, name: str) -> None:
        if self.get(name) is None:
            raise StoreError(f"{name}: there is no such user; `tradewatch user list` shows them")

    # Sessions

    def open_session(self, secret: str, name: str, now: dt.datetime) -> None:
        """Begin a session under the hash of its secret."""
        self._db.execute("INSERT INTO session VALUES (?, ?, ?, ?)", [secret, name, to_text(now), to_text(now)])

    def session_user(self, secret: str, now: dt.datetime, *, idle: dt.timedelta, most: dt.timedelta) -> User | None:
        """Whose session it is; None where it is unknown, was idle for longer than `idle`, or is older than `most`."""
        sql = """SELECT user.*, session.seen_at FROM session JOIN user ON user.name = session.user
                 WHERE hash = ? AND session.seen_at >= ? AND session.created_at >= ? AND user.disabled_at IS NULL"""
        row = next(iter(self._db.query(sql, [secret, to_text(now - idle), to_text(now - most)])), None)
        if row is None:
            return None
        if now - to_time(row["seen_at"]) > idle / 20:  # not a write for each request
            self._db.execute("UPDATE session SET seen_at = ? WHERE hash = ?", [to_text(now), secret])
        return _user(row)

    def close_session(self, secret: str) -> None:
        """End a session."""
        self._db.execute("DELETE FROM session WHERE hash = ?", [secret])

    # Tokens

    def add_token(self, secret: str, user: str, name: str, now: dt.datetime) -> None:
        """Let a program act for a user, under the hash of its token. Raises StoreError where the user is unknown."""
        self._known(user)
        self._db.execute("INSERT INTO token VALUES (?, ?, ?, ?, NULL)", [secret, user, name, to_text(now)])

    def token_user(self, secret: str) -> User | None:
        """Whose token it is; None where it is unknown, revoked, or its user disabled."""
        sql = """SELECT user.* FROM token JOIN user ON user.name = token.user
                 WHERE hash = ? AND revoked_at IS NULL AND user.disabled_at IS NULL"""
        return next(map(_user, self._db.query(sql, [secret])), None)

    def tokens(self) -> list[tuple[str, str, dt.datetime, dt.datetime | None]]:
        """(user, name, created, revoked) of every token, the oldest first."""
        rows = self._db.execute("SELECT user, name, created_at, revoked_at FROM token ORDER BY created_at").fetchall()
        return [(user, name, to_time(created), to_optional_time(revoked)) for user, name, created, revoked in rows]

    def revoke_token(self, user: str, name: str, now: dt.datetime) -> int:
        """End a user's tokens of a name; returns how many there were."""
        sql = "UPDATE token SET revoked_at = ? WHERE user = ? AND name = ? AND revoked_at IS NULL"
        return self._db.execute(sql, [to_text(now), user, name]).rowcount

    # Failed logins

    def add_failure(self, name: str, address: str, now: dt.datetime) -> None:
        """Write a failed login down."""
        self._db.execute("INSERT INTO failed_login VALUES (?, ?, ?)", [name, address, to_text(now)])

    def failures(self, since: dt.datetime) -> list[tuple[str, str, dt.datetime]]:
        """(name in lower case, address, time) of the failures since then, the oldest first; older ones are forgotten."""
        self._db.execute("DELETE FROM failed_login WHERE at < ?", [to_text(since)])
        rows = self._db.execute("SELECT lower(name), address, at FROM failed_login ORDER BY at").fetchall()
        return [(name, address, to_time(at)) for name, address, at in rows]

    def forgive(self, name: str, address: str) -> None:
        """Forget the failures of a name at an address, after a login that went well."""
        self._db.execute("DELETE FROM failed_login WHERE name = ? AND address = ?", [name, address])


def _user(row: dict[str, Any]) -> User:
    return User(
        name=row["name"], role=Role(row["role"]), created_at=to_time(row["created_at"]), disabled_at=to_optional_time(row["disabled_at"])
    )
