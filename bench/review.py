"""How long an editor waits: from a key that decides to the next card, with 200,000 announcements in the queue.

    python bench/review.py                       builds the desk (some minutes), then decides by keyboard in Debian's Chromium
    python bench/review.py --announcements 5000  a quick look

The announcements are seeded nonsense in all bands; a third of them has two reports. The desk is served on loopback by a thread of this
process, so that browser and server share the machine. Each row is the best of several runs, for the machine is shared with others too;
`server` is the processor time of the server for an answer, of all runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

from tradewatch.announce import Outlets, decide, report_of
from tradewatch.review import create_app
from tradewatch.review.passwords import hashed_password
from tradewatch.store import Store
from tradewatch.store.queue import Filters
from tradewatch.types import Article, Claim, ClaimType, Document, Evidence, Match, MatchKind, Names, Outlet, Role, Snapshot, Tier

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
PASSWORD = "a password for a bench"
WORDS = (
    "amber",
    "basin",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "island",
    "juniper",
    "kestrel",
    "lantern",
    "meadow",
    "orchid",
)
NETWORKS = ("Hulu", "Netflix", "NBC", "BBC One", "AMC", "Starz")
OUTLETS = ("Slateline", "Couchlist", "The Ledger", "Frame & Gate")
NAMES = Names(outlets=tuple(Outlet(name=name, owner=name) for name in OUTLETS))
TYPES = (ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.SERIES_ORDER, ClaimType.CASTING, ClaimType.PREMIERE_DATE)
BODY = (
    "The company said on Monday that {title} is among its plans for the year. {quote}. Nobody at the studio would say more than that.\n\n"
    * 3
)
PORT = 8765
WARM = 10
"""Keys before those that are measured."""

VIEWS = (
    ("accept", "/queue", "a"),
    ("accept and put off by turns", "/queue", "ad"),
    ("next, without a decision", "/queue", "j"),
    ("accept in a view: network", "/queue?network=AMC", "a"),
    ("accept in a view: type and outlet", "/queue?type=renewal&outlet=Couchlist", "a"),
    ("accept in a view: words", "/queue?q=kestrel", "a"),
)
"""(what is done, where, keys)."""

MEASURE = """(key) => new Promise((resolve) => {
  const before = document.getElementById("card").dataset.announcement;
  const seen = new MutationObserver(() => {
    const card = document.getElementById("card");
    if (!card || card.dataset.announcement === before) return;
    seen.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - begun));
  });
  seen.observe(document.querySelector("main"), {childList: true, subtree: true});
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
})"""


def claim_of(chance: random.Random, number: int, quote: str) -> Claim:
    """One of a kind: its title carries its number."""
    kind = chance.choice(TYPES)
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}".title()
    person = f"{chance.choice(WORDS)} {chance.choice(WORDS)}".title() if kind is ClaimType.CASTING else None
    return Claim(
        type=kind, title=title, seasons=(chance.randint(2, 6),) if kind is ClaimType.RENEWAL else (), network=chance.choice(NETWORKS),
        person=person, date="2026-06-04" if kind is ClaimType.PREMIERE_DATE else None, confidence=chance.uniform(0.6, 1.0),
        rule=f"{kind}.passive", evidence=(Evidence("headline", 0, len(quote), quote),),
    )  # fmt: skip


def tell(store: Store, outlets: Outlets, number: int, claim: Claim, outlet: str, when: dt.datetime) -> None:
    """One article that makes one claim, stored as the pipeline stores it."""
    quote = claim.evidence[0].quote
    article = Article(
        id=f"article-{number}-{outlet}", revision=1, source=outlet.lower(), fetched_at=when, published_at=when, snapshot="0" * 64,
        document=Document(id=f"{number}", headline=quote, body=BODY.format(title=claim.title, quote=quote), outlet=outlet),
    )  # fmt: skip
    store.articles.add(article)
    identity = store.claims.save(article, claim, Match(kind=MatchKind.NEW, title_id=None, score=0, reasons=("nothing is called so",)))
    report = report_of(
        claim, claim_id=identity, article_id=article.id, outlet=outlet, tier=Tier.TRADE, url=f"https://example.test/{number}",
        reported_at=when, outlets=outlets,
    )  # fmt: skip
    work = f"new:{number}"
    store.announcements.apply(decide(claim, report, store.announcements.comparable(claim, work), when), claim, work, when)


def fill(store: Store, many: int) -> None:
    chance, outlets = random.Random(7), Outlets.of(NAMES)
    with store.transaction():
        raw = Snapshot(url="x", final_url="x", status=200, headers=(), body=b"x", fetched_at=NOW, sha256="0" * 64)
        store.sources.save_fetch("bench", raw)
    for start in range(0, many, 2000):
        with store.transaction():
            for number in range(start, min(start + 2000, many)):
                when = NOW - dt.timedelta(minutes=number)
                claim = claim_of(chance, number, f"Word of number {number} came today")
                told = chance.sample(OUTLETS, 1 + (number % 3 == 0))
                for later, outlet in enumerate(told):
                    tell(store, outlets, number, claim, outlet, when + dt.timedelta(seconds=later))


@contextmanager
def served(store: Store, spent: list[float]) -> Iterator[str]:
    """The desk's address; `spent` fills up with the milliseconds of processor time that each answer took the server."""
    origin = f"http://127.0.0.1:{PORT}"
    app = create_app(store, lambda: dt.datetime.now(dt.UTC), origin=origin)

    async def timed(scope: Any, receive: Any, send: Any) -> None:
        begun = time.thread_time()
        await app(scope, receive, send)
        spent.append((time.thread_time() - begun) * 1000)

    server = uvicorn.Server(uvicorn.Config(timed, port=PORT, log_level="error", access_log=False))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield origin
    finally:
        server.should_exit = True
        thread.join()


