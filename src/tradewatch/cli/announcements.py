"""`tradewatch announcements`: each event with everyone who reported it, and what editors do to whole announcements."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from tradewatch.cli.claims import editor_option, limit_option, type_option
from tradewatch.cli.work import Work, clock, folder_option, json_option, opened, said_plainly
from tradewatch.types import Announcement, ClaimType, Report
from tradewatch.wording import predicate, sentence

reason_option = click.option("--reason", help="Why; kept in the log.")


@click.group()
def announcements() -> None:
    """Read announcements with everyone who reported them; merge, split and settle them."""


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
    click.echo(
        f"  {report.reported_at:%Y-%m-%d %H:%M} UTC  {report.outlet}{origin} {report.stance}{gone}  claim {report.claim_id}  {report.url}"
    )
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


@announcements.command()
@folder_option
@json_option
@limit_option
def doubts(folder: Path, as_json: bool, limit: int) -> None:
    """Claims that could not be placed and wait for an editor, the longest waiting first."""
    with opened(folder) as work:
        for doubt in work.store.announcements.doubts(limit):
            claim, likeliest = doubt.report.claim_id, f"  likeliest {doubt.likeliest}" if doubt.likeliest else ""
            row = {"claim": claim, "told": sentence(doubt.claim), "likeliest": doubt.likeliest, "reasons": doubt.reasons}
            words = f"{claim}  {sentence(doubt.claim)}  [{doubt.report.outlet}: {'; '.join(doubt.reasons)}]{likeliest}"
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else words)


@announcements.command()
@folder_option
@editor_option
@reason_option
@click.argument("claim")
@click.argument("announcement", required=False)
def settle(folder: Path, editor: str, reason: str | None, claim: str, announcement: str | None) -> None:
    """Place a doubtful CLAIM in ANNOUNCEMENT, or in a new one of its own."""
    with opened(folder) as work:
        _told_how_to_undo(lambda: work.store.announcement_edits.settle(claim, announcement, editor, clock(), reason))


@announcements.command()
@folder_option
@editor_option
@reason_option
@click.argument("kept")
@click.argument("gone")
def merge(folder: Path, editor: str, reason: str | None, kept: str, gone: str) -> None:
    """Hold the announcements KEPT and GONE for one event."""
    with opened(folder) as work:
        _told_how_to_undo(lambda: work.store.announcement_edits.merge(kept, gone, editor, clock(), reason))


@announcements.command()
@folder_option
@editor_option
@reason_option
@click.argument("announcement")
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
def split(folder: Path, editor: str, reason: str | None, announcement: str, claims: tuple[str, ...]) -> None:
    """Hold some CLAIMs of ANNOUNCEMENT for an event of their own."""
    with opened(folder) as work:
        _told_how_to_undo(lambda: work.store.announcement_edits.split(announcement, claims, editor, clock(), reason))


@announcements.command()
@folder_option
@json_option
@limit_option
def edits(folder: Path, as_json: bool, limit: int) -> None:
    """What editors did to announcements, the newest first."""
    with opened(folder) as work:
        for edit in work.store.announcement_edits.log(limit):
            row = {
                "edit": edit.id,
                "action": edit.action,
                **edit.detail,
                "editor": edit.editor,
                "reason": edit.reason,
                "undone": bool(edit.undone_at),
            }
            undone = " (undone)" if edit.undone_at else ""
            words = f"{edit.id}  {edit.at:%Y-%m-%d %H:%M}  {edit.action}{undone} by {edit.editor}  {json.dumps(dict(edit.detail))}"
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else words)


@announcements.command()
@folder_option
@editor_option
@click.argument("edit", type=int)
def undo(folder: Path, editor: str, edit: int) -> None:
    """Take EDIT back, by its number; it stays in the log."""
    with opened(folder) as work, said_plainly():
        work.store.announcement_edits.undo(edit, editor, clock())
    click.echo(f"edit {edit} undone")


def _told_how_to_undo(edit: Callable[[], int]) -> None:
    with said_plainly():
        number = edit()
    click.echo(f"done; `tradewatch announcements undo {number}` takes it back")
