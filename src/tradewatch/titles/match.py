"""Which known work a printed title names: pure, over any catalog that answers three questions.

The order of trust is: the same name; the same name without its wrapping; a part of a name or a misprint of one, which is offered to an
editor. What the claim says decides between works of one name. Popularity never does, and an unknown title is left unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tradewatch.titles import misprint
from tradewatch.titles.catalog import Catalog, Known, Way
from tradewatch.titles.keys import LONGEST, canonical, folded
from tradewatch.titles.readings import Reading, readings
from tradewatch.types import Claim, ClaimType, Match, MatchKind, Title, WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleQuery:
    """A printed title with what the claim and its article say of the work."""

    printed: str
    type: ClaimType | None = None
    relation: str | None = None
    seasons: tuple[int, ...] = ()
    year: int | None = None
    country: str | None = None
    network: str | None = None
    kind: WorkKind | None = None
    published: dt.date | None = None

    @classmethod
    def of_claim(cls, claim: Claim, published: dt.date | None) -> TitleQuery:
        """The query for the title of a claim in an article of that day; a claim without a title asks for the empty one."""
        return cls(
            printed=claim.title or "",
            type=claim.type,
            relation=claim.relation,
            seasons=claim.seasons,
            network=claim.network,
            published=published,
        )


SERIES_NEWS = frozenset(
    {
        ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.SERIES_ORDER, ClaimType.PILOT_ORDER,
        ClaimType.EPISODE_ORDER, ClaimType.NETWORK_MOVE,
    }
)  # fmt: skip
BIRTHS = frozenset({ClaimType.SERIES_ORDER, ClaimType.PILOT_ORDER, ClaimType.FILM_GREENLIGHT, ClaimType.DEVELOPMENT, ClaimType.PASSED})
"""News of works that are not out yet."""
_MAKING = BIRTHS | {ClaimType.CASTING, ClaimType.CAST_EXIT, ClaimType.ROLE_ATTACHED, ClaimType.ROLE_EXIT, ClaimType.PREMIERE_DATE}
"""News that a film has only until it is out."""
_RETURNS = frozenset({"revival", "reboot"})


def match(query: TitleQuery, catalog: Catalog) -> Match:
    """The work that a printed title names, or why it cannot be said."""
    if not query.printed.strip():
        return _new(("no title is printed",))
    if len(query.printed) > LONGEST:
        return _new((f"longer than any title ({len(query.printed)} characters)",))
    tried = []
    for reading in readings(query.printed):
        if known := catalog.named(reading.key):
            return _choose(query, reading, known)
        tried.append(reading)
    if not tried:
        return _new(("nothing of it is a word",))
    return _misprinted(query, tried, catalog) or _partial(query, tried[-1], catalog) or _unknown(tried[0], catalog)


def work_of(answer: Match, printed: str | None) -> str:
    """The name under which announcements of a work are kept: its id, or `new:` and its key where it is in no catalog.

    Ambiguous and unreviewed titles are kept under their printed key too, until an editor says whose they are.
    """
    return answer.title_id or unknown_work(printed or "")


def unknown_work(printed: str) -> str:
    """The name under which announcements of a work in no catalog are kept."""
    return f"new:{canonical(printed)}"


def _choose(query: TitleQuery, reading: Reading, known: Sequence[Known]) -> Match:
    """Decide between the works of one name."""
    works = list({one.title.id: one for one in reversed(known)}.values())[::-1]
    objections = [_objection(query, reading, one.title) for one in works]
    fitting = [one for one, objection in zip(works, objections, strict=True) if not objection]
    if not fitting:
        return _namesake(query, reading, works, [said for said in objections if said])
    printed = " ".join(reading.words)
    chosen, narrowed = _narrow(query, reading, fitting, printed) if len(fitting) > 1 else (fitting, ())
    if len(chosen) > 1:
        reasons = (f"{len(chosen)} works answer", *narrowed)
        return Match(kind=MatchKind.AMBIGUOUS, title_id=None, score=0.5, reasons=reasons, candidates=_ids(chosen))
    one = chosen[0]
    alike = folded(one.name) == printed
    reasons = (_likeness(one, alike), *reading.stripped, *narrowed)
    if doubt := _doubt(query, reading, one.title):
        candidates = _ids((one, *fitting, *works))
        return Match(kind=MatchKind.REVIEW, title_id=None, score=0.7, reasons=(*reasons, doubt), candidates=candidates)
    others = tuple(title_id for title_id in _ids((*fitting, *works)) if title_id != one.title.id)
    return Match(kind=MatchKind.MATCH, title_id=one.title.id, score=1.0 if alike else 0.98, reasons=reasons, candidates=others)


def _ids(known: Sequence[Known]) -> tuple[str, ...]:
    """The titles' ids, each once."""
    return tuple(dict.fromkeys(one.title.id for one in known))


