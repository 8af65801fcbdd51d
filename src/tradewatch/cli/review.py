"""`tradewatch claims` and `announcements`: reading what was found, and deciding about it."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import click

from tradewatch.cli.work import Work, clock, folder_option, json_option, opened
from tradewatch.store.claims import StoredClaim
from tradewatch.types import Announcement, ClaimType, Report, Verdict
from tradewatch.wording import predicate, sentence

REASONS = ("wrong title", "not news", "misread", "not in the evidence", "duplicate", "other")
"""Why a claim is rejected: a fixed vocabulary, so that reasons can be counted."""

type_option = click.option("--type", "type_", type=click.Choice([kind.value for kind in ClaimType]), help="Only claims of this type.")
limit_option = click.option("--limit", default=50, show_default=True, help="At most so many.")


@click.group()
def claims() -> None:
    """Read claims and give verdicts on them."""


@claims.command("list")
@folder_option
@json_option
@type_option
@click.option("--title", help="Only claims about this title, as printed.")
@limit_option
def list_claims(folder: Path, as_json: bool, type_: str | None, title: str | None, limit: int) -> None:
    """The newest claims, one a line."""
    with opened(folder) as work:
        for stored in work.store.claims.find(type=type_, title=title, limit=limit):
            verdict = work.store.verdicts.standing(stored.id)
            if as_json:
                click.echo(json.dumps(claim_row(stored, verdict), ensure_ascii=False))
            else:
                click.echo(f"{stored.id}  {stored.claim.confidence:.2f}  {_state(stored, verdict):10} {sentence(stored.claim)}")


@claims.command("show")
@folder_option
@json_option
@click.argument("identity", metavar="CLAIM")
def show_claim(folder: Path, as_json: bool, identity: str) -> None:
    """A claim with its words, its article, its verdicts, and the way down to the stored bytes."""
    with opened(folder) as work:
        stored = _claim(work, identity)
        if as_json:
            click.echo(json.dumps(claim_row(stored, work.store.verdicts.standing(identity)), ensure_ascii=False))
            return
        _show(work, stored)


@claims.command()
@folder_option
@click.option("--editor", default=getpass.getuser, help="Who decides; your login name if not given.")
@click.argument("identities", metavar="CLAIM...", nargs=-1, required=True)
def accept(folder: Path, editor: str, identities: tuple[str, ...]) -> None:
    """Decide that claims are true."""
    _decide(folder, identities, "accept", editor, None)


@claims.command()
@folder_option
@click.option("--editor", default=getpass.getuser, help="Who decides; your login name if not given.")
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why.")
@click.argument("identities", metavar="CLAIM...", nargs=-1, required=True)
def reject(folder: Path, editor: str, reason: str, identities: tuple[str, ...]) -> None:
    """Decide that claims are wrong."""
    _decide(folder, identities, "reject", editor, reason)


@claims.command()
@folder_option
@click.option("--editor", default=getpass.getuser, help="Who decides; your login name if not given.")
@click.argument("identities", metavar="CLAIM...", nargs=-1, required=True)
def undo(folder: Path, editor: str, identities: tuple[str, ...]) -> None:
    """Take the last decision on claims back; both stay on record."""
    _decide(folder, identities, "undo", editor, None)


def _decide(
    folder: Path, identities: tuple[str, ...], action: Literal["accept", "reject", "undo"], editor: str, reason: str | None
) -> None:
    with opened(folder) as work, work.store.transaction():
        for identity in identities:
            stored = _claim(work, identity)
            work.store.verdicts.add(Verdict(subject=identity, action=action, editor=editor, decided_at=clock(), reason=reason))
            standing = work.store.verdicts.standing(identity)
            click.echo(f"{identity}  {standing.action if standing else 'undecided':10} {sentence(stored.claim)}")


def _claim(work: Work, identity: str) -> StoredClaim:
    stored = work.store.claims.get(identity)
    if stored is None:
        raise click.BadParameter(f"there is no claim {identity!r}; `tradewatch claims list` shows them", param_hint="CLAIM")
    return stored


def _state(stored: StoredClaim, verdict: Verdict | None) -> str:
    """`accepted`, `rejected`, else what the claim itself says of its standing."""
    if verdict:
        return f"{verdict.action}ed"
    if stored.gone:
        return "gone"
    return stored.claim.status if stored.claim.live else stored.claim.novelty


def claim_row(stored: StoredClaim, verdict: Verdict | None) -> dict[str, object]:
    """A stored claim as JSON values."""
    about = {"id": stored.id, "article": stored.article_id, "revision": stored.last_revision, "gone": stored.gone}
    return about | {"verdict": verdict.action if verdict else None, "match": stored.match_kind} | stored.claim.as_json()


def _show(work: Work, stored: StoredClaim) -> None:
    claim = stored.claim
    click.echo(f"{sentence(claim)}\n  {claim.type}, {claim.status}, {claim.novelty}, confidence {claim.confidence:.2f}, rule {claim.rule}")
    click.echo(f"  title: {stored.match_kind or 'none'} {claim.title_id or ''} {stored.match_reasons or ''}".rstrip())
    article = next(one for one in work.store.articles.revisions(stored.article_id) if one.revision == stored.last_revision)
    for proof in claim.evidence:
        click.echo(f"  {proof.field} {proof.start}-{proof.end}: “{proof.quote}”")
    click.echo(f"  {' ← '.join(claim.attribution) or article.document.outlet}: {article.document.headline}")
    click.echo(f"  {article.document.url}  revision {article.revision}{', no longer said' if stored.gone else ''}")
    click.echo(f"  read {article.fetched_at:%Y-%m-%d %H:%M:%S} UTC from bytes {article.snapshot}")
    for verdict in work.store.verdicts.history(stored.id):
        click.echo(f"  {verdict.decided_at:%Y-%m-%d %H:%M} {verdict.action} by {verdict.editor} {verdict.reason or ''}".rstrip())


@click.group()
def announcements() -> None:
    """Read announcements with everyone who reported them."""


@announcements.command("list")
@folder_option
@json_option
@type_option
@click.option("--work", "work_id", metavar="TITLE_ID", help="Only those about this title.")
@limit_option
def list_announcements(folder: Path, as_json: bool, type_: str | None, work_id: str | None, limit: int) -> None:
    """Announcements, the last told first."""
    with opened(folder) as work:
        for one in work.store.announcements.find(work=work_id, type=ClaimType(type_) if type_ else None, limit=limit):
            if as_json:
                click.echo(json.dumps(announcement_row(one), ensure_ascii=False))
            else:
                click.echo(f"{one.id}  {one.certainty:9}  {one.value.title or one.value.person}: {predicate(one.value)}  [{_told(one)}]")


@announcements.command("show")
@folder_option
@json_option
@click.argument("identity", metavar="ANNOUNCEMENT")
def show_announcement(folder: Path, as_json: bool, identity: str) -> None:
    """An announcement with every version of it and every report, in order of time."""
    with opened(folder) as work:
        one = work.store.announcements.get(identity)
        if one is None:
            raise click.BadParameter(f"there is no announcement {identity!r}", param_hint="ANNOUNCEMENT")
        if as_json:
            click.echo(json.dumps(announcement_row(one), ensure_ascii=False))
            return
        click.echo(f"{one.value.title or one.value.person}: {predicate(one.value)}\n  {one.certainty}; {_told(one)}")
        for version in work.store.announcements.versions(one.id):
            click.echo(f"  version {version.version}: {predicate(version.value)} ({version.because}: {'; '.join(version.reasons)})")
        for report in one.reports:
            _show_report(work, report)


def _show_report(work: Work, report: Report) -> None:
    stored = work.store.claims.get(report.claim_id)
    origin = "" if report.first_hand else f", from {report.origin}"
    gone = ", no longer said" if stored is None or stored.gone else ""
    click.echo(f"  {report.reported_at:%Y-%m-%d %H:%M} UTC  {report.outlet}{origin} {report.stance}{gone}  {report.url}")
    for proof in stored.claim.evidence[:1] if stored else ():
        click.echo(f"    “{proof.quote}”")


def _told(one: Announcement) -> str:
    outlets, origins = len(one.outlets), len(one.origins)
    return f"{outlets} outlet{'s' * (outlets != 1)}, {origins} origin{'s' * (origins != 1)}"


def announcement_row(one: Announcement) -> dict[str, object]:
    """An announcement as JSON values."""
    times = {"first_seen": one.first_seen.isoformat(), "last_seen": one.last_seen.isoformat()}
    reports = [asdict(report) | {"reported_at": report.reported_at.isoformat()} for report in one.reports]
    return asdict(one) | times | {"reports": reports, "outlets": one.outlets, "origins": one.origins}
