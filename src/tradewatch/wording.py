"""Claims in plain English, as an editor would say them."""

from __future__ import annotations

from tradewatch.types import Claim, ClaimType, Status

ROLES = {
    "showrunner": "showrunner",
    "creator": "creator",
    "writer": "writer",
    "director": "director",
    "executive_producer": "executive producer",
    "producer": "producer",
    "composer": "composer",
    "host": "host",
}

HEDGES = {
    Status.REPORTED: "reportedly",
    Status.IN_TALKS: "in talks:",
    Status.RUMOURED: "rumoured:",
    Status.UNDECIDED: "undecided:",
    Status.DENIED: "denied:",
}


def sentence(claim: Claim) -> str:
    """One line that says what is claimed, such as `The Long Haul: renewed for season 4 (Peacock)`."""
    subject = claim.title or claim.person or "?"
    hedge = HEDGES.get(claim.status)
    return f"{subject}: {hedge + ' ' if hedge else ''}{predicate(claim)}"


def predicate(claim: Claim) -> str:
    """What happens to the title, without its name and without how sure it is."""
    words = _WORDS[claim.type](claim)
    network = f" ({claim.network})" if claim.network and claim.network not in words else ""
    return words + network


def season_words(seasons: tuple[int, ...]) -> str:
    """`season 4`, `seasons 4 and 5`; empty where no season is known."""
    if not seasons:
        return ""
    numbers = [str(number) for number in seasons]
    listed = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"season{'s' if len(numbers) > 1 else ''} {listed}"


def _renewal(claim: Claim) -> str:
    seasons = season_words(claim.seasons) or "another season"
    return f"renewed for {seasons}{', its last' if claim.final else ''}{_episodes(claim)}"


def _cancellation(claim: Claim) -> str:
    return f"cancelled{' after ' + season_words(claim.seasons) if claim.seasons else ''}"


def _final_season(claim: Claim) -> str:
    return f"to end with {season_words(claim.seasons) or 'its coming season'}"


def _series_order(claim: Claim) -> str:
    return f"{claim.format or 'series'} ordered{_origin(claim)}{_working(claim)}{_episodes(claim)}"


def _pilot_order(claim: Claim) -> str:
    return f"{claim.stage or 'pilot'} ordered{_origin(claim)}"


def _film(claim: Claim) -> str:
    return f"film greenlit{_origin(claim)}"


def _development(claim: Claim) -> str:
    return f"in development{_origin(claim)}{_working(claim)}"


def _role_attached(claim: Claim) -> str:
    return f"{claim.person} attached as {ROLES.get(claim.role or '', claim.role)}"


def _role_exit(claim: Claim) -> str:
    successor = f", {claim.successor} takes over" if claim.successor else ""
    return f"{claim.person} leaves as {ROLES.get(claim.role or '', claim.role)}{successor}"


def _casting(claim: Claim) -> str:
    part = f" as {claim.character}" if claim.character else ""
    return f"{claim.person} cast{part}{f' ({claim.tier})' if claim.tier else ''}"


def _cast_exit(claim: Claim) -> str:
    return f"{claim.person} leaves the cast"


def _premiere(claim: Claim) -> str:
    seasons = f"{season_words(claim.seasons)} " if claim.seasons else ""
    moved = f", moved from {claim.prior_date}" if claim.prior_date else ""
    return f"{seasons}dated {claim.date or 'without a date yet'}{moved}"


def _network_move(claim: Claim) -> str:
    origin = f" from {claim.from_network}" if claim.from_network else ""
    return f"moves{origin} to {claim.network}{' for ' + season_words(claim.seasons) if claim.seasons else ''}"


def _acquisition(claim: Claim) -> str:
    where = f" for {claim.territory}" if claim.territory else ""
    return f"acquired by {claim.network or '?'}{where}"


def _talent_deal(claim: Claim) -> str:
    return f"{claim.deal or 'talent'} deal with {claim.network or '?'}"


def _passed(claim: Claim) -> str:
    return f"{claim.stage or 'project'} not going forward"


def _episode_order(claim: Claim) -> str:
    return f"episode order set to {claim.episodes}"


def _origin(claim: Claim) -> str:
    if claim.parent:
        return f", {claim.relation or 'spin-off'} of {claim.parent}"
    return f", from {claim.based_on}" if claim.based_on else ""


def _working(claim: Claim) -> str:
    return ", working title" if claim.working_title else ""


def _episodes(claim: Claim) -> str:
    return f", {claim.episodes} episodes" if claim.episodes else ""


_WORDS = {
    ClaimType.RENEWAL: _renewal,
    ClaimType.CANCELLATION: _cancellation,
    ClaimType.FINAL_SEASON: _final_season,
    ClaimType.SERIES_ORDER: _series_order,
    ClaimType.PILOT_ORDER: _pilot_order,
    ClaimType.FILM_GREENLIGHT: _film,
    ClaimType.DEVELOPMENT: _development,
    ClaimType.ROLE_ATTACHED: _role_attached,
    ClaimType.ROLE_EXIT: _role_exit,
    ClaimType.CASTING: _casting,
    ClaimType.CAST_EXIT: _cast_exit,
    ClaimType.PREMIERE_DATE: _premiere,
    ClaimType.NETWORK_MOVE: _network_move,
    ClaimType.ACQUISITION: _acquisition,
    ClaimType.TALENT_DEAL: _talent_deal,
    ClaimType.PASSED: _passed,
    ClaimType.EPISODE_ORDER: _episode_order,
}
