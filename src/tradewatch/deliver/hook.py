"""A signed POST, so that its receiver can tell who sent it, when, and whether it came before."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

from tradewatch.deliver.parcel import Parcel
from tradewatch.errors import DeliveryError, FetchError
from tradewatch.fetch import Fetcher, PostRequest
from tradewatch.types import HookDelivery

TIMESTAMP = "Tradewatch-Timestamp"
SIGNATURE = "Tradewatch-Signature"
DELIVERY = "Tradewatch-Delivery"


def to_hook(delivery: HookDelivery, parcel: Parcel, fetcher: Fetcher, now: dt.datetime) -> None:
    """Post the issue as JSON. Raises DeliveryError, which does not show the address: it may be a secret itself."""
    stamp = str(int(now.timestamp()))
    headers = (
        ("Content-Type", "application/json"),
        (TIMESTAMP, stamp),
        (SIGNATURE, signature(delivery.secret, stamp, parcel.message)),
        (DELIVERY, parcel.id),
    )
    try:
        fetcher.post(PostRequest(url=delivery.url, body=parcel.message, headers=headers), now)
    except FetchError as wrong:
        raise DeliveryError(f"the webhook failed: {wrong.reason}") from None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256, in hex, of the timestamp, a full stop and the body."""
    return "v1=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