def keyed(page: Page, address: str, keys: str, turns: int) -> list[float]:
    """Milliseconds from each key to the next card on the screen."""
    page.goto(address)
    return [page.evaluate(MEASURE, keys[turn % len(keys)]) for turn in range(turns + WARM)][WARM:]


def processor(act: Callable[[], object], turns: int = 200) -> float:
    """Milliseconds of processor time that an act takes, half of the times."""
    times = []
    for _ in range(turns):
        begun = time.process_time()
        act()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def at(times: list[float], share: float) -> float:
    """The time within which a share of them was."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def line(name: str, runs: list[list[float]], spent: list[float]) -> str:
    best = min(runs, key=lambda times: at(times, 0.95))
    told = (statistics.median(best), at(best, 0.95), at(best, 0.99), max(best), statistics.median(spent), at(spent, 0.95))
    return f"{name:46}" + "".join(f" {number:7.1f}" for number in told)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--announcements", type=int, default=200_000)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="Keep the desk here, and use it again.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = (arguments.folder or Path(scratch)) / "desk.db"
        store = Store.open(place, create=True)
        if store.announcements.find(limit=1) == []:
            build(store, arguments.announcements)
        print(
            f"the next card after a place: {processor(lambda: store.queue.following(Filters(), '2', 'ada', NOW)):.2f} ms of processor time"
        )
        print(f"counting what is left, to 1000: {processor(lambda: store.queue.count(Filters(), 1000)):.2f} ms\n")
        wait(store, arguments.turns, arguments.runs)
        store.close()


def build(store: Store, many: int) -> None:
    """A desk with so many announcements in its queue."""
    fill(store, many)
    begun = time.process_time()
    placed = store.queue.catch_up(NOW)
    print(f"{placed:,} announcements placed in the queue for the first time: {time.process_time() - begun:.0f} s of processor time")
    store.accounts.add("ada", Role.LEAD, hashed_password(PASSWORD), NOW)


def wait(store: Store, turns: int, runs: int) -> None:
    """Decide by keyboard, in several views."""
    spent: list[float] = []
    with served(store, spent) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{origin}/login")
        page.fill("[name=name]", "ada")
        page.fill("[name=password]", PASSWORD)
        page.click("text=Log in")
        page.wait_for_url("**/queue")
        print(
            f"{'from the key to the next card on the screen, ms':46} {'half':>7} {'p95':>7} {'p99':>7} {'most':>7} {'server':>7} {'p95':>7}"
        )
        for name, path, keys in VIEWS:
            spent.clear()
            times = [keyed(page, origin + path, keys, turns) for _ in range(runs)]
            print(line(name, times, spent))
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
