"""Who says so: the chain of outlets from the publisher to the origin."""

from __future__ import annotations

import re

from tradewatch.extract.catalog import Catalog
from tradewatch.extract.line import Kind
from tradewatch.text import straight
from tradewatch.types import Document

CREDIT_BEFORE = re.compile(
    r"(?:according to|per|via|by|from|as|reported by|confirmed by|source:|told|tells|to|\()\s+(?:the |a report (?:from|by|in) )?$",
    re.IGNORECASE,
)
CREDIT_AFTER = re.compile(
    r"^(?:'s)?\s*(?:first |exclusively |also |today )?(?:reports?\b|reported|has learned|has confirmed|confirms|confirmed"
    r"|revealed|reveals|broke|was first|says|said|has the|, which (?:says|first)|\))",
    re.IGNORECASE,
)
ORIGIN = re.compile(
    r"(?:first|originally) (?:reported|broken|revealed) by\s+(?:the )?$|^(?:'s)? (?:first|was first|originally|broke)", re.IGNORECASE
)
COMPANY = re.compile(r" (?:[A-Z][\w-]+ )?(?:Talent|Artists|Group|Management|Agency|Entertainment|Pictures|Films?|Productions|Studios)\b")
"""Follows a name that an outlet shares with a company: "Independent Talent Group"."""


def credited(document: Document, catalog: Catalog) -> tuple[str, ...]:
    """Outlets credited in the text, from the nearest to the origin, without the publisher."""
    publisher = catalog.outlet(document.outlet)
    chain: list[str] = []
    origins: list[str] = []
    for field in (document.headline, document.dek, document.body):
        text = straight(field)
        for mention in catalog.mentions(text):
            if mention.kind is not Kind.OUTLET or mention.name == publisher:
                continue
            if COMPANY.match(text, mention.end):
                continue
            before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
            if ORIGIN.search(before) or ORIGIN.search(after):
                origins.append(mention.name)
            elif CREDIT_BEFORE.search(before) or CREDIT_AFTER.search(after):
                chain.append(mention.name)
    return tuple(dict.fromkeys([*(name for name in chain if name not in origins), *origins]))
