"""Labelled reports (fixtures/labelled/announcements), told to an empty store in the order in which they were read."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewatch.announce import OFFICIAL, WINDOW, Outlets, decide, earliest, is_release, report_of, sketch
from tradewatch.config import load_names, load_sources
from tradewatch.store import Store
from tradewatch.text import content_id
from tradewatch.titles import TitleQuery, match, work_of
from tradewatch.types import (
    ALIAS_KINDS,
    Alias,
    Announcement,
    Claim,
    ClaimType,
    DecisionKind,
    MatchKind,
    Report,
    Status,
    Tier,
    Title,
    WorkKind,
)

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "fixtures" / "labelled" / "announcements"
FORMS = "forms"
"""The file of plain forms, written from patterns; all other cases are written by hand."""
START = dt.datetime(2026, 1, 12, 15, 0, tzinfo=dt.UTC)
ABOUT = {"by", "h", "d", "read", "tier_of_outlet", "credits", "links", "text", "official", "correction", "article", "unsaid", "before"}
"""Keys of a labelled report that are about the report; all others are slots of its claim."""
EDITOR = "ann"


@dataclass(frozen=True, slots=True)
class World:
    """What all cases share: owners of outlets and networks, what an outlet's word is worth, and texts."""

    outlets: Outlets
    tiers: Mapping[str, Tier]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the product put one report."""

    announcement: str | None
    """None where it is left to an editor."""
    offered: str | None
    """What an editor is shown beside it."""
    decision: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the product made of one case."""

    case: Mapping[str, Any]
    placed: tuple[Place, ...]
    """By report, in the case's order."""
    announcements: Mapping[str, Announcement]
    bears: tuple[tuple[str, str, str], ...]
    """(announcement, relation, announcement)."""

    @property
    def events(self) -> str:
        """The case's letters as the product sees them: a capital for each announcement, a small letter for one offered to an editor."""
        letters: dict[str | None, str] = {}
        for label, place in zip(self.case["events"], self.placed, strict=True):
            if place.announcement and place.announcement not in letters:
                fresh = label.isupper() and label not in letters.values()
                letters[place.announcement] = label if fresh else next(one for one in "ABCDEFGHIJ" if one not in letters.values())
        return "".join(letters[one.announcement] if one.announcement else letters.get(one.offered, "?").lower() for one in self.placed)

    def of(self, event: str) -> Announcement | None:
        """The announcement that holds the first of an event's reports that was placed."""
        names = zip(self.placed, self.case["events"], strict=True)
        return next((self.announcements[place.announcement] for place, name in names if name == event and place.announcement), None)

    def said(self, what: str, event: str) -> Any:
        """What the product says of an event where the label says `what` (one of SAID)."""
        known = self.of(event)
        if known is None:
            return None
        if what == "value":
            return {slot: _plain(getattr(known.value, slot)) for slot in self.case["value"][event]}
        sayings = {
            "first": sorted(report.outlet for report in earliest(known.reports)),
            "origins": len(known.origins),
            "outlets": len(known.outlets),
            "certainty": known.certainty.value,
            "rivals": len(known.rivals),
        }
        return sayings[what]

    def differences(self) -> Iterator[tuple[str, Any, Any]]:
        """(what, as told, as labelled) of all that went otherwise than its label."""
        if not agree(self.events, self.case["events"]):
            yield "events", self.events, self.case["events"]
        made = [place.decision for place in self.placed]
        if "decisions" in self.case and made != self.case["decisions"]:
            yield "decisions", made, self.case["decisions"]
        for what in SAID:
            for event, label in self.case.get(what, {}).items():
                if self.said(what, event) != label:
                    yield f"{what} of {event}", self.said(what, event), label
        if "bears" in self.case and sorted(self.bears) != sorted(map(tuple, self.case["bears"])):
            yield "bears", self.bears, self.case["bears"]


SAID = ("first", "origins", "outlets", "certainty", "rivals", "value")
"""What a label may say of an event besides who told it."""


def agree(told: str, label: str) -> bool:
    """Whether two rows of letters say the same; `?` in the label is for an editor, whatever is offered."""
    return all(mine == asked or (asked == "?" and not mine.isupper()) for mine, asked in zip(told, label, strict=True))


def cases(forms: bool = True) -> list[dict[str, Any]]:
    """All labelled cases, each with the name of its file; without `forms` only those written by hand."""
    found: list[dict[str, Any]] = []
    for path in sorted(LABELLED.glob("*.toml")):
        found += [case | {"file": path.stem} for case in tomllib.loads(path.read_text("utf-8")).get("case", ())]
    lines = (LABELLED / f"{FORMS}.jsonl").read_text("utf-8").splitlines() if forms else []
    return found + [json.loads(line) | {"file": FORMS} for line in lines]


def world() -> World:
    """Owners and tiers as the product comes with them."""
    config = ROOT / "config"
    tiers = {source.outlet: source.tier for source in load_sources(config)}
    return World(Outlets.of(load_names(config)), tiers, tomllib.loads((LABELLED / "texts.toml").read_text("utf-8")))


def tell(case: Mapping[str, Any], shared: World) -> Told:
    """Run one case."""
    telling = _Telling(case, shared)
    reports = case["reports"]
    for at in sorted(range(len(reports)), key=lambda at: reports[at].get("read", at)):
        telling.read(at)
    told = telling.told()
    telling.store.close()
    return told


