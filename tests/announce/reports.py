"""Claims and reports with the usual slots filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tradewatch.announce import Outlets, decide, report_of
from tradewatch.store import Store
from tradewatch.types import Announcement, Claim, ClaimType, Decision, Names, Network, Outlet, Report, Tier

NAMES = Names(
    networks=(
        Network(name="HBO", kind="cable", owner="Warner"),
        Network(name="Max", kind="streamer", owner="Warner", aliases=("HBO Max",)),
        Network(name="NBC", kind="broadcast", owner="Comcast"),
    ),
    outlets=(
        Outlet(name="Deadline", owner="Penske", domains=("deadline.com",)),
        Outlet(name="Variety", owner="Penske", domains=("variety.com",)),
        Outlet(name="TVLine", owner="Static", domains=("tvline.com",)),
        Outlet(name="Collider", owner="Valnet", aliases=("collider.com",), domains=("collider.com",)),
        Outlet(name="ABC News", owner="Disney", domains=("abcnews.go.com",)),
    ),
)
OUTLETS = Outlets.of(NAMES)
START = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


def claim(**slots: Any) -> Claim:
    """A renewal of Vale for its third season by HBO, but for the slots given."""
    return Claim(**({"type": ClaimType.RENEWAL, "title": "Vale", "seasons": (3,), "network": "HBO"} | slots))


def report(told: Claim, outlet: str = "Deadline", hours: float = 0, **about: Any) -> Report:
    """A report of a claim; its article is the outlet's at that hour."""
    article = about.pop("article", f"{outlet}@{hours}")
    slots = {
        "claim_id": f"{article}/{told.type}/{told.seasons}/{told.person}/{told.date}/{told.episodes}",
        "article_id": article, "outlet": outlet, "tier": Tier.TRADE, "url": f"https://example.test/{article}",
        "reported_at": START + dt.timedelta(hours=hours), "outlets": OUTLETS,
    } | about  # fmt: skip
    return report_of(told, **slots)


@dataclass(slots=True)
class Desk:
    """A store that is told claims about one work, one after another."""

    store: Store = field(default_factory=Store.in_memory)
    work: str = "vale"

    def tell(self, told: Claim, outlet: str = "Deadline", hours: float = 0, **about: Any) -> tuple[Decision, Announcement | None]:
        """Decide on a claim and carry it out."""
        word = report(told, outlet, hours, **about)
        announcements = self.store.announcements
        decision = decide(told, word, announcements.comparable(told, self.work), word.reported_at, networks=OUTLETS.networks)
        return decision, announcements.apply(decision, told, self.work, word.reported_at)
