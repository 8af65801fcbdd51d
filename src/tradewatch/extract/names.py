"""Runs of capitalised words: candidates for titles and persons that the outlet did not mark."""

from __future__ import annotations

import re
from functools import lru_cache

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import Kind, Line, Mention, Token
from tradewatch.extract.numbers import CARDINALS, SCHOOL

COMPANY = re.compile(
    r"\b(?:Pictures?|Films?|Production|Productions|Studios?|Entertainment|Media|Television|TV|Company|House|Group|Works"
    r"|Talkies|Animation|Inc|Network|Networks|Guild|Festival|Awards?|University|College|Prize|Games?|Records|Books|Press"
    r"|Publishing|Rights|Distribution|Sales"
    r"|Season|Series|Episode|Part|Chapter|Week|Day|Chronicles|Stories|Diaries|Mysteries|Street|City|Island|Angeles|York"
    r"|Kingdom|States|America|North|South|East|West|Anime|Movie|Show|Club|Army|Police|Council|Party|Court|School|Hospital"
    r"|Agency|Management|Specials?|Drama|Comedy|Thriller|Sitcom|Reunion|Sequel|Prequel|Spinoff|Revival|Reboot|Remake)\b"
)
"""Words that persons' names do not hold but those of companies, places and works do."""
COMPANY_END = re.compile(
    r"\b(?:Pictures|Films|Productions|Studios?|Entertainment|Media|Television|TV|Group|Company|Inc|Network|Festival|Awards?|Agency|Management|International|University|Ltd|Talent|Artists|Agency|Media|Collective|Originals|Rights|Distribution|Sales)$"
)
"""What a company's name ends with."""
INNER = frozenset(
    {
        "of", "the", "de", "la", "le", "da", "di", "du", "von", "van", "der", "den", "del", "bin", "al", "el", "ki", "ka", "ke", "y", "no",
        "ga", "na", "ni", "wa", "o",
    }
)  # fmt: skip
"""Small words that join two capitalised ones into one name."""
ARTICLES = frozenset({"the", "a", "an"})
JOINERS = frozenset({"&", ":", "+", "/"})
PARTICLES = r"(?:de la|de los|de|la|le|van der|van den|van de|van|von|der|den|bin|al|el|du|di|da|dos|del|della|of|y|ben|ibn|ter|ten|af|zu)"
PERSON = re.compile(
    rf"(?:[^\W\d_a-z]|[^\W\d_A-Z]{{2}}(?=\s))[\w'.’-]*(?:\s(?:{PARTICLES}\s)?(?!(?:The|To|And|Of|In|On|For|With|At)\b)(?:[^\W\d_a-z]|al-|el-|d['’])[\w'.’-]*)"
    r"{0,4}(?:,? (?:Jr|Sr)\.)?$"
)


def join_names(line: Line, text: str, breaks: frozenset[str]) -> None:
    """Replace runs of capitalised words by name mentions."""
    tokens, joined, done = line.tokens, list[Token](), 0
    for i in [i for i, token in enumerate(tokens) if not text[token.start : token.start + 1].islower()]:
        if i < done or not (_capital(line, text, tokens[i]) and _begins(line, text, tokens[i], breaks, i)):
            continue
        joined += tokens[done:i]
        run, done = [tokens[i]], i + 1
        while done < len(tokens) and _continues(line, text, tokens[done], run, breaks, done):
            run.append(tokens[done])
            done += 1
        if done < len(tokens) and tokens[done].key not in breaks and _is_compound(text, run, tokens[done]):
            joined += [*run[:1]] * (run[0].key in ARTICLES)
            joined.append(Token(tokens[done].key, run[run[0].key in ARTICLES].start, tokens[done].end))
            done += 1
            continue
        _close(line, text, run, joined)
    joined += tokens[done:]
    line.tokens = _subtitled(line, joined)


def _is_compound(text: str, run: list[Token], following: Token) -> bool:
    """Whether a run of capitals goes on as an adjective: "Jane Roe-led"."""
    return len(run) > (run[0].key in ARTICLES) and _is_adjective(following.key) and text[run[-1].end : following.start] == " "


