"""What the desk knows by name, compiled once: networks, outlets and known titles."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from tradewatch.extract.line import Kind, Mention
from tradewatch.text import straight
from tradewatch.types import Names


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
            for alias in (network.name, *network.aliases):
                self._add(alias, Kind.NETWORK, network.name)
        self._studios = frozenset(network.name for network in names.networks if network.kind == "studio")
        self._ambiguous = frozenset(straight(alias) for known in (names.networks, names.outlets) for entry in known for alias in entry.ambiguous)
        self._automaton.make_automaton()

    def _add(self, alias: str, kind: Kind, name: str) -> None:
        self._automaton.add_word(straight(alias), (kind, name, len(alias)))

    def mentions(self, text: str) -> list[Mention]:
        """Networks, outlets and known titles in a text with straight quotes; the longest where they overlap; in order."""
        if not len(self._automaton):
            return []
        hits = [(end - length + 1, end + 1, kind, name) for end, (kind, name, length) in self._automaton.iter(text)]
        found: list[Mention] = []
        last = 0
        for start, end, kind, name in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= last and _stands_alone(text, start, end):
                found.append(
                    Mention(kind, start, end, text[start:end], name, self._notes(kind, name, text[start:end]), strong=kind is Kind.TITLE)
                )
                last = end
        return found

    def _notes(self, kind: Kind, name: str, words: str) -> dict[str, bool]:
        notes = {"studio": kind is Kind.NETWORK and name in self._studios, "ambiguous": kind is not Kind.TITLE and words in self._ambiguous}
        return {key: value for key, value in notes.items() if value}

    def outlet(self, name: str | None) -> str | None:
        """The canonical name of an outlet by any alias; an unknown name stays as it is."""
        return self._outlets.get(name or "", name)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    return before and (end >= len(text) or not (text[end].isalnum() or text[end] == "_"))
