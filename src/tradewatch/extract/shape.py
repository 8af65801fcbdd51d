"""A line's shape, one letter for each token, over which the rules of noun groups are written:

T title  N name  P person  K network  O outlet  S season  E episodes  D date  R role  A act  B done  X reference  Y network reference
d determiner  g genre noun  f adjective of a work  r relation noun  h noun before a person  n noun for a network
q starrer  k noun for a book, game or song  m will  p 's  c "called"  o of  t to  u from/for  a and/&  b both/neither  i it/they
s he/she  v any other word of the trade  w any other word
"""

from __future__ import annotations

import re
from functools import cache

from tradewatch.extract.lexicon import lexicon
from tradewatch.extract.line import BASE, BLOCK, Kind, Line
from tradewatch.extract.verbs import verbs

KIND_LETTERS = "TNPKOSEDRABXYQCH"
"""In the order of `Kind`."""
WORD_LETTERS = {
    **dict.fromkeys(["the", "a", "an", "its", "his", "her", "their", "this", "that", "another", "one", "our", "these", "those"], "d"),
    **dict.fromkeys(("called", "titled", "entitled", "dubbed", "named", "tentatively", "provisionally", "working", "title", "known"), "c"),
    **dict.fromkeys(("from", "for"), "u"),
    **dict.fromkeys(("will", "would", "may", "might", "could"), "m"),
    "to": "t",
    **dict.fromkeys(("and", "&"), "a"),
    **dict.fromkeys(("both", "neither"), "b"),
    **dict.fromkeys(("it", "they"), "i"),
    **dict.fromkeys(("he", "she"), "s"),
    **dict.fromkeys(
        ["network", "streamer", "broadcaster", "cabler", "net", "channel", "platform", "studio", "netlet", "company", "giant", "service"],
        "n",
    ),
    "'s": "p",
    "starrer": "q",
    "of": "o",
    ",": ",",
    "(": "(",
    ")": ")",
    ":": ":",
}


class _Letters(dict[str, str]):
    """Token to letter; any other compound is f, any other word w, any other mark a full stop."""

    def __missing__(self, key: str) -> str:
        return "f" if COMPOUND.fullmatch(key) else "w" if key[0].isalnum() else "."


COMPOUND = re.compile(r"[a-z]+(?:-[a-z]+)+")
"""What stands before a work's noun as an adjective does, whatever it says: "second-world-war drama"."""


@cache
def _letters() -> _Letters:
    """Every word with a letter of its own, and every mention."""
    words = lexicon()
    letters = dict.fromkeys(verbs().forms.keys() | words.breaks | words.small, "v")
    letters |= (
        dict.fromkeys(words.sources, "k")
        | dict.fromkeys(words.formats, "f")
        | dict.fromkeys(words.people, "h")
        | dict.fromkeys(words.genres, "g")
        | dict.fromkeys(words.relations, "r")
    )
    mentions = {chr(BASE + BLOCK * kind + n): KIND_LETTERS[kind] for kind in Kind for n in range(BLOCK)}
    return _Letters(letters | WORD_LETTERS | mentions)


def shape(line: Line) -> str:
    """One letter for each token of a line."""
    letters = _letters()
    return "".join([letters[token.key] for token in line.tokens])
