"""From an article's text to announcements: extract, match, announce, store. The writing half of a poll; no network."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from courlan import clean_url

from tradewatch.announce import WINDOW, Outlets, Sketch, decide, is_news, is_release, report_of, sketch
from tradewatch.extract import Catalog, Extractor
from tradewatch.fetch.due import page_check_at
from tradewatch.parse import ParsedArticle
from tradewatch.pipeline.gather import Reading
from tradewatch.store import Store
from tradewatch.store.articles import content
from tradewatch.text import content_id
from tradewatch.titles import TitleQuery, match, work_of
from tradewatch.types import Article, Claim, Document, Entry, Match, MatchKind, Report, Source, Tier

MOST_OFFERED = 3
"""Works that a doubtful title may mean, whose announcements a claim is compared with as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What turns articles into announcements."""

    store: Store
    extractor: Extractor
    catalog: Catalog
    outlets: Outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What one entry brought."""

    new: int = 0
    revised: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says: its sketch, by which near copies are known, and its claims."""

    text: Sketch
    claims: list[Claim]


def told(extractor: Extractor, catalog: Catalog, document: Document) -> Told:
    """Read a document; pure."""
    return Told(sketch(document.body), extractor.extract(document, catalog))


def read_ahead(reader: Reader, documents: list[Document]) -> list[Told | None]:
    """What each document says; None where reading it goes wrong, which then shows when it is read to be stored. Needs no database."""
    return [_told_or_nothing(reader, document) for document in documents]


def _told_or_nothing(reader: Reader, document: Document) -> Told | None:
    try:
        return told(reader.extractor, reader.catalog, document)
    except Exception:
        return None


def record(reader: Reader, source: Source, reading: Reading, article: Article, now: dt.datetime, ahead: Told | None = None) -> Recorded:
    """Store an entry's article if it says something new, with its claims and what they announce; all together or not at all.

    `ahead` is what the article says, where it was read ahead.
    """
    item = reading.item
    with reader.store.transaction():
        revision, text = reader.store.articles.newest_text(article.id) or (0, "")
        recorded = Recorded()
        if text != content(article.document):
            article = dataclasses.replace(article, revision=revision + 1)
            says = ahead or told(reader.extractor, reader.catalog, article.document)
            _store(reader, source, article, reading, says, now)
            recorded = Recorded(new=not revision, revised=revision > 0, claims=len(says.claims))
            for identity in _unsaid(reader.store, article):
                reader.store.announcements.note_unsaid(identity, now)
        else:
            reader.store.articles.reinstate(article.id)
        reader.store.sources.save_entry(item.key, source.key, item.entry.url, item.content, article.id, article.published_at, now)
        if recorded.claims and reading.snapshot.url == item.entry.url:
            reader.store.pages.check_at(item.key, page_check_at(article.published_at or now, now))
    return recorded


def withdraw(store: Store, article_id: str, now: dt.datetime) -> None:
    """Write down that the outlet took an article down, and with it all that the article said."""
    for stored in store.claims.of_article(article_id):
        if not stored.gone:
            store.announcements.note_unsaid(stored.id, now)
    store.articles.withdraw(article_id, now)


def article_of(source: Source, reading: Reading, now: dt.datetime) -> Article:
    """The article of a reading, as its first revision."""
    parsed, entry = reading.article, reading.item.entry
    assert parsed is not None
    published = entry.published_at or parsed.published_at
    address = identity_url(parsed, entry) or f"urn:tradewatch:{reading.item.key}"
    name = content_id(address)
    document = Document(
        id=name,
        headline=parsed.headline or entry.headline,
        dek=parsed.dek,
        body=parsed.body,
        outlet=source.outlet,
        url=address,
        published=published.astimezone(ZoneInfo(source.timezone)).date() if published else None,
        marks=parsed.marks,
    )
    return Article(
        id=name,
        revision=1,
        source=source.key,
        document=document,
        byline=parsed.byline or entry.byline,
        published_at=published,
        fetched_at=now,
        snapshot=reading.snapshot.sha256,
        links=(*parsed.links, parsed.canonical_url) if parsed.canonical_url else parsed.links,
    )


def identity_url(parsed: ParsedArticle, entry: Entry) -> str:
    """The address by which feed, page and sitemap know one article; a canonical address at another site is a syndicated copy's
    and does not count."""
    own, canonical = entry.url, parsed.canonical_url
    chosen = canonical if canonical and (not own or _site(canonical) == _site(own)) else own
    parts = urlsplit(clean_url(chosen) or chosen)
    return urlunsplit(parts._replace(fragment=""))


def _site(url: str) -> str:
    host = urlsplit(url).netloc.casefold()
    return host.removeprefix("www.").removeprefix("amp.").removeprefix("m.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words an article's text is, and what it no longer says."""

    official: bool
    copy_of: str | None
    unsaid: tuple[str, ...]


