"""Noun groups: a cascade of small rules that fold what stands around a title or person into one mention.

"Netflix's slow-burning drama 'Vale'" becomes the title Vale with its network; "*Fargo* alum Jane Roe" becomes the person Jane Roe;
"a prequel to 'Vale'" becomes an untitled project with its relation and parent; "the drama" becomes a reference.

The rules are written over a line's shape (`shape.py`), one letter for each token; what a group becomes stands in `folds.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tradewatch.extract.folds import (
    Act,
    apposed,
    apposition,
    branch,
    characterised,
    christened,
    closed,
    credited,
    described,
    followed,
    headline_network,
    introduced,
    is_a,
    made,
    makers,
    of_a_star,
    of_work,
    orphan,
    owned,
    person,
    pronoun,
    reference,
    related,
    relation_to,
    renewed_work,
    seasoned,
    someone,
    sourced,
    spoken_of,
    titled_orphan,
    untitled,
)
from tradewatch.extract.line import Line, Token
from tradewatch.extract.shape import KIND_LETTERS, shape

OWNER = r"(?:[KO]p?|[NP]p|[NP](?:a[NP])?q)"
LEAD = r"[fgwrE]"

# What a rule needs: groups of letters, of each of which the shape must hold one; then its shape, and what it makes of it.
RULES: tuple[tuple[list[str], re.Pattern[str], Act], ...] = tuple(
    (need.split(), re.compile(pattern), act)
    for need, pattern, act in (
        ("(", r"[NTP]p?\((?![vtu])[^()]{1,24}\)", credited),
        ("k", r"(?<![NP])k,?c{0,2}T", sourced),
        ("k", r"[NP]pf{0,2}k,?c?[TN]", sourced),
        # "Vale alum Jane Roe", "Oscar winner Jane Roe", "creator and showrunner Jane Roe"
        ("N Rh", r"(?<![tm])(?:[TNKO]p?(?:a[TN]p?)?)?[fgwK]{0,2}(?:[Rh][,a.]?){0,3}[Rh][,.]?N(?![p]?[gf]*g)", person),
        ("N d R ,", r"N,dR(?:od?[TN])?,(?=[vwm])", introduced),
        ("u N S ,", r"(?<=^vu)[fgwDE.]{0,6}N(?=,)", spoken_of),
        ("N h v", r"N(?=hv)", of_a_star),
        ("c N", r"(?<=c)N", christened),
        ("o N fgw", r"(?<=o)[fgw]{1,4}N(?![pgr])", characterised),
        ("o N v", r"(?<=vo)N(?=[vm])", made),
        ("N d gr", r"N(?=[,v]d[fgwEK]{0,5}[gr])", is_a),
        ("p N", r"[TN]pN(?=[mvt])", of_work),
        ("u o hR", r"(?<=u)d?(?:[Rh][a,]?){1,3}od?T(?=[,.;m])", makers),
        ("d hR", r"(?<![a-zA-Z])d[fgwN]{0,2}[TN]?(?:h|R)(?=[vwmtYB])(?!t[NTP])", someone),
        ("r", r"d?[TN]p?[fgd]{0,3}r[fgK]{0,3},?c{0,3}[TN](?!p)", related),
        ("r ,", r"T,d[fgwEK]{0,4}[TN]p?f{0,2}r[fg]{0,2},(?=[vwm])", closed(apposed)),
        ("r", r"T,d[fgwEK]{0,4}[TN]p?f{0,2}r[fg]{0,2}", apposed),
        ("r ,", rf"T,d?[fgwEK]{{0,4}}r[fg]{{0,2}}(?:[otu])d?{OWNER}?[fgw]{{0,5}}[TN],(?=[vwm])", closed(relation_to)),
        ("r", rf"(?:T,?d?|N(?:,d?|d))[fgwEK]{{0,4}}r[fg]{{0,2}}(?:[otu])d?{OWNER}?[fgw]{{0,5}}[TN]", relation_to),
        ("r", rf"d[fgwEK]{{0,4}}r[fg]{{0,2}}[otu]d?{OWNER}?[fgw]{{0,5}}[TN],?c{{1,3}}[TN]", related),
        ("r", rf"(?:d[fgwEK]{{0,4}}|[fgwEK]{{0,2}})r[fg]{{0,2}}[otu]d?{OWNER}?[fgw]{{0,5}}[TN]", untitled),
        ("r", r"d[fgwEK]{0,4}r[fg]{0,2},?c{1,3}[TN](?!p)", titled_orphan),
        ("r", r"d[fgwEK]{0,4}r[fg]{0,2},T(?=,)", titled_orphan),
        ("r", r"(?<=[.,:;v])r[fg]{0,2}T(?!p)", titled_orphan),
        ("r", r"d[fgwEK]{0,4}r[fg]{0,2}(?:od[fgw]{0,4}g)?(?![ou]|t[dTNKO]|[,:]?c|,?[TN])", orphan),
        ("r", r"d?[TN]p?[fg]{0,3}r[fg]{0,2}(?!o|u[dTKgr]|t[dTNKO]|[,:]?c)", untitled),
        ("g T", rf"(?![,a])(?:d|{OWNER}){{0,3}}(?:{LEAD}|a|N|,){{0,8}}?{LEAD}*g[gro]{{0,3}},?c{{0,3}}[.]?T", described),
        ("T fgw", rf"(?<![TNPfgw])(?:d|{OWNER}){{0,2}}[fgw]{{1,6}}T(?!p?r)", described),
        ("g c", rf"(?:d|{OWNER}){{0,3}}{LEAD}{{0,3}}g,?c{{1,3}}[TN]", described),
        ("T KONP", rf"{OWNER}[fgwN]{{0,4}}T", described),
        ("K p N", r"Kp[fg]{0,4}N", described),
        ("q", r"[NP](?:[a,][NP]){0,3}qN(?!p)", described),
        ("p N", r"N[p][fg]{0,4}N(?![pgrN])", owned),
        ("g .:", r"(?<=[.:])[fg]{0,3}g(?=[Bv])", reference),
        ("g v", r"(?<=v)[fw]{0,3}g{1,2}(?=[uS.,;:aov]|$)", renewed_work),
        ("g o", r"(?<=o)[fw]{0,3}g{1,2}(?=[uS.,;:aov]|$)", renewed_work),
        ("g", r"Nh?[hfg]{1,3}T", described),
        ("p", r"[TN],Kp[fgw]{0,4}g(?![TNgrp])", apposition),
        ("g T ,", r"T,d?[fgwEKN]{0,5}g,(?=[vwm])", closed(apposition)),
        ("g T ,", r"T,d[fgwEKN]{0,5}g(?![TNgrpco])(?=[,.u]|$)", apposition),
        ("g T ,", r"T,[fwKN]{0,3}g(?![TNgrpco])(?=[h,.u]|$)", apposition),
        ("g db N", rf"[db](?:{LEAD}|,|K|N){{0,5}}?N(?:{LEAD}|K){{0,3}}g(?![TNPgrpcC])", reference),
        ("g N", r"(?<![tm])(?<!mv)(?:d?[fg]*)gN(?![pNgr])", described),
        ("T g", r"T[fN]{1,2}g+(?![TNgcp])", followed),
        ("g", r"[TN][fK]{0,3}g+(?![TNgc])", followed),
        ("S (", r"[TN]\([uv]?S\)", seasoned),
        ("S", r"[TN],?S", seasoned),
        ("gr dbKONP", rf"(?:[db]|(?:(?<![a-z])f)?{OWNER})(?:{LEAD}|,|K){{0,5}}?[gr](?![TNPgrp]|c[TN])", reference),
        ("bi", r"b(?![a-zTN])|i", reference),
        ("K N", r"KN(?=[vmA])", branch),
        ("K . n", r"d?K\.wn", reference),
        ("d n", r"[d][wfg]{0,2}n", reference),
        ("n", r"(?:^|(?<=[.:]))n", headline_network),
        ("s", r"s", pronoun),
    )
)


def reduce_line(line: Line) -> None:
    """Apply every rule once, in order, from the right end of the line to its left."""
    text = shape(line)
    rules = _rules_for(frozenset(text))
    while rules:
        lowest = rules & -rules
        _, pattern, act = RULES[lowest.bit_length() - 1]
        for start, end in reversed([match.span() for match in pattern.finditer(text)]):
            mention = act(line, start, text[start:end])
            if mention is not None:
                line.tokens[start:end] = [Token(line.key_for(mention), line.tokens[start].start, line.tokens[end - 1].end)]
                text = f"{text[:start]}{KIND_LETTERS[mention.kind]}{text[end:]}"
                rules = _rules_for(frozenset(text))
        rules &= -lowest << 1
    line.rebuild()


@lru_cache(maxsize=10_000)
def _rules_for(letters: frozenset[str]) -> int:
    """The rules whose needs these letters meet, as bits."""
    return sum(1 << number for number, (needs, *_) in enumerate(RULES) if not any(letters.isdisjoint(need) for need in needs))
