"""`init`, `doctor`, `config check` and `sources`, as a person runs them."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tradewatch.config import bundled, load_names, load_sources, load_starter_titles

Run = Callable[..., tuple[int, str, str]]

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Lantern</title>
<item><title>Harbor renews Cold Harbor for season 2</title><link>{base}/cold-harbor</link>
<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>Vale adds Ada Quill</title><link>{base}/vale</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""
LISTING = """<html><title>Releases</title>
<article><h2><a href="/vale">Slate orders second season of Vale</a></h2><time datetime="2026-03-02">March 2</time></article>
<article><h2><a href="/dusk">Slate dates Dusk</a></h2></article></html>"""
HOME = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body><p>The Lantern</p></body></html>'
ARTICLE = """<html><head><title>Harbor Renews Cold Harbor</title></head><body><article><h1>Harbor renews Cold Harbor</h1>
<p>Harbor has picked up a second season of its dockside drama Cold Harbor, five weeks after the first run ended on the streamer.</p>
<p>Ada Quill, who created the series, stays on as showrunner, with production set to begin in Halifax this summer.</p>
<p>The ten new episodes follow the harbour master's daughter, played by Jo Marsh, as the port is sold from under her family.</p>
<p>Slate Pictures produces. No date has been set for the new season.</p></article></body></html>"""


@pytest.fixture
def web(folder: Path, httpserver: HTTPServer) -> str:
    """The good folder's outlets on a server of this computer: a home page, a feed, a listing page, articles."""
    base = httpserver.url_for("").rstrip("/")
    httpserver.expect_request("/").respond_with_data(HOME, content_type="text/html")
    httpserver.expect_request("/feed/").respond_with_data(FEED.format(base=base), content_type="application/rss+xml")
    httpserver.expect_request("/releases").respond_with_data(LISTING, content_type="text/html")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    for path in ("/cold-harbor", "/vale", "/dusk"):
        httpserver.expect_request(path).respond_with_data(ARTICLE, content_type="text/html")
    text = (folder / "sources.toml").read_text(encoding="utf-8").replace("https://lantern.example", base)
    text = text.replace("https://press.slate.example", base).replace('tier = "', 'spacing = "0s"\ntier = "')
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    settings = (folder / "tradewatch.toml").read_text(encoding="utf-8")
    (folder / "tradewatch.toml").write_text(settings.replace("[fetch]", "[fetch]\nallow_loopback = true"), encoding="utf-8")
    return base


def test_init_writes_a_folder_in_which_the_doctor_misses_nothing_but_the_contact(tmp_path: Path, run: Run) -> None:
    code, out, err = run("init", tmp_path / "new")
    assert code == 0
    written = {path.name for path in (tmp_path / "new").iterdir()}
    assert written == {"tradewatch.toml", "sources.toml", "networks.toml", "digests.toml", "titles.csv", "tradewatch.db", "out"}
    assert out.count("wrote") == 7
    assert "set contact" in err
    code, out, _ = run("doctor", "--folder", tmp_path / "new")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()].count("warning") == 1
    assert "contact: is empty" in out
    assert f"{sum(1 for _ in load_starter_titles(tmp_path / 'new'))} known titles" in out


def test_init_again_keeps_what_is_there(folder: Path, run: Run) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("init", folder)
    code, out, _ = run("init", folder)
    assert code == 0
    assert out.count("kept") == 7
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert (folder / "desk.db").exists()
    assert (folder / "digests").is_dir()


def test_init_writes_only_what_is_missing(folder: Path, run: Run) -> None:
    (folder / "titles.csv").unlink()
    _, out, _ = run("init", folder)
    assert [line.split()[0] for line in out.splitlines()] == ["kept", "kept", "kept", "kept", "wrote", "wrote", "wrote"]


def test_a_dry_init_writes_nothing(tmp_path: Path, run: Run) -> None:
    code, out, _ = run("init", tmp_path / "new", "--dry-run")
    assert code == 0
    assert out.count("would write") == 7
    assert not (tmp_path / "new").exists()


def test_init_does_not_take_a_file_for_a_folder(tmp_path: Path, run: Run) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    assert run("init", tmp_path / "notes") == (3, "", f"tradewatch: {tmp_path}/notes: is a file; name a folder\n")


