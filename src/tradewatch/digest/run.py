"""A digest's run: its issue is frozen, then handed over; each delivery is written down as it ends.

Killed anywhere, a run leaves either no issue, and the next run covers the same changes, or a frozen one whose deliveries that are not
written down as done are done by the next run. What a receiver took just before we could write that down it gets once more, under the
same id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tradewatch.deliver import Parcel
from tradewatch.digest.draft import Newsroom, draft
from tradewatch.digest.parcel import parcel_of
from tradewatch.digest.schedule import due
from tradewatch.errors import ConfigError, DeliveryError, StoreError
from tradewatch.store import Store
from tradewatch.store.queue import SOON
from tradewatch.types import Delivery, DeliveryState, Digest, Dispatch, Issue

Send = Callable[[Delivery, Parcel], None]
"""Hands a parcel over. Raises DeliveryError, or ConfigError where a secret is not set."""
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=4)
TRIES = 12
"""Tries after which a delivery is given up, some twenty hours after the first."""


def freeze(newsroom: Newsroom, digest: Digest, now: dt.datetime, *, scheduled_for: dt.datetime | None = None) -> Issue:
    """Write down the issue that a digest sends now, with its deliveries still to be made."""
    issues = newsroom.store.issues
    newsroom.store.queue.catch_up(now, most=SOON)
    with issues.freezing():
        issue = draft(newsroom, digest, now, scheduled_for=scheduled_for)
        issues.freeze(issue, [one.name for one in digest.deliveries], send=bool(issue.rows) or digest.send_empty)
    return issue


def hand_over(
    store: Store, digests: Iterable[Digest], send: Send, now: dt.datetime, *, only: str | None = None, all_now: bool = False
) -> Iterator[Dispatch]:
    """Make the deliveries that are due, of one digest where that is asked, the oldest issue first; each is yielded as it ends.

    `all_now`: those too that wait for another try.
    """
    targets = {(digest.id, one.name): one for digest in digests for one in digest.deliveries}
    for dispatch in store.issues.outstanding(only):
        if all_now or dispatch.next_at is None or dispatch.next_at <= now:
            ended = _attempt(store, dispatch, targets.get((dispatch.digest, dispatch.target)), send, now)
            store.issues.save(ended)
            yield ended


def _attempt(store: Store, dispatch: Dispatch, delivery: Delivery | None, send: Send, now: dt.datetime) -> Dispatch:
    if delivery is None:
        return replace(dispatch, state=DeliveryState.GIVEN_UP, at=now, next_at=None, reason="no longer configured")
    issue = store.issues.get(dispatch.digest, dispatch.number)
    assert issue is not None  # a dispatch refers to it
    try:
        send(delivery, parcel_of(issue, dispatch))
    except (DeliveryError, ConfigError) as error:
        return after_failure(dispatch, str(error), now)
    return replace(dispatch, state=DeliveryState.DELIVERED, tries=dispatch.tries + 1, at=now, next_at=None, reason="")


def after_failure(dispatch: Dispatch, reason: str, now: dt.datetime) -> Dispatch:
    """A delivery that failed: tried again after a pause that doubles, until it is given up. Pure."""
    tries = dispatch.tries + 1
    if tries >= TRIES:
        return replace(dispatch, state=DeliveryState.GIVEN_UP, tries=tries, at=now, next_at=None, reason=reason)
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    return replace(dispatch, state=DeliveryState.FAILED, tries=tries, at=now, next_at=now + pause, reason=reason)


def send_again(store: Store, digest: str, number: int, *, only: str | None = None) -> list[Dispatch]:
    """Have an issue delivered once more as it was frozen: to all, or to the delivery or kind of deliveries that is named.

    Raises StoreError where there is no such issue, or none such of its deliveries.
    """
    if store.issues.get(digest, number) is None:
        raise StoreError(f"{digest}: there is no issue {number}")
    chosen = [one for one in store.issues.dispatches(digest, number) if only is None or only in (one.target, one.target.partition(":")[0])]
    if not chosen:
        raise StoreError(f"issue {number} of {digest} has no delivery {only or 'at all'}")
    again = [replace(one, state=DeliveryState.WAITING, tries=0, sending=one.sending + 1, next_at=None, reason="") for one in chosen]
    for one in again:
        store.issues.save(one)
    return again


def is_due(store: Store, digest: Digest, now: dt.datetime) -> dt.datetime | None:
    """The time of its schedule that a digest has to answer now; one that never ran begins with the first after it became known."""
    last = store.issues.last(digest.id)
    return due(digest.schedule, last.frozen_at if last else store.issues.start(digest.id, now), now)
