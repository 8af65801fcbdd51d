"""Handing an issue over: into a folder, by mail, to a webhook, through apprise; once, for when to try again is decided elsewhere."""

from tradewatch.deliver.parcel import File, Parcel
from tradewatch.deliver.send import send

__all__ = ["File", "Parcel", "send"]
