"""What each noun group becomes: one mention in the place of its tokens, or nothing where the words forbid it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention
from tradewatch.extract.names import COMPANY_END, could_be_person, is_company, untitled_name
from tradewatch.extract.verbs import verbs

Act = Callable[[Line, int, str], Mention | None]
"""Takes the line, the first token and the matched shape; gives the mention that takes their place."""


def _part(line: Line, first: int, piece: str, letters: str) -> list[Mention]:
    return [
        line.mentions[line.tokens[first + i].key]
        for i, letter in enumerate(piece)
        if letter in letters and line.tokens[first + i].key in line.mentions
    ]


def _words(line: Line, first: int, piece: str, letter: str) -> list[str]:
    return [line.tokens[first + i].key for i, mark in enumerate(piece) if mark == letter]


def _genre(line: Line, first: int, piece: str) -> str | None:
    words = set(_words(line, first, piece, "g"))
    return "film" if words & lexicon().film_genres else "series" if words else None


def _relation(line: Line, first: int, piece: str) -> str | None:
    return next((lexicon().relations[word] for word in _words(line, first, piece, "r")), None)


def _folded(head: Mention, kind: Kind, **slots: Any) -> Mention:
    """A mention with more slots than before; what was known already stays."""
    more = {key: value for key, value in slots.items() if value}
    return Mention(kind, head.start, head.end, head.text, head.value, more | head.slots, head.strong)


def _episodes(line: Line, first: int, piece: str) -> int | None:
    """How many episodes the words name: "a six-episode drama"."""
    return next((mention.value for mention in _part(line, first, piece, "E")), None)


def _network(line: Line, first: int, piece: str) -> str | None:
    return next((mention.name for mention in _part(line, first, piece, "K")), None)


def credited(line: Line, first: int, piece: str) -> Mention | None:
    """A name and what stands in parentheses after it: an actor, or earlier work; neither is the sentence's own."""
    head, *inside = _part(line, first, piece, "TNPK")
    actor = inside[0].name if len(inside) == 1 and inside[0].kind is Kind.NAME else None
    network = _network(line, first, piece)
    labels = first == 0 and network and head.kind is Kind.NAME and _follows(line, first + len(piece), LABEL_ENDS)
    folded = _folded(head, Kind.TITLE if labels else head.kind, actor=actor, network=network, credited=True)
    folded.strong = bool(labels) or head.strong
    return folded


LABEL_ENDS = frozenset(["-", "–", "—", ":"])
"""What parts a title and its network from what is said of it: "Vale (NBC) - Jane Roe exits"."""


def _follows(line: Line, after: int, keys: frozenset[str]) -> bool:
    return after < len(line.tokens) and line.tokens[after].key in keys


COMING = frozenset(("new", "next", "upcoming", "forthcoming"))
"""Adjectives of a work that has not been seen yet."""


def described(line: Line, first: int, piece: str) -> Mention | None:
    """A title with the nouns and owner before it: "Netflix's slow-burning drama 'Vale'"."""
    head = _part(line, first, piece, "TN")[-1]
    parted = any(token.key in (";", ".") for token in line.tokens[first : first + len(piece)])
    if parted or "N,a" in piece or (head.kind is Kind.NAME and COMPANY_END.search(head.name)):
        return None
    words = {token.key for token in line.tokens[first : first + len(piece)]}
    new = "new" in words
    pilot = "pilot" in _words(line, first, piece, "g")
    slots = {
        "network": _network(line, first, piece),
        "genre": _genre(line, first, piece),
        "relation": _relation(line, first, piece),
        "new": new,
        "fresh": bool(COMING & words),
        "pilot": pilot,
        "noun": True,
        "said": _said(line, first, piece),
        "episodes": _episodes(line, first, piece),
    }
    return _folded(head, Kind.TITLE, **slots)


PLAIN = frozenset(["series", "show", "project", "programme", "program", "production", "new", "upcoming", "hit", "original", "season"])
"""Words that tell no work from another."""


def _said(line: Line, first: int, piece: str) -> frozenset[str]:
    """The words that say what kind of work a title is: "prison", "drama"."""
    words = {token.key for token, letter in zip(line.tokens[first : first + len(piece)], piece, strict=True) if letter in "fgwrh"}
    return frozenset(words - PLAIN)