def _subtitled(line: Line, tokens: list[Token]) -> list[Token]:
    """Join a known title, a colon and the name after it: "Vale: Crush Depth" where only Vale is known; "The Vale" likewise."""
    if not any(_known(line, token) for token in tokens if token.key in line.mentions):
        return tokens
    joined: list[Token] = []
    for token in tokens:
        mention = line.mentions.get(token.key)
        if (
            mention
            and mention.kind is Kind.NAME
            and len(joined) > 1
            and joined[-1].key == ":"
            and _known(line, joined[-2])
            and not _labels(line, joined[-2])
            and joined[-2].end == joined[-1].start
        ):
            joined[-2:] = [_joined(line, joined[-2].start, token.end)]
        elif joined and _known(line, token) and token.start - joined[-1].end == 1 and _leads(line, joined[-1]):
            joined[-1:] = [_joined(line, joined[-1].start, token.end)]
        else:
            joined.append(token)
    return joined


def _known(line: Line, token: Token) -> bool:
    mention = line.mentions.get(token.key)
    return bool(mention and mention.kind is Kind.TITLE and mention.end - mention.start == len(mention.name))


def _labels(line: Line, token: Token) -> bool:
    """Whether a title in capitals labels its paragraph: "KIN FOLK: The drama ..."."""
    return line.field == "body" and line.source[token.start : token.end].isupper()


def _leads(line: Line, token: Token) -> bool:
    mention = line.mentions.get(token.key)
    return bool(mention and mention.kind is Kind.NAME and mention.name.startswith("The "))


def _joined(line: Line, start: int, end: int) -> Token:
    words = line.source[start:end]
    return Token(line.key_for(Mention(Kind.TITLE, start, end, words, words, strong=True)), start, end)


def _capital(line: Line, text: str, token: Token) -> bool:
    first = text[token.start] if token.start < token.end else ""
    if first.islower() or token.key in line.mentions:
        return False
    return first.isupper() or (first.isdigit() and not token.key.endswith("%"))


def _begins(line: Line, text: str, token: Token, breaks: frozenset[str], i: int) -> bool:
    if token.key in lexicon().months or token.key == "tv" or _is_adjective(token.key) or _is_nod(line, i):
        return False
    if token.key in SPANS and i and line.tokens[i - 1].key == "this":
        return False
    if (i == 0 or line.tokens[i - 1].key == ":") and line.field != "headline" and token.key in LABELS:
        return False
    if line.field == "headline" and (i == 0 or line.tokens[i - 1].key == ":") and _until_fate(line, text, i):
        return True
    if (
        line.field != "headline"
        and not _follows_capital(line, text, i)
        and not _joined_on(line, i)
        and (token.key in lexicon().formats or (i == 0 and token.key in breaks))
    ):
        return False
    if token.key in lexicon().small:
        return _small_begins(line, text, token, breaks, i)
    if (
        line.field == "headline"
        and token.key in breaks
        and not (_is_family_name(line, text, i) or _set_off(line, text, i) or _is_first_name(line, text, i, breaks))
    ):
        return False
    return text[token.start].isupper() or (len(token.key) < 5 and _follows_capital(line, text, i))


FATE = frozenset(("renewed", "canceled", "cancelled", "axed"))


def _is_nod(line: Line, i: int) -> bool:
    """Whether a word belongs to "green light", which headlines print in capitals."""
    words = [token.key for token in line.tokens[max(0, i - 1) : i + 2]]
    at = min(i, 1)
    return words[at : at + 2] in (["green", "light"], ["green", "signal"]) or (
        at == 1 and words[:2] in (["green", "light"], ["green", "signal"])
    )


AS_A = frozenset(("as", "a"))
"""What joins the words of many a title, and hardly anything else before a season."""


def _fated(line: Line, text: str, run: list[Token], i: int) -> bool:
    """Whether a token lies between the start of a headline's clause and its "renewed" or "canceled"."""
    first = next(n for n, token in enumerate(line.tokens) if token.start == run[0].start)
    return (first == 0 or line.tokens[first - 1].key == ":") and i < _until_fate(line, text, first)


def _until_fate(line: Line, text: str, first: int) -> int:
    """Where the words end that open a clause before its show's fate or season: "Work It Canceled", "Reborn as a Vale Season 2"."""
    words: list[str] = []
    for i, token in enumerate(line.tokens[first : first + 8], first):
        mention = line.mentions.get(token.key)
        if token.key in FATE:
            return i if i > first and line.tokens[i - 1].key != "'s" else 0
        if mention and mention.kind is Kind.SEASON:
            return i if AS_A.issubset(words) else 0
        words.append(token.key)
        if words[-2:] in (["as", "a"], ["as", "an"]) or (token.key == "as" and i > first):
            continue
        if token.key in line.mentions or not (_capital(line, text, token) or token.key in INNER or token.key == "'s"):
            return 0
    return 0


