"""From a matched pattern to claims: who fills which slot."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tradewatch.extract.conditions import is_stopped, missing
from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Mention, block
from tradewatch.extract.match import PEOPLE, Match, items
from tradewatch.extract.names import could_be_person
from tradewatch.extract.numbers import Seasons, number
from tradewatch.extract.people import persons_of, roles_of
from tradewatch.extract.state import Memory
from tradewatch.extract.subjects import titles_of
from tradewatch.text import fold
from tradewatch.types import Claim, ClaimType, Novelty, Status

SEASONAL = frozenset(
    {
        ClaimType.RENEWAL, ClaimType.CANCELLATION, ClaimType.FINAL_SEASON, ClaimType.PREMIERE_DATE, ClaimType.NETWORK_MOVE,
        ClaimType.EPISODE_ORDER, ClaimType.ACQUISITION,
    }
)  # fmt: skip
"""Types whose claims may say which seasons."""
AWAITED = frozenset({"new_work", "ahead_or_new", "introduced"})
"""Conditions that a later line may still meet."""

STUDIO_TYPES = frozenset({ClaimType.FILM_GREENLIGHT, ClaimType.TALENT_DEAL, ClaimType.ACQUISITION, ClaimType.PREMIERE_DATE})
"""Types whose network may be a studio though a broadcaster stands beside it."""
AT_NETWORK = re.compile(rf" (?:at|on|by|for|to|from|over at|via)(?: the)? ({block(Kind.NETWORK)})")
LAST = re.compile(r" will (?:also )?be (?:its|the show 's|the series '(?:s)?) (?:last|final)(?= |$)| as its last(?= |$)")
NOT_TO_COME = re.compile(r" (?:no|not|won't|n't|against|no longer|reversed|reverses|un-renewed|never) ")
EXPECTED = re.compile(r"(?<! now) expected(?= )")
"""A hope, unless it corrects an earlier plan ("now expected")."""


def claims_of(match: Match, memory: Memory) -> list[Claim]:
    """The claims that a match makes, one for each title and person; empty where a slot that it needs is missing."""
    if is_stopped(match):
        return []
    match.engaged = frozenset(memory.engaged.keys() | memory.named)
    match.fresh, match.casting = _fresh(match, memory), memory.casting
    match.told = frozenset(memory.names.get(key, key) for key in memory.told)
    base = _base(match, memory)
    titles = titles_of(match, memory)
    if not titles and _is_told_later(match, memory):
        memory.pending.append(lambda: next(iter(claims_of(match, memory)), None))
    persons = persons_of(match, memory) if match.pattern.type in PEOPLE else [None]
    roles = roles_of(match, memory)
    made = [
        _filled(match, memory, base, title, person, role, index, len(titles))
        for index, title in enumerate(titles)
        for person in persons
        for role in roles
    ]
    return [claim for claim in made if claim is not None]


def _is_told_later(match: Match, memory: Memory) -> bool:
    """Whether a headline only describes the work, so that the rest of the document has to name it: "NBC Cancels Medical Drama"."""
    described = any(mention.kind is Kind.REF for mention in match.mentions("title"))
    return described and match.line.field == "headline" and not memory.over


def _fresh(match: Match, memory: Memory) -> frozenset[str]:
    """The titles that the document announces as new works, as they are written in it and in this line."""
    here = (mention.name for _, mention in match.line.found(Kind.TITLE, Kind.NAME))
    return frozenset(memory.names.get(key, key) for key in memory.ordered) | {name for name in here if fold(name) in memory.ordered}


def _base(match: Match, memory: Memory) -> Claim:
    """What all claims of a match share."""
    return Claim(
        type=match.pattern.type,
        title=None,
        status=_status(match),
        novelty=_novelty(match),
        evidence=(match.evidence,),
        confidence=match.pattern.weight,
        rule=match.pattern.rule,
        network=_network(match, memory),
        **{key: value for key, value in match.pattern.set.items() if key != "status"},
    )


def _novelty(match: Match) -> Novelty:
    """What the scope says; but a day still to come is news wherever it stands ("which premieres in May")."""
    dates = [mention.value for mention in match.mentions("date")] if match.pattern.type is ClaimType.PREMIERE_DATE else []
    ahead = (dates and not any(date.past for date in dates)) or (match.pattern.type is ClaimType.EPISODE_ORDER and "will" in match.words)
    if match.pattern.type is ClaimType.CASTING and match.line.field == "body" and NEXT_CREDIT.search(match.evidence.quote):
        return Novelty.BACKGROUND
    return Novelty.NEW if ahead and match.line.field != "headline" else match.scope.novelty


NEXT_CREDIT = re.compile(r"\b(?:will|can) (?:also )?next\b|\bnext (?:stars|appears|plays)\b")
"""What an actor does besides: the last line of many an article."""


def _status(match: Match) -> Status:
    """What the scope says; a pattern may fix a softer status than a plain statement."""
    if (
        match.pattern.type is ClaimType.PREMIERE_DATE
        and EXPECTED.search(match.line.text[match.start : match.end])
        and not (_is_exact(match) or "prior" in match.pieces)
    ):
        return Status.UNDECIDED
    fixed = match.pattern.set.get("status")
    return Status(fixed) if fixed and match.scope.status is Status.ANNOUNCED else match.scope.status


def _is_exact(match: Match) -> bool:
    """Whether a day or a month is given."""
    return any(mention.value.precision in ("day", "month") for mention in match.mentions("date"))


GENERIC = frozenset(["network", "streamer", "broadcaster", "net", "cabler", "channel", "studio", "platform"])
"""Nouns for a network, which a headline's capitals make look like a name."""


