"""One poller at a time."""

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
    holder = database.with_name(database.name + ".holder")
    lock = FileLock(database.with_name(database.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "another process"
        raise LockHeldError(f"{database}: {who} is polling; wait for it or stop it") from error
    try:
        holder.write_text(f"`tradewatch {command}` (process {os.getpid()} on {socket.gethostname()})", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
