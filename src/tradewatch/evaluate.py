"""How well claims agree with labelled ones: precision and recall, by type and slot, false claims where there is no news, calibration.

Pure: claims in, numbers out. *Lenient* asks for type, title and person; *strict* also for every slot that the label states.
A label marked `optional` is neither rewarded nor punished; `title_alt` are spellings to accept; `untitled` accepts any title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tradewatch.text import fold

Row = Mapping[str, Any]
STATED = ("seasons", "network", "person", "role", "parent", "relation", "date", "final", "from_network", "episodes", "deal")
PEOPLE = frozenset(("role_attached", "role_exit", "casting", "cast_exit"))
"""On these a network is a courtesy, on which annotators do not agree."""
ENDINGS = frozenset(("cancellation", "final_season"))
"""Told apart in strict only."""
SAME_NETWORK = {
    "amazon": "prime video", "amazon prime": "prime video", "amazon prime video": "prime video", "amazon studios": "prime video",
    "amazon mgm studios": "prime video", "apple": "apple tv+", "apple tv": "apple tv+", "apple tv plus": "apple tv+",
    "hbo max": "max", "disney plus": "disney+", "paramount plus": "paramount+", "cw": "the cw", "bbc1": "bbc one",
    "bbc2": "bbc two", "fx networks": "fx", "usa": "usa network", "hallmark": "hallmark channel", "amc+": "amc",
    "warner bros.": "warner bros", "warner bros. pictures": "warner bros", "universal pictures": "universal",
    "paramount pictures": "paramount", "sony pictures": "sony", "20th century fox": "20th century",
    "20th century studios": "20th century", "searchlight pictures": "searchlight",
}  # fmt: skip
ARTICLE = re.compile(r"^(?:the|a|an) (?=\w)")
BINS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)


@dataclass(slots=True)
class Tally:
    """Right, false and missed claims."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of what should be said that was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float | int]:
        """Rates to three places, and the counts."""
        rates = {"precision": round(self.precision, 3), "recall": round(self.recall, 3), "f1": round(self.f1, 3)}
        return rates | {"right": self.right, "false": self.false, "missed": self.missed}


@dataclass(slots=True)
class Score:
    """One evaluation."""

    documents: int = 0
    lenient: dict[str, Tally] = field(default_factory=dict)
    """By type; `all` is the total."""
    strict: dict[str, Tally] = field(default_factory=dict)
    slots: dict[str, Tally] = field(default_factory=dict)
    empty: int = 0
    """Documents without any label."""
    false_in_empty: int = 0
    bins: list[Tally] = field(default_factory=lambda: [Tally() for _ in BINS[1:]])
    """Right and false claims by stated confidence."""
    errors: list[str] = field(default_factory=list)
    verdicts: dict[str, list[str]] = field(default_factory=dict)
    """Document to one line for each right, false and missed claim, for comparing two runs."""

    def as_json(self) -> dict[str, Any]:
        """Everything but the errors, for `--save`."""
        return {
            "documents": self.documents,
            "lenient": {kind: tally.as_json() for kind, tally in self.lenient.items()},
            "strict": {kind: tally.as_json() for kind, tally in self.strict.items()},
            "slots": {slot: {"right": tally.right, "of": tally.right + tally.missed} for slot, tally in self.slots.items()},
            "empty": {"documents": self.empty, "false_claims": self.false_in_empty},
            "verdicts": self.verdicts,
        }


def plain(text: object) -> str:
    """Folded, without a leading article; a plus sign is read as a word."""
    return ARTICLE.sub("", fold(str(text or "").replace("+", " plus ")))


def live(claim: Row) -> bool:
    """Whether a claim counts: news that is neither undecided nor denied."""
    return claim.get("novelty") != "background" and claim.get("status") not in ("undecided", "denied")


def stated(label: Row) -> list[str]:
    """The slots that a label holds a claim to."""
    return [slot for slot in STATED if label.get(slot) not in (None, [], "", ()) and not (slot == "network" and label["type"] in PEOPLE)]


