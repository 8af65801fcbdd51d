"""Announcements of other works that may be of the same one: a project described before it has its name, a title misprinted.

Nothing here joins anything: what is akin is put to an editor.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from tradewatch.announce.identity import WITH_PEOPLE, compare, same_owner
from tradewatch.announce.likeness import Likeness
from tradewatch.announce.people import compare_people
from tradewatch.text import fold
from tradewatch.types import Announcement, Claim

NAMED_WITHIN = dt.timedelta(days=180)
"""How long after it was described a project may get its name."""
SPELT_WITHIN = dt.timedelta(days=14)
"""How far apart reports of one event with two spellings of its title lie: the window of a burst."""
SHORTEST = 6
"""Letters of a title in which one slip may be a misprint."""

_RELATED = re.compile(r"\b(spin ?off|prequel|sequel|reboot|revival|remake|adaptation|offshoot|follow ?up|continuation)\b")
_VOWELS = re.compile("[aeiouy ]")
_TWICE = re.compile(r"(.)\1+")


def described(claim: Claim) -> bool:
    """Whether a title is no name yet: "Untitled Ann Poe drama", "Vale spin-off", a working title."""
    title = fold(claim.title or "")
    of_parent = bool(claim.parent) and fold(claim.parent or "") in title and _RELATED.search(title) is not None
    return claim.working_title or title.startswith("untitled ") or of_parent


def own_keys(claim: Claim, work: str) -> tuple[str, ...]:
    """The keys under which an announcement is found by claims of works that may be its own."""
    manner = "described" if described(claim) else "named"
    return (*(f"{manner}|{tie}" for tie in _ties(claim)), *_spelt(claim, work))


def sought_keys(claim: Claim, work: str) -> tuple[str, ...]:
    """The keys under which a claim's kin is found: two names of projects are two projects, so a name seeks what has none yet."""
    manners = ("described", "named") if described(claim) else ("described",)
    return (*(f"{manner}|{tie}" for manner in manners for tie in _ties(claim)), *_spelt(claim, work))


def _ties(claim: Claim) -> list[str]:
    """What two accounts of one project have in common, whatever they call it."""
    ties = [f"{claim.type}|parent|{fold(claim.parent)}"] if claim.parent else []
    ties += [f"{claim.type}|book|{fold(claim.based_on)}"] if claim.based_on else []
    if claim.person and claim.title and claim.type in WITH_PEOPLE:
        ties.append(f"{claim.type}|person|{' '.join(sorted(fold(claim.person).split()))}")
    return ties


def _spelt(claim: Claim, work: str) -> tuple[str, ...]:
    """A key that survives a vowel, a doubled letter, a swap or a plural printed wrongly; only for works in no catalog."""
    if not work.startswith("new:") or not claim.title:
        return ()
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", " ".join(word.removesuffix("s") for word in fold(claim.title).split())))
    return (f"{claim.type}|spelt|{''.join(sorted(bare))}",) if len(bare) > 2 else ()


def kinship(claim: Claim, at: dt.datetime, known: Announcement, owners: Mapping[str, str]) -> str | None:
    """Why an announcement of another work may be the event that is claimed at `at`; None where it is not."""
    if known.type is not claim.type or compare(claim, known.value, owners).likeness is Likeness.OTHER:
        return None
    gap = max(at - known.last_seen, known.first_seen - at)
    if gap <= SPELT_WITHIN and _one_slip(fold(claim.title or ""), fold(known.value.title or "")):
        return f"“{claim.title}” may be a misprint of “{known.value.title}”, or the other way round"
    if gap > NAMED_WITHIN or not (described(claim) or described(known.value)):
        return None
    return _one_project(claim, known.value, owners)


def nearest_kin(claim: Claim, at: dt.datetime, akin: Sequence[Announcement], owners: Mapping[str, str]) -> tuple[Announcement, str] | None:
    """The first of the announcements, ordered as they came, that may be the event that is claimed, and why."""
    reasons = ((known, kinship(claim, at, known, owners)) for known in akin)
    return next(((known, why) for known, why in reasons if why), None)


def _one_project(claim: Claim, known: Claim, owners: Mapping[str, str]) -> str | None:
    names = f"“{claim.title}” may be what was told as “{known.title}”"
    if claim.parent and known.parent and fold(claim.parent) == fold(known.parent):
        other = claim.relation and known.relation and claim.relation != known.relation
        return None if other else f"{names}: both come of {known.parent}"
    if claim.based_on and known.based_on and fold(claim.based_on) == fold(known.based_on):
        return f"{names}: both are based on {known.based_on}"
    if claim.person and known.person and compare_people(claim.person, known.person).likeness is Likeness.SAME:
        apart = claim.network and known.network and not same_owner(claim.network, known.network, owners)
        return None if apart else f"{names}: {claim.person} is in both"
    return None


def _one_slip(mine: str, theirs: str) -> bool:
    """One letter, never a digit or a short title, apart; spaces and a plural count as nothing."""
    first, second = mine.replace(" ", ""), theirs.replace(" ", "")
    if min(len(first), len(second)) < SHORTEST or [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return False
    return OSA.distance(first, second, score_cutoff=1) <= 1
