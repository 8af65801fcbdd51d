"""Files in a folder, each whole or not there, with a manifest beside it."""

from __future__ import annotations

from pathlib import Path

from tradewatch.deliver.parcel import Parcel
from tradewatch.errors import DeliveryError
from tradewatch.tables import write_table
from tradewatch.types import FolderDelivery


def to_folder(delivery: FolderDelivery, parcel: Parcel) -> None:
    """Write every file. Raises DeliveryError. Done twice, it leaves the same files as once."""
    folder = Path(delivery.path)
    try:
        for file in parcel.files:
            write_table(folder / file.name, file.form, file.columns, file.rows, parcel.at, parcel.window)
    except OSError as wrong:
        raise DeliveryError(f"{folder}: {(wrong.strerror or str(wrong)).lower()}") from None
