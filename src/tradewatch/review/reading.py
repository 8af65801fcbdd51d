"""Pages to read: an announcement with all that stands behind it, an article as stored, a title, a person, a network, the search."""

from __future__ import annotations

import re
from typing import Any

import nh3
from fastapi import APIRouter, HTTPException, Request, Response
from markupsafe import Markup

from tradewatch.review.cards import card_of
from tradewatch.review.desk import Reader, TheDesk
from tradewatch.review.filters import view_of
from tradewatch.review.highlight import whole
from tradewatch.review.pages import page
from tradewatch.review.timeline import gaps, life
from tradewatch.store.queue import SOON, Filters
from tradewatch.text import plain
from tradewatch.types import FIELDS, Article, Evidence, WorkKind

router = APIRouter(include_in_schema=False)

_PAGE = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
_KEPT = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "em",
    "i",
    "strong",
    "b",
    "ul",
    "ol",
    "li",
    "br",
    "figcaption",
    "time",
    "a",
    "cite",
    "q",
}
"""What is left of an outlet's page: words and their order. No image, no style, no frame, no form."""


def _missing(what: str) -> HTTPException:
    return HTTPException(404, f"There is no {what} of this name here.")


@router.get("/announcement/{identity}")
async def announcement(request: Request, desk: TheDesk, user: Reader, identity: str) -> Response:
    """Everything about one event: claims, versions, decisions, links, and the way down to the stored bytes."""
    store = desk.store
    store.queue.catch_up(desk.now(), most=SOON)
    card = card_of(desk, identity, user.name)
    if card is None:
        raise _missing("announcement")
    one = card.announcement
    values: dict[str, Any] = {
        "card": card,
        "versions": store.announcements.versions(one.id),
        "verdicts": store.verdicts.history(one.id),
        "acts": store.decisions.log(about=one.id),
        "links": [(relation, other) for relation, found in store.announcements.links(one.id) if (other := store.announcements.get(found))],
        "undone_by": store.announcements.reversed_by(one.id),
        "articles": {
            told.stored.article_id: store.articles.at(told.stored.article_id, told.stored.last_revision)
            for told in card.told
            if told.stored
        },
    }
    return page(request, "announcement.html", **values)


@router.get("/article/{identity}")
async def article(request: Request, desk: TheDesk, user: Reader, identity: str, revision: int = 0, claim: str = "") -> Response:
    """An article as it was read, with the evidence of its claims (or of one) marked, and where its bytes are from."""
    found = _revision(desk, identity, revision)
    claims = [one for one in desk.store.claims.of_article(identity) if one.first_revision <= found.revision <= one.last_revision]
    proof = [evidence for one in claims if one.last_revision == found.revision and claim in ("", one.id) for evidence in one.claim.evidence]
    values: dict[str, Any] = {
        "article": found,
        "parts": _parts(found, proof),
        "claims": claims,
        "chosen": claim,
        "revisions": desk.store.articles.revisions(identity),
        "fetches": desk.store.sources.fetches(found.snapshot),
        "withdrawn_at": desk.store.articles.withdrawn_at(identity),
        "placed": {one.id: desk.store.announcements.of_claim(one.id) for one in claims},
    }
    return page(request, "article.html", **values)


def _revision(desk: TheDesk, identity: str, revision: int) -> Article:
    articles = desk.store.articles
    found = articles.at(identity, revision) if 0 < revision < 2**31 else articles.newest(identity)
    if found is None:
        raise _missing("article")
    return found


def _parts(found: Article, proof: list[Evidence]) -> list[Any]:
    return [passage for field in FIELDS for passage in whole(found.document, field, proof)]


@router.get("/article/{identity}/page")
async def stored_page(request: Request, desk: TheDesk, user: Reader, identity: str, revision: int = 0) -> Response:
    """The outlet's page as it was served, but for all that loads, runs or looks like something."""
    found = _revision(desk, identity, revision)
    raw = desk.store.sources.body(found.snapshot) or b""
    shown = cleaned(raw) if _PAGE.search(raw[:4000]) else None
    return page(request, "stored.html", article=found, shown=shown)


