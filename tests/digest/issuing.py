"""A news desk whose digest is run by hand, and a post office that remembers what it was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.review.newsdesk import NAMES, SOURCES, NewsDesk
from tradewatch.deliver import Parcel
from tradewatch.digest.draft import Newsroom, draft
from tradewatch.digest.run import freeze, hand_over
from tradewatch.errors import DeliveryError
from tradewatch.types import Delivery, Digest, Dispatch, FolderDelivery, Issue, Row, Verdict

DIGEST = Digest(id="tv", title="TV", deliveries=(FolderDelivery(name="folder", path="out"),))


@dataclass
class DigestDesk(NewsDesk):
    """A desk that sends digests."""

    given: list[tuple[str, Parcel]] = field(default_factory=list)
    refusing: dict[str, str] = field(default_factory=dict)
    """Why a delivery fails, by its name."""

    @property
    def newsroom(self) -> Newsroom:
        return Newsroom(store=self.store, sources=SOURCES, networks=NAMES.networks)

    def send(self, delivery: Delivery, parcel: Parcel) -> None:
        if reason := self.refusing.get(delivery.name):
            raise DeliveryError(reason)
        self.given.append((delivery.name, parcel))

    def issue(self, digest: Digest = DIGEST) -> Issue:
        """Freeze an issue and hand it over, a minute later than all before."""
        self.clock.forward(minutes=1)
        frozen = freeze(self.newsroom, digest, self.clock())
        self.hand_over(digest)
        self.clock.forward(minutes=1)
        return frozen

    def hand_over(self, *digests: Digest, all_now: bool = False) -> list[Dispatch]:
        return list(hand_over(self.store, digests, self.send, self.clock(), all_now=all_now))

    def preview(self, digest: Digest = DIGEST) -> Issue:
        return draft(self.newsroom, digest, self.clock())

    def decides(self, subject: str, action: str, *changes: tuple[str, str], reason: str | None = None) -> None:
        """An editor's verdict, a minute later."""
        self.clock.forward(minutes=1)
        verdict = Verdict(
            subject=subject, action=action, editor="ada", decided_at=self.clock(), reason=reason, changes=changes, version=1  # type: ignore[arg-type]
        )  # fmt: skip
        self.store.verdicts.add(verdict)


def told(issue: Issue, *columns: str) -> list[tuple[str, ...]]:
    """Some cells of each row of an issue."""
    return [tuple(one.row[column] for column in columns) for one in issue.rows]


def changes(issue: Issue) -> list[str]:
    return [one.row["change"] for one in issue.rows]


def rows(issue: Issue) -> list[Row]:
    return [one.row for one in issue.rows]


Scenario = Callable[[DigestDesk], None]
