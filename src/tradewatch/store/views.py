"""Views that read well in sqlite3 and Datasette; docs/database.md has a question for each. Brought up to date at every opening."""

from __future__ import annotations

from sqlite_utils import Database

VIEWS = {
    # Who first reported each announcement, and with which words: of a story that was rewritten, with those that it still says.
    "first_report": """
        SELECT announcement.id AS announcement, announcement.type, announcement.title, announcement.seasons, announcement.network,
          announcement.person, announcement.date, announcement.certainty, announcement.first_seen,
          report.outlet AS first_reported_by, report.reported_at, report.url, evidence.quote AS words, announcement.outlets,
          announcement.origins
        FROM announcement
        JOIN announcement_report AS report ON report.claim_id = (
          SELECT told.claim_id FROM announcement_report AS told JOIN claim AS made ON made.id = told.claim_id
          WHERE told.announcement = announcement.id AND told.stance <> 'denies'
          ORDER BY told.first_hand DESC, told.reported_at,
            made.last_revision < (SELECT max(revision) FROM article WHERE article.id = made.article_id), told.claim_id LIMIT 1)
        LEFT JOIN evidence ON evidence.claim_id = report.claim_id AND evidence.position = 0
          AND evidence.revision = (SELECT last_revision FROM claim WHERE claim.id = report.claim_id)
        WHERE announcement.merged_into IS NULL AND NOT announcement.withdrawn""",
    # Every report of every announcement, with the words, the article and whether both still stand.
    "report": """
        SELECT report.announcement, report.claim_id, report.outlet, report.owner, report.tier, report.origin, report.first_hand,
          report.stance, report.decision, report.reported_at, report.url, article.headline, evidence.quote AS words, claim.status,
          claim.confidence, claim.rule, claim.last_revision < article.revision AS claim_gone, article.withdrawn_at
        FROM announcement_report AS report
        JOIN claim ON claim.id = report.claim_id
        JOIN article ON article.id = claim.article_id
          AND article.revision = (SELECT max(revision) FROM article AS newest WHERE newest.id = claim.article_id)
        LEFT JOIN evidence ON evidence.claim_id = claim.id AND evidence.revision = claim.last_revision AND evidence.position = 0""",
    # From a claim down to the bytes it was read from.
    "provenance": """
        SELECT claim.id AS claim, evidence.field, evidence.start, evidence."end", evidence.quote, article.outlet, article.url,
          article.revision, article.published_at, article.fetched_at, article.snapshot, fetch.url AS fetched_url, fetch.status,
          snapshot.size AS bytes
        FROM claim
        JOIN evidence ON evidence.claim_id = claim.id
        JOIN article ON article.id = claim.article_id AND article.revision = evidence.revision
        JOIN snapshot ON snapshot.sha256 = article.snapshot
        LEFT JOIN fetch ON fetch.snapshot = article.snapshot""",
    # The verdict that stands on each claim or announcement: of every run of decisions and undos, the last not taken back.
    "standing_verdict": """
        SELECT verdict.* FROM verdict WHERE id = (
          SELECT decided.id FROM verdict AS decided
          WHERE decided.subject = verdict.subject AND decided.action <> 'undo'
            AND 0 = (SELECT coalesce(sum(iif(later.action = 'undo', 1, -1)), 0) FROM verdict AS later
                     WHERE later.subject = decided.subject AND later.id > decided.id)
          ORDER BY decided.id DESC LIMIT 1)""",
    # How each source has been doing.
    "source_health": """
        SELECT source, count(*) AS polls, sum(outcome IN ('ok', 'moved', 'empty')) AS answered,
          sum(outcome IN ('not_modified', 'unchanged')) AS unchanged, sum(new) AS articles, sum(claims) AS claims,
          max(started_at) AS last_poll,
          max(CASE WHEN new THEN started_at END) AS last_new
        FROM poll GROUP BY source""",
}


def create_views(db: Database) -> None:
    """Put the views as they are in this version in place of those that the file has."""
    known = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
    for name, select in VIEWS.items():
        sql = f"CREATE VIEW {name} AS{select}"
        if known.get(name) != sql:
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(sql)
