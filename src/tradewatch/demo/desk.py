"""The configuration of a desk that reads the newsroom."""

from __future__ import annotations

from pathlib import Path

from tradewatch.demo.newsroom import Newsroom

OUTLET = """
[[outlet]]
name = "{name}"
owner = "{owner}"
"""


def desk_files(folder: Path, newsroom: Newsroom, networks: str, base: str) -> dict[str, str]:
    """The text of each file of a configuration folder, by its name.

    `folder` is the newsroom's, `networks` the text of the `networks.toml` whose names the desk knows besides the invented outlets, `base`
    the server's address.
    """
    outlets = "".join(OUTLET.format(name=paper.name, owner=paper.owner) for paper in newsroom.publications.values())
    return {
        "tradewatch.toml": (folder / "tradewatch.toml").read_text("utf-8"),
        "sources.toml": (folder / "sources.toml").read_text("utf-8").replace("{base}", base),
        "networks.toml": f"{networks}\n# ---- The fixture newsroom ----\n{outlets}",
        "digests.toml": (folder / "digests.toml").read_text("utf-8"),
        "titles.csv": (folder / "titles.csv").read_text("utf-8"),
    }