def owned(line: Line, first: int, piece: str) -> Mention | None:
    """A person's work: "Jane Roe's Vale"."""
    owner, *_, head = _part(line, first, piece, "N")
    if not could_be_person(owner.name) or (" " not in head.name and line.field != "headline") or is_company(head.name):
        return None
    if could_be_person(head.name) and not (_tells_fate(line) or _is_at_network(line, first + len(piece))):
        return None
    return _folded(head, Kind.TITLE, noun=True)


def _tells_fate(line: Line) -> bool:
    """Whether a headline renews or cancels something, or names a season: what somebody owns there is a work."""
    return line.field == "headline" and (
        bool(line.found(Kind.SEASON, Kind.AFTER)) or not FATES.isdisjoint(token.key for token in line.tokens)
    )


def _is_at_network(line: Line, after: int) -> bool:
    """Whether a network follows: "Jane Roe's Vale Road on NBC"."""
    following = [token.key for token in line.tokens[after : after + 2]]
    network = line.mentions.get(following[1]) if len(following) == 2 and following[0] in ("on", "at", "for") else None
    return network is not None and network.kind is Kind.NETWORK


FATES = frozenset(["renews", "renewed", "cancels", "canceled", "cancelled", "axes", "axed", "scraps", "scrapped", "greenlights", "revives"])


def _offshoot(line: Line, first: int, piece: str, head: Mention, parent: Mention) -> Mention:
    """A title with its parent and with what the words around say of it."""
    return _folded(
        head,
        Kind.TITLE,
        relation=_relation(line, first, piece),
        parent=parent.name,
        genre=_genre(line, first, piece),
        network=_network(line, first, piece),
        noun=True,
    )


def related(line: Line, first: int, piece: str) -> Mention | None:
    """The last is the title, the first its parent: "'Vale' prequel 'Vale: Dawn'"."""
    parent, *_, head = _part(line, first, piece, "TN")
    return _offshoot(line, first, piece, head, parent)


def relation_to(line: Line, first: int, piece: str) -> Mention | None:
    """A title set before its relation: "'Dawn,' a prequel to 'Vale'"."""
    head, *_, parent = _part(line, first, piece, "TN")
    if _comes_from(line, first, piece) and (parent.kind is Kind.NAME or _introduces(line, first + len(piece))):
        return None
    return _offshoot(line, first, piece, head, parent)


def _introduces(line: Line, after: int) -> bool:
    """Whether a role or the like follows: "a spin-off from 'Vale' writer Jane Roe"."""
    following = line.tokens[after].key if after < len(line.tokens) else ""
    mention = line.mentions.get(following)
    return following in lexicon().people or (mention is not None and mention.kind is Kind.ROLE)


def _comes_from(line: Line, first: int, piece: str) -> bool:
    """Whether "from" joins a relation to a name, which then made the work: "a spin-off from Jane Roe"."""
    return "from" in _words(line, first, piece, "u")


def apposed(line: Line, first: int, piece: str) -> Mention | None:
    """A title set before its parent and relation: "'Dawn,' the upcoming 'Vale' spin-off film"."""
    head, parent, *_ = _part(line, first, piece, "TN")
    return _offshoot(line, first, piece, head, parent)


def untitled(line: Line, first: int, piece: str) -> Mention | None:
    """A project with no title of its own: "'Vale' sequel", "a spin-off of 'Vale'"."""
    parent, relation = _part(line, first, piece, "TN")[-1], _relation(line, first, piece)
    if parent.kind is Kind.NAME and _comes_from(line, first, piece):
        return None
    whole = parent.name if parent.strong else parent.name.removeprefix("A ").removeprefix("An ")
    name = untitled_name(whole, relation)
    slots = {
        "relation": relation,
        "parent": whole,
        "untitled": True,
        "network": _network(line, first, piece),
        "genre": _genre(line, first, _own(piece)),
        "noun": True,
    }
    return Mention(Kind.TITLE, parent.start, parent.end, name, name, {key: value for key, value in slots.items() if value}, parent.strong)


GETTING = frozenset(["get", "gets", "getting", "got", "receive", "receives", "receiving", "land", "lands", "given"])
"""After these "a sequel" is what the subject gets, as patterns say."""


