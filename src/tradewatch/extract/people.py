"""Who fills the person and role slots of a match."""

from __future__ import annotations

import re
from itertools import dropwhile

from tradewatch.extract.line import Kind, Line, Mention
from tradewatch.extract.match import Match, items
from tradewatch.extract.names import could_be_person
from tradewatch.extract.state import Memory, person_name
from tradewatch.text import fold
from tradewatch.types import ClaimType

AND = re.compile(r" (?:&|and) ")
NEW_CLAUSE = re.compile(r"^[^ ,] , and [^ ,]$")
"""Two names with a comma before their "and" belong to two clauses."""
OWNER = re.compile(r"^.+['’]s? (?=[A-Z])")
"""Whose company: "Mumbai's Kite String Films"."""


def persons_of(match: Match, memory: Memory) -> list[str | None]:
    """The persons that a match is about, by their full names."""
    if _is_of_another(match):
        return []
    found = _listed(match)
    names = [_named(match, memory, mention, words) for mention, words in found]
    if len(names) == 2 and "," not in match.pieces.get("person", ""):
        names = [_shared_surname(*names), names[1]]
    full = [could_be_person(name) for name in names]
    kept: list[str | None] = []
    for (mention, _), name, whole in zip(found, names, full, strict=True):
        if not name or fold(name) in memory.names or fold(name) in memory.told:
            continue
        company = match.pattern.type is ClaimType.TALENT_DEAL and " " in name
        name = OWNER.sub("", name) if company else name
        if whole or mention.kind is Kind.PERSON or (any(full) and match.line.field != "body") or company or _mononym(match, name):
            kept.append(name)
        else:
            match.notes.append(f"not a person here: {name}")
    return kept


def _is_of_another(match: Match) -> bool:
    """Whether the match begins with a person who belongs to the words before: "the son of Jane Roe joins", "the drama starring Roe"."""
    person = match.pieces.get("person", "")
    begins = match.line.text[match.start : match.start + len(person)].strip() == person.strip()
    return begins and match.line.text[: match.start].endswith((" of", " of the", " starring", " featuring", " led by", " played by"))


def _listed(match: Match) -> list[tuple[Mention, str]]:
    """The items in the person slots, each one person, from where the pattern may begin."""
    found = [(mention, part) for mention, words in (*items(match, "person"), *items(match, "also")) for part in AND.split(words)]
    if "person_roles" in match.pattern.needs:
        found = list(dropwhile(lambda item: not item[0].slots.get("roles"), found))
    return found[1:] if match.line.field != "headline" and NEW_CLAUSE.match(match.pieces.get("person", "")) else found


def _shared_surname(first: str, second: str) -> str:
    """The first of two given names with one surname: "Pete and Andy Roe"."""
    return f"{first} {second.split()[-1]}" if first and " " not in first and " " in second and not second.endswith(".") else first


def _named(match: Match, memory: Memory, mention: Mention, words: str) -> str:
    """A person's full name; a pronoun stands for the last person before it in its sentence, else for the document's latest."""
    if mention.kind is not Kind.PRONOUN:
        return person_name(memory.full_name(words))
    first = match.tokens[0]
    before = [other.name for i, other in match.line.found(Kind.PERSON, Kind.NAME) if i < first and could_be_person(other.name)]
    return before[0] if before else memory.last_person() or ""


def _mononym(match: Match, name: str) -> bool:
    """One capitalised word may be a person in a headline whose title is marked."""
    line = match.line
    if line.field != "headline" or len(name) <= 4 or line.tokens[0].start != line.tokens[match.tokens[0]].start:
        return False
    return any(mention.strong for mention in match.mentions("title"))


def roles_of(match: Match, memory: Memory) -> list[str | None]:
    """The roles that a match is about; one None where its type has no role, nothing where a role is missing."""
    if match.pattern.type not in (ClaimType.ROLE_ATTACHED, ClaimType.ROLE_EXIT):
        return [None]
    needs = set(match.pattern.needs)
    found = [role for key in ("act", "role", "done") for mention in match.mentions(key) for role in mention.value]
    if needs & {"role_left", "role_in_line"}:
        found = _roles_in(match.line) or list(memory.role)
    if not found and needs & {"person_roles", "writer_by_trade"}:
        found = [role for mention in match.mentions("person") for role in mention.slots.get("roles") or ()]
    fixed = match.pattern.set.get("role")
    return list(dict.fromkeys(found)) or ([fixed] if fixed else [])


def _roles_in(line: Line) -> list[str]:
    """The roles that a line names, else those that its persons are introduced with."""
    named = [role for _, mention in line.found(Kind.ROLE) for role in mention.value]
    return named or [role for _, mention in line.found(Kind.PERSON) for role in mention.slots.get("roles") or ()]
