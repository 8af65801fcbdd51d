"""Labelled reports (fixtures/labelled/announcements.jsonl), told to an empty store in the order in which they were read."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewatch.announce import WINDOW, Outlets, decide, earliest, report_of, sketch
from tradewatch.config import load_names
from tradewatch.store import Store
from tradewatch.text import content_id
from tradewatch.titles.match import unknown_work
from tradewatch.types import Announcement, Claim, ClaimType, DecisionKind, Status, Tier

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "fixtures" / "labelled"
START = dt.datetime(2026, 1, 12, 15, 0, tzinfo=dt.UTC)
SLOTS = {"outlet", "at", "read", "outlet_tier", "chain", "links", "text", "official", "correction", "article"}
"""Keys of a labelled report that are about the report; all others are slots of its claim."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the product made of one case."""

    case: Mapping[str, Any]
    placed: tuple[str | None, ...]
    """Announcement of each report, in the case's order; None where it is left to an editor."""
    decisions: tuple[str, ...]
    announcements: Mapping[str, Announcement]

    def of(self, event: str) -> Announcement | None:
        """The announcement that holds the first of an event's reports that was placed."""
        return next(
            (self.announcements[place] for place, name in zip(self.placed, self.case["events"], strict=True) if name == event and place),
            None,
        )

    def first(self, event: str) -> list[str]:
        """The outlets that told an event first."""
        known = self.of(event)
        return sorted(report.outlet for report in earliest(known.reports)) if known else []


def cases() -> list[dict[str, Any]]:
    """All labelled cases."""
    files = sorted(LABELLED.glob("announcements*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def texts() -> dict[str, str]:
    """The texts that cases refer to."""
    return tomllib.loads((LABELLED / "announcement_texts.toml").read_text("utf-8"))


def outlets() -> Outlets:
    """Owners of outlets and networks, as the product comes with them."""
    return Outlets.of(load_names(ROOT / "config"))


def tell(case: Mapping[str, Any], names: Outlets, bodies: Mapping[str, str]) -> Told:
    """Run one case."""
    store = Store.in_memory()
    count = len(case["reports"])
    placed: list[str | None] = [None] * count
    decisions = [""] * count
    for at in sorted(range(count), key=lambda at: case["reports"][at].get("read", at)):
        placed[at], decisions[at] = _one(store, case, at, names, bodies)
    final = {place: known for place in placed if place and (known := store.announcements.get(place))}
    store.close()
    return Told(case, tuple(placed), tuple(decisions), final)


def _one(store: Store, case: Mapping[str, Any], at: int, names: Outlets, bodies: Mapping[str, str]) -> tuple[str | None, str]:
    row = case["reports"][at]
    claim = claim_of(case["claim"] | {name: value for name, value in row.items() if name not in SLOTS}, tuple(row.get("chain", ())))
    article = f"{case['id']}-{row.get('article', f'r{at}')}"
    when = START + dt.timedelta(hours=row["at"])
    text = sketch(bodies[row["text"]]) if "text" in row else sketch("")
    report = report_of(
        claim,
        claim_id=content_id(article, claim),
        article_id=article,
        outlet=row["outlet"],
        tier=Tier(row.get("outlet_tier", "trade")),
        url=f"https://example.test/{article}",
        reported_at=when,
        outlets=names,
        cites=[f"https://example.test/{case['id']}-r{link}" for link in row.get("links", ())],
        copy_of=store.announcements.copied_from(article, text, when, WINDOW),
        official=row.get("official", False),
        correction=row.get("correction", False),
    )
    store.announcements.remember_text(article, text, when)
    work = unknown_work(claim.title or "")
    now = max(when, START + dt.timedelta(days=2000))
    decision = decide(claim, report, store.announcements.comparable(claim, work), now, networks=names.networks)
    known = store.announcements.apply(decision, claim, work, now)
    return (None if decision.kind is DecisionKind.UNSURE else known.id if known else None), decision.kind.value


def claim_of(slots: Mapping[str, Any], chain: tuple[str, ...]) -> Claim:
    """The claim of a labelled report; empty slots are left out."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in slots.items() if value not in ("", None)
    }
    values |= {"type": ClaimType(slots["type"]), "title": slots.get("title"), "status": Status(slots.get("status", "announced"))}
    return Claim(**(values | {"attribution": chain}))