FIRST_NAMES = frozenset(["bill", "mark", "sue", "rob", "drew", "jack", "grant", "chase", "wade", "lance", "rose", "art", "pat", "will"])
"""First names that are verbs or other words of a headline too."""


def _is_first_name(line: Line, text: str, i: int, breaks: frozenset[str]) -> bool:
    """Whether a word that is a first name too stands where a person is named: "Jane Roe, Bill Doe to Star"."""
    if line.tokens[i].key not in FIRST_NAMES or not _follows_capital(line, text, i):
        return False
    before = line.tokens[i - 1].key if i else ","
    following = line.tokens[i + 1].key
    return before in (",", "and", "&", ":", "with") and following not in breaks and following not in lexicon().small


def _set_off(line: Line, text: str, i: int) -> bool:
    """Whether a capital in the midst of a sentence-case headline can only begin a name: "canal thriller The Lock Keeper"."""
    token, before = line.tokens[i], line.tokens[max(0, i - 1)]
    if line.title_case or i == 0 or before.end != token.start - 1 or before.key in line.mentions or token.key in LABELS:
        return False
    return not text[token.start : token.end].isupper()


GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+$")


def _is_family_name(line: Line, text: str, i: int) -> bool:
    """Whether a Korean given name follows: "Song Mi-rae"."""
    following = line.tokens[i + 1 : i + 2]
    return bool(following) and GIVEN.match(text[following[0].start : following[0].end]) is not None


def _small_begins(line: Line, text: str, token: Token, breaks: frozenset[str], i: int) -> bool:
    """Whether a capitalised small word opens a name: an article, a first name ("Will Roe"), a title in the middle of prose."""
    if token.key == "it" and i + 1 < len(line.tokens) and line.tokens[i + 1].key == "'s":
        return _follows_capital(line, text, i + 1)
    if not _follows_capital(line, text, i):
        return False
    if line.field == "headline" and line.tokens[i + 1].key in breaks and not _set_off(line, text, i):
        return False
    if token.key in NEVER_FIRST:
        return False
    if token.key in ("the", "a", "an", "i"):
        return i > 0 or line.field == "headline" or (token.key == "the" and _follows_capital(line, text, i + 1))
    if token.key in LINKING or (token.key in OWNED and line.tokens[i + 1].key in SPANS | lexicon().formats):
        return False
    if (
        line.field == "headline"
        and i
        and (line.tokens[i - 1].key in (",", "and", "&") or (token.key in OPENERS and line.tokens[i - 1].key in breaks))
    ):
        return True
    if token.key == "will":
        if line.tokens[i + 1].key in lexicon().small:
            return False
        return "?" not in (line.tokens[-1].key, line.tokens[-1].key[-1:])
    return i > 0 and not line.title_case and line.tokens[i - 1].key not in (".", ":", "—", "–", "-")


NEVER_FIRST = frozenset(
    ["because", "although", "though", "since", "unless", "amid", "be", "been", "is", "are", "was", "were", "has", "have", "had", "its"]
)
"""Capitalised in headlines and seldom a title's first word."""
OPENERS = frozenset(
    [
        "how", "who", "what", "when", "why", "where", "this", "that", "my", "our", "your", "not", "no", "every", "all", "some", "just",
        "so", "you", "we", "they", "her", "his", "one", "two", "three", "four", "five", "six", "seven", "nine", "ten", "first", "last",
    ]
)  # fmt: skip
"""Small words that open titles and seldom follow a verb of the trade otherwise."""
LABELS = frozenset(
    [
        "exclusive", "scoop", "report", "confirmed", "official", "watch", "breaking", "update", "updated", "pilots", "pilot", "dramas",
        "comedies", "new", "according", "apart", "dead", "alive", "ordered", "returning", "renewed", "canceled", "cancelled",
    ]
)  # fmt: skip
"""What stands before a sentence's first name and is no part of it."""
OWNED = frozenset(["this", "his", "her", "their", "my", "our"])
SPANS = frozenset(["time", "week", "month", "year", "fall", "summer", "spring", "winter", "season"])
LINKING = frozenset(["with", "as", "after", "for", "from", "by", "amid", "into", "at", "via", "per"])
"""Small words that link clauses far more often than they open a title."""
ADJECTIVES = re.compile(
    r"-(?:led|winning|nominated|based|fronted|hosted|produced|owned|created|directed|born|backed|set|style|era|inspired"
    r"|themed|only|topping|bound|starring|centric|loving|language|helmed|penned|esque|made|filmed|commissioned|fronting)$|-[a-z]+ed$"
)


