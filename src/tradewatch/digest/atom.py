"""An issue as an Atom feed: an entry an announcement, by whose id feed readers know it again."""

from __future__ import annotations

import datetime as dt

from feedgen.feed import FeedGenerator

from tradewatch.digest.telling import one_line, said, subject, web
from tradewatch.types import Change, Issue, Row


def as_atom(issue: Issue) -> bytes:
    """The feed, in UTF-8."""
    feed = FeedGenerator()
    feed.id(f"urn:tradewatch:digest:{issue.digest}")
    feed.title(one_line(issue.title) or issue.digest)
    feed.subtitle(subject(issue))
    feed.author(name="tradewatch")
    for told in issue.rows:
        _add(feed, told.row)
    feed.updated(issue.frozen_at)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add(feed: FeedGenerator, row: Row) -> None:
    entry = feed.add_entry(order="append")
    entry.id(f"urn:tradewatch:{row['announcement_id']}")
    entry.title(headline(row))
    entry.published(_time(row["first_seen_utc"]))
    entry.updated(_time(row["changed_utc"] or row["first_seen_utc"]))
    entry.author(name=one_line(row["first_source"]) or "tradewatch")
    entry.category(term=row["claim_type"], label=said(row["claim_type"]))
    entry.content(_summary(row), type="text")
    if address := web(row["evidence_url"]):
        entry.link(href=address, rel="alternate")


def headline(row: Row) -> str:
    """An announcement in a line; what is not simply new is marked."""
    mark = "" if row["change"] == Change.NEW else f"[{row['change']}] "
    return one_line(f"{mark}{row['title'] or row['people']}: {row['detail']}")


def _summary(row: Row) -> str:
    quoted = f"“{row['evidence_quote']}”" if row["evidence_quote"] else ""
    was = f"was: {row['was']}" if row["was"] else ""
    others = f"also told by {row['also_reported_by']}" if row["also_reported_by"] else ""
    return one_line(". ".join(part for part in (said(row["certainty"]), was, quoted, others, row["note"]) if part))


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