def _own(piece: str) -> str:
    """A noun group up to its relation noun: "a sequel" of "a sequel to the sci-fi drama 'Vale'"."""
    return piece[: max(piece.rfind("r"), 0) + 3] if "r" in piece and not piece.endswith("r") else piece


def orphan(line: Line, first: int, piece: str) -> Mention | None:
    """With no parent named, "a spin-off" is one of the title that the document speaks of."""
    if line.tokens[first].key not in ("a", "an", "another") or (first and line.tokens[first - 1].key in GETTING):
        return None
    relation = _relation(line, first, piece)
    slots = {
        "relation": relation,
        "orphan": True,
        "untitled": True,
        "noun": True,
        "genre": _genre(line, first, piece),
        "network": _network(line, first, piece),
    }
    return Mention(Kind.TITLE, 0, 0, str(relation), None, {key: value for key, value in slots.items() if value})


ABOUT_PERSONS = frozenset(("show", "biopic", "special", "docuseries", "documentary", "doc", "sitcom", "specials"))
"""After a person's name these make a description, not a title: "Jane Roe talk show"."""


def apposition(line: Line, first: int, piece: str) -> Mention | None:
    """What the work is, said after its title: "'Vale,' an eight-part drama"."""
    head = _part(line, first, piece, "TN")[0]
    slots = {"genre": _genre(line, first, piece), "network": _network(line, first, piece), "said": _said(line, first, piece)}
    return _folded(head, Kind.TITLE, noun=True, episodes=_episodes(line, first, piece), **slots)


def titled_orphan(line: Line, first: int, piece: str) -> Mention | None:
    """Its parent is the title that the document speaks of: "a prequel, tentatively titled 'Dawn'"."""
    head = _part(line, first, piece, "TN")[-1]
    return _folded(head, Kind.TITLE, relation=_relation(line, first, piece), orphan=True, genre=_genre(line, first, piece), noun=True)


def _only_describes(line: Line, first: int, head: Mention) -> bool:
    """Whether a name before the noun that opens a sentence tells whose or of where the work is: "The Belfast comedy"."""
    return first == 0 and ((line.field == "dek" and " " not in head.name) or head.name.startswith("The "))


def followed(line: Line, first: int, piece: str) -> Mention | None:
    """A title before its noun: "'Tiger King' movie", "Percy Jackson show"."""
    head = _part(line, first, piece, "TN")[0]
    if head.kind is Kind.NAME and line.field != "headline" and _only_describes(line, first, head):
        return reference(line, first, piece)
    vague = not head.strong and line.field == "headline" and (" " not in head.name or could_be_person(head.name))
    folded = _folded(head, Kind.TITLE, genre=_genre(line, first, piece), network=_network(line, first, piece), noun=True, vague=vague)
    if not head.strong and could_be_person(head.name) and line.tokens[first + len(piece) - 1].key in ABOUT_PERSONS:
        folded.value = line.source[line.tokens[first].start : line.tokens[first + len(piece) - 1].end]
        folded.slots["untitled"] = True
    return folded


FINITE = frozenset(["has", "have", "is", "are", "was", "were", "had", "will", "would", "gets"])


def closed(act: Act) -> Act:
    """A rule for an apposition with its closing comma, which goes with it where a verb follows: "'Vale,' a western, has been renewed"."""

    def closed(line: Line, first: int, piece: str) -> Mention | None:
        following = line.tokens[first + len(piece)].key
        return act(line, first, piece) if following in FINITE or following in verbs().forms else None

    return closed


def seasoned(line: Line, first: int, piece: str) -> Mention | None:
    """A title with the season after it: "'Vale' season two"."""
    head, season = _part(line, first, piece, "TN")[0], _part(line, first, piece, "S")[0]
    return _folded(head, head.kind, season=season)


def person(line: Line, first: int, piece: str) -> Mention | None:
    """A person with the nouns before the name; other works named there are consumed."""
    if line.field == "headline" and "," in piece:
        return None
    head = _part(line, first, piece, "NP")[-1]
    role = next((mention.value for mention in _part(line, first, piece, "R")), None)
    works = [mention.name for mention in (*_part(line, first, piece, "T"), *_part(line, first, piece, "N")[:-1])]
    return (
        _folded(head, Kind.PERSON, roles=role, of=next(iter(works), None), of_too=works[1:])
        if could_be_person(head.name) or " " not in head.name
        else None
    )