def test_the_doctor_names_everything_that_is_missing(folder: Path, run: Run) -> None:
    code, out, _ = run("doctor", "--folder", folder)
    problems = [line.split(maxsplit=1)[1] for line in out.splitlines() if line.startswith("problem")]
    assert code == 3
    assert problems == [
        "sources.toml: [[source]] lantern: the environment variable LANTERN_COOKIE is not set",
        "digests.toml: deliver smtp:ada@example.com: user: the environment variable SMTP_USER is not set",
        "digests.toml: deliver smtp:ben@example.com: user: the environment variable SMTP_USER is not set",
        "digests.toml: deliver newsroom: secret: the environment variable HOOK_SECRET is not set",
        "digests.toml: deliver apprise: url: the environment variable PUSH_URL is not set",
        f"{folder}/desk.db: there is no database; `tradewatch init` makes one",
    ]


@pytest.mark.usefixtures("secrets")
def test_the_secrets_of_a_source_that_is_off_are_needed_where_another_looks_for_what_it_missed(folder: Path, run: Run) -> None:
    run("init", folder)
    path = folder / "sources.toml"
    text = path.read_text(encoding="utf-8").replace("enabled = false", 'enabled = false\ncookie = "env:SLATE_COOKIE"')
    path.write_text(text, encoding="utf-8")
    assert run("status", "--folder", folder)[0] == 0
    path.write_text(text.replace('min_interval = "5m"', 'backfill = "slate-press"'), encoding="utf-8")
    code, _, err = run("status", "--folder", folder)
    assert code == 3
    assert "slate-press: the environment variable SLATE_COOKIE is not set" in err
    assert "SLATE_COOKIE is not set" in run("doctor", "--folder", folder)[1]


@pytest.mark.usefixtures("secrets")
def test_the_doctor_does_not_tell_secrets(folder: Path, run: Run) -> None:
    run("init", folder)
    code, out, _ = run("doctor", "--folder", folder)
    assert code == 0
    assert "lantern: LANTERN_COOKIE, LANTERN_TOKEN set in the environment" in out
    assert "s3cret" not in out
    assert "t0k3n" not in out


def test_config_check_counts_what_is_there(folder: Path, run: Run) -> None:
    code, out, _ = run("config", "check", "--folder", folder)
    assert code == 0
    assert [line.split(": ", 1)[1] for line in out.splitlines()] == [
        f"database {folder}/desk.db",
        "2 sources, 1 of them enabled",
        "2 networks, 2 outlets",
        "2 digests",
        "2 titles",
    ]


def test_config_check_lists_every_problem_of_every_file(folder: Path, run: Run) -> None:
    (folder / "tradewatch.toml").write_text("conact = 1\nzone = 2\n", encoding="utf-8")
    (folder / "titles.csv").unlink()
    code, out, _ = run("config", "check", "--folder", folder, "--json")
    findings = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [finding["state"] for finding in findings] == ["problem", "problem", "ok", "ok", "problem"]
    assert findings[0]["text"] == f'{folder}/tradewatch.toml: conact: unknown key; did you mean "contact"?'


def test_a_broken_configuration_stops_other_commands_with_one_line(folder: Path, run: Run) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind =", "kindd ="), encoding="utf-8")
    code, out, err = run("sources", "list", "--folder", folder)
    assert (code, out) == (3, "")
    assert err.startswith(f'tradewatch: {folder}/sources.toml: [[source]] lantern: kindd: unknown key; did you mean "kind"? (and 3 more')
    assert err.count("\n") == 1


def test_sources_are_listed_by_desk_and_state(folder: Path, run: Run) -> None:
    _, out, _ = run("sources", "list", "--folder", folder)
    assert [line.split() for line in out.splitlines()] == [
        ["lantern", "feed", "trade", "on", "https://lantern.example/feed/"],
        ["slate-press", "page", "official", "off", "https://press.slate.example/releases"],
    ]
    assert run("sources", "list", "--folder", folder, "--desk", "film")[1] == ""
    assert run("sources", "list", "--folder", folder, "--enabled")[1].count("\n") == 1


@pytest.mark.usefixtures("secrets")
def test_a_listed_source_says_where_its_secrets_are_not_what_they_are(folder: Path, run: Run) -> None:
    _, out, _ = run("sources", "list", "--folder", folder, "--json")
    lantern = json.loads(out.splitlines()[0])
    assert lantern["environment"] == ["LANTERN_COOKIE", "LANTERN_TOKEN"]
    assert "s3cret" not in out
    assert "cookie" not in lantern


