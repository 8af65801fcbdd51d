"""What a right configuration means."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tradewatch.config import (
    FetchSettings,
    KeepSettings,
    load_digests,
    load_names,
    load_settings,
    load_sources,
    load_starter_titles,
    revealed,
    secrets_of,
    with_secrets,
)
from tradewatch.errors import ConfigError
from tradewatch.types import (
    Alias,
    Certainty,
    ClaimType,
    Digest,
    FolderDelivery,
    Grouping,
    HookDelivery,
    Listing,
    MailDelivery,
    Network,
    Outlet,
    PushDelivery,
    Review,
    Schedule,
    Selection,
    Source,
    SourceKind,
    Tier,
    Title,
    WorkKind,
)


def test_settings_are_those_of_the_file_and_defaults_for_the_rest(folder: Path) -> None:
    settings = load_settings(folder)
    assert settings.database == folder / "desk.db"
    assert settings.out == folder / "digests"
    assert settings.contact == "desk@example.com"
    assert settings.timezone == "Europe/London"
    assert settings.fetch == FetchSettings(total=dt.timedelta(seconds=90), concurrency=4)
    assert settings.keep == KeepSettings(polls=dt.timedelta(days=30))


def test_an_empty_settings_file_is_enough(folder: Path) -> None:
    (folder / "tradewatch.toml").write_text("", encoding="utf-8")
    assert load_settings(folder).database == folder / "tradewatch.db"


def test_an_absolute_database_stays_where_it_is(folder: Path) -> None:
    (folder / "tradewatch.toml").write_text('database = "/srv/desk.db"', encoding="utf-8")
    assert load_settings(folder).database == Path("/srv/desk.db")


def test_paths_do_not_depend_on_where_the_command_is_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert load_settings(Path("desk")).database == folder / "desk.db"


def test_settings_cannot_be_changed(folder: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings(folder).timezone = "UTC"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", dt.timedelta(seconds=90)),
        ("10m", dt.timedelta(minutes=10)),
        ("24h", dt.timedelta(days=1)),
        ("7 d", dt.timedelta(weeks=1)),
    ],
)
def test_a_length_of_time_is_a_number_and_a_unit(folder: Path, written: str, meant: dt.timedelta) -> None:
    (folder / "tradewatch.toml").write_text(f'[keep]\npolls = "{written}"', encoding="utf-8")
    assert load_settings(folder).keep.polls == meant


def test_sources_are_read_in_order_and_keys_left_out_take_the_defaults(folder: Path) -> None:
    lantern, press = load_sources(folder)
    assert lantern == Source(
        key="lantern",
        name="The Lantern",
        outlet="The Lantern",
        kind=SourceKind.FEED,
        url="https://lantern.example/feed/",
        tier=Tier.TRADE,
        desks=("tv",),
        min_interval=dt.timedelta(minutes=5),
        headers=(("X-Desk", "env:LANTERN_TOKEN"),),
        cookie="env:LANTERN_COOKIE",
    )
    assert not press.enabled
    assert press.listing == Listing(item="article", headline="h2")


def test_names_are_those_of_the_file(folder: Path) -> None:
    names = load_names(folder)
    assert names.networks[0] == Network(
        name="Harbor",
        kind="streamer",
        owner="Harbor Media",
        country="US",
        aliases=("Harbor TV", "HarborTV"),
        nicknames=("the Anchor",),
        ambiguous=("Harbor",),
    )
    assert names.outlets[0] == Outlet(name="The Lantern", owner="Beacon Press", aliases=("Lantern",), domains=("lantern.example",))


def test_titles_carry_the_kinds_of_their_aliases_and_commas_in_quotation_marks(folder: Path) -> None:
    harbor, vale = load_starter_titles(folder)
    assert harbor == Title(
        id="cold-harbor-2022",
        name="Cold Harbor",
        kind=WorkKind.SERIES,
        year=2022,
        country="US",
        network="Harbor",
        aliases=(Alias(name="Saltwater", kind="working"), Alias(name="Harbor", kind="short")),
    )
    assert vale.name == "Vale, the Film"


def test_a_colon_in_an_alias_is_part_of_the_name_unless_a_kind_stands_before_it(folder: Path) -> None:
    (folder / "titles.csv").write_text("id,name,kind,aliases\na,A,series,Vale: Part One|formerly:Vale: Origins\n", encoding="utf-8")
    (title,) = load_starter_titles(folder)
    assert title.aliases == (Alias(name="Vale: Part One"), Alias(name="Vale: Origins", kind="formerly"))


def test_secrets_come_from_the_environment_that_is_given(folder: Path) -> None:
    lantern, press = load_sources(folder)
    assert secrets_of(lantern) == ("LANTERN_COOKIE", "LANTERN_TOKEN")
    revealed = with_secrets(lantern, {"LANTERN_COOKIE": "id=7", "LANTERN_TOKEN": "t0k3n"})
    assert revealed.cookie == "id=7"
    assert revealed.headers == (("X-Desk", "t0k3n"),)
    assert with_secrets(press, {}) == press


def test_a_secret_that_is_not_set_is_named_and_the_others_are_not_shown(folder: Path) -> None:
    lantern, _ = load_sources(folder)
    with pytest.raises(ConfigError) as caught:
        with_secrets(lantern, {"LANTERN_COOKIE": "id=7"})
    assert str(caught.value) == "sources.toml: [[source]] lantern: the environment variable LANTERN_TOKEN is not set"


def test_a_proxy_that_comes_from_the_environment_is_checked_too_and_not_shown(folder: Path) -> None:
    hidden = replace(load_sources(folder)[1], key="press", proxy="env:PROXY")
    for given, why in (
        ("socks5h://desk:secret@host:1080", "socks5h proxies are not supported"),
        ("desk:secret@host", "not the address of"),
    ):
        with pytest.raises(ConfigError, match=f"press: proxy: {why}") as caught:
            with_secrets(hidden, {"PROXY": given})
        assert "secret" not in str(caught.value)
    assert with_secrets(hidden, {"PROXY": "http://desk:secret@host:8118"}).proxy == "http://desk:secret@host:8118"


def test_a_digest_is_what_its_table_says(folder: Path) -> None:
    letter = {"host": "mail.example.com", "port": 587, "security": "starttls", "sender": "desk@example.com"}
    login = {"user": "env:SMTP_USER", "password": "env:SMTP_PASSWORD"}
    assert load_digests(folder)[0] == Digest(
        id="tv-morning",
        title="TV, this morning",
        schedule=Schedule(zone="America/Los_Angeles", days=frozenset({0, 4}), times=(dt.time(8), dt.time(17, 30))),
        window=dt.timedelta(days=2),
        desks=("tv",),
        selection=Selection(
            outlets=frozenset({"The Lantern"}),
            types=frozenset({ClaimType.RENEWAL, ClaimType.PREMIERE_DATE}),
            networks=frozenset({"Harbor"}),
            tiers=frozenset({Tier.OFFICIAL, Tier.TRADE}),
            certainty=Certainty.REPORTED,
            verdicts=frozenset({Review.ACCEPTED, Review.CORRECTED}),
        ),
        group_by=(Grouping.NETWORK,),
        formats=("html", "csv"),
        deliveries=(
            FolderDelivery(name="folder", path=str(folder / "sent")),
            MailDelivery(name="smtp:ada@example.com", to="ada@example.com", **letter, **login),  # type: ignore[arg-type]
            MailDelivery(name="smtp:ben@example.com", to="ben@example.com", **letter, **login),  # type: ignore[arg-type]
            HookDelivery(name="newsroom", url="https://hooks.example.com/tv", secret="env:HOOK_SECRET"),
            PushDelivery(name="apprise", url="env:PUSH_URL"),
        ),
        send_empty=False,
    )


def test_a_digest_that_says_little_carries_everything_by_hand_and_empty_too(folder: Path) -> None:
    assert load_digests(folder)[1] == Digest(id="all", title="Everything")


def test_the_secrets_of_a_delivery_come_from_the_environment_and_are_told_apart(folder: Path) -> None:
    whole, secrets = revealed(load_digests(folder)[0].deliveries[3], {"HOOK_SECRET": "s3cret"})
    assert whole == HookDelivery(name="newsroom", url="https://hooks.example.com/tv", secret="s3cret")
    assert secrets == ("s3cret",)
    assert "s3cret" not in repr(whole)


def test_a_secret_that_is_not_set_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError, match="deliver newsroom: secret: the environment variable HOOK_SECRET is not set"):
        revealed(load_digests(folder)[0].deliveries[3], {})
