"""What one document has said so far: titles, persons, networks and seasons, for reference and for filling slots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tradewatch.extract.line import Kind, Line, Mention
from tradewatch.extract.names import could_be_person
from tradewatch.extract.numbers import Seasons
from tradewatch.text import fold

CAPITALS = re.compile(r"(?:[A-ZÀ-Þ][\w'.-]*)(?:\s(?:(?:de|la|van|von|der|den|bin|al|el|du|di|da|del)\s)?[A-ZÀ-Þ][\w'.-]*){1,3}")


@dataclass(slots=True)
class Memory:
    """Grows line by line; the headline is read first."""

    main: Mention | None = None
    """The first title of the document."""
    recent: Mention | None = None
    """The latest title in subject position."""
    related: Mention | None = None
    """The latest spin-off, sequel or new series."""
    line_titles: list[Mention] = field(default_factory=list)
    """The titles of the latest line that had any."""
    persons: dict[str, str] = field(default_factory=dict)
    """Surname to full name."""
    person: str | None = None
    """The latest person in subject position."""
    networks: dict[str, int] = field(default_factory=dict)
    network_of: dict[str, str] = field(default_factory=dict)
    """Folded title to the network named with it."""
    seasons: dict[str, int] = field(default_factory=dict)
    """Folded title to the last season known."""
    season: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """Folded title to the fullest way it was printed."""

    def observe(self, line: Line) -> None:
        """Take in one line after it was read."""
        titles = [mention for _, mention in line.found(Kind.TITLE)]
        if titles:
            self.main = self.main or titles[0]
            self.recent = titles[0]
            self.line_titles = titles
        for mention in titles:
            if mention.slots.get("relation") or mention.slots.get("new"):
                self.related = mention
            if mention.slots.get("network"):
                self.network_of.setdefault(fold(mention.name), mention.slots["network"])
        for _, mention in line.found(Kind.NETWORK):
            self.networks[mention.name] = self.networks.get(mention.name, 0) + 1
        persons = [mention.name for _, mention in line.found(Kind.PERSON, Kind.NAME) if could_be_person(mention.name)]
        if persons:
            self.person = persons[0]
        self._observe_seasons(line, titles)

    def _observe_seasons(self, line: Line, titles: list[Mention]) -> None:
        for _, mention in line.found(Kind.SEASON, Kind.AFTER):
            value: Seasons = mention.value
            known = max(value.numbers, default=value.count)
            self.season = max(self.season, known)

    def learn_persons(self, text: str) -> None:
        """Note every full name in a text, by surname; the first of two people with one surname is kept."""
        for match in CAPITALS.finditer(text):
            name = match.group().strip(".")
            if could_be_person(name):
                self.persons.setdefault(re.sub(r",? (?:Jr|Sr)\.?$", "", name).split()[-1], name)

    def title(self, reference: Mention) -> Mention | None:
        """The title that a reference stands for."""
        words = reference.text
        if reference.slots.get("relation") or "new series" in words or "new show" in words:
            return self.related or self.recent or self.main
        return self.recent or self.main

    def titles(self, reference: Mention) -> list[Mention]:
        """The titles that a plural reference ("both series") stands for."""
        if reference.slots.get("plural") and len(self.line_titles) > 1:
            return self.line_titles[:2]
        single = self.title(reference)
        return [single] if single else []

    def network(self) -> str | None:
        """The network named most often so far."""
        return max(self.networks, key=lambda name: self.networks[name], default=None)

    def full_name(self, name: str) -> str:
        """A person's full name where the document gives it."""
        if " " in name:
            return name
        return self.persons.get(name, name)
