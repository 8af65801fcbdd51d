"""The values that travel down the pipeline. Frozen, UTC-aware, standard library only.

Source -> Snapshot -> Article(Document) -> Claim -> Match -> Decision -> Announcement; beside them PollRecord and Verdict.
"""

from tradewatch.types.accounts import Role, User
from tradewatch.types.announcements import Announcement, Certainty, Decision, DecisionKind, Report
from tradewatch.types.articles import Article, Document, Entry, Mark
from tradewatch.types.claims import FIELDS, Claim, ClaimType, Evidence, Field, Novelty, Status, Verdict
from tradewatch.types.names import Names, Network, Outlet
from tradewatch.types.sources import Listing, Outcome, PollRecord, Snapshot, Source, SourceKind, SourceState, Tier
from tradewatch.types.titles import ALIAS_KINDS, Alias, AliasKind, Match, MatchKind, Title, WorkKind

__all__ = [
    "ALIAS_KINDS",
    "FIELDS",
    "Alias",
    "AliasKind",
    "Announcement",
    "Article",
    "Certainty",
    "Claim",
    "ClaimType",
    "Decision",
    "DecisionKind",
    "Document",
    "Entry",
    "Evidence",
    "Field",
    "Listing",
    "Mark",
    "Match",
    "MatchKind",
    "Names",
    "Network",
    "Novelty",
    "Outcome",
    "Outlet",
    "PollRecord",
    "Report",
    "Role",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceState",
    "Status",
    "Tier",
    "Title",
    "User",
    "Verdict",
    "WorkKind",
]
