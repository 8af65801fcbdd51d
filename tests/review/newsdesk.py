"""A review desk with news on it: articles are read by the real pipeline, pages are asked for as a browser does."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from tradewatch.announce import Outlets
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.parse import ParsedArticle
from tradewatch.pipeline.gather import Item, Reading
from tradewatch.pipeline.record import Reader, article_of, record
from tradewatch.review import create_app
from tradewatch.review.passwords import hashed_password
from tradewatch.store import Store
from tradewatch.text import content_id
from tradewatch.types import (
    Announcement,
    Digest,
    Entry,
    FolderDelivery,
    Names,
    Network,
    Outlet,
    Role,
    Snapshot,
    Source,
    SourceKind,
    Tier,
    Title,
    WorkKind,
)

PASSWORD = "correct horse battery"
HASH = hashed_password(PASSWORD)
ORIGIN = "http://127.0.0.1:8000"
SAME_SITE = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}
START = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)

NAMES = Names(
    networks=(Network(name="Hulu", kind="streamer"), Network(name="NBC", kind="broadcast"), Network(name="Netflix", kind="streamer")),
    outlets=(Outlet(name="Slateline", owner="Slate"), Outlet(name="Couchlist", owner="Couch"), Outlet(name="The Ledger", owner="Ledger")),
)
SOURCES = tuple(
    Source(
        key=name.lower().replace(" ", "-"),
        name=name,
        outlet=name,
        kind=SourceKind.FEED,
        url=f"https://{index}.example/feed",
        tier=tier,
        desks=("tv",),
    )
    for index, (name, tier) in enumerate((("Slateline", Tier.TRADE), ("Couchlist", Tier.CONSUMER), ("The Ledger", Tier.TRADE)))
)

DIGESTS = (Digest(id="tv", title="TV", deliveries=(FolderDelivery(name="folder", path="out"),)),)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    time: dt.datetime = START

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **span: float) -> None:
        self.time += dt.timedelta(**span)


@dataclass(slots=True)
class NewsDesk:
    """A store that is printed articles, and the desk over it."""

    store: Store = field(default_factory=Store.in_memory)
    clock: Clock = field(default_factory=Clock)
    origin: str = ORIGIN
    app: Any = None

    def __post_init__(self) -> None:
        for role in Role:
            self.store.accounts.add(f"the {role}", role, HASH, self.clock())
        self.store.accounts.add("another editor", Role.EDITOR, HASH, self.clock())
        self.store.titles.add([Title(id="t-vale", name="Vale", kind=WorkKind.SERIES, year=2022, network="Hulu")])
        self.app = create_app(self.store, self.clock, sources=SOURCES, names=NAMES, digests=DIGESTS, origin=self.origin)

    def prints(self, outlet: str, headline: str, body: str = "", url: str = "") -> list[Announcement]:
        """Let an outlet publish an article now; returns the announcements that it is told in. Later news is a minute later."""
        self.clock.forward(seconds=1)
        source = next(one for one in SOURCES if one.outlet == outlet)
        address = url or f"https://{source.key}.example/{content_id(headline)}"
        raw = f"<h1>{headline}</h1>{body}".encode()
        snapshot = Snapshot(
            url=address, final_url=address, status=200, headers=(("content-type", "text/html"),), body=raw, fetched_at=self.clock(),
            sha256=hashlib.sha256(raw).hexdigest(),
        )  # fmt: skip
        parsed = ParsedArticle(headline=headline, body=body, published_at=self.clock())
        item = Item(key=content_id(address), content=content_id(raw), entry=Entry(url=address, headline=headline))
        catalog = Catalog(NAMES, self.store.titles.talked_of())
        reader = Reader(store=self.store, extractor=GrammarExtractor(), catalog=catalog, outlets=Outlets.of(NAMES))
        reading = Reading(item=item, snapshot=snapshot, article=parsed)
        article = article_of(source, reading, self.clock())
        record(reader, source, reading, article, self.clock())
        self.clock.forward(minutes=1)
        return [one for one in self.store.announcements.find(limit=500) if any(word.article_id == article.id for word in one.reports)]

    def browser(self, user: str | None = "the lead") -> Browser:
        """A browser in which a user is logged in."""
        browser = Browser(TestClient(self.app, base_url=self.origin, headers=SAME_SITE, follow_redirects=False))
        if user:
            assert browser.post("/login", name=user, password=PASSWORD).status_code == 303
        return browser


@dataclass(slots=True)
class Browser:
    """Asks for pages and fills in forms, without a script."""

    client: TestClient

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        return self.client.post(path, data=fields)

    def card(self, announcement: str = "") -> dict[str, str]:
        """What the form of the card in the queue says it shows: announcement and stamp."""
        page = self.get(f"/queue?at={announcement}" if announcement else "/queue").text
        return dict(re.findall(r'<input type="hidden" form="decide" name="(\w+)" value="([^"]*)">', page))

    def decides(self, choice: str, announcement: str = "") -> httpx.Response:
        return self.post("/decide", choice=choice, **self.card(announcement))


def text(page: httpx.Response) -> str:
    """The words of a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
