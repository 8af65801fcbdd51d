"""An invented catalog built like a real one: a long tail of names, few common words, namesakes, subtitles, sequels.

As in real catalogs about a tenth of all names belong to several works, and a film and a series often share one. Names of people and
places come back: a million titles use some 300,000 words. The generator is seeded; the starter titles come first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tradewatch.types import Title, WorkKind

NOUNS = """house night king river road garden winter summer city dream shadow secret war blood heart island daughter son mother father
brother sister wife stranger letter bridge train mountain sea ocean storm fire ice glass mirror window door key tower castle crown sword
queen prince knight hunter thief doctor teacher lawyer soldier captain sailor pilot driver farmer baker singer dancer player dealer keeper
ghost angel devil witch wolf bear lion tiger fox horse dog cat bird raven crow snake spider bee butterfly fish whale shark rose lily tree
forest valley desert field harbour market station hotel school church prison hospital office kitchen farm ranch village kingdom empire
republic nation border country world planet star moon sun sky cloud rain snow wind thunder light darkness morning evening midnight dawn
day week month year season autumn spring christmas holiday wedding funeral party game race match fight battle duel trial case crime murder
mystery affair scandal promise lie truth oath vow debt price gift treasure fortune gold silver diamond ring necklace watch clock map book
diary song melody symphony dance kiss tears smile face hand eye voice silence whisper scream echo memory past future return escape journey
voyage flight chase search hunt quest mission project experiment machine engine robot signal code zone line circle square street avenue
boulevard lane corner wall roof cellar attic room table chair bed lamp candle knife gun bullet rope chain mask cloak shoe hat coat dress""".split()
ADJECTIVES = """last first lost hidden secret silent dark black white red blue green golden silver broken wild young old new little big
great good bad beautiful ugly perfect strange quiet loud empty hollow burning frozen sleeping waking dying living dead undead forgotten
forbidden forgiven fallen rising falling flying running dancing crying laughing dangerous deadly fatal final eternal endless sudden long
short high low deep distant near northern southern eastern western royal noble common holy sacred cursed blessed lucky happy sad lonely
crazy mad angry gentle cruel honest guilty innocent invisible impossible incredible ordinary american english french italian spanish
german russian chinese japanese korean indian mexican brazilian electric atomic digital modern ancient medieval midnight summer winter""".split()
VERBS = """finding losing chasing hunting saving killing loving leaving raising breaking making taking building burning crossing waiting
being becoming meeting marrying dating watching reading writing singing dancing driving flying swimming climbing falling rising""".split()
PLACES = "of in from under over beyond behind before after without against for with at by".split()
NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen twenty thirty forty fifty hundred".split()
ROMAN = ["II", "III", "IV", "V", "VI", "VII", "VIII"]
ONSETS = "b br c ch cl d dr f fr g gr h j k kr l m n p pr qu r s sh sk sl st t th tr v w y z".split() + [""] * 2
VOWELS = "a e i o u ae ai ea ei ia ie io oo ou".split() + list("aeio") * 3 + ["é", "ö", "á", "ñe", "ü"]
CODAS = "b ck d g l ll m n nd ng nn r rd rk rn rt s sh ss st t th x".split() + [""] * 8
NETWORKS = ("NBC", "CBS", "ABC", "Fox", "The CW", "HBO", "Netflix", "Hulu", "Prime Video", "Apple TV+", "BBC One", "ITV", "FX", "AMC", "Peacock")
COUNTRIES = ("US", "US", "US", "GB", "GB", "CA", "AU", "FR", "DE", "ES", "IN", "JP", "KR", "BR", None, None)


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
        return "".join(draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(count)).capitalize()

    def common(self, words: list[str]) -> str:
        """A word of a list; the front of the list comes up far more often."""
        return words[min(int(self._random.paretovariate(0.6)) - 1, len(words) - 1) if self._random.random() < 0.5 else self._random.randrange(len(words))]

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
            return f"{self.phrase()} {self._random.choice(ROMAN[:3] + ['2', '3'])}"
        if extra < 0.22:
            return f"{self.phrase()}, Part {self._random.choice(('One', 'Two', '1', '2', 'II'))}"
        return self.phrase()


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
