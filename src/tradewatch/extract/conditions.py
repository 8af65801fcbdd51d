"""What stops a match, and what a pattern requires beyond filled slots."""

from __future__ import annotations

import re
from collections.abc import Callable

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, block
from tradewatch.extract.match import DENIED, PEOPLE, Match
from tradewatch.extract.names import is_company
from tradewatch.types import Claim, ClaimType

NEAR = 6
"""How many words before a match `not_after` looks at."""
AS_CREW = re.compile(rf"(?: (?:in|for) [^ ]+)? as (?:a |an |the |its |co )?{block(Kind.ROLE)}")
BEHIND = re.compile(
    rf" (?:(?:as(?: [^ ]+){{0,4}}?|to|for) {block(Kind.ROLE, Kind.ACT)}|(?:named|set|appointed)(?: [^ ]+)? {block(Kind.ROLE)})"
)
"""Who joins "as showrunner" or "to direct" joins no cast."""
CONDITIONAL_PRESENT = re.compile(r" (?:is|are) (?:renewed|canceled|cancelled|axed|picked up|ordered)(?= |$)")
SEVERAL = "series|dramas|comedies|docuseries|sitcoms|shows|originals|newcomers|trio|pair|slate"
MORE_OF_IT = r"renew\w*|re-?commission\w*|bring\w* back|more|continu\w*"
CLAUSE_END = re.compile(r" (?:[,;:]|with)(?= )")
ON_A_DAY = re.compile(rf"(?: (?:on|from|starting|beginning|,))* ({block(Kind.DATE)})")
RESCUE = re.compile(
    r" (?:saved|rescued|revived|resurrected|uncanceled|un-canceled|home|cancell?ed|cancellation|axed|axing|dropped|dumped|scrapped|ditched"
    r"|shelved|un-announced|after)(?= )"
)
FILMING = re.compile(r" (?:filming|shoots?|shooting|production|cameras|principal photography)(?= )")
"""Words of a work that is being made: whoever is named with them has been engaged."""
CHARACTER = re.compile(r" (?:character|on-screen|castmates?|co-stars?)(?= )")
NOW = re.compile(r" (?:today|tonight|yesterday|this (?:week|morning|afternoon|evening)|has learned|can reveal|can exclusively reveal)(?= )")
"""Words that make a plain past news."""
RUN_TO_COME = re.compile(r"\b(?:next|upcoming|forthcoming|coming|current) (?:series|run)$")
OPENING = 400
"""The first characters of a body, where it says what it is about."""
NEW_IN_CAST = "new (?:series regulars?|cast|additions?|faces?|recurring|castmates?)|newcomers?"
CREW = frozenset({"producer", "executive_producer", "writer", "director", "showrunner", "creator", "host", "composer"})


def is_stopped(match: Match) -> bool:
    """Whether something in or beside the match rules it out; the reason goes to its notes."""
    reason = _reason(match)
    if reason:
        match.notes.append(reason)
    return bool(reason)


def _reason(match: Match) -> str:
    pattern, line = match.pattern, match.line
    if any(mention.kind is Kind.NAME and not is_company(mention.name) for mention in match.mentions("who")):
        return "no network or company does it"
    if pattern.type is ClaimType.CASTING and AS_CREW.match(line.text, match.end):
        return "joins behind the camera"
    if line.field == "body" and CONDITIONAL_PRESENT.search(line.text[match.start : match.end]):
        return "a present passive is a rule or a condition, not news"
    if pattern.unless and set(pattern.unless) & _words_around(match):
        return "another word of the line rules it out"
    if pattern.guard and (guards := _guards(match)):
        return f"guard: {', '.join(guards)}"
    if pattern.with_any and not set(pattern.with_any) & set(re.findall(r"[\w'-]+", match.evidence.quote.lower())):
        return "none of the words that it needs"
    if pattern.not_after and (before := _before(match)):
        return f"stands after: {', '.join(before)}"
    return ""


def _words_around(match: Match) -> set[str]:
    """The words of a line as far as its semicolons part them from the match."""
    text = match.line.text
    after = text.find(" ; ", match.end)
    return set(text[max(0, text.rfind(" ; ", 0, match.start)) : after if after >= 0 else len(text)].split())


