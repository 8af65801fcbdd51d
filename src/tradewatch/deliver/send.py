"""One parcel to one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tradewatch.deliver.folder import to_folder
from tradewatch.deliver.hook import to_hook
from tradewatch.deliver.mail import to_mail
from tradewatch.deliver.parcel import Parcel
from tradewatch.errors import DeliveryError, TableError
from tradewatch.fetch import Fetcher
from tradewatch.types import Delivery, FolderDelivery, HookDelivery, MailDelivery


def send(delivery: Delivery, parcel: Parcel, fetcher: Fetcher, now: dt.datetime, *, secrets: Iterable[str] = ()) -> None:
    """Hand a parcel over. Raises DeliveryError, in whose words none of the secrets is.

    A mail server may take as long for an answer as the fetcher's limit for headers says.
    """
    try:
        _send(delivery, parcel, fetcher, now)
    except (DeliveryError, TableError) as error:
        raise DeliveryError(_without(str(error), secrets)) from None


def _send(delivery: Delivery, parcel: Parcel, fetcher: Fetcher, now: dt.datetime) -> None:
    if isinstance(delivery, FolderDelivery):
        to_folder(delivery, parcel)
    elif isinstance(delivery, MailDelivery):
        to_mail(delivery, parcel, fetcher.limits.headers.total_seconds())
    elif isinstance(delivery, HookDelivery):
        to_hook(delivery, parcel, fetcher, now)
    else:
        from tradewatch.deliver.push import to_push  # apprise takes a third of a second to load

        to_push(delivery, parcel)


def _without(words: str, secrets: Iterable[str]) -> str:
    """What a server answered may repeat what it was sent."""
    for secret in secrets:
        words = words.replace(secret, "…")
    return words
