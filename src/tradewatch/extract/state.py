"""What one document has said so far: titles, persons, networks and seasons, for reference and for filling slots."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, block
from tradewatch.extract.names import could_be_person, untitled_name
from tradewatch.extract.numbers import Seasons
from tradewatch.extract.runs import Runs
from tradewatch.text import fold
from tradewatch.types import Claim, Evidence

CAPITALS = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w-]+(?:'[A-Z]\w+)?|Dr\.|Jr\.)(?: (?:(?:de|la|van|von|der|den|bin|al|el|du|di|da"
    r"|del) )?(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w-]*(?:'[A-Z]\w+)?)){1,3}"
)


LEAD = 7
"""A subject may stand behind a phrase of so many words and its comma: "In a separate move, the sitcom 'Vale' ..."."""


NAMING = re.compile(
    rf" (?:working title(?: of| is| :)?|has (?:a|the) title(?: :| of)?|(?:tentatively |provisionally )?(?:titled|called"
    rf"|dubbed|entitled)|with the title|under the title|title is"
    rf"|title :)(?: \S+)? (?P<title>{block(Kind.TITLE, Kind.NAME)})"
)


ASIDE = re.compile(r" , (?:who|whose|fresh|known|best|most|last|recently|formerly|currently|previously|an?)(?= )[^.;:?!—–]*? ,(?= )")


def in_aside(line: Line, number: int) -> bool:
    """Whether a token stands in an aside about a person: ", who broke out in 'Vale',"."""
    at = sum(len(token.key) + 1 for token in line.tokens[:number])
    return any(aside.start() < at < aside.end() for aside in ASIDE.finditer(line.text))


MOST_TEXT = 50_000
"""Characters; no article is longer."""


@dataclass(slots=True)
class Memory:
    """Grows line by line; the headline is read first."""

    main: Mention | None = None
    """The first title of the document."""
    ahead: Mention | None = None
    """The first title that the document marks: what is meant where none has been named yet."""
    said: dict[str, Mention] = field(default_factory=dict)
    """Folded title to where its kind was said."""
    kinds: dict[str, set[str]] = field(default_factory=dict)
    """Folded title to the words that say what kind of work it is."""
    latest: list[Mention] = field(default_factory=list)
    """The titles of the line before: "it" is its only one."""
    just_named: Mention | None = None
    """The only title of the sentence before, in the same paragraph of the body."""
    recent: Mention | None = None
    """The latest title in subject position."""
    related: Mention | None = None
    """The latest spin-off, sequel or new series."""
    line_titles: list[Mention] = field(default_factory=list)
    """The titles of the latest line that had any."""
    breaks: frozenset[str] = frozenset()
    """Words that end a name in a headline in capitals."""
    person: str | None = None
    """The latest person in subject position."""
    networks: dict[str, int] = field(default_factory=dict)
    network_of: dict[str, str] = field(default_factory=dict)
    """Folded title to the network named with it."""
    homes: dict[str, str] = field(default_factory=dict)
    """Folded title to the network that the document says has ordered, renewed or taken it."""
    lengths: dict[str, int] = field(default_factory=dict)
    """Folded title to the episodes that the document says it has: "the eight-episode drama"."""
    season: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """Folded title to the way it is printed."""
    heads: int = 0
    """How many titles the headline has."""
    ordered: set[str] = field(default_factory=set)
    """Folded titles of works that the document announces as new."""
    crew: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Person to the roles that the document gives them."""
    named: set[str] = field(default_factory=set)
    """Persons whom headline or dek names."""
    engaged: dict[str, str] = field(default_factory=dict)
    """Person to the title that they were last said to join or leave."""
    here: Mention | None = None
    """The latest title that this paragraph of the body is about."""
    read: tuple[str, int] = ("", 0)
    """The field and the place that reading has come to."""
    told: set[str] = field(default_factory=set)
    """Folded titles of the claims so far."""
    brief: bool = False
    """The document has no body."""
    unmarked: bool = False
    """The outlet marks no titles at all."""
    marked: bool = False
    """The outlet marks the titles of its body."""
    casting: bool = False
    """Headline or dek say that the document is about a cast."""
    on_screen: bool = False
    """The document speaks of series and films, of whatever sport or trade their characters are."""
    persons: frozenset[str] = frozenset()
    """Names of which all that the document says is said of persons."""
    runs: Runs = field(default_factory=lambda: Runs("", ()))
    """What the document says of the seasons of its titles."""
    text: str = ""
    """The document, for what must be known before it is read; no more of it than `MOST_TEXT`."""
    renames: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Our description of a project to the title that it was given later, and whether that is provisional."""
    role: tuple[str, ...] = ()
    """The role that was last left."""
    pending: list[Callable[[], Claim | None]] = field(default_factory=list)
    """Claims that hold if the document still announces their title as a new work."""
    past: dict[Evidence, bool] = field(default_factory=dict)
    """Words that proved a claim to whether their verb is in a plain past."""
    over: bool = False
    """The document has been read to its end."""
    _persons: dict[str, str] | None = None

    waiting: list[tuple[bool, Callable[[], Line]]] = field(default_factory=list)
    """Lines that make no claims, and whether they name a work or a network: read only once one that may make some needs to know."""
    passed: list[Callable[[], Line]] = field(default_factory=list)
    """Lines passed over since a person was last named."""

    def catch_up(self) -> None:
        """Take in every line that waits and names something, in order."""
        for naming, read in self.waiting:
            if naming:
                line = read()
                self.adopt(line)
                self.observe(line)
            else:
                self.passed.append(read)
        self.waiting.clear()

    def put_off(self) -> list[Claim]:
        """The claims that were put off until the document had been read to its end."""
        if self.pending:
            self.catch_up()
        self.over = True
        return [claim for awaited in self.pending if (claim := awaited())]

    def last_person(self) -> str | None:
        """The latest person in subject position, in lines passed over too."""
        while self.passed:
            self._observe_persons(self.passed.pop()())
        return self.person

    def _observe_persons(self, line: Line) -> None:
        """Note who is named in headline or dek, and the person spoken of."""
        found = [mention for _, mention in line.found(Kind.PERSON, Kind.NAME, Kind.PRONOUN)]
        if line.field != "body":
            self.named |= {mention.name for mention in found if mention.kind is not Kind.PRONOUN and could_be_person(mention.name)}
        first = next((mention for mention in found if mention.kind is Kind.PRONOUN or could_be_person(self.full_name(mention.name))), None)
        if first and first.kind is not Kind.PRONOUN:
            self.person = self.full_name(first.name)
            self.passed.clear()

    def observe(self, line: Line) -> None:
        """Take in one line after it was read."""
        self.latest = [
            mention
            for i, mention in line.found(Kind.TITLE)
            if (mention.strong or "noun" in mention.slots) and "source" not in mention.slots and not in_aside(line, i)
        ]
        self.just_named = self.latest[0] if len(self.latest) == 1 and line.field == "body" else None
        for _, mention in line.found(Kind.TITLE):
            self._adopt(mention)
            if mention.slots.get("said"):
                self.kinds.setdefault(fold(mention.name), set()).update(mention.slots["said"])
                self.said[fold(mention.name)] = mention
        self._observe_lengths(line)
        titles = [mention for _, mention in line.found(Kind.TITLE, Kind.NAME) if _may_be_subject(line, mention)]
        if line.field == "headline" and not titles and self.ahead is None and self.brief:
            self.ahead = next((mention for _, mention in line.found(Kind.NAME) if not could_be_person(mention.name)), None)
        self._observe_titles(line, titles)
        self._observe_names(line)
        for _, mention in line.found(Kind.NETWORK):
            self.networks[mention.name] = self.networks.get(mention.name, 0) + 1
        self._observe_crew(line)
        self._observe_persons(line)
        self._observe_seasons(line)

    def _observe_lengths(self, line: Line) -> None:
        """Note how many episodes a title is said to have where it is named or referred to."""
        for _, mention in line.found(Kind.TITLE, Kind.REF):
            title = mention if mention.kind is Kind.TITLE else next(iter(self.titles(mention, line)), None)
            if title and "episodes" in mention.slots:
                self.lengths.setdefault(fold(title.name), mention.slots["episodes"])

    def _observe_titles(self, line: Line, titles: list[Mention]) -> None:
        """Note which title is spoken of, and the networks and relations that titles are named with."""
        if titles:
            self.main = self.main or titles[0]
            if line.field == "headline":
                self.heads = len({mention.name for mention in titles})
            subject = next((mention for mention in titles if self._is_subject(line, mention)), None)
            self.recent = subject or self.recent
            self.here = subject if subject and line.field == "body" else self.here
            self.line_titles = titles
        for mention in titles:
            if mention.slots.get("relation") or mention.slots.get("new"):
                self.related = mention
            if mention.slots.get("network"):
                self.network_of.setdefault(fold(mention.name), mention.slots["network"])

    def _observe_crew(self, line: Line) -> None:
        """Note the roles behind the camera that persons are named with."""
        for _, mention in line.found(Kind.PERSON):
            if mention.slots.get("roles"):
                self.crew[mention.name] = mention.slots["roles"]
        for _, mention in line.found(Kind.PRONOUN):
            if mention.slots.get("roles") and (person := self.last_person()):
                self.crew.setdefault(person, mention.slots["roles"])

    def _adopt(self, mention: Mention, beside: Mention | None = None) -> None:
        """Give "a spin-off" the parent that stands before it in its line, else the one that the document speaks of."""
        parent = beside or self.recent or self.main
        if "orphan" in mention.slots and parent is not None:
            del mention.slots["orphan"]
            again = "untitled" in parent.slots and parent.slots.get("relation") == mention.slots["relation"]
            name = str(parent.slots.get("parent")) if again else parent.name
            mention.slots["parent"] = name
            if "untitled" in mention.slots:
                mention.value = untitled_name(name, mention.slots["relation"])

    def _observe_names(self, line: Line) -> None:
        """Note the name that a passage gives to a project until then only described."""
        for _, mention in line.found(Kind.TITLE):
            self._observe_offshoot(mention)
        named = NAMING.search(line.text)
        if named and self.related and "untitled" in self.related.slots:
            title = line.mentions[named["title"]]
            self.renames[self.related.name] = (title.name, "working" in named.group() or "tentative" in named.group())

    def _observe_offshoot(self, mention: Mention) -> None:
        """Note what "the 'Vale' spin-off" is called: it stands beside its name once, or its title builds on its parent's."""
        parent, relation = mention.slots.get("parent"), mention.slots.get("relation")
        if parent and "untitled" not in mention.slots and (described := untitled_name(parent, relation)) != parent:
            self.renames.setdefault(described, (mention.name, False))
        related = self.related
        if related and mention.strong and "untitled" in related.slots:
            beginnings = tuple(f"{related.slots.get('parent')}{joint}" for joint in ("'s ", "’s ", ": "))
            if mention.name.startswith(beginnings):
                self.renames.setdefault(related.name, (mention.name, False))

    def adopt(self, line: Line) -> None:
        """Settle, before a line is matched, what its orphans belong to; a new paragraph is about nothing yet."""
        field, end = self.read
        if field != line.field or "\n" in line.source[end : line.start]:
            self.here = self.just_named = None
        self.read = (line.field, line.end)
        beside: Mention | None = None
        for _, mention in line.found(Kind.TITLE):
            self._adopt(mention, beside)
            beside = beside if "orphan" in mention.slots else mention

    def made(self, title: str) -> int:
        """The last season of a title that has been made, as the document says; else the highest named so far."""
        return self.runs.made(title) or self.season

    def more(self, title: str, count: int) -> tuple[int, ...]:
        """The numbers of "two more seasons" of a title; none where the document does not say how many there were."""
        return self.runs.more(title, count) or (tuple(range(self.season + 1, self.season + count + 1)) if self.season else ())

    def _observe_seasons(self, line: Line) -> None:
        """Note the latest season spoken of."""
        for _, mention in line.found(Kind.SEASON, Kind.AFTER):
            value: Seasons = mention.value
            known = max(value.numbers, default=value.count)
            self.season = max(self.season, known)

    def title(self, reference: Mention) -> Mention | None:
        """The title that a reference stands for."""
        words = reference.text
        relation = reference.slots.get("relation")
        if (relation and self._is_related(relation)) or "new" in words.split():
            return self.related or self.recent or self.main
        named = self.just_named if reference.slots.get("genre") and "said" in reference.slots else None
        return self.here or named or self.recent or self.main or self.ahead or self._untitled()

    def _untitled(self) -> Mention | None:
        """The project that the document so far only described."""
        return self.related if self.related and "untitled" in self.related.slots else None

    def _is_related(self, relation: str) -> bool:
        """Whether the offshoot spoken of is one of this kind, as far as is known."""
        return self.related is None or self.related.slots.get("relation") in (None, relation)

    def _is_subject(self, line: Line, title: Mention) -> bool:
        """Whether a title opens its sentence, or the sentence brings news of it; works in credits and comparisons do neither."""
        first = next((i for i, token in enumerate(line.tokens) if line.mentions.get(token.key) is title), 9)
        comma = next((i for i, token in enumerate(line.tokens[:LEAD]) if token.key == ","), -1)
        return first <= 2 or 0 < first - comma <= 2 or line.field != "body" or fold(title.name) in self.told

    def spoken_of(self) -> Mention | None:
        """The title that a sentence without one is about: its paragraph's, the headline's only one, else the latest subject."""
        if self.here:
            return self.here
        untold = self.main is not None and self.told and fold(self.main.name) not in self.told
        if untold and self.recent and fold(self.recent.name) in self.told:
            return self.recent
        return self.main if self.heads == 1 else self.recent or self.main or self.ahead

    def titles(self, reference: Mention, line: Line) -> list[Mention]:
        """The titles that a reference stands for: the nearest before it in its sentence, else the document's latest."""
        if (described := self._described(reference)) and described is not self.here:
            return [described]
        if "untitled" in reference.text.split():
            return [title for title in (self._untitled(),) if title]
        if self._is_of_many(reference, line):
            return []
        if "original" in reference.text.split() and self.related and (parent := self.related.slots.get("parent")):
            return [Mention(Kind.TITLE, 0, 0, parent, parent, strong=True)]
        token = next((i for i, token in enumerate(line.tokens) if line.mentions.get(token.key) is reference), 0)
        earlier = [
            mention
            for i, mention in line.found(Kind.TITLE)
            if i < token and (mention.strong or "noun" in mention.slots) and not in_aside(line, i)
        ]
        if earlier and not reference.slots.get("plural") and not reference.slots.get("relation"):
            return earlier[-1:]
        if reference.slots.get("plural") and len(self.line_titles) > 1:
            return self.line_titles[:2]
        if len(self.latest) == 1 and reference.text == "it":
            return self.latest
        single = self.title(reference)
        named = (
            []
            if single
            else [
                mention for i, mention in line.found(Kind.NAME) if i < token and " " in mention.name and not could_be_person(mention.name)
            ]
        )
        aside = [] if single or named else [mention for i, mention in line.found(Kind.TITLE) if i < token]
        return [single] if single else (named or aside)[-1:] or [title for title in (self.ahead,) if title]

    def named_later(self, reference: Mention) -> list[Mention]:
        """What a headline only described: the one title that its document says to be of that kind, or brings news of."""
        genre = reference.slots.get("genre")
        fitting = [mention for mention in self.said.values() if genre and mention.slots.get("genre") == genre]
        told = [mention for key, mention in self.said.items() if key in self.told] or fitting
        return told if len(told) == 1 and told[0] in fitting else []

    def _is_of_many(self, reference: Mention, line: Line) -> bool:
        """Whether a reference picks one of several works: "one of its comedies"; a kind of work that none of many was said to be."""
        token = next((i for i, token in enumerate(line.tokens) if line.mentions.get(token.key) is reference), 0)
        if [token.key for token in line.tokens[max(0, token - 2) : token]] == ["one", "of"]:
            return True
        return len(self.kinds) > 3 and len(reference.slots.get("said") or ()) > 1

    def _described(self, reference: Mention) -> Mention | None:
        """The only title of which all was said that a reference says: "the prison drama"."""
        words = reference.slots.get("said") or frozenset()
        fitting = [key for key, said in self.kinds.items() if words <= said] if len(words) > 1 else []
        return self.said[fitting[0]] if len(fitting) == 1 else None

    def network(self) -> str | None:
        """The network named most often so far."""
        return max(self.networks, key=lambda name: self.networks[name], default=None)

    def full_name(self, name: str) -> str:
        """A person's full name where the document gives it."""
        if " " in name:
            return name
        if self._persons is None:
            self._persons = _full_names(self.text, self.breaks)
        return self._persons.get(name, name)