def _guards(match: Match) -> list[str]:
    """The guard words in the match or right after it; the words of a title's name do not count."""
    named = {word for mention in match.mentions("title") for word in mention.name.lower().split()}
    said = set(ABOUT_THEM.sub(" ", match.evidence.quote).lower().split()) - named
    after = CLAUSE_END.split(match.line.text[match.end :], maxsplit=1)[0].split()[:3]
    printed = match.line.source[match.line.tokens[match.tokens[1]].end : match.line.end].lower().split()[:2]
    words = set(ABOUT_THEM.sub(" ", match.line.text[match.start : match.end]).split())
    return sorted(set(match.pattern.guard) & (words | {*after, *printed} | said))


ABOUT_THEM = re.compile(r" ?, (?:who|whose|which)[^,]*,")
"""An aside, whose words say nothing of the news."""


def _before(match: Match) -> list[str]:
    """The words just before the match that its pattern must not follow."""
    line = match.line
    start = line.tokens[match.tokens[0]].start
    return sorted(set(line.source[line.start : start].lower().split()[-NEAR:]) & set(match.pattern.not_after))


def missing(claim: Claim, match: Match, title: Mention) -> list[str]:
    """What the pattern needs and the claim has not: a condition of `NEEDS`, else a filled slot."""
    return [need for need in match.pattern.needs if not (NEEDS[need](claim, match, title) if need in NEEDS else getattr(claim, need))]


def _is_film(match: Match, title: Mention) -> bool:
    """A film by its noun, a sequel without one, or whatever a film company orders."""
    genre = title.slots.get("genre") or _apposed_genre(match)
    buyers = [mention for key in ("company", "network", "who") for mention in match.mentions(key)]
    studio = any(mention.slots.get("studio") or mention.text.endswith((" Films", " Pictures", "studio")) for mention in buyers)
    return genre == "film" or (genre is None and (title.slots.get("relation") == "sequel" or studio))


def _apposed_genre(match: Match) -> str | None:
    """Film where the words set beside the title call it one: "'Vale', a 90-minute film"."""
    tokens = match.line.tokens[match.tokens[1] + 1 :][:9]
    if not tokens or tokens[0].key != ",":
        tokens = []
    for token in tokens[1:]:
        mention = match.line.mentions.get(token.key)
        if token.key in (",", ".", ";", "which", "who", "with", "from"):
            break
        if token.key in lexicon().film_genres or (mention and mention.slots.get("genre") == "film" and not mention.strong):
            return "film"
    beside = [mention.slots.get("genre") for mention in match.mentions("title")[1:] if not mention.strong]
    return "film" if "film" in beside else None


def _is_new_work(claim: Claim, match: Match, title: Mention) -> bool:
    if match.pattern.type in PEOPLE and match.line.grouped and DENIED.search(match.line.grouped.text):
        return False
    offshoot = claim.parent is not None and claim.relation is not None and claim.title != claim.parent
    return title.name in match.fresh or "fresh" in title.slots or offshoot


def _is_cast_news(claim: Claim, match: Match) -> bool:
    """A credit in the present that names no work, in an article about a cast: "Roe voices Ann"."""
    if not match.casting or claim.type is not ClaimType.CASTING or match.past or match.pattern.rule.endswith("played_by"):
        return False
    return all(mention.kind is Kind.REF for mention in match.mentions("title"))


def _is_introduced(claim: Claim, match: Match, title: Mention) -> bool:
    """Whether the work is new, or headline, dek or an earlier claim name the person."""
    return _is_new_work(claim, match, title) or claim.person in match.engaged


def _says_when(match: Match) -> bool:
    """Whether the sentence says that a past is recent: "today", "on Monday"."""
    days = (mention.text.lower() for _, mention in match.line.found(Kind.DATE))
    return bool(NOW.search(match.line.text)) or any(day.endswith("day") for day in days)


def _is_list_item(line: Line) -> bool:
    """Whether a line is a paragraph of its own that does not end like a sentence."""
    text = line.source
    begins, ends = text[line.start - 1 : line.start] in ("", "\n"), text[line.end : line.end + 1] in ("", "\n")
    return line.field == "body" and begins and ends and text[line.start : line.end].rstrip()[-1:] not in '.!?”"'


def _has_no_day(_claim: Claim, match: Match, _title: Mention) -> bool:
    """No day follows: a show that returns on a day has long been renewed."""
    found = ON_A_DAY.match(match.line.text, match.end)
    return found is None or match.line.mentions[found[1]].value.precision != "day"


