"""Whose word a report is: the chain of credit, who owns whom, and what repeats what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tradewatch.text import fold
from tradewatch.types import Announcement, Claim, Names, Report, Tier

OFFICIAL = "official"
"""The origin of all that goes back to the network, the studio or the makers themselves."""

TIE = dt.timedelta(minutes=5)
"""Outlets publish on a clock of minutes and feeds round it: closer than this nobody was first."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """Who owns an outlet, and which networks speak for themselves, by folded name."""

    owners: dict[str, str]
    domains: dict[str, str]
    """Owner by host name."""
    networks: dict[str, str]
    """Owner of each network by its names; its own name where it is nobody's."""

    @classmethod
    def of(cls, names: Names) -> Outlets:
        """The look-up tables of the configured names."""
        owners = {fold(name): outlet.owner for outlet in names.outlets for name in (*outlet.aliases, outlet.name)}
        domains = {domain: outlet.owner for outlet in names.outlets for domain in outlet.domains}
        networks = {fold(name): fold(net.owner or net.name) for net in names.networks for name in (*net.aliases, net.name)}
        return cls(owners, domains, networks)

    def owner(self, outlet: str) -> str:
        """Who owns the outlet; the outlet itself where nobody is known to."""
        return self.owners.get(fold(outlet), outlet)

    def origin(self, outlet: str) -> str:
        """To whom a credit leads: `official` for a network or studio, else the outlet's owner."""
        return OFFICIAL if fold(outlet) in self.networks and fold(outlet) not in self.owners else self.owner(outlet)

    def of_url(self, url: str) -> str | None:
        """The owner of the outlet that a URL leads to; None where it is unknown."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return next((self.domains[end] for end in _ends(host) if end in self.domains), None)


def report_of(
    claim: Claim,
    *,
    claim_id: str,
    article_id: str,
    outlet: str,
    tier: Tier,
    url: str,
    reported_at: dt.datetime,
    outlets: Outlets,
    cites: Sequence[str] = (),
    copy_of: str | None = None,
    official: bool = False,
    correction: bool = False,
    unsaid: Sequence[str] = (),
) -> Report:
    """One article's word for what it claims.

    `official`: the text is, or all but is, the makers' own release. `unsaid`: ids of the claims that earlier revisions of the article made
    and this one does not.
    """
    chain = claim.attribution or (outlet,)
    chain = chain if fold(chain[0]) == fold(outlet) else (outlet, *chain)
    owner = outlets.owner(outlet)
    origin = OFFICIAL if official or tier is Tier.OFFICIAL else outlets.origin(chain[-1])
    return Report(
        claim_id=claim_id,
        article_id=article_id,
        outlet=outlet,
        owner=owner,
        tier=tier,
        url=url,
        reported_at=reported_at,
        chain=chain,
        origin=origin,
        first_hand=origin in (owner, OFFICIAL),
        cites=tuple(cites),
        copy_of=copy_of,
        correction=correction,
        unsaid=tuple(unsaid),
    )


def traced(report: Report, known: Sequence[Announcement]) -> tuple[Report, str | None]:
    """The report with its origin found out from the reports that it links to or repeats, and the id of the announcement they are of."""
    for announcement in known:
        for earlier in announcement.reports:
            if earlier.owner != report.owner and (earlier.article_id == report.copy_of or earlier.url in report.cites):
                return _from(report, earlier), announcement.id
    return report, None


def _from(report: Report, earlier: Report) -> Report:
    """A report that goes back to an earlier one: whose word it is, unless it has a better one's or names another itself."""
    if report.origin == OFFICIAL or (earlier.article_id != report.copy_of and report.origin != report.owner):
        return report
    return replace(report, origin=earlier.origin, first_hand=earlier.origin == OFFICIAL)


def copied(copy: Report, original: Report) -> Report:
    """A report that turns out to repeat another, which was read after it."""
    return _from(replace(copy, copy_of=original.article_id), original)


def earliest(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The earliest first-hand reports seen by us, several where they came within five minutes; echoes count only where all are."""
    told = [report for report in reports if report.stance != "denies"]
    asserted = [report for report in told if report.first_hand] or told
    if not asserted:
        return ()
    start = min(report.reported_at for report in asserted)
    return tuple(sorted((one for one in asserted if one.reported_at - start <= TIE), key=lambda one: (one.reported_at, one.outlet)))


def _ends(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]
