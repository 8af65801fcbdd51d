"""What a week's report counts, told by outlets that print articles and editors who decide on them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from markupsafe import escape

from tests.digest.issuing import DigestDesk
from tradewatch.report import Figures, figures, page, week_named
from tradewatch.types import Excerpt

WEEK = week_named("2026-W10", ZoneInfo("UTC"))


def week_of(desk: DigestDesk) -> Figures:
    return figures(WEEK, desk.store.exports.announcements(Excerpt(since=WEEK.since, until=WEEK.until)))


def bars(found: tuple[object, ...]) -> dict[str, int]:
    return {bar.label: bar.count for bar in found}  # type: ignore[attr-defined]


@pytest.fixture
def desk() -> DigestDesk:
    """Slateline tells of Vale, Couchlist follows 90 minutes later; The Ledger alone tells of Copper Moon."""
    desk = DigestDesk()
    desk.prints("Slateline", "Hulu Renews ‘Vale’ For Season 2")
    desk.clock.forward(minutes=89)
    desk.prints("Couchlist", "‘Vale’ Renewed For Season 2 At Hulu")
    desk.prints("The Ledger", "Netflix Cancels ‘Copper Moon’ After Season 1")
    return desk


def test_announcements_count_once_however_many_told_them(desk: DigestDesk) -> None:
    found = week_of(desk)
    assert (found.announcements, found.reports, found.outlets) == (2, 3, 3)
    assert bars(found.types) == {"cancellation": 1, "renewal": 1}
    assert bars(found.networks) == {"Hulu": 1, "Netflix": 1}
    assert [(bar.label, bar.count, bar.note) for bar in found.titles] == [("Vale", 2, "renewal"), ("Copper Moon", 1, "cancellation")]


def test_who_was_first_and_how_far_ahead(desk: DigestDesk) -> None:
    found = week_of(desk)
    assert [(bar.label, bar.count, bar.note) for bar in found.firsts] == [
        ("Slateline", 1, "median lead 1.5 h"),
        ("The Ledger", 1, "nobody followed"),
    ]
    assert {name: count for name, count in bars(found.gaps).items() if count} == {"1 to 6 hours": 1}
    assert found.alone == 1


def test_the_accept_rate_is_of_what_was_decided(desk: DigestDesk) -> None:
    assert week_of(desk).accept_rate is None
    vale, moon = sorted(desk.store.announcements.find(), key=lambda one: one.value.title or "", reverse=True)
    desk.decides(vale.id, "edit", ("title", "Vale of Tears"))
    desk.decides(moon.id, "reject", reason="old news")
    found = week_of(desk)
    assert (found.decided, found.accept_rate) == (2, 0.5)
    assert {name: count for name, count in bars(found.verdicts).items() if count} == {"corrected": 1, "rejected": 1}
    assert bars(found.titles) == {"Vale of Tears": 2}, "as corrected, and without what was rejected"


def test_what_was_told_in_another_week_counts_there(desk: DigestDesk) -> None:
    desk.clock.forward(days=7)
    desk.prints("Slateline", "NBC Orders ‘Night Harbor’ To Series")
    assert "Night Harbor" not in bars(week_of(desk).titles)
    assert week_of(desk).announcements == 2


def test_an_empty_week_says_so() -> None:
    desk = DigestDesk()
    found = week_of(desk)
    assert found.empty
    assert "Nothing was announced in this week" in page(found, desk.clock())


def test_more_networks_than_a_chart_can_hold_are_summed_up() -> None:
    desk = DigestDesk()
    names = "Amber Basin Cedar Delta Ember Fjord Grove Harbor Island Juniper Kestrel Lantern Meadow Orchid Pebble".split()  # noqa: SIM905
    for name in names:
        (one,) = desk.prints("Slateline", f"Hulu Renews ‘{name}’ For Season 2")
        desk.decides(one.id, "edit", ("network", f"{name} TV"))
    found = week_of(desk)
    assert [bar.label for bar in found.networks][-2:] == ["Lantern TV", "3 others"]
    assert sum(bar.count for bar in found.networks) == found.announcements == len(names)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "A & B", 'Say "Yes"'])
def test_what_an_outlet_wrote_is_text_on_the_page(desk: DigestDesk, title: str) -> None:
    (vale,) = [one for one in desk.store.announcements.find() if one.value.title == "Vale"]
    desk.decides(vale.id, "edit", ("title", title))
    html = page(week_of(desk), desk.clock())
    assert "<script" not in html
    assert str(escape(title)) in html
