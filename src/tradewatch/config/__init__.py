"""Configuration files in, values out; a mistake is one line that names file, key and way out.

A folder holds `tradewatch.toml` (settings), `sources.toml` (what to poll), `networks.toml` (names the desk knows), `digests.toml` (what
is sent to whom) and `titles.csv` (starter titles). Nothing here reads the environment: `with_secrets` and `revealed` are given it.
"""

from tradewatch.config.digests import FORMATS, load_digests, revealed, variables_of
from tradewatch.config.files import FILES, bundled, did_you_mean, duration
from tradewatch.config.names import bare_domain, load_names
from tradewatch.config.settings import FetchSettings, KeepSettings, Settings, load_settings
from tradewatch.config.sources import asked, load_sources, secrets_of, source_key, web_address, with_secrets
from tradewatch.config.starter import load_starter_titles

__all__ = [
    "FILES",
    "FORMATS",
    "FetchSettings",
    "KeepSettings",
    "Settings",
    "asked",
    "bare_domain",
    "bundled",
    "did_you_mean",
    "duration",
    "load_digests",
    "load_names",
    "load_settings",
    "load_sources",
    "load_starter_titles",
    "revealed",
    "secrets_of",
    "source_key",
    "variables_of",
    "web_address",
    "with_secrets",
]
