"""What an issue tells: of each announcement that changed since the last one, what is new to its readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tradewatch.announce.certainty import rank
from tradewatch.digest.lines import Line, as_decided, line_of, rejected
from tradewatch.digest.order import place
from tradewatch.digest.table import row
from tradewatch.fetch.liveness import Health, liveness
from tradewatch.store import Store
from tradewatch.text import content_id
from tradewatch.types import Certainty, Change, Digest, Issue, Network, Review, Row, Selection, Source, Told
from tradewatch.wording import predicate

TAKEN_BACK = "taken back"
"""The mark of what a digest told to be no longer so."""
_MATTERS = ("claim_type", "certainty", "title", "season", "network", "people", "detail", "effective_date")
"""The columns in which a difference is news."""
_FAILING = frozenset({Health.PARKED, Health.CHALLENGED, Health.REFUSED, Health.FAILING, Health.EMPTY})
_POLLS = 30
"""Polls of a source that its health is judged by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What an issue is drafted from: the open database, and what the configuration says of sources and networks."""

    store: Store
    sources: Sequence[Source] = ()
    networks: Sequence[Network] = ()

    @property
    def studios(self) -> frozenset[str]:
        """The names of the networks that are studios."""
        return frozenset(network.name for network in self.networks if network.kind == "studio")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The part of the log that an issue covers, for one digest."""

    digest: Digest
    after: int
    first: bool
    """Whether the digest never ran: then what was known before the stretch is held against what it is now."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    studios: Collection[str] = ()


def draft(newsroom: Newsroom, digest: Digest, now: dt.datetime, *, scheduled_for: dt.datetime | None = None) -> Issue:
    """The issue that a digest would send now: all that was written since its last one, or in its window before the first."""
    store = newsroom.store
    last = store.issues.last(digest.id)
    after = last.until if last else store.issues.before(now - digest.window)
    zone = digest.schedule.zone
    stretch = _Stretch(digest=digest, after=after, first=last is None, zone=ZoneInfo(zone), studios=newsroom.studios)
    until = store.issues.end_of_log()
    found = [told for one in store.issues.changed(after, until) if (told := _told(store, stretch, one))]
    return Issue(
        digest=digest.id,
        title=digest.title,
        number=last.number + 1 if last else 1,
        after=after,
        until=until,
        since=last.frozen_at if last else now - digest.window,
        frozen_at=now,
        zone=zone,
        group_by=digest.group_by,
        formats=digest.formats,
        rows=tuple(sorted(found, key=lambda told: place(told.row, digest.group_by))),
        unreviewed=store.issues.unreviewed(digest.selection),
        failing=tuple(failing(newsroom, digest, now)),
        scheduled_for=scheduled_for,
    )


def failing(newsroom: Newsroom, digest: Digest, now: dt.datetime) -> Iterator[tuple[str, str]]:
    """(source, reason) of the sources of a digest's desks that cannot be read."""
    states = newsroom.store.sources.states()
    for source in newsroom.sources:
        if source.enabled and (not digest.desks or {*digest.desks} & {*source.desks}):
            polls = newsroom.store.sources.polls(source.key, _POLLS)
            judged = liveness(source, states.get(source.key), polls, now)
            stumbled = polls[0].reason if polls and polls[0].outcome.failed else ""
            if judged.health in _FAILING or stumbled:
                yield source.name, judged.reason or stumbled


# One announcement


def _told(store: Store, stretch: _Stretch, identity: str) -> Told | None:
    """What an issue tells of an announcement that changed; None where that is nothing new."""
    before = store.issues.told(stretch.digest.id, identity)
    known = before is None and stretch.first and store.issues.version_at(identity, stretch.after) is not None
    line = line_of(store, identity, known_before=before is not None or known)
    if line is None:
        return _taken_back(before, _gone(store, identity), None)
    if reason := _withheld(line, stretch.digest.selection):
        return _taken_back(before, reason, line)
    if before is None and not selected(line, stretch.digest.selection):
        return None
    mark = mark_of(line)
    was = _was(before.row, line) if before else _was_then(store, line, stretch.after) if known else ""
    if (before and before.mark == mark) or (known and not was and line.change is Change.CHANGED):
        return None
    return Told(row=row(line, stretch.zone, stretch.studios, was) | _moved(before, line), mark=mark)