def same_title(label: Row, claim: Row) -> bool:
    """Whether a claim's title is one that the label accepts; a subtitle or franchise more or less is the same title."""
    if label.get("untitled"):
        return True
    said = plain(claim.get("title"))
    wanted = {plain(name) for name in (label.get("title"), *(label.get("title_alt") or ())) if name}
    if not wanted:
        return not said or label["type"] == "talent_deal"
    return said in wanted or (_has_colon(label, claim) and any(_part_of(said, name) or _part_of(name, said) for name in wanted))


def _has_colon(label: Row, claim: Row) -> bool:
    return any(":" in str(name) for name in (label.get("title"), claim.get("title"), *(label.get("title_alt") or ())))


def _part_of(short: str, long: str) -> bool:
    return len(short) >= 4 and (long.startswith(f"{short} ") or long.endswith(f" {short}"))


def _network(name: object) -> str:
    low = " ".join(str(name or "").casefold().split())
    return plain(SAME_NETWORK.get(low, low))


def _names(value: object) -> set[str]:
    return {_network(name) for name in (value if isinstance(value, list | tuple) else [value])}


def same_slot(slot: str, label: Row, claim: Row) -> bool:
    """Whether a claim's slot says what the label says."""
    want, said = label.get(slot), claim.get(slot)
    if slot == "seasons":
        return sorted(want or []) == sorted(said or [])
    if slot in ("network", "from_network"):
        return bool(_names(want) & _names(said))
    if slot == "person":
        surname = len(plain(said).split()) == 1 and plain(want).split()[-1:] == plain(said).split()[-1:]
        return plain(want) == plain(said) or surname
    if slot == "parent":
        long, short = plain(want), plain(said)
        return long == short or (bool(short) and (long.startswith(short) or short.startswith(long)))
    if slot == "final":
        return bool(want) == bool(said)
    return plain(want) == plain(said)


def _agreement(label: Row, claim: Row, *, strict: bool) -> int | None:
    """How many slots agree; None where the two cannot be one claim."""
    kinds = label["type"], claim.get("type")
    if kinds[0] != kinds[1] and (strict or not set(kinds) <= ENDINGS):
        return None
    if not same_title(label, claim) or (label.get("person") and not same_slot("person", label, claim)):
        return None
    slots = stated(label)
    agreed = sum(same_slot(slot, label, claim) for slot in slots)
    return None if strict and agreed < len(slots) else agreed


