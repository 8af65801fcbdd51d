"""Write the golden files of the feeds and pages anew: `python -m tests.parse.regenerate [feeds] [pages]`. Then read the difference."""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.parse.parse_golden import FEEDS, FIXTURES, PAGES, feed_name, read_feed, read_page


def main(names: list[str]) -> None:
    readings: dict[str, dict[str, Any]] = {}
    if "feeds" in names:
        readings["feeds"] = {feed_name(path): read_feed(path) for path in FEEDS}
    if "pages" in names:
        readings["pages"] = {path.name: read_page(path) for path in PAGES}
    for name, reading in readings.items():
        text = json.dumps(reading, ensure_ascii=False, indent=1, sort_keys=True)
        (FIXTURES / name / "golden.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or ["feeds", "pages"])
