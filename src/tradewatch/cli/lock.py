"""One poller at a time, and one that sends digests."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tradewatch.errors import LockHeldError


@contextmanager
def polling(database: Path, command: str) -> Iterator[None]:
    """Hold the database's poll lock; raises LockHeldError with who holds it. A killed process leaves no lock behind."""
    with _held(database, "", "polling", command):
        yield


@contextmanager
def sending(database: Path, command: str) -> Iterator[None]:
    """Hold the lock of those who send digests, so that nothing is sent twice; otherwise as `polling`."""
    with _held(database, ".digest", "sending digests", command):
        yield


@contextmanager
def _held(database: Path, suffix: str, doing: str, command: str) -> Iterator[None]:
    holder = database.with_name(f"{database.name}{suffix}.holder")
    lock = FileLock(database.with_name(f"{database.name}{suffix}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "another process"
        raise LockHeldError(f"{database}: {who} is {doing}; wait for it or stop it") from error
    try:
        holder.write_text(f"`tradewatch {command}` (process {os.getpid()} on {socket.gethostname()})", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