def _meant(match: Match, mention: Mention, memory: Memory) -> str | None:
    """The network that a noun stands for: the last one before it in its line, else the document's."""
    at = next((i for i, token in enumerate(match.line.tokens) if match.line.mentions.get(token.key) is mention), 0)
    before = [other.name for i, other in match.line.found(Kind.NETWORK) if i < at]
    return mention.slots.get("network") or (before[-1] if before else memory.network())


def _network(match: Match, memory: Memory) -> str | None:
    """The network that the slots name; for "it" and the like the one that the document speaks of."""
    if meant := [mention for mention in match.mentions("who") if mention.kind is Kind.REF]:
        return meant[0].slots.get("network") or memory.network()
    for mention in match.mentions("network") or match.mentions("who") or [m for m in match.mentions("company") if m.kind is not Kind.NAME]:
        if mention.kind is Kind.NAME and mention.name.lower() not in GENERIC:
            return mention.name
        return mention.name if mention.kind is Kind.NETWORK else _meant(match, mention, memory)
    buyers = [mention.name for mention in match.mentions("company")] if match.pattern.type is ClaimType.ACQUISITION else []
    return next((name for name in buyers if not could_be_person(name)), None)


def _filled(
    match: Match, memory: Memory, base: Claim, title: Mention, person: str | None, role: str | None, index: int, many: int
) -> Claim | None:
    """One claim with every slot filled; None, with a note, where the pattern needs more."""
    kind = match.pattern.type
    if kind in PEOPLE and not person:
        return None
    seasons, final, episodes = _seasons(match, memory, title, index, many)
    name = memory.names.get(fold(title.name), title.name) if title.name else None
    title = _offshoot(match, title)
    slots: dict[str, Any] = {
        "title": name,
        "person": person,
        "role": role or base.role,
        "relation": title.slots.get("relation"),
        "parent": title.slots.get("parent"),
        "network": base.network or title.slots.get("network") or _sibling(match) or _beside(match, title, memory),
        "episodes": number(match.pieces["number"]) if "number" in match.pieces else episodes or title.slots.get("episodes"),
        "deal": _deal(match),
        "from_network": _from(match, base.network, title),
        "stage": base.stage or ("pilot" if kind is ClaimType.PASSED and title.slots.get("pilot") else None),
        "territory": next((mention.name for mention in match.mentions("territory") if mention.name in lexicon().territories), None),
        "licensor": next((mention.name for mention in match.mentions("licensor")), None),
        "successor": next((words for _, words in items(match, "successor")), None),
        "character": _character(match),
        **_dates(match),
    }
    if slots["from_network"] and slots["network"] == slots["from_network"]:
        slots["network"] = next((name for name in _networks(match) if name != slots["network"]), None)
    if kind in SEASONAL:
        slots |= {"seasons": seasons, "final": final}
    claim = replace(base, **{key: value for key, value in slots.items() if value})
    if kind is ClaimType.CAST_EXIT and (crew := _crew_roles(match, memory, person)):
        claim = replace(claim, type=ClaimType.ROLE_EXIT, role=crew[0], rule=f"role_exit.{match.pattern.rule.partition('.')[2]}")
    if unmet := missing(claim, match, title):
        match.notes.append(f"missing: {', '.join(unmet)}")
        if AWAITED.issuperset(unmet):
            memory.pending.append(lambda: _awaited(claim, match, title, memory))
        return None
    return claim


