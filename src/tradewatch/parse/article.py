"""An article's page, or a feed entry that carries the text -> headline, dek, body with marks, and what the page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from tradewatch.errors import ParseError
from tradewatch.parse import furniture, page, rules
from tradewatch.parse.dates import read_date
from tradewatch.parse.general import general_text
from tradewatch.parse.links import canonical
from tradewatch.parse.metadata import BY, Metadata, read_metadata, stated_url
from tradewatch.parse.sniff import not_text
from tradewatch.parse.titles import plain, without_outlet
from tradewatch.parse.values import ParsedArticle
from tradewatch.parse.zones import PARTED, Prose, absolute, line, prose
from tradewatch.text import fold
from tradewatch.types import Entry, Outcome

LEAST = 80
"""Characters of body below which a selector is taken to have missed the text."""
STUB = 1200
"""Characters of body above which a text is not a paywall's stub, whatever the page says; stubs are one to three paragraphs."""
BLANK_LINE = re.compile(r"\r?\n\s*\r?\n")
OPENING = 4
"""Paragraphs in which a page may repeat its headline and dek, with a kicker or a date line above them."""
OPENS = 400
"""Characters of a description that are compared with the text; what stands behind them tells nothing more."""
WALL_NAMES = ".paywall, .paywall-wrapper, .regwall, .subscriber-only, .premium-wall, .piano-offer, #paywall, [data-paywall]"


@dataclass(frozen=True, slots=True)
class _Text:
    """The zones of one page, and who read them."""

    headline: Prose
    dek: Prose
    body: Prose
    byline: str = ""
    published: str = ""
    walled: bool = False
    read_by: str = "nothing"


def parse_article(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    timezone: str = "UTC",
    outlets: tuple[rules.OutletRules, ...] | None = None,
    fetched_on: dt.date | None = None,
) -> ParsedArticle:
    """Read the article page at `url`.

    `outlets` are per-outlet selectors (those that come with tradewatch where None is given); `fetched_on` lets only the selectors that
    held on that day read the page; `timezone` (IANA) holds for dates that give none. Raises ParseError for bytes that are no page at all;
    a page without an article gives an empty body.
    """
    strange = not_text(body)
    if strange:
        raise ParseError(url, Outcome.WRONG_TYPE, f"{strange} where an article page should be")
    root = page.tree(body, content_type)
    if root is None:
        raise ParseError(url, Outcome.UNREADABLE, "the page is empty")
    known = rules.bundled() if outlets is None else outlets
    outlet = rules.rules_for(url, known) or rules.rules_for(stated_url(root), known)  # a saved page knows best where it is from
    timezone = outlet.timezone or timezone if outlet else timezone
    meta = read_metadata(root, url=url, timezone=timezone)
    return _article(_by_outlet(root, url, outlet, fetched_on) or _by_form(root, url, meta), root, meta, timezone, outlet)


def entry_article(entry: Entry, *, url: str | None = None, language: str | None = None) -> ParsedArticle:
    """Read the text that a feed's entry carries: its content, else its summary. `url` is where the entry is, when that is known better.

    `whole` is False where the entry has a summary only, or its text ends in a teaser.
    """
    address = url or entry.url
    markup = entry.content_html or entry.summary_html
    root = page.parse(markup) if markup.strip() else None
    text = prose([] if root is None else [root], address)
    summary = line(page.parse(entry.summary_html) if entry.content_html and entry.summary_html.strip() else None, "dek")
    dek = summary if _adds(summary.text, text.text) else Prose()
    return ParsedArticle(
        headline=plain(entry.headline),
        dek=dek.text,
        body=text.text,
        marks=dek.marks + text.marks,
        byline=entry.byline,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        canonical_url=canonical(address) if address else "",
        links=text.links,
        whole=bool(entry.content_html and text.text) and not furniture.is_teaser(root),
        language=language,
        read_by="entry",
    )


def entry_articles(entries: Sequence[Entry], *, language: str | None = None) -> list[ParsedArticle]:
    """`entry_article` of each entry."""
    return [entry_article(entry, language=language) for entry in entries]


def _by_outlet(root: HtmlElement, url: str, outlet: rules.OutletRules | None, day: dt.date | None) -> _Text | None:
    """The zones by the newest of the outlet's rules that finds a body."""
    for known in outlet.on(day) if outlet else ():
        bodies = _all(root, known.body)
        if sum(len(one.text_content()) for one in bodies) >= LEAST:
            return _by_rules(root, url, known, bodies, f"{outlet.outlet if outlet else ''} {known.since}")
    return None