OF_PERSONS = frozenset(["debut", "debuts", "career", "slate", "industry", "business", "legend", "icon", "veteran", "work", "awards"])
"""After a genre these make a noun that is no work: "her film debut"."""


def reference(line: Line, first: int, piece: str) -> Mention | None:
    """What stands for a title or a network that was named before: "the drama", "NBC's series", "the network"."""
    words = [token.key for token in line.tokens[first : first + len(piece)]]
    if words[0] in ("a", "an", "another", "one") or (piece[0] in "fg" and line.field != "headline"):
        return None
    if first + len(piece) < len(line.tokens) and line.tokens[first + len(piece)].key in OF_PERSONS:
        return None
    slots: dict[str, Any] = {
        "relation": _relation(line, first, piece),
        "genre": _genre(line, first, piece),
        "network": _network(line, first, piece),
        "new": bool({"new", "upcoming"} & set(words)),
        "said": _said(line, first, piece),
        "episodes": _episodes(line, first, piece),
        "plural": piece[0] == "b" or words[-1].endswith("dramas") or words[-1] in ("shows", "comedies"),
    }
    text = line.source[line.tokens[first].start : line.tokens[first + len(piece) - 1].end]
    return Mention(
        Kind.NETREF if piece[-1] == "n" else Kind.REF, 0, 0, text.lower(), None, {key: value for key, value in slots.items() if value}
    )


def renewed_work(line: Line, first: int, piece: str) -> Mention | None:
    """A headline leaves the article out: "renews singing competition", "second season of freshman sitcom", "cancellation of drama"."""
    before = [token.key for token in line.tokens[max(0, first - 2) : first]]
    season = line.mentions.get(before[0]) if len(before) == 2 and before[1] == "of" else None
    known = (season and season.kind is Kind.SEASON) or not set(before).isdisjoint(OF_KNOWN_WORKS)
    return reference(line, first, piece) if line.field == "headline" and known else None


OF_KNOWN_WORKS = frozenset(
    ["cancellation", "renewal", "return", "axing", "renew", "renews", "renewed", "cancel", "cancels", "axes", "recommissions", "scraps"]
)
"""Words that only a work which has been on the air can follow."""


def headline_network(line: Line, first: int, piece: str) -> Mention | None:
    """A headline leaves the article out: "; Network Also Renews"."""
    return Mention(Kind.NETREF, 0, 0, line.tokens[first].key) if line.field == "headline" else None


def branch(line: Line, first: int, piece: str) -> Mention | None:
    """A network in one country: "Disney+ Latin America"."""
    network, place = _part(line, first, piece, "KN")
    return _folded(network, Kind.NETWORK) if place.name in lexicon().territories or place.name in PLAYERS else None


PLAYERS = frozenset(["Play", "Player", "Plus", "Now", "Go", "Max"])
"""What broadcasters call their streaming services."""


def pronoun(line: Line, first: int, piece: str) -> Mention | None:
    """A person who was named before: "she"."""
    return Mention(Kind.PRONOUN, 0, 0, line.tokens[first].key)


PLURAL = frozenset(
    ["pair", "duo", "trio", "actors", "stars", "newcomers", "comedians", "winners", "nominees", "alums", "alumni", "co-stars"]
)


def someone(line: Line, first: int, piece: str) -> Mention | None:
    """The person whom the text last spoke of: "the former 'Vale' star", "the actress"."""
    if line.tokens[first + len(piece) - 1].key in PLURAL:
        return None
    words = line.source[line.tokens[first].start : line.tokens[first + len(piece) - 1].end]
    roles = next((mention.value for mention in _part(line, first, piece, "R")), None)
    return Mention(Kind.PRONOUN, 0, 0, words.lower(), None, {"roles": roles} if roles else {})


def introduced(line: Line, first: int, piece: str) -> Mention | None:
    """A person, and what the aside says of them: "Jane Roe, the showrunner of 'Vale',"."""
    head, *works = _part(line, first, piece, "NT")
    roles = next(mention.value for mention in _part(line, first, piece, "R"))
    if line.field == "headline" or not could_be_person(head.name):
        return None
    return _folded(head, Kind.PERSON, roles=roles, of=works[-1].name if works else None)


