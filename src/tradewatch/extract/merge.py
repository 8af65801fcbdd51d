"""One claim for one fact: what headline, dek and body say of it is put together, with all the evidence."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType, Novelty, Status

FILLED = tuple(
    f.name
    for f in fields(Claim)
    if f.name not in ("type", "title", "status", "novelty", "attribution", "evidence", "confidence", "rule", "person", "role")
)
FIRMNESS = (Status.ANNOUNCED, Status.REVERSED, Status.REPORTED, Status.IN_TALKS, Status.RUMOURED, Status.UNDECIDED, Status.DENIED)


def bare(title: str | None) -> str:
    """A title's key: folded, without a leading article."""
    folded = fold(title or "")
    for article in ("the ", "a ", "an "):
        if folded.startswith(article) and len(folded) > len(article):
            return folded[len(article) :]
    return folded


def merge(claims: list[Claim]) -> list[Claim]:
    """Claims of one document in reading order, one for each fact; the first mention leads, later ones fill its gaps."""
    kept: dict[tuple[Any, ...], Claim] = {}
    for claim in _named(claims):
        key = _key(claim, kept)
        kept[key] = _joined(kept[key], claim) if key in kept else claim
    return _one_renewal(_one_order(_doubted(list(kept.values()))))


def _doubted(claims: list[Claim]) -> list[Claim]:
    """Without what a headline only asks: "Vale axed: has the show been canceled?"."""
    asked = {
        (claim.type, bare(claim.title))
        for claim in claims
        if claim.status is Status.UNDECIDED and any(where.field == "headline" for where in claim.evidence)
    }

    def is_asked(claim: Claim) -> bool:
        return claim.live and (claim.type, bare(claim.title)) in asked and all(where.field == "headline" for where in claim.evidence)

    return [claim for claim in claims if not is_asked(claim)]


def _one_renewal(claims: list[Claim]) -> list[Claim]:
    """A renewal whose season is said elsewhere to be the last is one renewal, and final."""
    ends = {(bare(claim.title), claim.seasons) for claim in claims if claim.type is ClaimType.FINAL_SEASON and claim.live}
    renewed = {(bare(claim.title), claim.seasons) for claim in claims if claim.type is ClaimType.RENEWAL and claim.live}
    final = ends & renewed

    def is_double(claim: Claim) -> bool:
        return claim.type is ClaimType.FINAL_SEASON and (bare(claim.title), claim.seasons) in final

    return [
        replace(claim, final=True) if claim.type is ClaimType.RENEWAL and (bare(claim.title), claim.seasons) in final else claim
        for claim in claims
        if not is_double(claim)
    ]


def _one_order(claims: list[Claim]) -> list[Claim]:
    """Without what a firmer claim already tells: the episodes of a renewed season, the development of what is ordered."""
    renewed = {bare(claim.title): claim.seasons for claim in claims if claim.type is ClaimType.RENEWAL and claim.live}

    def counted(claim: Claim) -> bool:
        seasons = renewed.get(bare(claim.title))
        return claim.type is ClaimType.EPISODE_ORDER and seasons is not None and (not claim.seasons or claim.seasons == seasons)

    moved = {bare(claim.title) for claim in claims if claim.type is ClaimType.NETWORK_MOVE and claim.live}
    developed = {bare(claim.title) for claim in claims if claim.type is ClaimType.DEVELOPMENT and claim.live}
    vague = [claim for claim in claims if claim.rule == "series_order.coming_to" and bare(claim.title) in developed]
    ordered = {bare(claim.title) for claim in claims if claim.type in ORDERED and claim.live and claim not in vague}

    def outdone(claim: Claim) -> bool:
        again = claim.type is ClaimType.SERIES_ORDER and (bare(claim.title) in renewed or bare(claim.title) in moved)
        return claim in vague or again or (claim.type is ClaimType.DEVELOPMENT and bare(claim.title) in ordered)

    return [claim for claim in claims if not (counted(claim) or outdone(claim))]


ORDERED = frozenset({ClaimType.SERIES_ORDER, ClaimType.FILM_GREENLIGHT, ClaimType.PILOT_ORDER})
"""What is ordered is no longer merely in the works."""


