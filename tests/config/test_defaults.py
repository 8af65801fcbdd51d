"""The configuration that comes with tradewatch loads, is complete, and is what the documentation says."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from tradewatch.config import bundled, load_digests, load_names, load_settings, load_sources, load_starter_titles
from tradewatch.config.digests import DAYS, DeliveryTable, DigestTable
from tradewatch.config.names import NetworkTable, OutletTable
from tradewatch.config.settings import Settings
from tradewatch.config.sources import ListingTable, SourceTable
from tradewatch.config.starter import COLUMNS
from tradewatch.text import fold
from tradewatch.types import Listing, Names, Network, Outlet, Source, SourceKind, Tier, WorkKind

DEFAULTS = bundled("config")
DOCS = Path(__file__).parents[2] / "docs"
UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names(DEFAULTS)


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return load_sources(DEFAULTS)


def test_the_default_settings_are_the_defaults_of_the_code_written_out() -> None:
    settings = load_settings(DEFAULTS)
    assert settings == Settings(database=DEFAULTS / "tradewatch.db", out=DEFAULTS / "out")
    assert settings.model_fields_set == set(Settings.model_fields)
    assert settings.fetch.model_fields_set == set(type(settings.fetch).model_fields)
    assert settings.keep.model_fields_set == set(type(settings.keep).model_fields)


def test_every_source_s_outlet_has_an_owner(sources: tuple[Source, ...], names: Names) -> None:
    owners = {outlet.name: outlet.owner for outlet in names.outlets}
    assert all(owners[source.outlet] for source in sources)


def test_the_trades_that_count_as_one_origin_have_one_owner(names: Names) -> None:
    owners = {outlet.name: outlet.owner for outlet in names.outlets}
    assert owners["Variety"] == owners["Deadline"] == owners["The Hollywood Reporter"] == owners["IndieWire"] == owners["Rolling Stone"]
    assert owners["Variety"] != owners["TheWrap"]


def test_the_world_of_the_desk_is_covered(sources: tuple[Source, ...], names: Names) -> None:
    assert len(sources) >= 87
    assert len(names.networks) >= 250
    assert sum(1 for _ in load_starter_titles(DEFAULTS)) >= 400
    assert {source.tier for source in sources} >= {Tier.OFFICIAL, Tier.TRADE, Tier.CONSUMER, Tier.AGGREGATOR}


def test_a_source_that_is_off_has_its_reason_above_it(sources: tuple[Source, ...]) -> None:
    text = (DEFAULTS / "sources.toml").read_text(encoding="utf-8")
    for source in sources:
        if not source.enabled:
            above = text.partition(f'key = "{source.key}"')[0].rsplit("\n\n", 1)[-1]
            assert above.startswith("# "), source.key


def test_every_source_that_is_polled_is_read_over_tls(sources: tuple[Source, ...]) -> None:
    assert all(source.url.startswith("https://") for source in sources if source.enabled)


def test_no_address_is_polled_twice(sources: tuple[Source, ...]) -> None:
    assert len({source.url for source in sources}) == len(sources)


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("Apple TV", "Apple TV+"),
        ("AppleTV+", "Apple TV+"),
        ("Apple", "Apple TV+"),
        ("Amazon", "Prime Video"),
        ("Amazon Studios", "Prime Video"),
        ("HBO Max", "Max"),
        ("CW", "The CW"),
        ("USA", "USA Network"),
        ("E!", "E!"),
        ("Paramount Plus", "Paramount+"),
        ("Disney Plus", "Disney+"),
        ("BBC1", "BBC One"),
        ("Paramount Pictures", "Paramount"),
        ("Universal Pictures", "Universal"),
        ("Sci Fi Channel", "Syfy"),
        ("Zee5", "ZEE5"),
    ],
)
def test_what_outlets_print_leads_to_the_canonical_name(names: Names, spelling: str, canonical: str) -> None:
    found = [network.name for network in names.networks if spelling in (network.name, *network.aliases)]
    assert found == [canonical]


@pytest.mark.parametrize(
    ("nickname", "network"), [("the Eye", "CBS"), ("the Peacock", "NBC"), ("the Alphabet", "ABC"), ("the Mouse House", "Disney")]
)
def test_nicknames_are_not_aliases(names: Names, nickname: str, network: str) -> None:
    assert [entry.name for entry in names.networks if nickname in entry.nicknames] == [network]
    assert not any(nickname in entry.aliases for entry in names.networks)


@pytest.mark.parametrize(
    "word", ["Fox", "Max", "Oxygen", "Bravo", "Discovery", "History", "Sky", "Dave", "Alibi", "Gold", "Now", "ABC", "Apple", "Amazon"]
)
def test_ordinary_words_are_flagged(names: Names, word: str) -> None:
    assert any(word in network.ambiguous for network in names.networks)


def test_no_unflagged_name_is_a_single_short_word_in_lower_case(names: Names) -> None:
    """Such a name would be found in every article."""
    loose = [
        spelling
        for network in names.networks
        for spelling in (network.name, *network.aliases)
        if spelling.isalpha() and spelling.islower() and len(spelling) < 4 and spelling not in network.ambiguous
    ]
    assert loose == []


def test_no_spelling_is_both_a_network_and_an_outlet(names: Names) -> None:
    networks = {spelling for network in names.networks for spelling in (network.name, *network.aliases)}
    outlets = {spelling for outlet in names.outlets for spelling in (outlet.name, *outlet.aliases)}
    assert networks & outlets == set()


def test_the_networks_of_the_starter_titles_are_known(names: Names) -> None:
    known = {network.name for network in names.networks}
    assert {title.network for title in load_starter_titles(DEFAULTS)} - {None} <= known


def test_starter_titles_have_ids_that_can_be_read_and_years_that_make_sense() -> None:
    for title in load_starter_titles(DEFAULTS):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", title.id), title
        assert title.year is not None
        assert 1900 < title.year < 2030
        assert title.ended is None or (title.kind is not WorkKind.FILM and title.ended >= title.year), title


def test_no_starter_title_is_there_twice() -> None:
    titles = [(fold(title.name), title.kind, title.year) for title in load_starter_titles(DEFAULTS)]
    assert len(set(titles)) == len(titles)


def rows(section: str) -> dict[str, str]:
    """The tables under a heading of docs/configuration.md: their first column and their second."""
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    part = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return {key: default.strip() for key, default in re.findall(r"^\| `([^`]+)` \|(.*?)\|", part, re.MULTILINE)}


def shown(value: Any) -> str:
    """A default as the documentation writes it."""
    if value in (None, MISSING):
        return ""
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        unit, length = next((unit, length) for unit, length in UNITS.items() if length == 1 or (seconds % length == 0 and seconds > length))
        return f'`"{seconds // length}{unit}"`'
    return f"`{json.dumps(str(value) if isinstance(value, Path) else value)}`"


def flat(settings: Settings) -> dict[str, Any]:
    plain = {key: getattr(settings, key) for key in Settings.model_fields}
    tables = {key: plain.pop(key) for key in ("fetch", "keep")}
    return plain | {f"{table}.{key}": getattr(values, key) for table, values in tables.items() for key in type(values).model_fields}


def test_every_setting_is_documented_with_its_default() -> None:
    assert rows("tradewatch.toml") == {key: shown(value) for key, value in flat(Settings()).items()}


def test_every_key_of_a_source_is_documented_with_its_default() -> None:
    defaults = {field.name: field.default for field in fields(Source)} | {"desks": [], "headers": {}}
    inside = {f"listing.{field.name}": field.default for field in fields(Listing)}
    assert rows("sources.toml") == {key: shown(value) for key, value in (defaults | inside).items()}


def test_the_keys_that_can_be_written_are_those_of_the_values() -> None:
    assert list(SourceTable.model_fields) == [field.name for field in fields(Source)]
    assert list(ListingTable.model_fields) == [field.name for field in fields(Listing)]
    assert set(NetworkTable.model_fields) == {field.name for field in fields(Network)}
    assert set(OutletTable.model_fields) == {field.name for field in fields(Outlet)}


def test_every_key_of_a_network_and_an_outlet_is_documented() -> None:
    assert set(rows("networks.toml")) == set(NetworkTable.model_fields) | set(OutletTable.model_fields)


def test_every_key_of_a_digest_is_documented_with_its_default() -> None:
    written = rows("digests.toml")
    defaults = {key: field.default for key, field in DigestTable.model_fields.items() if not field.is_required() and key != "deliver"}
    assert [key for key in written if key in DigestTable.model_fields] == list(DigestTable.model_fields)
    assert {key: written[key] for key in defaults} == {
        key: "every day" if value == DAYS else shown([str(one) for one in value] if isinstance(value, tuple) else value)
        for key, value in defaults.items()
    }


def test_every_key_of_a_delivery_is_documented() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8").partition("The keys of a `[[digest.deliver]]`:")[2]
    keys = {
        name for cell in re.findall(r"^\| (.*?) \|", text.partition("\n\nSecrets")[0], re.MULTILINE) for name in re.findall("`(.*?)`", cell)
    }
    assert keys == {field.alias or key for key, field in DeliveryTable.model_fields.items()}


def test_the_default_digests_are_an_example_that_would_load(tmp_path: Path) -> None:
    assert load_digests(DEFAULTS) == ()
    for name in ("sources.toml", "networks.toml", "tradewatch.toml"):
        (tmp_path / name).write_bytes((DEFAULTS / name).read_bytes())
    _, mark, example = (DEFAULTS / "digests.toml").read_text(encoding="utf-8").partition("# [[digest]]\n")
    (tmp_path / "digests.toml").write_text(re.sub("^# ?", "", mark + example, flags=re.MULTILINE), encoding="utf-8")
    assert [digest.id for digest in load_digests(tmp_path)] == ["tv-morning"]


def test_every_column_of_the_titles_is_documented() -> None:
    assert tuple(rows("titles.csv")) == COLUMNS


@pytest.mark.parametrize("word", [*Tier, *SourceKind])
def test_every_tier_and_kind_is_explained(word: str) -> None:
    assert re.search(rf"(\*\*{word}\*\*|`{word}`)", (DOCS / "sources.md").read_text(encoding="utf-8"))