def _by_rules(root: HtmlElement, url: str, known: rules.PageRules, bodies: list[HtmlElement], read_by: str) -> _Text:
    headline = line(_one(root, known.headline), "headline")
    dek = line(_one(root, known.dek), "dek")
    byline = ", ".join(dict.fromkeys(BY.sub("", line(one, "dek").text) for one in _all(root, known.byline)))
    when = _one(root, known.published)
    walled = bool(_all(root, known.paywall))
    outer = [one for one in bodies if not any(other in bodies for other in one.iterancestors())]
    for one in _inside(outer, known.drop):
        one.drop_tree()
    for one in _inside(outer, known.update):
        one.set("data-tradewatch", "update")
    published = (when.get("datetime") or when.text_content()) if when is not None else ""
    return _Text(headline, dek, prose(outer, _base(root, url)), byline, published, walled, read_by)


def _by_form(root: HtmlElement, url: str, meta: Metadata) -> _Text:
    """The zones of a page whose outlet is not known: by trafilatura, else from its JSON-LD."""
    headline, walled = _headline(root, meta), bool(_all(root, WALL_NAMES))
    text = general_text(root, _base(root, url))
    if len(text.text) >= LEAST and fold(text.text) != fold(meta.body):
        return _Text(headline, Prose(), text, walled=walled, read_by="general")
    paragraphs = [plain(one) for one in BLANK_LINE.split(meta.body)]
    stated = Prose(PARTED.join(filter(None, paragraphs)))
    return _Text(headline, Prose(), stated, walled=walled, read_by="json-ld" if stated.text else "nothing")


def _headline(root: HtmlElement, meta: Metadata) -> Prose:
    """The page's one h1, or the one that says what the metadata say."""
    lines = [one for one in (line(element, "headline") for element in root.iter("h1")) if one.text]
    stated = fold(meta.headline)
    same = [one for one in lines if stated and (fold(one.text) in stated or stated in fold(one.text))]
    return (same or (lines if len(lines) == 1 and not stated else []) or [Prose()])[0]


def _article(text: _Text, root: HtmlElement, meta: Metadata, timezone: str, outlet: rules.OutletRules | None) -> ParsedArticle:
    """Put together what the page shows and what it states: shown text goes before stated text, stated dates before printed ones."""
    suffixes = (outlet.suffixes if outlet else ()) + ((meta.site,) if meta.site else ())
    shown = text.headline.text or meta.headline or plain(root.findtext(".//title") or "")
    headline = without_outlet(shown, suffixes)
    body = _without_opening(text.body, headline, text.dek.text or meta.dek)
    dek = text.dek if text.dek.text else Prose(meta.dek) if _adds(meta.dek, body.text) else Prose()
    marks = (
        tuple(mark for mark in text.headline.marks if shown == text.headline.text and mark.end <= len(headline)) + dek.marks + body.marks
    )
    paywalled = _is_stub(body.text, text, meta)
    return ParsedArticle(
        headline=headline,
        dek=dek.text,
        body=body.text,
        marks=marks,
        byline=meta.byline or text.byline or None,
        published_at=meta.published_at or read_date(text.published, timezone),
        updated_at=meta.updated_at,
        canonical_url=meta.canonical_url,
        links=body.links,
        paywalled=paywalled,
        whole=bool(body.text) and not paywalled,
        language=meta.language,
        read_by=text.read_by,
    )


def _is_stub(body: str, text: _Text, meta: Metadata) -> bool:
    """Whether a wall cut the text: the page has one, or says that it is not free, and little text came."""
    return len(body) < STUB and (text.walled or text.body.walled or not meta.free)


def _without_opening(body: Prose, *said: str) -> Prose:
    """The body without an opening that repeats the headline or the dek, nor what a page prints above them."""
    repeated = {fold(text) for text in said if text}
    cut = start = 0
    for paragraph in body.text.split(PARTED)[:OPENING]:
        start += len(paragraph) + len(PARTED)
        if fold(paragraph) in repeated:
            cut = start
    if not 0 < cut < len(body.text):
        return body
    marks = (replace(mark, start=mark.start - cut, end=mark.end - cut) for mark in body.marks if mark.start >= cut)
    return replace(body, text=body.text[cut:], marks=tuple(marks))


def _adds(dek: str, body: str) -> bool:
    """Whether a description says something that the body does not begin with."""
    start = fold(dek[:OPENS] if len(dek) > OPENS else furniture.TEASER.sub("", dek))[:80]
    return bool(start) and not fold(body[: 2 * min(len(dek), OPENS) + 50]).startswith(start)


def _all(root: HtmlElement, css: str | None) -> list[HtmlElement]:
    return rules.select(root, css) if css else []


def _inside(bodies: list[HtmlElement], css: str | None) -> list[HtmlElement]:
    """What the selector finds in the bodies, of which none is in another, without the bodies themselves."""
    return [one for body in bodies for one in _all(body, css) if one not in bodies]


def _one(root: HtmlElement, css: str | None) -> HtmlElement | None:
    return next((one for one in _all(root, css) if one.text_content().strip() or one.get("datetime")), None)


def _base(root: HtmlElement, url: str) -> str:
    """What the page's relative links are relative to."""
    stated = next((one.get("href") for one in root.iter("base") if one.get("href")), None)
    return absolute(url, stated) or url
