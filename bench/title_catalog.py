"""An invented catalog built like a real one: a long tail of names, few common words, namesakes, subtitles, sequels.

As in real catalogs about a tenth of all names belong to several works, and a film and a series often share one. Names of people and
places come back: a million titles use some 300,000 words. The generator is seeded; the starter titles come first.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tradewatch.titles.importers import rows
from tradewatch.types import Title, WorkKind

WORDS = {name: text.split() for name, text in tomllib.loads((Path(__file__).parent / "title_words.toml").read_text("utf-8")).items()}
NOUNS, ADJECTIVES, VERBS, PLACES, NUMBER_WORDS = (WORDS[name] for name in ("nouns", "adjectives", "verbs", "places", "number_words"))
ONSETS = "b br c ch cl d dr f fr g gr h j k kr l m n p pr qu r s sh sk sl st t th tr v w y z - -"
VOWELS = "a e i o u ae ai ea ei ia ie io oo ou é ö á ñe ü a e i o a e i o a e i o"
CODAS = "b ck d g l ll m n nd ng nn r rd rk rn rt s sh ss st t th x - - - - - - - -"
SYLLABLE = tuple(sounds.replace("-", "").split(" ") for sounds in (ONSETS, VOWELS, CODAS))
NETWORKS = ("NBC", "CBS", "ABC", "Fox", "The CW", "HBO", "Netflix", "Hulu", "Prime Video", "Apple TV+", "BBC One", "ITV", "FX", "AMC")
COUNTRIES = ("US", "US", "US", "GB", "GB", "CA", "AU", "FR", "DE", "ES", "IN", "JP", "KR", "BR", None, None)
ROMAN = ["II", "III", "IV", "V", "VI", "VII", "VIII"]


class Names:
    """Invented names of works, one after another."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._known: list[str] = []

    def proper(self) -> str:
        """An invented proper name of one to three syllables, three times in four one that was used before."""
        draw = self._random
        if self._known and draw.random() < 0.75:
            return self._known[int(len(self._known) * draw.random() ** 3)]
        self._known.append(self._invented())
        return self._known[-1]

    def _invented(self) -> str:
        draw = self._random
        count = draw.choices((1, 2, 3), (2, 6, 3))[0]
        return "".join(draw.choice(sounds) for _ in range(count) for sounds in SYLLABLE).capitalize()

    def common(self, words: list[str]) -> str:
        """A word of a list; the front of the list comes up far more often."""
        draw = self._random
        at = int(draw.paretovariate(0.6)) - 1 if draw.random() < 0.5 else draw.randrange(len(words))
        return words[min(at, len(words) - 1)]

    def phrase(self) -> str:
        """Two to five words, or a name."""
        draw, noun, adjective = self._random, self.common(NOUNS).capitalize(), self.common(ADJECTIVES).capitalize()
        form = draw.randrange(14)
        forms = {
            0: lambda: f"The {noun}",
            1: lambda: f"{adjective} {noun}",
            2: lambda: f"The {adjective} {noun}",
            3: lambda: self.proper(),
            4: lambda: f"{self.proper()} {self.proper()}",
            5: lambda: f"The {noun} of {self.proper()}",
            6: lambda: f"{self.proper()}'s {noun}",
            7: lambda: f"{noun} and {self.common(NOUNS).capitalize()}",
            8: lambda: f"{self.common(VERBS).capitalize()} {self.proper()}",
            9: lambda: f"The {noun} {draw.choice(PLACES)} the {self.common(NOUNS).capitalize()}",
            10: lambda: f"{self.proper()} {draw.choice(PLACES)} {self.proper()}",
            11: lambda: f"{draw.choice(NUMBER_WORDS).capitalize()} {adjective} {noun}s",
            12: lambda: f"A {noun} {draw.choice(PLACES)} {self.proper()}",
            13: lambda: f"{self.proper()} & {self.proper()}",
        }
        return forms[form]()

    def name(self) -> str:
        """A work's name: a phrase, perhaps with a subtitle or a number."""
        extra = self._random.random()
        if extra < 0.14:
            return f"{self.phrase()}: {self.phrase()}"
        if extra < 0.20:
            return f"{self.phrase()} {self._random.choice([*ROMAN[:3], '2', '3'])}"
        if extra < 0.22:
            return f"{self.phrase()}, Part {self._random.choice(('One', 'Two', '1', '2', 'II'))}"
        return self.phrase()


def starters() -> list[Title]:
    """The titles that the product comes with."""
    path = Path(__file__).resolve().parent.parent / "config" / "titles.csv"
    return [row for _, row in rows(path, "csv") if isinstance(row, Title)]


def catalog(count: int, starters: list[Title], seed: int = 7) -> Iterator[Title]:
    """`count` titles, the starters first; a tenth of the names are those of an earlier work."""
    names, draw = Names(seed), random.Random(seed + 1)
    recent: list[str] = [title.name for title in starters]
    yield from starters[:count]
    for number in range(len(starters), count):
        again = draw.random() < 0.06
        name = draw.choice(recent) if again else names.name()
        if not again and (len(recent) < 50_000 or draw.random() < 0.05):
            recent.append(name)
        yield _work(f"bench:{number}", name, draw)


def _work(title_id: str, name: str, draw: random.Random) -> Title:
    kind = draw.choices((WorkKind.SERIES, WorkKind.FILM, WorkKind.SPECIAL), (30, 65, 5))[0]
    year = min(2026, int(2027 - draw.expovariate(1 / 22))) if draw.random() < 0.95 else None
    series = kind is WorkKind.SERIES
    ended = min(2026, year + draw.randrange(1, 8)) if series and year and year < 2020 else None
    network = draw.choice(NETWORKS) if series else None
    return Title(id=title_id, name=name, kind=kind, year=year, ended=ended, country=draw.choice(COUNTRIES), network=network)
