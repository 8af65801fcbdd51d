"""The values that travel down the pipeline. Frozen, UTC-aware, standard library only.

Source -> Snapshot -> Article(Document) -> Claim -> Match -> Decision -> Announcement; beside them PollRecord and Verdict.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

Field = Literal["headline", "dek", "body"]
FIELDS: tuple[Field, ...] = ("headline", "dek", "body")


class ClaimType(StrEnum):
    """What a trade article can announce, in order of importance."""

    RENEWAL = "renewal"
    CANCELLATION = "cancellation"
    FINAL_SEASON = "final_season"
    SERIES_ORDER = "series_order"
    PILOT_ORDER = "pilot_order"
    FILM_GREENLIGHT = "film_greenlight"
    DEVELOPMENT = "development"
    ROLE_ATTACHED = "role_attached"
    ROLE_EXIT = "role_exit"
    CASTING = "casting"
    CAST_EXIT = "cast_exit"
    PREMIERE_DATE = "premiere_date"
    NETWORK_MOVE = "network_move"
    ACQUISITION = "acquisition"
    TALENT_DEAL = "talent_deal"
    PASSED = "passed"
    EPISODE_ORDER = "episode_order"


class Status(StrEnum):
    """How firmly the article asserts a claim."""

    ANNOUNCED = "announced"
    REPORTED = "reported"
    IN_TALKS = "in_talks"
    RUMOURED = "rumoured"
    UNDECIDED = "undecided"
    DENIED = "denied"
    REVERSED = "reversed"


class Novelty(StrEnum):
    """Whether a claim is this article's news or its history."""

    NEW = "new"
    BACKGROUND = "background"


class Certainty(StrEnum):
    """How sure an announcement is, over all its reports; ordered from least to most."""

    RUMOURED = "rumoured"
    IN_TALKS = "in_talks"
    REPORTED = "reported"
    CONFIRMED = "confirmed"


class SourceKind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    PAGE = "page"
    SITEMAP = "sitemap"


class Tier(StrEnum):
    """What a source's word is worth, best first."""

    OFFICIAL = "official"
    TRADE = "trade"
    CONSUMER = "consumer"
    AGGREGATOR = "aggregator"
    RUMOUR = "rumour"