def _awaited(claim: Claim, match: Match, title: Mention, memory: Memory) -> Claim | None:
    """A claim that was put off, if by now the document has announced its title as a new work."""
    match.fresh = _fresh(match, memory)
    return None if missing(claim, match, title) else claim


def _crew_roles(match: Match, memory: Memory, person: str | None) -> tuple[str, ...]:
    """The roles behind the camera that the document or this line gives to a person."""
    here = (mention.slots["roles"] for mention in match.mentions("person") if mention.slots.get("roles"))
    return memory.crew.get(person or "") or next(here, ())


def _offshoot(match: Match, title: Mention) -> Mention:
    """The title with the relation that the phrase names, itself the parent: "'Vale' is getting a sequel"."""
    noun = match.pieces.get("relation", "").strip()
    relation = lexicon().relations.get(noun) or next((mention.slots.get("relation") for mention in match.mentions("offshoot")), None)
    if not relation:
        return title
    return Mention(
        Kind.TITLE,
        title.start,
        title.end,
        title.text,
        title.value,
        {**title.slots, "relation": relation, "parent": title.name},
        title.strong,
    )


def _seasons(match: Match, memory: Memory, title: Mention, index: int, many: int) -> tuple[tuple[int, ...], bool, int | None]:
    """(season numbers, whether the last is final, episode count) that the claim of one title may carry."""
    stated: list[Mention] = match.mentions("season") or [m for m in (title.slots.get("season"),) if m] or _near(match, Kind.SEASON)
    counts = match.mentions("count") or _near(match, Kind.AFTER)
    episodes = next((m.value for m in match.mentions("episodes") or _near(match, Kind.EPISODES)), None)
    if match.pattern.type in (ClaimType.CANCELLATION, ClaimType.FINAL_SEASON) and counts:
        return (counts[0].value.count,), False, episodes
    if not stated:
        return (), False, episodes
    values: list[Seasons] = [m.value for m in stated]
    if len(values) == 1 and len(values[0].numbers) == 1 and " through " in match.line.text:
        known = memory.made(title.name)
        if 0 < known < values[0].numbers[0] <= known + 4:
            values = [Seasons(tuple(range(known + 1, values[0].numbers[0] + 1)), final=values[0].final)]
    numbers = [number for value in values for number in value.numbers or (memory.more(title.name, value.more) if value.more else ())]
    if many > 1 and len(numbers) == many and "respectively" in match.line.text:
        numbers = [numbers[index]]
    elif match.pattern.type is ClaimType.CANCELLATION and len(numbers) == 1 and NOT_TO_COME.search(match.line.text):
        numbers = [numbers[0] - 1] if numbers[0] > 1 else []
    episodes = episodes or next((value.episodes for value in values if value.episodes), None)
    final = any(value.final for value in values) or bool(LAST.search(match.line.text))
    return tuple(dict.fromkeys(numbers)), final, episodes


