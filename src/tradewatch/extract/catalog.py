"""What the desk knows by name, compiled once: networks, outlets and known titles."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from tradewatch.extract.line import Kind, Mention
from tradewatch.text import straight
from tradewatch.types import Names

Hit = tuple[int, int, Kind, str]
"""Start, end, kind and canonical name."""


class Catalog:
    """Names to look for in every document; `titles` are printed names of known works of more than one word."""

    def __init__(self, names: Names, titles: Iterable[str] = ()) -> None:
        self._outlets = {alias: outlet.name for outlet in names.outlets for alias in (outlet.name, *outlet.aliases, *outlet.domains)}
        self._automaton = ahocorasick.Automaton()
        for title in titles:
            if " " in title:
                self._add(title, Kind.TITLE, title)
        for outlet in names.outlets:
            for alias in (outlet.name, *outlet.aliases):
                self._add(alias, Kind.OUTLET, outlet.name)
        for network in names.networks:
            for alias in (network.name, *network.aliases, *network.nicknames):
                self._add(alias, Kind.NETWORK, network.name)
        self._studios = frozenset(network.name for network in names.networks if network.kind == "studio")
        self._ambiguous = frozenset(
            straight(alias) for known in (names.networks, names.outlets) for entry in known for alias in entry.ambiguous
        )
        self._automaton.make_automaton()

    def _add(self, alias: str, kind: Kind, name: str) -> None:
        self._automaton.add_word(straight(alias), (kind, name, len(alias)))

    def hits(self, text: str) -> list[Hit]:
        """Where names stand in a text with straight quotes; the longest where they overlap; in order."""
        if not len(self._automaton):
            return []
        found: list[Hit] = []
        last = 0
        hits = sorted((end - length + 1, -end - 1, kind, name) for end, (kind, name, length) in self._automaton.iter(text))
        for start, end, kind, name in hits:
            if start >= last and _stands_alone(text, start, -end) and not (kind is Kind.TITLE and _goes_on(text, -end)):
                found.append((start, -end, kind, name))
                last = -end
        return found

    def mention(self, text: str, hit: Hit) -> Mention:
        """What a hit names."""
        start, end, kind, name = hit
        words = text[start:end]
        return Mention(kind, start, end, words, name, self._notes(kind, name, words), strong=kind is Kind.TITLE)

    def _notes(self, kind: Kind, name: str, words: str) -> dict[str, bool]:
        notes = {"studio": kind is Kind.NETWORK and name in self._studios, "ambiguous": kind is not Kind.TITLE and words in self._ambiguous}
        return {key: value for key, value in notes.items() if value}

    def outlet(self, name: str | None) -> str | None:
        """The canonical name of an outlet by any alias; an unknown name stays as it is."""
        return self._outlets.get(name or "", name)


def _goes_on(text: str, end: int) -> bool:
    """Whether a hyphen joins a title to more of a name: "The Flash-Forward"."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    return before and (end >= len(text) or not (text[end].isalnum() or text[end] == "_"))