class WorkKind(StrEnum):
    """What a title names."""

    SERIES = "series"
    FILM = "film"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """CSS selectors that read a listing page; those but `item` are applied inside each item."""

    item: str
    link: str = "a[href]"
    headline: str | None = None
    summary: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed, listing page or sitemap to poll, as configured."""

    key: str
    name: str
    outlet: str
    kind: SourceKind
    url: str
    tier: Tier
    enabled: bool = True
    desks: tuple[str, ...] = ()
    language: str = "en"
    timezone: str = "UTC"
    full_text: bool = True
    """Fetch the article page when the entry does not carry the whole text."""
    min_interval: dt.timedelta = dt.timedelta(minutes=10)
    max_interval: dt.timedelta = dt.timedelta(hours=24)
    spacing: dt.timedelta = dt.timedelta(seconds=5)
    """Least time between two requests to this source's host."""
    robots: bool = True
    headers: tuple[tuple[str, str], ...] = ()
    user_agent: str | None = None
    cookie: str | None = None
    proxy: str | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One answered request: the bytes as they came (decoded from their transfer encoding) and where from."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """Lower-case names, in the order received."""
    body: bytes
    fetched_at: dt.datetime
    sha256: str
    """Of `body`, in hex."""
    elapsed: dt.timedelta = dt.timedelta()
    moved_to: str | None = None
    """Where permanent redirects (301, 308) from `url` led, when all redirects were permanent."""

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, listing page or sitemap, before its article is known."""

    url: str
    """Absolute; empty where the feed gave none."""
    guid: str | None = None
    headline: str = ""
    summary_html: str = ""
    content_html: str = ""
    byline: str | None = None
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a document's text with a meaning of its own.

    `italic` is typography kept from the HTML; `update` an update or correction banner; `item` a list item;
    `heading` a subheading; `blockquote` a quoted block.
    """

    kind: Literal["italic", "update", "item", "heading", "blockquote"]
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an extractor reads: the text of one article, without furniture. Paragraphs are parted by a blank line."""

    id: str
    headline: str = ""
    dek: str = ""
    body: str = ""
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    """The outlet's local day of publication; relative dates resolve against it."""
    marks: tuple[Mark, ...] = ()

    def text(self, name: Field) -> str:
        """The text of one field; offsets in evidence and marks count its code points."""
        return str(getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One revision of one story at one outlet."""

    id: str
    """A hash of the canonical URL: the same for feed, page and sitemap, and for every revision."""
    revision: int
    source: str
    document: Document
    byline: str | None = None
    published_at: dt.datetime | None = None
    fetched_at: dt.datetime
    snapshot: str
    """The sha256 of the stored bytes that this text was read from."""
    links: tuple[str, ...] = ()
    """Absolute URLs that the article's own text links to."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that prove a claim: `document.text(field)[start:end] == quote`."""

    field: Field
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One fact that an article announces. A slot that does not apply is None or empty."""

    type: ClaimType
    title: str | None
    title_id: str | None = None
    working_title: bool = False
    parent: str | None = None
    relation: str | None = None
    seasons: tuple[int, ...] = ()
    final: bool = False
    network: str | None = None
    from_network: str | None = None
    format: str | None = None
    stage: str | None = None
    episodes: int | None = None
    person: str | None = None
    role: str | None = None
    character: str | None = None
    tier: str | None = None
    date: str | None = None
    date_precision: str | None = None
    prior_date: str | None = None
    deal: str | None = None
    based_on: str | None = None
    territory: str | None = None
    licensor: str | None = None
    successor: str | None = None
    status: Status = Status.ANNOUNCED
    novelty: Novelty = Novelty.NEW
    attribution: tuple[str, ...] = ()
    """From the publisher to the origin."""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    rule: str = ""

    @property
    def live(self) -> bool:
        """Whether this is news that a digest may carry."""
        return self.novelty is Novelty.NEW and self.status not in (Status.UNDECIDED, Status.DENIED)

    def as_json(self) -> dict[str, Any]:
        """The claim as `tradewatch extract` prints it: every slot, in this order."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of a title, and when it held."""

    name: str
    kind: Literal["alias", "working", "formerly", "translation", "short"] = "alias"
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One known work."""

    id: str
    name: str
    kind: WorkKind
    year: int | None = None
    """Of the first release; None where it is not out yet or not known."""
    ended: int | None = None
    """The year of the last episode, where the work is known to be over."""
    country: str | None = None
    """ISO 3166 code of two letters."""
    network: str | None = None
    aliases: tuple[Alias, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
    """(authority, id) pairs, such as ("imdb", "tt7772588")."""


class MatchKind(StrEnum):
    """What the matcher says of a printed title."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The matcher's answer for one printed title."""

    kind: MatchKind
    title_id: str | None
    score: float
    reasons: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    """Title ids worth an editor's look, best first, without `title_id`."""
    same_name_as: str | None = None
    """The older work whose name a new work carries."""


class DecisionKind(StrEnum):
    """What one claim means beside the announcements already known."""

    NEW = "new"
    CORROBORATES = "corroborates"
    ECHOES = "echoes"
    UPDATES = "updates"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's word for one announcement."""

    claim_id: str
    article_id: str
    outlet: str
    owner: str
    """Who owns the outlet; outlets of one owner are one origin."""
    tier: Tier
    url: str
    reported_at: dt.datetime
    """When the outlet first published it, else when we first saw it."""
    chain: tuple[str, ...] = ()
    """Outlets from the publisher to the origin."""
    origin: str = ""
    """The owner, or `official`, to whom the report goes back."""
    first_hand: bool = True
    cites: tuple[str, ...] = ()
    """URLs that the article links to."""
    copy_of: str | None = None
    """The id of an earlier article that this one all but repeats."""
    correction: bool = False
    """Whether the article says that it corrects itself."""
    stance: Literal["asserts", "differs", "denies"] = "asserts"
    """What the report does to the announcement that it is kept with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One event, however many outlets told of it. `value` is the latest version; older ones are kept beside it."""

    id: str
    type: ClaimType
    work: str
    """The title id, or `new:` and the folded title where the work is in no catalog."""
    value: Claim
    certainty: Certainty
    version: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    reports: tuple[Report, ...] = ()
    rivals: tuple[Claim, ...] = ()
    """Other values that independent reports still stand by."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who told it, in order of telling; those that deny it are left out."""
        return tuple(dict.fromkeys(report.outlet for report in self.reports if report.stance != "denies"))

    @property
    def origins(self) -> tuple[str, ...]:
        """To whom the telling goes back: each counts once, however many outlets repeat it."""
        return tuple(dict.fromkeys(report.origin for report in self.reports if report.stance == "asserts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with one claim, and why."""

    kind: DecisionKind
    announcement_id: str | None
    """The announcement that the claim belongs to; for `unsure` the likeliest; None for a new one."""
    certainty: Certainty
    """Of the announcement, with this claim."""
    reasons: tuple[str, ...]
    report: Report
    """The report with its origin and stance found out."""
    changes: tuple[str, ...] = ()
    """The slots of the announcement's value that the claim says otherwise or more exactly, and is to be believed about."""
    links: tuple[tuple[str, str], ...] = ()
    """(`reverses` | `follows` | `accompanies`, announcement id): other events that this one bears on."""


class Outcome(StrEnum):
    """How one attempt to read a source ended."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    UNCHANGED = "unchanged"
    """Answered 200 with the bytes that we already have."""
    EMPTY = "empty"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    CHALLENGE = "challenge"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TLS = "tls"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    BAD_REDIRECT = "bad_redirect"
    ROBOTS = "robots"
    WRONG_TYPE = "wrong_type"
    UNREADABLE = "unreadable"

    @property
    def failed(self) -> bool:
        """Whether the source could not be read this time."""
        return self not in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls."""

    key: str
    next_check_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    last_ok_at: dt.datetime | None = None
    last_full_at: dt.datetime | None = None
    """When the source was last fetched unconditionally."""
    newest_entry_at: dt.datetime | None = None
    failures: int = 0
    """Failed polls in a row."""
    parked: str | None = None
    """Why the source is no longer polled, in words."""
    moved_to: str | None = None
    """Where permanent redirects led; asked instead of the configured URL until that no longer redirects there."""
    url: str | None = None
    """The URL that the validators came from; they mean nothing to another."""
    rhythm: dt.timedelta | None = None
    """The usual time between two of the source's entries."""
    asked: dt.timedelta | None = None
    """The least time between polls that the publisher last asked for."""
    last_304_at: dt.datetime | None = None
    false_304: bool = False
    """Whether the server was caught answering 304 while it had news; its validators are then no longer sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """One attempt to read one source; always written."""

    source: str
    started_at: dt.datetime
    outcome: Outcome
    reason: str
    """In words a person reads; empty when all went well."""
    status: int | None = None
    bytes: int = 0
    elapsed: dt.timedelta = dt.timedelta()
    entries: int = 0
    new: int = 0
    revised: int = 0
    claims: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    """(reason, count) of what was left out."""
    next_check_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An editor's decision on a claim or announcement. Append-only: undo is a new row."""

    subject: str
    action: Literal["accept", "reject", "undo", "edit", "merge", "split", "defer"]
    editor: str
    decided_at: dt.datetime
    reason: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    """(slot, corrected value) pairs of an edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network, streamer or studio by its canonical name."""

    name: str
    kind: Literal["broadcast", "cable", "streamer", "studio"]
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None
    nicknames: tuple[str, ...] = ()
    """Names that mean it only in trade talk and only in context, such as the Eye."""
    ambiguous: tuple[str, ...] = ()
    """Those of `name` and `aliases` that are also ordinary words, people or other companies, such as Max: they need context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publication, and who owns it."""

    name: str
    owner: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """As in `Network`: those of `name` and `aliases` that count only beside a cue, such as Time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The networks and outlets that the desk knows."""

    networks: tuple[Network, ...] = field(default=())
    outlets: tuple[Outlet, ...] = field(default=())
