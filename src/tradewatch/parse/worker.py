"""Parsing where it can be killed: child processes with a limit on time and on memory.

A feed made to hang or to swell the parser costs one child, which is replaced; the poll, its threads and the other sources never notice.
`ParseWorkers.run(parse_feed, body, url=…)` answers as `parse_feed(body, url=…)` does, or raises ParseError. `Here.run` does it at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, ParamSpec, Protocol, TypeVar

from tradewatch.errors import ConfigError, ParseError
from tradewatch.types import Outcome

P = ParamSpec("P")
T = TypeVar("T")

TIME_LIMIT = dt.timedelta(seconds=20)
"""For one document. The slowest honest feed that we know, 100,000 items, takes a quarter of it."""
MEMORY_LIMIT = 1 << 30
"""Bytes of address space of one child; a child at rest has a third of it."""
SIZE = struct.Struct(">Q")


class Parser(Protocol):
    """Who calls a function of this package."""

    def run(self, function: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> T:
        """`function(*args, **options)`. Raises what it raises."""
        ...


class Here:
    """Calls it in this thread, whatever that may cost: for what is known to be harmless."""

    def run(self, function: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> T:
        """`function(*args, **options)`. Raises what it raises."""
        return function(*args, **options)


class ParseWorkers:
    """A few children that parse; safe to share between threads. They start when first needed and end with `close` or with their parent."""

    def __init__(self, count: int = 2, *, time_limit: dt.timedelta = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT) -> None:
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._children = tuple(_Child(time_limit, memory_limit) for _ in range(count))
        for child in self._children:
            self._idle.put(child)

    def run(self, function: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> T:
        """`function(*args, **options)` in the first child that is free. Raises what it raises; ParseError where the child had to die."""
        child = self._idle.get()
        try:
            answer: T = child.ask(function, args, options)
        finally:
            self._idle.put(child)
        return answer

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.end()

    def __enter__(self) -> ParseWorkers:
        """Itself; closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


class _Child:
    """One process, started on demand; `ask` is called by one thread at a time."""

    def __init__(self, time_limit: dt.timedelta, memory_limit: int) -> None:
        self.time_limit = time_limit
        self.memory_limit = memory_limit
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, function: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        url = str(options.get("url", ""))
        process = self._running()
        assert process.stdin
        assert process.stdout
        late = threading.Event()
        timer = threading.Timer(self.time_limit.total_seconds(), self._too_late, (process, late))
        timer.start()
        try:
            _send(process.stdin, (function, args, options))
            kind, answer = _receive(process.stdout)
        except (OSError, EOFError) as error:
            self.end()
            why = f"took longer than {self.time_limit.total_seconds():g} s" if late.is_set() else "killed the parser"
            raise ParseError(url, Outcome.UNREADABLE, f"reading it {why}") from error
        finally:
            timer.cancel()
            if late.is_set():
                self.end()
        return _unwrap(kind, answer, url, self.memory_limit)

    def end(self) -> None:
        """Kill the process, where there is one, and close its pipes."""
        process, self.process = self.process, None
        if process:
            process.kill()
            with contextlib.suppress(BrokenPipeError):
                process.__exit__(None, None, None)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.end()
            command = [sys.executable, "-m", __spec__.name, str(self.memory_limit)]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
            )
        return self.process

    @staticmethod
    def _too_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
        late.set()
        process.kill()


def _unwrap(kind: str, answer: Any, url: str, memory_limit: int) -> Any:
    match kind:
        case "answer":
            return answer
        case "parse":
            raise ParseError(*answer)
        case "config":
            raise ConfigError(answer)
        case "memory":
            raise ParseError(url, Outcome.UNREADABLE, f"reading it needs more than {memory_limit >> 20} MB of memory")
        case _:
            raise ParseError(url, Outcome.UNREADABLE, f"reading it failed ({answer})")


def _send(pipe: IO[bytes], value: Any) -> None:
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(SIZE.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    size = pipe.read(SIZE.size)
    if len(size) < SIZE.size:
        raise EOFError
    (length,) = SIZE.unpack(size)
    packed = pipe.read(length)
    if len(packed) < length:
        raise EOFError
    return pickle.loads(packed)  # what our own child wrote, of our own values


def serve(memory_limit: int) -> None:
    """The child: answer what comes on standard input until it closes. Nothing else may write to standard output."""
    _limit_memory(memory_limit)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while True:
        try:
            function, args, options = _receive(sys.stdin.buffer)
        except EOFError:
            return
        _send(answers, _answer(function, args, options))


def _answer(function: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "answer", function(*args, **options)
    except ParseError as error:
        return "parse", (error.url, error.outcome, error.reason)
    except ConfigError as error:
        return "config", str(error)
    except MemoryError:
        return "memory", None
    except Exception as error:  # a bug on some bytes is that document's misfortune, not the poll's
        return "bug", f"{type(error).__name__}: {str(error)[:200]}"


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the limit on time holds there too
        return
    with contextlib.suppress(ValueError, OSError):  # nor do some systems that have the module
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
