"""The program, run as a process that ends itself as kill(1) would at its n-th step: `python -m tests.digest.killing N digest run …`."""

from __future__ import annotations

import os
import signal
import sys
from functools import cache
from types import CodeType, FrameType

STEPS = ("digest/run.py", "deliver/", "tables/whole.py")
"""Each call of a function in one of these files, and each return from it, is a step; so is each of the store that writes an issue."""
WRITING = ("freeze", "freezing", "save", "_run")
COUNT = 0
"""The step at which nothing happens: they are counted."""


@cache
def is_step(code: CodeType) -> bool:
    path = code.co_filename
    return any(f"tradewatch/{part}" in path for part in STEPS) or (path.endswith("store/issues.py") and code.co_name in WRITING)


def main() -> None:
    last, steps = int(sys.argv.pop(1)), 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal steps
        if event in ("call", "return") and is_step(frame.f_code):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    from tradewatch.cli import main as tradewatch

    sys.setprofile(watch)
    try:
        tradewatch()
    finally:
        sys.setprofile(None)
        print(steps, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
