"""What a digest calls an announcement, and that its file is whole or not there."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.digest import COLUMNS, Change, Line, table, write_file
from tradewatch.digest.lines import change
from tradewatch.store.claims import StoredClaim
from tradewatch.tables import manifest_path
from tradewatch.tables.columns import printable
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Evidence, Report, Tier

NOW = dt.datetime(2026, 3, 2, 17, 0, tzinfo=dt.UTC)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def report(outlet: str, minutes: int = 0, *, denies: bool = False, origin: str | None = None) -> Report:
    return Report(
        claim_id=outlet,
        article_id=outlet,
        outlet=outlet,
        owner=outlet,
        tier=Tier.TRADE,
        url=f"https://{outlet}.test/1",
        reported_at=NOW + dt.timedelta(minutes=minutes),
        origin=origin or outlet,
        stance="denies" if denies else "asserts",
    )


def announcement(*reports: Report, title: str = "Vale", rivals: tuple[Claim, ...] = ()) -> Announcement:
    value = Claim(type=ClaimType.RENEWAL, title=title, seasons=(3,), network="Hulu")
    return Announcement(
        id="a", type=value.type, work="w", value=value, certainty=Certainty.CONFIRMED, version=1,
        first_seen=reports[0].reported_at, last_seen=reports[-1].reported_at, reports=reports, rivals=rivals,
    )  # fmt: skip


def stored(outlet: str, *, gone: bool = False, quote: str = "renewed") -> StoredClaim:
    claim = Claim(type=ClaimType.RENEWAL, title="Vale", evidence=(Evidence("body", 0, len(quote), quote),), confidence=0.9)
    return StoredClaim(
        id=outlet, article_id=outlet, first_revision=1, last_revision=1, newest_revision=2 if gone else 1, withdrawn=False, claim=claim,
        match_kind=None, match_reasons=None,
    )  # fmt: skip


def line(*reports: Report, quote: str = "renewed", title: str = "Vale") -> Line:
    return Line(
        announcement=announcement(*reports, title=title), change=Change.NEW, first=reports[:1], proof=stored("x", quote=quote), verdict=None
    )


@pytest.mark.parametrize(
    ("reports", "gone", "known_before", "called"),
    [
        ([report("a")], set(), False, Change.NEW),
        ([report("a")], set(), True, Change.CHANGED),
        ([report("a"), report("b", denies=True)], set(), False, Change.CONTRADICTED),
        ([report("a")], {"a"}, True, Change.RETRACTED),
        ([report("a"), report("b")], {"a"}, False, Change.NEW),
        ([report("a"), report("b", denies=True)], {"a"}, True, Change.RETRACTED),
    ],
    ids=["first told", "told before", "denied", "nobody says it any longer", "one of two still says it", "denied, and taken down"],
)
def test_an_announcement_is_called_what_it_is(reports: list[Report], gone: set[str], known_before: bool, called: Change) -> None:
    told: dict[str, StoredClaim | None] = {one.claim_id: stored(one.claim_id, gone=one.claim_id in gone) for one in reports}
    assert change(announcement(*reports), told, known_before=known_before) is called


def test_a_rival_account_makes_it_contradicted() -> None:
    rival = Claim(type=ClaimType.RENEWAL, title="Vale", seasons=(4,))
    assert change(announcement(report("a"), rivals=(rival,)), {"a": stored("a")}, known_before=False) is Change.CONTRADICTED


def cells(*lines: Line) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(lines, LOS_ANGELES).decode(), newline="")))


def test_a_row_says_who_was_first_who_followed_and_how_many_origins_stand_behind_them() -> None:
    (row,) = cells(line(report("slateline"), report("backlot", 30, origin="slateline"), report("slateline", 40)))
    assert (row["first_source"], row["also_reported_by"]) == ("slateline", "backlot")
    assert (row["source_count"], row["origin_count"]) == ("2", "1")
    assert row["note"] == "2 outlets, 1 origin"
    assert (row["first_seen_local"], row["first_seen_utc"]) == ("2026-03-02 09:00", "2026-03-02T17:00:00Z")


def test_a_row_says_what_reversed_its_event_since() -> None:
    later = replace(announcement(report("b")), value=Claim(type=ClaimType.CANCELLATION, title="Vale", seasons=(2,)))
    (row,) = cells(replace(line(report("a")), undone_by=(later,)))
    assert row["note"] == "reversed since: cancelled after season 2"


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).map(printable))
def test_any_words_come_back_from_the_file_as_they_were(words: str) -> None:
    (row,) = cells(line(report("a"), quote=words, title=words))
    assert (row["evidence_quote"], row["title"]) == (words, words)


def test_the_columns_keep_their_order() -> None:
    assert table([], LOS_ANGELES).decode() == ",".join(COLUMNS) + "\r\n"


def test_a_digest_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "digest.csv"
    write_file([line(report("a"))], LOS_ANGELES, path, NOW)
    before = path.read_bytes()

    def failing() -> Iterator[Line]:
        yield line(report("b"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(failing(), LOS_ANGELES, path, NOW)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path, manifest_path(path)]
