"""The values that travel down the pipeline. Frozen, UTC-aware, standard library only.

Source -> Snapshot -> Article(Document) -> Claim -> Match -> Decision -> Announcement; beside them PollRecord, Verdict and Issue.
"""

from tradewatch.types.accounts import Role, User
from tradewatch.types.announcements import Announcement, Certainty, Decision, DecisionKind, Report
from tradewatch.types.articles import Article, Document, Entry, Mark
from tradewatch.types.claims import FIELDS, Claim, ClaimType, Evidence, Field, Novelty, Status, Verdict
from tradewatch.types.digests import (
    Change,
    Delivery,
    DeliveryState,
    Digest,
    Dispatch,
    FolderDelivery,
    Grouping,
    HookDelivery,
    Issue,
    MailDelivery,
    PushDelivery,
    Review,
    Row,
    Schedule,
    Selection,
    Told,
)
from tradewatch.types.exports import STANDINGS, Excerpt, Standing
from tradewatch.types.names import Names, Network, Outlet
from tradewatch.types.sources import Listing, Outcome, PollRecord, Snapshot, Source, SourceKind, SourceState, Tier
from tradewatch.types.titles import ALIAS_KINDS, Alias, AliasKind, Match, MatchKind, Title, WorkKind

__all__ = [
    "ALIAS_KINDS",
    "FIELDS",
    "STANDINGS",
    "Alias",
    "AliasKind",
    "Announcement",
    "Article",
    "Certainty",
    "Change",
    "Claim",
    "ClaimType",
    "Decision",
    "DecisionKind",
    "Delivery",
    "DeliveryState",
    "Digest",
    "Dispatch",
    "Document",
    "Entry",
    "Evidence",
    "Excerpt",
    "Field",
    "FolderDelivery",
    "Grouping",
    "HookDelivery",
    "Issue",
    "Listing",
    "MailDelivery",
    "Mark",
    "Match",
    "MatchKind",
    "Names",
    "Network",
    "Novelty",
    "Outcome",
    "Outlet",
    "PollRecord",
    "PushDelivery",
    "Report",
    "Review",
    "Role",
    "Row",
    "Schedule",
    "Selection",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceState",
    "Standing",
    "Status",
    "Tier",
    "Title",
    "Told",
    "User",
    "Verdict",
    "WorkKind",
]
