"""Printed forms of known titles, by class of change, and titles that are in no catalog."""

from __future__ import annotations

import random
import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from title_catalog import ADJECTIVES, NOUNS, Names

from tradewatch.titles.keys import canonical
from tradewatch.titles.readings import BRANDS
from tradewatch.types import Title, WorkKind

ROMAN = {"2": "II", "3": "III", "4": "IV"}
WORDS = {"1": "One", "2": "Two", "3": "Three", "7": "Seven"}
COUNTRY = {"US": "US", "GB": "UK", "AU": "AU", "CA": "Canada", "FR": "French", "DE": "Germany", "IN": "India", "JP": "Japan", "KR": "Korea"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the bench; `target` is the id that is meant, None where none is."""

    group: str
    kind: str
    printed: str
    work: WorkKind | None
    target: str | None


Change = Callable[[Title, random.Random], str | None]


def _article(title: Title, draw: random.Random) -> str | None:
    found = re.match(r"(?:The|A|An) (.+)", title.name)
    return found[1] if found else f"The {title.name}" if len(title.name.split()) > 1 else None


def _ampersand(title: Title, draw: random.Random) -> str | None:
    if " & " in title.name:
        return title.name.replace(" & ", " and ")
    return title.name.replace(" and ", " & ") if " and " in title.name else None


def _punctuation(title: Title, draw: random.Random) -> str | None:
    name = title.name.replace(": ", draw.choice((" – ", " ", " - ")))
    changed = re.sub(r"[:,.!?’']", lambda mark: "" if draw.random() < 0.8 else mark[0], name)
    return changed if changed != title.name else None


def _accents(title: Title, draw: random.Random) -> str | None:
    bare = "".join(char for char in unicodedata.normalize("NFD", title.name) if not unicodedata.combining(char))
    if bare != title.name:
        return bare
    at = [index for index, char in enumerate(title.name) if char in "aeou" and index > 3]
    if not at:
        return None
    where = draw.choice(at)
    return title.name[:where] + {"a": "á", "e": "é", "o": "ō", "u": "ü"}[title.name[where]] + title.name[where + 1 :]


def _numerals(title: Title, draw: random.Random) -> str | None:
    for arabic, roman in ROMAN.items():
        if re.search(rf" {roman}$", title.name):
            return re.sub(rf" {roman}$", f" {arabic}", title.name)
        if re.search(rf" {arabic}$", title.name):
            return re.sub(rf" {arabic}$", f" {roman}", title.name)
    for digit, word in WORDS.items():
        if re.search(rf"\b{word}\b", title.name):
            return re.sub(rf"\b{word}\b", digit, title.name)
    return None


def _brand(title: Title, draw: random.Random) -> str | None:
    return f"{draw.choice(BRANDS)} {title.name}"


def _year(title: Title, draw: random.Random) -> str | None:
    return f"{title.name} ({title.year})" if title.year else None


def _country(title: Title, draw: random.Random) -> str | None:
    return f"{title.name} ({COUNTRY[title.country]})" if title.country in COUNTRY else None


def _order(title: Title, draw: random.Random) -> str | None:
    found = re.fullmatch(r"(The|A|An) ([^:,]+)", title.name)
    return f"{found[2]}, {found[1]}" if found else None


def _case(title: Title, draw: random.Random) -> str | None:
    return title.name.upper()


def _quotes(title: Title, draw: random.Random) -> str | None:
    return draw.choice(("‘{}’", "“{},”", '"{}"', "'{}'")).format(title.name)


def _kind(title: Title, draw: random.Random) -> str | None:
    return f"{title.name} (TV series)" if title.kind is WorkKind.SERIES else f"{title.name} (film)" if title.kind is WorkKind.FILM else None


FORMATS: dict[str, Change] = {
    "article": _article, "& / and": _ampersand, "punctuation": _punctuation, "accents": _accents, "numerals": _numerals, "brand": _brand,
    "year": _year, "country": _country, "order": _order, "capitals": _case, "quotes": _quotes, "kind": _kind,
}  # fmt: skip


def _slip(how: str) -> Change:
    def change(title: Title, draw: random.Random) -> str | None:
        places = [found.start() + at for found in re.finditer(r"[A-Za-z]{4,}", title.name) for at in range(len(found[0]) - 1)]
        if not places:
            return None
        at, name = draw.choice(places), title.name
        letter = draw.choice(string.ascii_lowercase)
        return {
            "dropped": name[:at] + name[at + 1 :],
            "doubled": name[: at + 1] + letter + name[at + 1 :],
            "wrong": name[:at] + letter + name[at + 1 :],
            "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        }[how]

    return change


TYPOS: dict[str, Change] = {f"letter {how}": _slip(how) for how in ("dropped", "doubled", "wrong", "swapped")}


def known_queries(titles: Sequence[Title], per_class: int, seed: int = 3) -> Iterator[Asked]:
    """Queries for titles that are known, each naming its work alone among works of its kind."""
    draw = random.Random(seed)
    shared: dict[tuple[str, WorkKind], int] = {}
    for title in titles:
        key = (canonical(title.name), title.kind)
        shared[key] = shared.get(key, 0) + 1
    for group, changes in (("format", FORMATS), ("typo", TYPOS)):
        for kind, change in changes.items():
            made = 0
            while made < per_class:
                title = draw.choice(titles)
                printed = change(title, draw)
                same = printed is None or canonical(printed) == canonical(title.name)
                if printed is None or shared[canonical(title.name), title.kind] > 1 or (group == "typo" and same):
                    continue
                if group == "typo" and any((canonical(printed), work) in shared for work in WorkKind):
                    continue  # the slip made another known title: then that one is meant
                made += 1
                yield Asked(group, kind, printed, title.kind, title.id)


def unknown_queries(titles: Sequence[Title], per_class: int, seed: int = 5) -> Iterator[Asked]:
    """Titles in no catalog: fresh names, and names made from known ones that are other works."""
    draw, names = random.Random(seed), Names(seed + 100)
    keys = {canonical(title.name) for title in titles}
    makers: dict[str, Callable[[str], str | None]] = {
        "fresh name": lambda _: names.name(),
        "sequel": lambda name: f"{name} {draw.randrange(4, 9)}" if not name[-1].isdigit() else None,
        "with a subtitle": lambda name: f"{name}: {names.phrase()}",
        "one word changed": lambda name: _word_changed(name, draw),
        "one word more": lambda name: f"{name} {draw.choice(NOUNS).capitalize()}",
        "one word less": lambda name: " ".join(name.split()[1:]) if len(name.split()) > 3 else None,
        "a look-alike name": lambda name: _look_alike(name, names),
        "a look-alike number": _other_number,
    }
    for kind, make in makers.items():
        made = 0
        while made < per_class:
            printed = make(draw.choice(titles).name)
            if printed and printed.strip() and canonical(printed) not in keys:
                made += 1
                yield Asked("unknown", kind, printed, draw.choice((None, WorkKind.SERIES, WorkKind.FILM)), None)


def _word_changed(name: str, draw: random.Random) -> str | None:
    words = name.split()
    at = draw.randrange(len(words))
    return " ".join((*words[:at], draw.choice(NOUNS + ADJECTIVES).capitalize(), *words[at + 1 :])) if len(words) > 1 else None


def _other_number(name: str) -> str | None:
    other = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), name)
    return other if other != name else None


def _look_alike(name: str, names: Names) -> str | None:
    """The name with its last word replaced by an invented one that shares the first letters."""
    words = name.split()
    return " ".join((*words[:-1], words[-1][:3] + names.proper().lower())) if len(words[-1]) > 4 else None