TAILS = frozenset(["show", "project", "hour", "story"])
"""Nouns that end a title which begins with an article: "The Mindy Project"."""
BULLETS = frozenset("•-–*·▪")
"""After one of these a colon parts what a list names: "• Ann: Jane Roe"."""
NOTES = frozenset(
    ["exclusive", "update", "updated", "breaking", "casting", "logline", "date", "cast", "credits", "quote", "staff", "starring", "note"]
)
"""Words before a colon that tell of the article, not of a work."""


def _is_adjective(key: str) -> bool:
    """Capitals that name nothing of their own: "Emmy-winning", "Roe-led"."""
    return "-" in key and bool(ADJECTIVES.search(key))


def _continues(line: Line, text: str, token: Token, run: list[Token], breaks: frozenset[str], i: int) -> bool:
    if text[run[-1].end : token.start] not in (" ", "") or _denies(line, i):
        return False
    key = token.key
    if line.field == "headline" and _fated(line, text, run, i):
        return True
    if key in ("a", "an", "my", "his", "her", "our") and run[-1].key in INNER and _follows_capital(line, text, i):
        return True
    if key == ":":
        return (
            line.tokens[0].key not in BULLETS
            and run[-1].key not in NOTES
            and not (line.field == "headline" and _person_follows(line, text, i))
        )
    if key == "'s" and _ends_clause(line, i):
        return True
    if line.title_case and key in WITHIN and _follows_capital(line, text, i) and line.tokens[i + 1].key not in breaks:
        return True
    if key in CARDINALS and _capital(line, text, token) and (i + 1 == len(line.tokens) or line.tokens[i + 1].key in breaks):
        return True
    if key in INNER or key in JOINERS or (key == "'s" and _owns(run) and _follows_capital(line, text, i)):
        return True
    if key in ("'", "!", "?") and token.start == run[-1].end:
        return key == "!" and _follows_capital(line, text, i)
    return _is_part(line, text, token, run, breaks)


def _denies(line: Line, i: int) -> bool:
    """Whether a capital "No" belongs to what follows: "Roe No Longer Directing"."""
    return [token.key for token in line.tokens[i : i + 2]] in (["no", "longer"], ["no", "more"])


def _is_part(line: Line, text: str, token: Token, run: list[Token], breaks: frozenset[str]) -> bool:
    """Whether a capitalised word may go on with a name by itself."""
    key = token.key
    if not _capital(line, text, token) or key in lexicon().months or _is_adjective(key):
        return False
    if line.field == "headline" and key in SCHOOL:
        return False
    if line.field == "headline" and len(run) == 1 and key in SURNAMES:
        return True
    if line.field == "headline" and key in breaks and len(key) > 3 and text[token.start : token.end].isupper():
        return False
    if line.title_case and key in HOUSES and _capital(line, text, run[-1]):
        return True
    if line.field == "headline" and key in breaks:
        return not line.title_case or (run[0].key == "the" and key in TAILS)
    if line.title_case and len(run) > 1 and _acts(line, token):
        return False
    weighty = key not in lexicon().small or key in INNER or key in ("a", "an")
    if line.title_case:
        return weighty and key not in breaks
    return True


def _acts(line: Line, token: Token) -> bool:
    """Whether a word that titles hold too is a verb here, with a deal or the like after it: "Roe Strikes Overall Deal"."""
    following = next((other.key for other in line.tokens if other.start > token.start), "")
    return token.key in ACTS and following in DEALS


HOUSES = frozenset(["films", "pictures", "productions"])
"""What companies are called after a name, though one of the words is a verb too: "Jane Roe's Grey Films"."""
SURNAMES = frozenset(["park", "grant", "chase", "pace", "lane", "cook", "price", "bell", "ward", "banks", "waters", "hunt", "hale", "wise"])
"""Family names that are verbs of the trade as well."""
ACTS = frozenset(["strikes", "claims", "steals", "hits", "shares", "takes", "cuts", "makes", "marks", "passes"])
DEALS = frozenset(["overall", "first-look", "deal", "multi-year", "multiyear", "new", "a", "pact", "two-year", "three-year", "four-year"])