def _named(claims: list[Claim]) -> list[Claim]:
    """Give a project that one passage only describes ("the 'Vale' spin-off") the title that another gives it."""
    names = {(claim.relation, bare(claim.parent)): claim.title for claim in claims if claim.parent and not is_descriptive(claim)}
    subtitled = [claim.title for claim in claims if claim.title and ":" in claim.title]
    names |= {
        (claim.relation, bare(claim.parent)): title
        for claim in claims
        if claim.parent
        for title in subtitled
        if title and title.startswith(f"{claim.parent}:")
    }
    singles: dict[tuple[Any, ...], set[str]] = {}
    for claim in claims:
        if not is_descriptive(claim) and claim.title:
            singles.setdefault((claim.type, claim.person, claim.role), set()).add(claim.title)
    said = {(claim.type, claim.title) for claim in claims}
    named = [replace(claim, title=_name(claim, names, singles)) if is_descriptive(claim) else claim for claim in claims]
    return [replace(claim, title=stem) if (claim.type, stem := _stem(claim.title)) in said else claim for claim in named]


def _stem(title: str | None) -> str | None:
    """A title without the noun that describes it: "Percy Jackson show"."""
    return title.rsplit(" ", 1)[0] if title and GENERIC.search(title) else title


def _name(claim: Claim, names: dict[tuple[str | None, str], str | None], singles: dict[tuple[Any, ...], set[str]]) -> str | None:
    known = names.get((claim.relation, bare(claim.parent)))
    same = singles.get((claim.type, claim.person, claim.role), set())
    named_for_parent = claim.title == claim.parent and claim.relation in SAME_NAME
    return known or (next(iter(same)) if len(same) == 1 and not named_for_parent else claim.title)


SAME_NAME = frozenset(["revival", "reboot"])
"""Offshoots that mostly keep their parent's own name; a remake in another language has one of its own."""
GENERIC = re.compile(r"^Untitled |[a-z] (?:series|show|movie|film|drama|comedy|project|pilot)$")


def is_descriptive(claim: Claim) -> bool:
    """Whether a claim's title is our description of a project that has none."""
    title = claim.title or ""
    return bool(claim.parent and title in (claim.parent, f"{claim.parent} {claim.relation}")) or bool(GENERIC.search(title))


def _key(claim: Claim, kept: dict[tuple[Any, ...], Claim]) -> tuple[Any, ...]:
    live = claim.live
    person = fold(claim.person or "")
    key = (claim.type, bare(claim.title), person, claim.role, live)
    if claim.type is ClaimType.ACQUISITION and key in kept and claim.network and not _one_house(kept[key].network, claim.network):
        return (*key, claim.network)
    if claim.type is ClaimType.PREMIERE_DATE and key in kept and _differ(kept[key], claim):
        return (*key, claim.seasons, claim.date)
    return key


def _one_house(first: str | None, second: str) -> bool:
    """Whether two buyers are one company: "Apple TV+" and "Apple Studios"."""
    return first is None or first.split()[0] == second.split()[0]


def _differ(first: Claim, second: Claim) -> bool:
    """Two dates of one title: of different seasons, or on different networks."""
    if first.seasons and second.seasons and first.seasons != second.seasons:
        return True
    return bool(first.date and second.date and not _same_date(first.date, second.date) and first.seasons != second.seasons)


def _same_date(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


MOST_EVIDENCE = 100
"""Places where an article says one thing; a text that says it more often is no article."""
FINENESS = ("year", "season", "quarter", "month", "day")


def _finer(second: Claim, first: Claim) -> bool:
    """Whether a date says the same year more exactly."""
    precision, coarse = second.date_precision, first.date_precision
    if not (second.date and first.date and precision and coarse):
        return False
    return FINENESS.index(precision) > FINENESS.index(coarse) and second.date[:4] == first.date[:4]


def _joined(first: Claim, second: Claim) -> Claim:
    changes: dict[str, Any] = {name: getattr(second, name) for name in FILLED if not getattr(first, name) and getattr(second, name)}
    if first.type is ClaimType.PREMIERE_DATE and _finer(second, first):
        changes |= {"date": second.date, "date_precision": second.date_precision}
    if "date" not in changes:
        changes.pop("date_precision", None)
    full = len(first.evidence) >= MOST_EVIDENCE
    evidence = first.evidence if full else tuple(dict.fromkeys((*first.evidence, *second.evidence)))
    confidence = 1 - (1 - first.confidence) * (1 - 0.5 * second.confidence)
    status = min(first.status, second.status, key=FIRMNESS.index)
    if Novelty.BACKGROUND in (first.novelty, second.novelty) and first.novelty is not second.novelty:
        changes["novelty"] = Novelty.NEW
    return replace(first, **changes, evidence=evidence, confidence=min(confidence, 0.99), status=status)
