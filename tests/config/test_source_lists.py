"""Lists of feeds go out as OPML and come in, and the configuration stays as right as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tradewatch.config import load_names, load_sources
from tradewatch.parse.opml import Outline, parse_opml, write_opml
from tradewatch.types import Outlet, Tier

Run = Callable[..., tuple[int, str, str]]

LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>My feeds</title></head><body>
<outline text="The Lantern" type="rss" xmlUrl="http://www.lantern.example/feed" htmlUrl="https://lantern.example/"/>
<outline text="Lantern Film" type="rss" xmlUrl="https://lantern.example/film/feed/"/>
<outline text="Trade">
  <outline text="Dusk: TV" type="rss" xmlUrl="https://feeds.host.example/dusk-tv" htmlUrl="https://www.dusk.example/tv"/>
  <outline text="Dusk: Film" type="rss" xmlUrl="https://www.dusk.example/film/rss"/>
</outline>
<outline text="Blogs"><outline text="Quill &amp; Co." type="rss" xmlUrl="https://quill.example/feed.json"/></outline>
<outline text="Old reader" type="rss" xmlUrl="feed://old.example/rss"/>
</body></opml>"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_bytes(LIST)
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_feeds_go_out_in_a_folder_for_each_tier_and_pages_are_counted(folder: Path, run: Run) -> None:
    sources = (folder / "sources.toml").read_text(encoding="utf-8")
    (folder / "sources.toml").write_text(sources.replace("https://lantern", "https://me:pass@lantern"), encoding="utf-8")
    code, out, err = run("sources", "export", "--every", "--folder", folder)
    assert code == 0
    assert parse_opml(out.encode()) == (
        Outline(url="https://lantern.example/feed/", title="The Lantern", page="https://lantern.example/", folder="trade"),
    )
    assert err == "1 of another kind left out: OPML lists feeds\n"
    assert run("sources", "export", "--folder", folder)[2] == ""


def test_what_went_out_comes_in_as_nothing_new(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.opml").write_text(run("sources", "export", "--folder", folder)[1], encoding="utf-8")
    before = files(folder)
    code, out, err = run("sources", "import", tmp_path / "own.opml", "--folder", folder)
    assert (code, out, err) == (0, "", "0 sources added, 1 known already, 0 left out\n")
    assert files(folder) == before


def test_each_new_feed_becomes_a_source_with_the_outlet_and_the_tier_that_fit(folder: Path, run: Run, listed: Path) -> None:
    code, _, err = run("sources", "import", listed, "--folder", folder)
    assert code == 0, err
    added = [(one.key, one.name, one.outlet, one.tier, one.url) for one in load_sources(folder)[2:]]
    assert added == [
        ("lantern-film", "Lantern Film", "The Lantern", Tier.TRADE, "https://lantern.example/film/feed/"),
        ("dusk-tv", "Dusk: TV", "dusk.example", Tier.TRADE, "https://feeds.host.example/dusk-tv"),
        ("dusk-film", "Dusk: Film", "dusk.example", Tier.TRADE, "https://www.dusk.example/film/rss"),
        ("quill-and-co", "Quill & Co.", "quill.example", Tier.CONSUMER, "https://quill.example/feed.json"),
    ]
    assert load_names(folder).outlets[2:] == (
        Outlet(name="dusk.example", owner="dusk.example", domains=("dusk.example",)),
        Outlet(name="quill.example", owner="quill.example", domains=("quill.example",)),
    )
    assert err.splitlines() == [
        "4 sources added, 1 known already, 1 left out",
        'left out: "feed://old.example/rss" is not an http or https address',
        "networks.toml: 2 new outlets, each its own owner until you say who owns it: dusk.example, quill.example",
    ]


def test_what_was_in_the_files_stays_as_it_was_comments_and_all(folder: Path, run: Run, listed: Path) -> None:
    for name in ("sources.toml", "networks.toml"):
        (folder / name).write_text("# ours\n" + (folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    before = files(folder)
    run("sources", "import", listed, "--folder", folder, "--tier", "rumour")
    after = files(folder)
    assert all(after[name].startswith(before[name].rstrip()) for name in before)
    assert load_sources(folder)[-1].tier is Tier.RUMOUR
    assert run("config", "check", "--folder", folder)[0] == 0


def test_a_dry_import_shows_the_tables_and_writes_nothing(folder: Path, run: Run, listed: Path) -> None:
    before = files(folder)
    code, out, _ = run("sources", "import", listed, "--dry-run", "--folder", folder)
    assert code == 0
    assert (out.count("[[outlet]]"), out.count("[[source]]")) == (2, 4)
    assert files(folder) == before


def test_importing_twice_adds_nothing_the_second_time(folder: Path, run: Run, listed: Path) -> None:
    run("sources", "import", listed, "--folder", folder)
    before = files(folder)
    assert run("sources", "import", listed, "--folder", folder)[2].startswith("0 sources added, 5 known already, 1 left out\n")
    assert files(folder) == before


def test_what_is_no_list_of_feeds_is_refused_in_one_line(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss/>", encoding="utf-8")
    code, out, err = run("sources", "import", tmp_path / "feed.xml", "--folder", folder)
    assert (code, out) == (4, "")
    assert "no OPML list of feeds" in err
    assert err.count("\n") == 1


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).filter(lambda title: "￾" not in title)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TITLES, min_size=1, max_size=3))
def test_whatever_its_feeds_are_called_a_list_leaves_a_right_configuration(
    folder: Path, run: Run, tmp_path: Path, titles: list[str]
) -> None:
    before = len(load_sources(folder))
    outlines = [Outline(url=f"https://site-{before}-{number}.example/feed", title=title) for number, title in enumerate(titles)]
    (tmp_path / "any.opml").write_bytes(write_opml(outlines))
    code, _, err = run("sources", "import", tmp_path / "any.opml", "--folder", folder)
    assert code == 0, err
    assert len(load_sources(folder)) == before + len(titles)