@pytest.mark.usefixtures("secrets", "web")
def test_testing_a_feed_shows_its_entries_and_the_newest_article(folder: Path, run: Run) -> None:
    code, out, _ = run("sources", "test", "lantern", "--folder", folder)
    assert code == 0
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert ["entry", "2026-03-02 10:00  Harbor renews Cold Harbor for season 2"] in lines
    assert any(label == "read" and "2 entries, 2 dated, 0 with content" in text for label, text in lines)
    article = dict(lines)["article"]
    assert article.startswith("76 words, found by"), article


@pytest.mark.usefixtures("secrets", "web")
def test_a_test_sends_the_secrets_and_does_not_print_them(folder: Path, run: Run, httpserver: HTTPServer) -> None:
    _, out, err = run("sources", "test", "lantern", "--folder", folder, "--json")
    asked = next(request for request, _ in httpserver.log if request.path == "/feed/")
    assert asked.headers["Cookie"] == "id=s3cret"
    assert asked.headers["X-Desk"] == "t0k3n"
    assert "s3cret" not in out + err
    assert "t0k3n" not in out + err


@pytest.mark.usefixtures("web")
def test_testing_a_page_shows_what_each_selector_found(folder: Path, run: Run) -> None:
    code, out, _ = run("sources", "test", "slate-press", "--folder", folder, "--json")
    facts = json.loads(out)
    assert code == 0
    assert [(found["key"], found["count"], found["of"]) for found in facts["selectors"]] == [
        ("item", 2, 1),
        ("link", 2, 2),
        ("headline", 2, 2),
    ]
    assert facts["selectors"][2]["samples"] == ["Slate orders second season of Vale", "Slate dates Dusk"]
    assert [entry["headline"] for entry in facts["entries"]] == ["Slate orders second season of Vale", "Slate dates Dusk"]


def test_testing_an_unknown_source_suggests_a_known_one(folder: Path, run: Run) -> None:
    code, _, err = run("sources", "test", "lanten", "--folder", folder)
    assert code == 2
    assert 'did you mean "lantern"?' in err


@pytest.mark.usefixtures("web")
def test_testing_a_source_that_is_not_there_says_why_and_exits_with_4(folder: Path, run: Run, httpserver: HTTPServer) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("/releases", "/gone"), encoding="utf-8")
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    code, out, err = run("sources", "test", "slate-press", "--folder", folder)
    assert (code, out) == (4, "")
    assert err.startswith("tradewatch: http://")
    assert "/gone" in err


@pytest.mark.usefixtures("secrets")
def test_a_source_that_is_gone_is_parked_until_it_is_revived(folder: Path, run: Run, web: str, httpserver: HTTPServer) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("/feed/", "/moody"), encoding="utf-8")
    httpserver.expect_oneshot_request("/moody").respond_with_data("", status=410)
    httpserver.expect_request("/moody").respond_with_data(FEED.format(base=web), content_type="application/rss+xml")
    run("init", folder)
    assert run("poll", "--folder", folder)[0] == 4
    assert "`tradewatch sources revive lantern`" in run("status", "--folder", folder)[1]
    assert run("poll", "--folder", folder)[1] == ""
    code, out, _ = run("sources", "revive", "lantern", "--folder", folder)
    assert code == 0
    assert out.startswith("lantern: polled again from now on; it was parked: ")
    assert "lantern: ok, 2 entries" in run("poll", "--folder", folder)[1]
    assert run("sources", "revive", "lantern", "--folder", folder)[0] == 2


@pytest.mark.usefixtures("secrets")
def test_a_source_that_moved_is_shown_with_its_new_address(folder: Path, run: Run, web: str, httpserver: HTTPServer) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("/feed/", "/old"), encoding="utf-8")
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/new"})
    undated = re.sub("<pubDate>.*</pubDate>", "", FEED.format(base=web))
    httpserver.expect_request("/new").respond_with_data(undated, content_type="application/rss+xml")
    assert f"moved      for good, to {web}/new; set url to that" in run("sources", "test", "lantern", "--folder", folder)[1]
    run("init", folder)
    assert run("poll", "--folder", folder)[0] == 0
    assert f"lantern: moved: now at {web}/new, and read there; change url" in run("status", "--folder", folder)[1]


def add(run: Run, folder: Path, url: str, *more: str) -> tuple[int, str, str]:
    return run("sources", "add", url, "--folder", folder, "--outlet", "The Lantern", "--spacing", "0s", *more)


