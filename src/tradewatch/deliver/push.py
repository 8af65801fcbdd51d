"""A message through one of apprise's services."""

from __future__ import annotations

import logging

import apprise

from tradewatch.deliver.parcel import Parcel
from tradewatch.errors import DeliveryError
from tradewatch.types import PushDelivery

# What apprise logs can hold addresses with tokens in them.
logging.getLogger("apprise").disabled = True


def to_push(delivery: PushDelivery, parcel: Parcel) -> None:
    """Hand subject and text to the service. Raises DeliveryError."""
    services = apprise.Apprise()
    try:
        known = services.add(delivery.url)
        service = str(getattr(services[0], "service_name", None) or "the service") if known else ""
        taken = known and services.notify(title=parcel.subject, body=parcel.text, body_format=apprise.NotifyFormat.TEXT)
    except Exception as wrong:  # a plug-in may raise anything, and its words may hold the address
        raise DeliveryError(f"the service failed ({type(wrong).__name__})") from None
    if not known:
        raise DeliveryError("its address is none that apprise knows")
    if not taken:
        raise DeliveryError(f"{service} did not take the message")