def pair(labels: Sequence[Row], claims: Sequence[Row], *, strict: bool) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Match labels and claims one to one, best agreement first: (pairs, missed labels, claims left over)."""
    options = [
        (-agreed, bool(label.get("optional")), i, j)
        for i, label in enumerate(labels)
        for j, claim in enumerate(claims)
        if (agreed := _agreement(label, claim, strict=strict)) is not None
    ]
    mates: dict[int, int] = {}
    for _, _, i, j in sorted(options):
        if i not in mates and j not in mates.values():
            mates[i] = j
    pairs = [(labels[i], claims[j]) for i, j in mates.items()]
    missed = [label for i, label in enumerate(labels) if i not in mates]
    return pairs, missed, [claim for j, claim in enumerate(claims) if j not in mates.values()]


def evaluate(documents: Iterable[tuple[str, Sequence[Row], Sequence[Row]]]) -> Score:
    """Score (id, labels, claims) of every document."""
    score = Score(lenient={"all": Tally()}, strict={"all": Tally()})
    for name, labels, claims in documents:
        said = [claim for claim in claims if live(claim)]
        score.documents += 1
        if not labels:
            score.empty += 1
            score.false_in_empty += len(said)
        _lenient(score, name, labels, said)
        _strict(score, labels, said)
    return score


def _count(tallies: dict[str, Tally], kind: str, what: str) -> None:
    for key in ("all", kind):
        tally = tallies.setdefault(key, Tally())
        setattr(tally, what, getattr(tally, what) + 1)


def _lenient(score: Score, name: str, labels: Sequence[Row], said: Sequence[Row]) -> None:
    pairs, missed, extra = pair(labels, said, strict=False)
    verdicts = score.verdicts.setdefault(name, [])
    for label, claim in pairs:
        _confide(score, claim, right=True)
        if not label.get("optional"):
            _count(score.lenient, label["type"], "right")
            verdicts.append(f"right {_line(label)}")
            _slots(score, name, label, claim)
    for label in missed:
        if not label.get("optional"):
            _count(score.lenient, label["type"], "missed")
            verdicts.append(f"missed {_line(label)}")
            score.errors.append(f"MISSED {name} {_line(label)}")
    for claim in extra:
        _confide(score, claim, right=False)
        _count(score.lenient, str(claim.get("type")), "false")
        verdicts.append(f"false {_line(claim)}")
        score.errors.append(f"FALSE  {name} {_line(claim)} [{claim.get('rule')}]")


def _slots(score: Score, name: str, label: Row, claim: Row) -> None:
    for slot in (*stated(label), "status"):
        right = label.get(slot) == claim.get(slot) if slot == "status" else same_slot(slot, label, claim)
        tally = score.slots.setdefault(slot, Tally())
        tally.right += right
        tally.missed += not right
        if not right and slot != "status":
            score.errors.append(f"SLOT   {name} {_line(label)}: {slot} is {label.get(slot)!r}, said {claim.get(slot)!r}")


def _strict(score: Score, labels: Sequence[Row], said: Sequence[Row]) -> None:
    pairs, missed, extra = pair(labels, said, strict=True)
    forgiven = [id(claim) for _, claim in pair([label for label in labels if label.get("optional")], extra, strict=False)[0]]
    for label, _ in pairs:
        if not label.get("optional"):
            _count(score.strict, label["type"], "right")
    for label in missed:
        if not label.get("optional"):
            _count(score.strict, label["type"], "missed")
    for claim in extra:
        if id(claim) not in forgiven:
            _count(score.strict, str(claim.get("type")), "false")


def _confide(score: Score, claim: Row, *, right: bool) -> None:
    confidence = float(claim.get("confidence") or 0)
    place = next((i for i, top in enumerate(BINS[1:]) if confidence < top), len(BINS) - 2)
    score.bins[place].right += right
    score.bins[place].false += not right


def _line(claim: Row) -> str:
    seasons = ",".join(str(n) for n in claim.get("seasons") or ())
    return " ".join(filter(None, (str(claim.get("type")), repr(claim.get("title")), str(claim.get("person") or ""), seasons)))


def flips(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[str]:
    """Which verdicts changed between two runs: `+` is in the later only, `-` in the earlier only."""
    lines = []
    for name in sorted(before.keys() | after.keys()):
        old, new = Counter(before.get(name, ())), Counter(after.get(name, ()))
        lines += [f"- {name} {verdict}" for verdict in (old - new).elements()]
        lines += [f"+ {name} {verdict}" for verdict in (new - old).elements()]
    return lines


def table(score: Score) -> str:
    """The score as text for a person."""
    lines = []
    for mode, tallies in (("lenient", score.lenient), ("strict", score.strict)):
        for kind, tally in sorted(tallies.items(), key=lambda item: (item[0] != "all", -(item[1].right + item[1].missed))):
            name = mode if kind == "all" else f"    {kind}"
            counts = f"right {tally.right}  false {tally.false}  missed {tally.missed}"
            lines.append(f"{name:20} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  {counts}")
    slots = sorted(score.slots.items(), key=lambda item: -(item[1].right + item[1].missed))
    lines.append("slots               " + "  ".join(f"{slot} {tally.recall:.2f} ({tally.right + tally.missed})" for slot, tally in slots))
    rate = 100 * score.false_in_empty / score.empty if score.empty else 0.0
    lines.append(f"without news        {score.false_in_empty} false claims in {score.empty} documents = {rate:.2f} per 100")
    lines.append(
        "calibration         " + "  ".join(_bin(low, high, tally) for low, high, tally in zip(BINS, BINS[1:], score.bins, strict=False))
    )
    return "\n".join(lines)


def _bin(low: float, high: float, tally: Tally) -> str:
    said = tally.right + tally.false
    return f"{low:.2f}-{min(high, 1):.2f}: " + (f"{tally.right / said:.2f} ({said})" if said else "-")