def _full_names(text: str, breaks: frozenset[str]) -> dict[str, str]:
    """Every full name in a text by its surname; the first of two people with one surname is kept."""
    persons: dict[str, str] = {}
    for match in CAPITALS.finditer(text):
        name = person_name(match.group().strip("."))
        if (
            could_be_person(name)
            and not any(word.lower() in breaks for word in name.split()[:-1])
            and not any(word.lower() in lexicon().breaks for word in name.split())
        ):
            persons.setdefault(re.sub(r",? (?:Jr|Sr)\.?$", "", name).split()[-1], name)
    return persons


HONORIFICS = frozenset(["sir", "dame", "lord", "lady", "pd", "lead", "leads", "stars", "actors"])


@lru_cache(maxsize=10_000)
def person_name(name: str) -> str:
    """A name without the nouns before it ("Actor Jane Roe")."""
    words = re.sub(r"^.*?(?:['’]s|s['’])\s", "", name).split()
    while len(words) > 2 and (words[0].lower() in lexicon().people | HONORIFICS or words[0].lower() in lexicon().roles):
        words.pop(0)
    return " ".join(words)


def _may_be_subject(line: Line, mention: Mention) -> bool:
    """Whether a mention is sure enough to be a title that what follows may refer to it."""
    sure = mention.strong or "season" in mention.slots or "relation" in mention.slots
    return "source" not in mention.slots and (sure or (line.field == "headline" and mention.kind is Kind.TITLE))