def _near(match: Match, kind: Kind) -> list[Mention]:
    """The nearest mention of a kind after the match in its clause, else in it, else just before it; never another title's."""
    text, wanted = match.line.text, block(kind)
    own = match.pieces.get("title", "")
    after = re.split(r" [;—–](?= )", text[match.end :], maxsplit=1)[0]
    after = after[: _other_title(after, own, len(after))]
    before = text[: match.start].rsplit(" ;", 1)[-1]
    before = before[_last_title(before) :] if own.strip() else before
    seen = match.pattern.type is ClaimType.RENEWAL and kind is Kind.SEASON
    for part, order in ((after, 1), (text[match.start : match.end], 1), (before, -1)):
        found = [hit for hit in re.finditer(wanted, part) if not (seen and SEEN.search(part[: hit.start()]))]
        if found:
            return [match.line.mentions[found[::order][0].group()]]
    return []


SEEN = re.compile(r" (?:after|following|since|ends?|ended|concludes?|concluded|wraps|wrapped|ahead of|before)(?: (?:the|its|their|a))? $")
"""Before a season that was made, in a sentence that renews its show."""


def _other_title(text: str, own: str, end: int) -> int:
    """Where another title's clause begins: after a comma or "and", at the title."""
    found = next((hit for hit in OTHER.finditer(text) if hit[1] not in own), None)
    return found.start() if found else end


OTHER = re.compile(rf" (?:,|and|&|while|;)(?: [^ {block(Kind.SEASON)[1:-1]}]+){{0,4}}? ({block(Kind.TITLE)})(?! 's)")


def _last_title(text: str) -> int:
    found = list(re.finditer(block(Kind.TITLE), text))
    return found[-1].end() if found else 0


def _sibling(match: Match) -> str | None:
    """The network of another title in the same list: "Showtime's 'Vale' and 'Meridian' renewed"."""
    return next((mention.slots["network"] for mention in match.mentions("title") if mention.slots.get("network")), None)


def _beside(match: Match, title: Mention, memory: Memory) -> str | None:
    """The network of a title that no slot named: in the same line, else with the title before, else the document's."""
    after = AT_NETWORK.search(match.line.text, match.start)
    beside = match.line.mentions[after[1]] if after else None
    if beside and not (match.pattern.type is ClaimType.PASSED and "studio" in beside.slots):
        return beside.name
    if match.pattern.type is ClaimType.PREMIERE_DATE and (home := memory.homes.get(fold(title.name))):
        return home
    here = match.line.found(Kind.NETWORK)
    if match.pattern.type not in STUDIO_TYPES:
        here = [hit for hit in here if "studio" not in hit[1].slots] or here
    before = [mention.name for i, mention in here if i < match.tokens[0]]
    if here:
        return before[-1] if before else here[0][1].name
    return memory.network_of.get(fold(title.name)) or memory.network()


def _from(match: Match, network: str | None, title: Mention) -> str | None:
    """The network left behind: as the pattern names it, else the title's owner, else the other network of the line."""
    if match.pattern.type is not ClaimType.NETWORK_MOVE:
        return None
    named = [mention.name for mention in match.mentions("from") if mention.kind is Kind.NETWORK]
    owners = [m.slots["network"] for m in (title, *match.mentions("title")) if m.slots.get("network", network) != network]
    others = [mention.name for _, mention in match.line.found(Kind.NETWORK) if mention.name != network]
    return next(iter(named or owners or others), None)


def _networks(match: Match) -> list[str]:
    return [mention.name for _, mention in match.line.found(Kind.NETWORK)]


def _deal(match: Match) -> str | None:
    if match.pattern.type is not ClaimType.TALENT_DEAL:
        return None
    return "first-look" if "first-look" in match.words or "first" in match.words else "overall"


def _dates(match: Match) -> dict[str, Any]:
    if match.pattern.type is not ClaimType.PREMIERE_DATE:
        return {}
    date = next((m.value for m in match.mentions("date")), None)
    if date is None:
        return {}
    prior = next((m.value.iso for m in match.mentions("prior")), None)
    return {"date": date.iso, "date_precision": date.precision, "prior_date": prior}


def _character(match: Match) -> str | None:
    if match.pattern.type not in (ClaimType.CASTING, ClaimType.CAST_EXIT):
        return None
    return next((m.name for m in match.mentions("character")), None)