def _withheld(line: Line, selection: Selection) -> str:
    """Why editors keep an announcement out of a digest, in words; empty where they do not."""
    if line.verdict and rejected(line.verdict):
        return f"rejected by {line.verdict.editor}" + (f": {line.verdict.reason}" if line.verdict.reason else "")
    return f"now {line.review}" if selection.verdicts and line.review not in selection.verdicts else ""


def selected(line: Line, selection: Selection) -> bool:
    """Whether an announcement is what a selection asks for, whatever editors said. What was told once is followed, selected or not."""
    one = line.announcement
    return (
        (selection.outlets is None or bool(selection.outlets & {*one.outlets}))
        and (not selection.types or one.value.type in selection.types)
        and (not selection.networks or one.value.network in selection.networks)
        and (not selection.tiers or bool(selection.tiers & {report.tier for report in one.reports}))
        and (selection.certainty is None or rank(one.certainty) >= rank(selection.certainty))
    )


def mark_of(line: Line) -> str:
    """Another text for each thing that a reader would want to hear of; further outlets that tell the same are none."""
    cells = row(line, ZoneInfo("UTC"))
    decision = "" if line.review is Review.DEFERRED else cells["decision"]
    return content_id(*(cells[column] for column in _MATTERS), decision, line.change is Change.RETRACTED, *line.disputes)


def _taken_back(before: Told | None, reason: str, line: Line | None) -> Told | None:
    """That what was told is no longer so; nothing where it never was told, or this was told as well."""
    if before is None or before.mark == TAKEN_BACK:
        return None
    cells = dict(before.row) | {"change": Change.RETRACTED.value, "was": "", "note": reason}
    if line is not None:
        by = line.verdict
        cells |= {"decided_by": by.editor, "decided_at": f"{by.decided_at:%Y-%m-%dT%H:%M:%SZ}"} if by else {}
        cells |= {"revision": str(line.revision), "changed_utc": f"{line.changed_at:%Y-%m-%dT%H:%M:%SZ}"}
    return Told(row=cells, mark=TAKEN_BACK)


def _gone(store: Store, identity: str) -> str:
    """Why an announcement no longer stands."""
    other = store.announcements.get(identity)
    if other is None or other.id == identity:
        return "told by nobody any longer"
    return f"one event with {other.value.title or other.value.person}: {predicate(other.value)} ({other.id})"


def _was(old: Row, line: Line) -> str:
    """What a digest told before, as far as it is otherwise now."""
    if old["change"] == Change.RETRACTED:
        return "retracted"
    new = row(line, ZoneInfo("UTC"))
    shown = {column: old.get(column, "") for column in ("title", "detail", "certainty", "decision") if old.get(column, "") != new[column]}
    return "; ".join(_said(words) for words in shown.values())


def _said(words: str) -> str:
    """A cell of ours for people."""
    return "in talks" if words == Certainty.IN_TALKS else words or "unreviewed"


def _moved(before: Told | None, line: Line) -> dict[str, str]:
    """The date that was told before, where another one is told now."""
    told = before.row["effective_date"] if before else ""
    return {"prior_date": told} if told and told != line.announcement.value.date else {}


def _was_then(store: Store, line: Line, after: int) -> str:
    """What an announcement was at a place in the log, as far as it is otherwise now."""
    identity, then = line.announcement.id, store.issues.version_at(line.announcement.id, after)
    assert then is not None
    versions = store.announcements.versions(identity)
    version = next((one for one in versions if one.version == then[0]), versions[0])
    decided = store.verdicts.standing_at(identity, then[1])
    old = {"detail": predicate(as_decided(version.value, decided)), "certainty": version.certainty.value}
    new = {"detail": predicate(line.announcement.value), "certainty": line.announcement.certainty.value}
    parts = [_said(words) for column, words in old.items() if words != new[column]]
    return "; ".join([*parts, *(["unreviewed"] if line.verdict and decided is None and line.review is not Review.DEFERRED else [])])