def _has_no_season(claim: Claim, match: Match, title: Mention) -> bool:
    return not claim.seasons and "season" not in title.slots and not match.line.found(Kind.SEASON)


def _has_season(claim: Claim, match: Match, title: Mention) -> bool:
    return bool(claim.seasons or match.mentions("season") or "season" in title.slots)


def _is_not_old(claim: Claim, match: Match, title: Mention) -> bool:
    """Not a show that is only referred to: what is ordered by "the network picked up the show" has been named as new."""
    referred = any(mention.kind is Kind.REF for mention in match.mentions("title"))
    return not referred or title.name in match.fresh or any({"new", "relation"} & m.slots.keys() for m in match.mentions("title"))


def _is_numbered(claim: Claim, match: Match, title: Mention) -> bool:
    """A season with a number; "a new chapter" is one only of what is surely a show."""
    return title.strong or bool(claim.seasons) or any(mention.value.numbers or mention.value.more for mention in match.mentions("season"))


def _has_genre(_claim: Claim, match: Match, title: Mention) -> bool:
    """A series by its own noun, or by that of the list it stands in: "the dramas 'Vale' and 'Dawn'"."""
    genre = title.slots.get("genre") or next((mention.slots.get("genre") for mention in match.mentions("title")), None)
    return bool(genre or title.slots.get("relation")) and genre != "film"


def _has_left_work(match: Match) -> bool:
    """Whether the words say of what work's cast the person is: by a reference, an introduction, or what follows their name."""
    return (
        bool(match.mentions("left"))
        or any({"of", "roles", "actor"} & mention.slots.keys() for mention in match.mentions("person"))
        or _says(match, "cast|season|seasons|series regular|written out|killed off|who has|who plays|who played|whose")
        or bool(CHARACTER.search(match.line.text) or match.line.found(Kind.SEASON))
    )


def _is_cast_beside(claim: Claim, match: Match, _title: Mention) -> bool:
    others = (mention.name for _, mention in match.line.found(Kind.PERSON, Kind.NAME) if mention.name != claim.person)
    return any(name in match.engaged for name in others)


def _is_on_screen(_claim: Claim, match: Match, _title: Mention) -> bool:
    return not BEHIND.search(match.line.text[match.start :][: match.end - match.start + 24])


def _has_own_role(claim: Claim, match: Match, _title: Mention) -> bool:
    return claim.role not in ("showrunner", "creator") or not any(mention.slots.get("of") for mention in match.mentions("person"))


def _is_gerund(_claim: Claim, match: Match, _title: Mention) -> bool:
    return all(mention.text.endswith(("ing", "helms", "directs")) for mention in match.mentions("act"))


def _is_pilot(_claim: Claim, match: Match, _title: Mention) -> bool:
    return "pilot" in match.line.source[match.line.start : match.line.end].lower()


def _roles(match: Match) -> set[str]:
    """The roles that the persons matched are introduced with."""
    return {role for mention in match.mentions("person") for role in mention.slots.get("roles") or ()}


def _says(match: Match, words: str) -> bool:
    return re.search(rf"\b(?:{words})\b", match.evidence.quote, re.IGNORECASE) is not None