def test_adding_a_home_page_finds_its_feed_and_leaves_the_file_as_it_was(folder: Path, run: Run, web: str) -> None:
    before = "# ours\n" + (folder / "sources.toml").read_text(encoding="utf-8")
    (folder / "sources.toml").write_text(before, encoding="utf-8")
    code, out, err = add(run, folder, f"{web}/")
    assert code == 0, err
    after = (folder / "sources.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert tomllib.loads(out)["source"] == [
        {
            "key": "the-lantern",
            "name": "The Lantern",
            "outlet": "The Lantern",
            "kind": "feed",
            "url": f"{web}/feed/",
            "tier": "trade",
            "spacing": "0s",
        }
    ]
    assert load_sources(folder)[-1].url == f"{web}/feed/"


def test_a_dry_add_shows_the_lines_and_writes_nothing(folder: Path, run: Run, web: str) -> None:
    before = (folder / "sources.toml").read_bytes()
    code, out, _ = add(run, folder, f"{web}/feed/", "--dry-run")
    assert code == 0
    assert "[[source]]" in out
    assert (folder / "sources.toml").read_bytes() == before


def test_adding_twice_gives_the_second_a_key_of_its_own(folder: Path, run: Run, web: str) -> None:
    add(run, folder, f"{web}/feed/")
    add(run, folder, f"{web}/feed/")
    assert [source.key for source in load_sources(folder)][-2:] == ["the-lantern", "the-lantern-2"]


def test_adding_a_page_takes_its_selectors(folder: Path, run: Run, web: str) -> None:
    code, _, err = add(run, folder, f"{web}/releases", "--item", "article", "--headline", "h2", "--key", "releases")
    assert code == 0, err
    added = load_sources(folder)[-1]
    assert (added.key, added.kind) == ("releases", "page")
    assert added.listing is not None
    assert added.listing.item == "article"


def test_adding_a_new_outlet_adds_it_with_its_owner(folder: Path, run: Run, web: str) -> None:
    arguments = (f"{web}/feed/", "--folder", folder, "--outlet", "Dusk Daily", "--tier", "consumer", "--spacing", "0s")
    code, _, err = run("sources", "add", *arguments)
    assert code == 2
    assert "a new one needs --owner" in err
    code, _, err = run("sources", "add", *arguments, "--owner", "Dusk House")
    assert code == 0, err
    assert load_names(folder).outlets[-1].owner == "Dusk House"
    assert load_sources(folder)[-1].outlet == "Dusk Daily"


@pytest.mark.parametrize("spelling", ["lantern", "THE LANTERN"])
def test_an_outlet_may_be_called_by_any_of_its_names(folder: Path, run: Run, web: str, spelling: str) -> None:
    code, _, err = run("sources", "add", f"{web}/feed/", "--folder", folder, "--outlet", spelling, "--spacing", "0s")
    assert code == 0, err
    assert load_sources(folder)[-1].outlet == "The Lantern"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["lantern.example"], "is not an http or https address"),
        (["https://lantern.example/", "--key", "The Lantern"], "is not a key of lower-case letters"),
        (["https://lantern.example/", "--key", "lantern"], "there is a source lantern already"),
        (["https://lantern.example/", "--spacing", "soon"], "must be a length of time"),
        (["https://dusk.example/"], "no outlet of networks.toml has the domain dusk.example"),
        (["https://dusk.example/", "--outlet", "Dusk", "--owner", "Dusk House"], "give --tier"),
        (["https://dusk.example/", "--outlet", "The Lanten"], 'did you mean "The Lantern"?'),
    ],
)
def test_a_source_that_cannot_be_added_is_refused_before_anything_is_asked(folder: Path, run: Run, wrong: list[str], says: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, _, err = run("sources", "add", *wrong, "--folder", folder)
    assert code == 2
    assert says in " ".join(err.split())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_adding_a_page_without_a_feed_asks_for_selectors(folder: Path, run: Run, web: str, httpserver: HTTPServer) -> None:
    code, _, err = add(run, folder, f"{web}/vale")
    assert code == 0, err  # the article's site has its feed in a usual place
    httpserver.clear()
    httpserver.expect_request("/vale").respond_with_data(ARTICLE, content_type="text/html")
    before = (folder / "sources.toml").read_bytes()
    code, _, err = add(run, folder, f"{web}/vale")
    assert code == 3
    assert "give --item to read the page itself" in err
    assert (folder / "sources.toml").read_bytes() == before


def test_the_bundled_configuration_can_be_checked_where_it_is(run: Run, tmp_path: Path) -> None:
    shutil.copytree(bundled("config"), tmp_path / "config")
    assert run("config", "check", "--folder", tmp_path / "config")[0] == 0