def of_work(line: Line, first: int, piece: str) -> Mention | None:
    """A person by the work that they are known from: "Rizzo & Isles' Jane Roe"."""
    owner, head = _part(line, first, piece, "TN")
    return _folded(head, Kind.PERSON, of=owner.name) if could_be_person(head.name) and not could_be_person(owner.name) else None


def is_a(line: Line, first: int, piece: str) -> Mention | None:
    """Unmarked words that are said to be a work: "Vale is a four-part drama", "Vale, a thriller that"."""
    nouns = lexicon().genres | lexicon().relations.keys()
    at = next(i for i, token in enumerate(line.tokens) if i > first and token.key in nouns)
    while line.tokens[at].key in nouns and at + 1 < len(line.tokens):
        at += 1
    following = line.tokens[at]
    said = line.mentions.get(following.key)
    if (
        line.field == "headline"
        or line.tokens[first + 1].key not in (",", "is")
        or line.tokens[first - 1].key == "by"
        or not (following.key in AFTER_NOUN or (said and said.kind is Kind.DONE))
    ):
        return None
    title = _folded(_part(line, first, piece, "N")[0], Kind.TITLE, noun=True)
    title.strong = True
    return title


AFTER_NOUN = frozenset(
    [
        ",", ".", ";", "from", "for", "by", "that", "about", "which", "in", "set", "based", "starring", "of", "with", "at", "on", "and",
        "created", "written", "directed", "following", "where",
    ]
)  # fmt: skip
"""What follows the noun that says what a work is; "a series regular", "a comedy legend" are persons."""


def christened(line: Line, first: int, piece: str) -> Mention | None:
    """Unmarked words that are said to be a title: "has been titled Vale"."""
    if line.tokens[first - 1].key not in ("titled", "entitled", "dubbed"):
        return None
    title = _folded(_part(line, first, piece, "N")[0], Kind.TITLE, noun=True)
    title.strong = True
    return title


def of_a_star(line: Line, first: int, piece: str) -> Mention | None:
    """A headline's unmarked work before its nameless star: "Vale Road Star Confirms Season 2"."""
    head = _part(line, first, piece, "N")[0]
    if line.field != "headline" or " " not in head.name or line.tokens[first + 1].key not in STARS:
        return None
    return _folded(head, Kind.TITLE, noun=True)


STARS = frozenset(["star", "stars", "boss", "bosses", "creator", "creators", "showrunner"])


def spoken_of(line: Line, first: int, piece: str) -> Mention | None:
    """Unmarked words that a sentence about a season opens with: "As for stalwart Vale Road, its twelfth season"."""
    head = _part(line, first, piece, "N")[0]
    return _folded(head, Kind.TITLE, noun=True) if [token.key for token in line.tokens[:2]] == ["as", "for"] else None


def characterised(line: Line, first: int, piece: str) -> Mention | None:
    """Unmarked words after what they are: "a second series of Australian co-production The Drowned Coast"."""
    if line.field == "headline" or could_be_person(_part(line, first, piece, "N")[-1].name):
        return None
    return described(line, first, piece)


def makers(line: Line, first: int, piece: str) -> Mention | None:
    """Who made another work: "from the writer and director of 'Vale'"; that work is not what the sentence is about."""
    return Mention(Kind.NAME, line.tokens[first].start, line.tokens[first + len(piece) - 1].end, "makers")


MAKERS = frozenset(["makers", "producers", "creators", "stars", "fans"])


def made(line: Line, first: int, piece: str) -> Mention | None:
    """Unmarked words after those who made them: "the makers of Vale"."""
    head = _part(line, first, piece, "N")[0]
    return _folded(head, Kind.TITLE, noun=True) if first > 1 and line.tokens[first - 2].key in MAKERS else None


def sourced(line: Line, first: int, piece: str) -> Mention | None:
    """A title that is no show's: "the novel 'The Drowned'"."""
    head = _part(line, first, piece, "TN")[-1]
    return _folded(head, Kind.TITLE, source=True)
