"""`tradewatch claims`: reading what was extracted, and deciding about it."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Literal

import click

from tradewatch.cli.work import Work, clock, folder_option, json_option, opened
from tradewatch.store.claims import StoredClaim
from tradewatch.triage import REASONS
from tradewatch.types import ClaimType, Verdict
from tradewatch.wording import sentence

type_option = click.option("--type", "type_", type=click.Choice([kind.value for kind in ClaimType]), help="Only claims of this type.")
limit_option = click.option("--limit", default=50, show_default=True, help="At most so many.")
editor_option = click.option("--editor", default=getpass.getuser, help="Who decides; your login name if not given.")


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
@editor_option
@click.argument("identities", metavar="CLAIM...", nargs=-1, required=True)
def accept(folder: Path, editor: str, identities: tuple[str, ...]) -> None:
    """Decide that claims are true."""
    _decide(folder, identities, "accept", editor, None)


@claims.command()
@folder_option
@editor_option
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why.")
@click.argument("identities", metavar="CLAIM...", nargs=-1, required=True)
def reject(folder: Path, editor: str, reason: str, identities: tuple[str, ...]) -> None:
    """Decide that claims are wrong."""
    _decide(folder, identities, "reject", editor, reason)


@claims.command()
@folder_option
@editor_option
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