class _Telling:
    """One case on its way through an empty store, as a poll would take it."""

    def __init__(self, case: Mapping[str, Any], shared: World) -> None:
        self.store = Store.in_memory()
        self.store.titles.add(_title(row) for row in case.get("titles", ()))
        self._case = case
        self._shared = shared
        self._placed: dict[int, Place] = {}
        self._claims: dict[int, str] = {}

    def read(self, at: int) -> None:
        """Decide on one report, after what an editor did before it."""
        row = self._case["reports"][at]
        when = START + dt.timedelta(hours=row.get("h", 0), days=row.get("d", 0))
        self._edit(row.get("before", {}), when)
        claim = _claim(self._case["claim"], row)
        answer = match(TitleQuery.of_claim(claim, when.date()), self.store.titles)
        claim = _claim(self._case["claim"], row, title_id=answer.title_id)
        work = work_of(answer, claim.title)
        report, copies = self._report(at, claim, when)
        known = self.store.announcements
        doubtful = answer.kind in (MatchKind.REVIEW, MatchKind.AMBIGUOUS)
        offered = [one for title in answer.candidates if doubtful for one in known.comparable(claim, title)]
        decision = decide(
            claim, report, known.comparable(claim, work), when + dt.timedelta(days=2000),
            networks=self._shared.outlets.networks, akin=known.akin(claim, work), offered=offered,
        )  # fmt: skip
        made = known.apply(decision, claim, work, when)
        known.retrace(report.article_id, copies, when)
        unsure = decision.kind is DecisionKind.UNSURE
        self._placed[at] = Place(None if unsure or not made else made.id, decision.announcement_id if unsure else None, decision.kind.value)

    def told(self) -> Told:
        """What became of all of it."""
        known = self.store.announcements
        placed = tuple(self._placed[at] for at in range(len(self._placed)))
        standing = {place.announcement: one for place in placed if place.announcement and (one := known.get(place.announcement))}
        told = Told(self._case, placed, standing, ())
        letters = {place.announcement: letter for place, letter in zip(placed, told.events, strict=True) if place.announcement}
        bears = {(letters[one], relation, letters[other]) for one in standing for relation, other in known.links(one)}
        return Told(self._case, placed, standing, tuple(sorted(bears)))

    def _report(self, at: int, claim: Claim, when: dt.datetime) -> tuple[Report, list[str]]:
        """The report of a row, and the articles that turn out to be copies of its text."""
        row = self._case["reports"][at]
        outlet, tier = row["by"], Tier(row.get("tier_of_outlet", self._shared.tiers.get(row["by"], Tier.TRADE)))
        article, text = self._article(at), self._shared.texts.get(row.get("text", ""), "")
        official = row.get("official", False) or is_release(text) or tier is Tier.OFFICIAL
        alike = self.store.announcements.near_copies(article, sketch(text), when, WINDOW)
        self.store.announcements.remember_text(article, sketch(text), when)
        self._claims[at] = content_id(article, claim)
        report = report_of(
            claim, claim_id=self._claims[at], article_id=article, outlet=outlet, tier=tier, url=_url(article), reported_at=when,
            outlets=self._shared.outlets, cites=[_url(self._article(link)) for link in row.get("links", ())],
            copy_of=None if official else next((other for other, published in alike if published <= when), None), official=official,
            correction=row.get("correction", False), unsaid=[self._claims[other] for other in row.get("unsaid", ())],
        )  # fmt: skip
        assert not official or report.origin == OFFICIAL
        return report, [other for other, published in alike if official or published > when]

    def _article(self, at: int) -> str:
        row = self._case["reports"][at]
        return f"{self._case['id']}-{row['by']}-{row['article']}" if "article" in row else f"{self._case['id']}-{at}"

    def _edit(self, edits: Mapping[str, Sequence[str]], when: dt.datetime) -> None:
        edit = self.store.title_edits
        for action, words in edits.items():
            if action == "retitle":
                edit.retitle(words[0], words[1], EDITOR, when)
            elif action == "alias":
                edit.alias(words[0], Alias(name=words[1]), EDITOR, when)
            elif action == "accept":
                edit.accept(Title(id=words[0], name=words[1], kind=WorkKind(words[2])), EDITOR, when)
            else:
                raise ValueError(f"{action}: no editor does that")


def _claim(slots: Mapping[str, Any], row: Mapping[str, Any], **more: Any) -> Claim:
    """The claim of a labelled report; empty slots are left out, and what is credited is reported unless it says otherwise."""
    told = dict(slots) | {name: value for name, value in row.items() if name not in ABOUT}
    told |= {"status": Status(row.get("status") or ("reported" if row.get("credits") else slots.get("status", "announced")))}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if value not in ("", None)}
    return Claim(**(values | {"type": ClaimType(told["type"]), "title": told.get("title") or None} | more | _credit(row)))


def _credit(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {"attribution": (row["by"], *row["credits"])} if row.get("credits") else {}


def _title(row: Mapping[str, Any]) -> Title:
    return Title(**(dict(row) | {"kind": WorkKind(row["kind"]), "aliases": tuple(map(_alias, row.get("aliases", ())))}))


def _alias(text: str) -> Alias:
    """`working:Deadpool 3`, or a plain name."""
    kind, colon, name = text.partition(":")
    return Alias(name=name, kind=kind) if colon and kind in ALIAS_KINDS else Alias(name=text)


def _url(article: str) -> str:
    return f"https://example.test/{article.replace(' ', '-')}"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