def _objection(query: TitleQuery, reading: Reading, title: Title) -> str | None:
    """Why the work cannot be the one that is meant; None where nothing speaks against it."""
    return _other(query, reading, title) or _too_old(query, title)


def _other(query: TitleQuery, reading: Reading, title: Title) -> str | None:
    """What is printed or claimed that is not so of the work."""
    needed = reading.kind or _kind(query)
    year = reading.year or query.year
    country = reading.country or query.country
    if needed and title.kind not in (needed, WorkKind.SPECIAL if needed is WorkKind.FILM else needed):
        return f"{title.name} is a {title.kind}, not a {needed}"
    if year and title.year and abs(year - title.year) > 1:
        return f"{title.name} is of {title.year}, not {year}"
    if country and title.country and country != title.country:
        return f"{title.name} is from {title.country}, not {country}"
    return None


def _too_old(query: TitleQuery, title: Title) -> str | None:
    """Whether the news comes too late to be of this work."""
    if query.published is None or query.type is None:
        return None
    today = query.published.year
    if query.type in BIRTHS and title.year and title.year < today - 1:
        return f"{title.name} has been out since {title.year}: an order is for another work"
    if query.type in _MAKING and title.kind is not WorkKind.SERIES and title.year and title.year < today - 1:
        return f"{title.name} was finished by {title.year}"
    if title.ended and title.ended < today - 2 and query.type is not ClaimType.ACQUISITION:
        return f"{title.name} ended in {title.ended}"
    return None


def _doubt(query: TitleQuery, reading: Reading, title: Title) -> str | None:
    """What an editor should look at before the work is taken to be the one that is meant."""
    if reading.country and title.country is None:
        return f"the catalog does not say whether {title.name} is from {reading.country}"
    if query.type in BIRTHS and query.published:
        if title.year == query.published.year - 1:
            return f"{title.name} came out in {title.year}; the order may be for another work"
        imported = ":" in title.id  # what the desk itself took in without a year is not out yet
        if (
            title.year is None
            and imported
            and folded(title.network or "") != folded(query.network or "")
            and query.type is not ClaimType.DEVELOPMENT
        ):
            return f"the catalog has no year for {title.name}; the order may be for another work"
    return None


def _undated(title: Title) -> bool:
    """Whether an imported title has no year; one that the desk itself took in without a year is not out yet."""
    return title.year is None and ":" in title.id


def _narrow(query: TitleQuery, reading: Reading, works: list[Known], printed: str) -> tuple[list[Known], tuple[str, ...]]:
    """Let what is printed and claimed pick among works of one name; each step counts only if it leaves some and drops some."""
    year, country = reading.year or query.year, reading.country or query.country
    network = folded(query.network or "")
    kind = reading.kind or _kind(query)
    steps: tuple[tuple[str, bool, Callable[[Known], bool]], ...] = (
        ("not by a translated name", True, lambda one: not one.translation),
        (f"a {kind}", bool(kind), lambda one: one.title.kind is kind),
        (f"of {year}", bool(year), lambda one: one.title.year == year),
        (f"from {country}", bool(country), lambda one: one.title.country == country),
        (f"on {query.network}", bool(network), lambda one: folded(one.title.network or "") == network),
        ("printed exactly so", True, lambda one: folded(one.name) == printed),
    )
    said = []
    for reason, applies, fits in steps:
        left = [one for one in works if fits(one)] if applies else []
        if left and len(left) < len(works):
            works = left
            said.append(reason)
    return works, tuple(said)


