"""Files in a folder, each whole or not there, with a manifest beside it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from tradewatch.deliver.parcel import File, Parcel
from tradewatch.errors import DeliveryError
from tradewatch.types import FolderDelivery


def to_folder(delivery: FolderDelivery, parcel: Parcel) -> None:
    """Write every file. Raises DeliveryError. Done twice, it leaves the same files as once."""
    folder = Path(delivery.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in parcel.files:
            _put(folder, file, parcel)
    except OSError as wrong:
        raise DeliveryError(f"{folder}: {(wrong.strerror or str(wrong)).lower()}") from None


def _put(folder: Path, file: File, parcel: Parcel) -> None:
    path = folder / file.name
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{file.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as out:
            rows = file.write(out)
            out.flush()
            os.fsync(out.fileno())
        manifest = {"file": file.name, "sha256": hashlib.sha256(draft.read_bytes()).hexdigest(), "rows": rows, **parcel.window}
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    path.with_name(path.name + ".manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