def cleaned(raw: bytes) -> Markup:
    """An outlet's HTML with its words alone; links go out without telling where from."""
    html = raw.decode("utf-8", "replace")
    kept = nh3.clean(
        html,
        tags=_KEPT,
        clean_content_tags={
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "form",
            "nav",
            "header",
            "footer",
        },
        attributes={"a": {"href"}, "time": {"datetime"}},
        url_schemes={"http", "https"},
        link_rel="noopener nofollow noreferrer",
    )
    return Markup(plain(kept))  # what nh3 leaves is markup of a few harmless kinds


@router.get("/bytes/{sha256}")
async def stored_bytes(desk: TheDesk, user: Reader, sha256: str) -> Response:
    """The bytes as they came, as a file: never as a page of ours."""
    raw = desk.store.sources.body(sha256)
    if raw is None:
        raise HTTPException(404, "These bytes are not kept, or not any more.")
    headers = {"Content-Disposition": f'attachment; filename="{sha256[:16]}.bin"', "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(raw, media_type="application/octet-stream", headers=headers)


@router.get("/title/{work:path}")
async def title(request: Request, desk: TheDesk, user: Reader, work: str) -> Response:
    """The life of a title: each node with its words, and the gaps by name."""
    known = None if work.startswith("new:") else desk.store.titles.get(work)
    found = life(desk.store.announcements.find(work=known.id if known else work, limit=300))
    if known is None and not found:
        raise _missing("title")
    is_film = known.kind is WorkKind.FILM if known else any(one.type == "film_greenlight" for one in found)
    quotes = {one.id: _quote(desk, one.reports[0].claim_id) for one in found if one.reports}
    name = known.name if known else next((one.value.title for one in found if one.value.title), work)
    return page(request, "title.html", title=known, name=name, work=work, found=found, gaps=gaps(found, is_film=is_film), quotes=quotes)


def _quote(desk: TheDesk, claim: str) -> str:
    stored = desk.store.claims.get(claim)
    return stored.claim.evidence[0].quote if stored and stored.claim.evidence else ""


@router.get("/person/{name:path}")
async def person(request: Request, desk: TheDesk, user: Reader, name: str) -> Response:
    """What was announced of a person."""
    return _about(request, desk, name, desk.store.search.about(person=name), {"q": name})


@router.get("/network/{name:path}")
async def network(request: Request, desk: TheDesk, user: Reader, name: str) -> Response:
    """What a network, streamer or studio announced."""
    return _about(request, desk, name, desk.store.search.about(network=name), {"network": name})


def _about(request: Request, desk: TheDesk, name: str, ids: list[str], view: dict[str, str]) -> Response:
    known = next((one for one in desk.names.networks if one.name == name), None) if "network" in view else None
    if not ids and known is None:
        raise _missing("person or network")
    by_id = {one.id: one for one in desk.store.announcements.named(ids)}
    found = [by_id[one] for one in ids if one in by_id]
    return page(request, "about.html", name=name, known=known, found=found, view=view_of(view, desk.sources, desk.zone, state=None))


@router.get("/search")
async def search(request: Request, desk: TheDesk, user: Reader, q: str = "") -> Response:
    """Announcements, titles, people, networks and articles that hold some words."""
    words, store = " ".join(q.split())[:200], desk.store
    store.queue.catch_up(desk.now(), most=SOON)
    store.search.catch_up()
    items = store.queue.newest(Filters(state=None, words=words), 20) if words else []
    values: dict[str, Any] = {
        "words": words,
        "announcements": [one for item in items if (one := store.announcements.get(item.announcement))],
        "titles": store.titles.containing(words, 12) if words else [],
        "people": store.search.people(words) if words else [],
        "networks": [one for one in desk.names.networks if words.casefold() in one.name.casefold()][:12] if words else [],
        "articles": store.search.articles(words),
    }
    return page(request, "search.html", **values)