def _namesake(query: TitleQuery, reading: Reading, works: Sequence[Known], objections: Sequence[str]) -> Match:
    """The name is known, but no known work of that name can be meant."""
    newest = max(works, key=lambda one: (one.title.year or 0, one.title.id))
    candidates = tuple(one.title.id for one in works)
    over = any(one.title.ended and not _other(query, reading, one.title) for one in works)
    returning = query.relation in _RETURNS or (over and query.type not in BIRTHS)
    return Match(
        kind=MatchKind.REVIEW if returning else MatchKind.NEW,
        title_id=None,
        score=0.5 if returning else 0.0,
        reasons=(
            *dict.fromkeys(objections),
            "a return of it, or another work of the same name" if returning else "another work of the same name",
        ),
        candidates=candidates,
        same_name_as=newest.title.id,
    )


def _misprinted(query: TitleQuery, tried: Sequence[Reading], catalog: Catalog) -> Match | None:
    """The known title that differs in one slip of one word; certain only in the clearest case."""
    for reading in (tried[0], *tried[1:][-1:]):
        found = [slip for slip in misprint.slips(reading, catalog) if not _objection(query, reading, slip.title)]
        if found:
            ids = tuple(dict.fromkeys(slip.title.id for slip in found))
            reasons = tuple(dict.fromkeys(f"“{slip.printed}” may be a misprint of “{slip.known}” in {slip.name}" for slip in found))
            score = fuzz.ratio(" ".join(reading.words), folded(found[0].name)) / 100
            if len(ids) == 1 and misprint.certain(found[0], catalog) and not _doubt(query, reading, found[0].title):
                return Match(kind=MatchKind.MATCH, title_id=ids[0], score=score, reasons=(*reasons, *reading.stripped))
            return Match(kind=MatchKind.REVIEW, title_id=None, score=score, reasons=reasons, candidates=ids)
    return None


def _partial(query: TitleQuery, reading: Reading, catalog: Catalog) -> Match | None:
    """Known titles of which the printed one is a part."""
    fitting = [one for one in catalog.part_named(reading.key) if not _objection(query, reading, one.title)]
    if not fitting:
        return None
    reasons = tuple(f"“{reading.text}” is a part of {one.name}" for one in fitting[:5])
    return Match(kind=MatchKind.REVIEW, title_id=None, score=0.6, reasons=reasons, candidates=_ids(fitting))


def _unknown(reading: Reading, catalog: Catalog) -> Match:
    """No known work: say so, and which known name it begins with, so that "Citadel: Honey Bunny" can be told to be no Citadel."""
    head, colon, _ = reading.text.partition(":")
    begun = catalog.named(canonical(head), 3) if colon and head.strip() else ()
    reasons = ("no known title has this name", *(f"more than {one.name}" for one in begun[:1]))
    return _new(reasons, _ids(begun))


def _new(reasons: tuple[str, ...], candidates: tuple[str, ...] = ()) -> Match:
    return Match(kind=MatchKind.NEW, title_id=None, score=0.0, reasons=reasons, candidates=candidates)


def _kind(query: TitleQuery) -> WorkKind | None:
    """The kind of work that the claim is about; None where it can be any."""
    if query.kind:
        return query.kind
    if query.type in SERIES_NEWS or query.seasons:
        return WorkKind.SERIES
    return WorkKind.FILM if query.type is ClaimType.FILM_GREENLIGHT else None


def _likeness(known: Known, alike: bool) -> str:
    if not alike:
        return f"printed form of {known.name}"
    return "same name" if known.way is Way.NAME else f"alias of {known.title.name}"