def _person_follows(line: Line, text: str, i: int) -> bool:
    """After the colon of a headline two capitalised words and then none are a person, not a subtitle."""
    following = line.tokens[i + 1 : i + 4]
    capitals = [_capital(line, text, token) for token in following]
    return capitals[:2] == [True, True]


WITHIN = frozenset(
    [
        "up", "out", "off", "it", "me", "you", "my", "your", "his", "her", "our", "this", "that", "what", "not", "no", "all", "down",
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ]
)  # fmt: skip
"""Small words that stand in capitals inside titles and seldom in a headline's own grammar."""


def _ends_clause(line: Line, i: int) -> bool:
    """A possessive with nothing after it belongs to the name: "NBC has canceled Roe's."."""
    return i + 1 >= len(line.tokens) or line.tokens[i + 1].key in (".", ",", ";", ":", ")", "!")


def _owns(run: list[Token]) -> bool:
    """A possessive inside a title ("Grey's Anatomy"), not a person's ("Greg Garcia's Vale")."""
    return len(run) == 1 or run[0].key in ("the", "a", "an")


def _follows_capital(line: Line, text: str, i: int) -> bool:
    following = line.tokens[i + 1 : i + 2]
    return bool(following) and _capital(line, text, following[0])


def _joined_on(line: Line, i: int) -> bool:
    """An ampersand makes the word before it part of a name: "Crime & Injustice"."""
    return i + 1 < len(line.tokens) and line.tokens[i + 1].key in JOINERS


def _close(line: Line, text: str, run: list[Token], joined: list[Token]) -> None:
    """End a run: small words and punctuation at its end are given back."""
    loose: list[Token] = []
    while run and (
        run[-1].key in JOINERS
        or (len(run) > 1 and run[-1].key == "tv" and _noun_follows(line, run[-1]))
        or (run[-1].key == "'s" and not _ends_clause(line, line.tokens.index(run[-1])))
        or run[-1].key in ("!", "a", "an", "the")
        or (run[-1].key in INNER and text[run[-1].start].islower())
    ):
        loose.insert(0, run.pop())
    if line.field == "headline" and all(token.key in lexicon().formats or token.key in PLAIN for token in run):
        joined.extend(run)
    elif run:
        start, end = run[0].start, run[-1].end
        words = line.source[start:end]
        joined.append(Token(line.key_for(Mention(Kind.NAME, start, end, words, words)), start, end))
    joined.extend(loose)


PLAIN = frozenset(["first", "second", "home", "war", "look", "helping", "chance", "life", "way", "business", "light", "phase"])
"""Words that name nothing by themselves, though a headline prints them in capitals: "Finds New Home at"."""


def _noun_follows(line: Line, last: Token) -> bool:
    """Whether a noun of a work follows: "Halo TV show"."""
    following = next((token.key for token in line.tokens if token.start > last.start), "")
    return following in lexicon().genres


ANEW = frozenset({"adaptation", "revival", "reboot", "remake"})
"""Relations whose work carries its parent's own name."""


def untitled_name(parent: str, relation: str | None) -> str:
    """What to call a related work that has no name yet: "Vale sequel", but a remake of Vale is Vale."""
    return parent if relation in ANEW else f"{parent} {relation}"


def is_company(name: str) -> bool:
    """Whether a name that no list knows reads as a company's: "Onyx Collective", "TV4", "SVT"."""
    return (" " in name and bool(COMPANY_END.search(name))) or (len(name) <= 6 and name.isupper()) or bool(re.search(r"\bTV|TV\b", name))


NO_GIVEN_NAMES = frozenset(["The", "A", "An", "New", "San", "Los", "Las"])
"""Words that begin the names of works and places."""


@lru_cache(maxsize=10_000)
def could_be_person(name: str) -> bool:
    """Whether capitalised words read as a person's full name: two to five words, no digits, no article in front."""
    words = name.split()
    if COMPANY.search(name):
        return False
    if not 2 <= len(words) <= 5 or words[0] in NO_GIVEN_NAMES or any(char.isdigit() for char in name):
        return False
    return not re.search(r"[:!?&/+]|'s\b|’s\b", name) and bool(PERSON.match(name))
