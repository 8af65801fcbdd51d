"""Passwords (argon2id), and the secrets of sessions and tokens."""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Characters of a password; length is what counts (NIST SP 800-63B)."""

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex())
"""Checked where a name is unknown, so that the answer takes as long."""


def trouble_with(password: str, name: str) -> str | None:
    """Why a password cannot be taken; None where it can."""
    if len(password) < SHORTEST:
        return f"a password needs at least {SHORTEST} characters"
    if len(password) > 1024:
        return "a password has at most 1024 characters"
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        return "a password must not be one character over and over, nor hold the user's name"
    return None


def hashed_password(password: str) -> str:
    """The argon2id hash of a password, with its salt and costs."""
    return _HASHER.hash(password)


def right_password(password: str, hashed: str | None) -> bool:
    """Whether a password has that hash; None (an unknown user) takes as long and is never right."""
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits, as text for a cookie or a header."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept of a secret. One hash is enough: it has 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