NEEDS: dict[str, Callable[[Claim, Match, Mention], bool]] = {
    "ahead": lambda claim, match, title: match.ahead,
    "ahead_or_new": lambda claim, match, title: match.ahead or _is_new_work(claim, match, title) or _is_cast_news(claim, match),
    "ahead_or_introduced": lambda claim, match, title: match.ahead and _is_introduced(claim, match, title),
    "act_of_writing": lambda claim, match, title: all("writer" in mention.value for mention in match.mentions("first")),
    "adaptation": lambda claim, match, title: title.slots.get("relation") == "adaptation",
    "beside_cast": _is_cast_beside,
    "cast_news": lambda claim, match, title: title.name in match.fresh or bool(match.engaged) or match.casting or _says(match, NEW_IN_CAST),
    "cast_known": lambda claim, match, title: (
        (match.line.field != "body" and title.strong) or claim.person in match.engaged or _has_left_work(match)
    ),
    "craft": lambda claim, match, title: claim.role not in ("producer", "executive_producer"),
    "film": lambda claim, match, title: _is_film(match, title),
    "from_broadcaster": lambda claim, match, title: not any(mention.slots.get("studio") for mention in match.mentions("from")),
    "from_house": lambda claim, match, title: any(m.kind is not Kind.NAME or is_company(m.name) for m in match.mentions("licensor")),
    "genre": _has_genre,
    "gerund": _is_gerund,
    "introduced": lambda claim, match, title: _is_introduced(claim, match, title) or (match.casting and match.ahead),
    "joint": lambda claim, match, title: any(mention.text.startswith("co") for mention in match.mentions("act")),
    "line_title": lambda claim, match, title: bool(claim.title),
    "new_or_filming": lambda claim, match, title: _is_new_work(claim, match, title) or bool(FILMING.search(match.line.text)),
    "list_item": lambda claim, match, title: _is_list_item(match.line),
    "more_episodes": lambda claim, match, title: _says(match, "more|additional|extra|back|new|further|another"),
    "near_title": lambda claim, match, title: bool(claim.title),
    "new_order": lambda claim, match, title: not _says(match, "more|additional|extra|new episodes"),
    "new_series": lambda claim, match, title: title.slots.get("genre") == "series" and bool({"new", "fresh"} & title.slots.keys()),
    "new_title": lambda claim, match, title: bool({"new", "fresh"} & title.slots.keys()),
    "new_work": _is_new_work,
    "no_day": _has_no_day,
    "no_production": lambda claim, match, title: "production" not in match.evidence.quote.lower(),
    "no_role": lambda claim, match, title: not _roles(match) & CREW,
    "no_season": _has_no_season,
    "no_season_named": lambda claim, match, title: not (match.mentions("season") or "season" in title.slots),
    "no_weekday": lambda claim, match, title: not any(mention.text.lower().endswith("day") for mention in match.mentions("date")),
    "not_film": lambda claim, match, title: not _is_film(match, title) and "pilot" not in title.slots,
    "not_first": lambda claim, match, title: claim.seasons != (1,),
    "not_old": _is_not_old,
    "not_own": lambda claim, match, title: not any(m.text.startswith(("his ", "her ", "their ")) for m in match.mentions("title")),
    "numbered": _is_numbered,
    "on_screen": _is_on_screen,
    "opening": lambda claim, match, title: match.line.start < OPENING,
    "own_role": _has_own_role,
    "person_roles": lambda claim, match, title: bool(claim.role),
    "pilot_article": lambda claim, match, title: "pilot" in match.line.source.lower() or _is_pilot(claim, match, title),
    "pilot_word": _is_pilot,
    "pilot_title": lambda claim, match, title: "pilot" in title.slots,
    "plural_order": lambda claim, match, title: _says(
        match, "series|dramas|comedies|docuseries|sitcoms|shows|originals|newcomers|trio|pair|slate"
    ),
    "project": lambda claim, match, title: bool({"noun", "relation", "genre"} & title.slots.keys()),
    "ref_or_season": lambda claim, match, title: bool(claim.seasons) or "season" in title.slots,
    "relation_or_new": lambda claim, match, title: bool({"relation", "fresh", "new"} & title.slots.keys()),
    "rescue": lambda claim, match, title: bool(RESCUE.search(match.line.text)),
    "role_in_line": lambda claim, match, title: bool(claim.role),
    "role_left": lambda claim, match, title: bool(claim.role),
    "run_to_come": lambda claim, match, title: any(RUN_TO_COME.search(mention.text) for mention in match.mentions("run")),
    "says_pact": lambda claim, match, title: _says(match, "overall|first[- ]look"),
    "season": _has_season,
    "says_last": lambda claim, match, title: _says(match, "last|final|end|swan"),
    "season_or_renew": lambda claim, match, title: bool(claim.seasons or match.mentions("season")) or _says(match, MORE_OF_IT),
    "series": lambda claim, match, title: title.slots.get("genre") == "series",
    "told_now": lambda claim, match, title: not match.past or match.line.field != "body" or _says_when(match),
    "undone": lambda claim, match, title: "untitled" in title.slots or title.slots.get("relation") in ("reboot", "revival", "remake"),
    "untold": lambda claim, match, title: title.name not in match.told and not match.line.found(Kind.TITLE),
    "to_come": lambda claim, match, title: not match.past,
    "title_season": lambda claim, match, title: "season" in title.slots,
    "writer_by_trade": lambda claim, match, title: "writer" in _roles(match),
}
"""What a pattern may require beyond a filled slot."""
