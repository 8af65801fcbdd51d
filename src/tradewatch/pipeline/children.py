"""The same work on every core: child processes that share, since they are forked, all that this process has compiled.

Made for extraction, which is pure and takes most of a poll's time. A child that dies costs nothing: what it was given is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Children(Generic[T, R]):
    """`work` in `count` processes, used by one thread at a time. Close it, or use it in a `with`.

    With a count of 0, and where forking is not safe (beside other threads, or on systems other than Linux), this process does the work.
    """

    def __init__(self, work: Callable[[T], R], count: int = 0) -> None:
        self._work = work
        safe = sys.platform == "linux" and threading.active_count() == 1
        if count and safe:
            gc.freeze()  # or every child would copy what it shares, page by page, to look through it for garbage
        self._children = [_Child(work) for _ in range(count if safe else 0)]

    def map(self, tasks: Iterable[T]) -> Iterator[R]:
        """The answers in the order of the tasks; each child works on one task ahead of what was asked for."""
        waiting = iter(tasks)
        busy: deque[_Child[T, R]] = deque()
        for child, task in zip(self._children, waiting, strict=False):
            child.give(task)
            busy.append(child)
        try:
            while busy:
                child = busy.popleft()
                answer = child.answer()
                for task in islice(waiting, 1):
                    child.give(task)
                    busy.append(child)
                yield answer
        finally:
            for child in busy:  # whose answers nobody wants any more
                child.answer()
        yield from map(self._work, waiting)  # all of them, where there are no children

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.end()
        self._children.clear()

    def __enter__(self) -> Children[T, R]:
        """Itself; closed at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()


class _Child(Generic[T, R]):
    """One process and the task that it works on."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self._work = work
        self._task: list[T] = []
        self._pipe, far = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(work, far), daemon=True)
        self._process.start()
        far.close()

    def give(self, task: T) -> None:
        self._task = [task]
        with suppress(OSError):  # it has died, as `answer` will see
            self._pipe.send(task)

    def answer(self) -> R:
        try:
            answer: R = self._pipe.recv()
        except (EOFError, OSError):
            return self._work(self._task[0])
        return answer

    def end(self) -> None:
        self._pipe.close()
        self._process.join()


def _serve(work: Callable[[T], R], pipe: Connection) -> None:
    """The child: answer until the parent closes its end or is no more. Nothing else of the parent's stays open: no database, no lock."""
    os.closerange(3, pipe.fileno())
    os.closerange(pipe.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
