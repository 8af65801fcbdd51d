"""Time: the one place that waits. A tick job while the daemon runs, and the pause between two requests to one host."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler


class Pacer:
    """Keeps requests to one host apart; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, host: str, spacing: dt.timedelta) -> None:
        """Return when a request to `host` may start, and book the pause that follows it."""
        with self._lock:
            start = max(self._clock(), self._free_at.get(host, 0.0))
            self._free_at[host] = start + spacing.total_seconds()
        wait = start - self._clock()
        if wait > 0:
            self._sleep(wait)


def keep_ticking(tick: Callable[[], None], every: dt.timedelta, stop: threading.Event) -> None:
    """Call `tick` now and then `every` so often, never two at once, until `stop` is set; a tick under way is finished."""
    scheduler = BackgroundScheduler(timezone=dt.UTC)
    # A late tick is as good as any (grace None), and missed ones are one: what is due stands in the database.
    scheduler.add_job(
        tick,
        "interval",
        seconds=every.total_seconds(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=dt.datetime.now(dt.UTC),
    )
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)