def _store(reader: Reader, source: Source, article: Article, reading: Reading, says: Told, now: dt.datetime) -> None:
    store = reader.store
    store.sources.save_fetch(source.key, reading.snapshot)
    store.articles.add(article)
    reported_at = article.published_at or article.fetched_at
    official = source.tier is Tier.OFFICIAL or is_release(article.document.body)
    alike = store.announcements.near_copies(article.id, says.text, reported_at, WINDOW)
    copy_of = next((other for other, published in alike if published <= reported_at), None)
    store.announcements.remember_text(article.id, says.text, reported_at)
    matched = [_saved(store, article, claim) for claim in says.claims]
    voice = Voice(official=official, copy_of=None if official else copy_of, unsaid=_unsaid(store, article))
    for identity, claim, answer in matched:
        if is_news(claim):
            _announce(reader, claim, answer, _report(reader, source, article, claim, identity, voice), now)
    copies = [other for other, published in alike if official or published > reported_at]
    store.announcements.retrace(article.id, copies, now)


def _saved(store: Store, article: Article, extracted: Claim) -> tuple[str, Claim, Match]:
    """Match a claim's title and store the claim; returns its id, the claim with its title's id, and the match."""
    answer = match(TitleQuery.of_claim(extracted, article.document.published), store.titles)
    claim = dataclasses.replace(extracted, title_id=answer.title_id)
    return store.claims.save(article, claim, answer), claim, answer


def _unsaid(store: Store, article: Article) -> tuple[str, ...]:
    """The claims that the revision before made and this one does not."""
    if article.revision == 1:
        return ()
    return tuple(stored.id for stored in store.claims.of_article(article.id) if stored.last_revision == article.revision - 1)


def _announce(reader: Reader, claim: Claim, answer: Match, report: Report, now: dt.datetime) -> None:
    """Place a claim among the announcements of its work, and of the works that it may be about."""
    known = reader.store.announcements
    work = work_of(answer, claim.title)
    offered = [one for title_id in answer.candidates[:MOST_OFFERED] for one in known.comparable(claim, title_id)] if _open(answer) else []
    decision = decide(
        claim,
        report,
        known.comparable(claim, work),
        now,
        networks=reader.outlets.networks,
        akin=known.akin(claim, work),
        offered=offered,
    )
    known.apply(decision, claim, work, now)


def _open(answer: Match) -> bool:
    """Whether an editor has yet to say whose the title is."""
    return answer.kind in (MatchKind.REVIEW, MatchKind.AMBIGUOUS)


def _report(reader: Reader, source: Source, article: Article, claim: Claim, identity: str, voice: Voice) -> Report:
    return report_of(
        claim,
        claim_id=identity,
        article_id=article.id,
        outlet=source.outlet,
        tier=source.tier,
        url=article.document.url or "",
        reported_at=article.published_at or article.fetched_at,
        outlets=reader.outlets,
        cites=article.links,
        copy_of=voice.copy_of,
        official=voice.official,
        correction=any(mark.kind == "update" for mark in article.document.marks),
        unsaid=voice.unsaid,
    )
