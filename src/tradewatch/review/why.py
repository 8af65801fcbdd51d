"""Why a claim has its slots; what an editor makes of it as a labelled case; how the extractor does on those."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from tradewatch.evaluate import Score, evaluate
from tradewatch.extract import Catalog, GrammarExtractor
from tradewatch.extract.explain import explain
from tradewatch.review.desk import Desk, Editor, Reader, TheDesk
from tradewatch.review.highlight import passages
from tradewatch.review.pages import page
from tradewatch.review.words import slot as worded
from tradewatch.store.claims import StoredClaim
from tradewatch.text import fold
from tradewatch.triage import SLOTS, corrected
from tradewatch.triage.cases import case_of, labelled
from tradewatch.types import Claim, Document

router = APIRouter(include_in_schema=False)

MOST_REPLAYED = 300
"""Cases that the page of cases reads anew."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a claim, and where its value stands in print."""

    name: str
    value: str
    where: str


def places(claim: Claim, document: Document) -> list[Slot]:
    """Where the value of each slot stands: in the quoted words, in their paragraph, elsewhere in the article, or nowhere. Pure."""
    quoted = fold(" ".join(proof.quote for proof in claim.evidence))
    paragraph = fold(" ".join(piece.text for passage in passages(document, claim.evidence) for piece in passage.pieces))
    article = fold(f"{document.headline}\n{document.dek}\n{document.body}")
    found = []
    for name in (*SLOTS[claim.type], "status"):
        value = getattr(claim, name)
        if value in (None, (), False):
            continue
        words = f" {fold(worded(value))} "
        texts = (("in the quoted words", quoted), ("in their paragraph", paragraph), ("elsewhere in the article", article))
        place = next((where for where, text in texts if words in f" {text} "), "not printed so: worked out, or a name of the desk's")
        found.append(Slot(name, worded(value), "by the words around it" if name == "status" else place))
    return found


def _read(desk: Desk) -> tuple[GrammarExtractor, Catalog]:
    return GrammarExtractor(), Catalog(desk.names, desk.store.titles.talked_of())


@router.get("/why/{claim}")
async def why(request: Request, desk: TheDesk, user: Reader, claim: str) -> Response:
    """A claim, slot by slot; and the reading of its article anew, sentence by sentence."""
    stored = desk.store.claims.get(claim)
    article = desk.store.articles.at(stored.article_id, stored.last_revision) if stored else None
    if stored is None or article is None:
        raise HTTPException(404, "There is no claim of this id.")
    told = io.StringIO()
    explain(article.document, *_read(desk), told)
    values: dict[str, Any] = {
        "stored": stored,
        "article": article,
        "slots": places(stored.claim, article.document),
        "proof": passages(article.document, stored.claim.evidence),
        "explained": told.getvalue(),
        "announcement": desk.store.announcements.of_claim(claim),
        "case": labels(desk, stored.article_id, stored.last_revision),
    }
    return page(request, "why.html", **values)


def labels(desk: Desk, article_id: str, revision: int) -> list[Claim]:
    """The claims that an article makes, by what editors decided on their announcements."""
    claims = [one for one in desk.store.claims.of_article(article_id) if one.last_revision == revision]
    return [label for one in claims if (label := _label(desk, one)) is not None]


def _label(desk: Desk, stored: StoredClaim) -> Claim | None:
    announcement = desk.store.announcements.of_claim(stored.id)
    verdict = desk.store.verdicts.standing(stored.id) or (desk.store.verdicts.standing(announcement.id) if announcement else None)
    if verdict is None:
        return labelled(stored.claim, None, None)
    return labelled(stored.claim, verdict.action, corrected(stored.claim, verdict.changes))


@router.post("/case")
async def save_case(desk: TheDesk, user: Editor, claim: Annotated[str, Form(max_length=80)]) -> Response:
    """Keep the article of a claim as a labelled case, as editors decided on its claims."""
    stored = desk.store.claims.get(claim)
    article = desk.store.articles.at(stored.article_id, stored.last_revision) if stored else None
    if stored is None or article is None:
        raise HTTPException(404, "There is no claim of this id.")
    line = json.dumps(case_of(article.document, labels(desk, article.id, article.revision)), ensure_ascii=False)
    desk.store.cases.save(article.id, line, user.name, desk.now())
    return RedirectResponse("/cases", status_code=303)


@router.get("/cases")
async def cases(request: Request, desk: TheDesk, user: Reader) -> Response:
    """The labelled cases, with what the extractor of today says of each."""
    rows = [json.loads(line) for line in desk.store.cases.lines()][:MOST_REPLAYED]
    return page(request, "cases.html", rows=rows, score=replayed(desk, rows), count=desk.store.cases.count())


def replayed(desk: Desk, rows: list[dict[str, Any]]) -> Score:
    """How the extractor of today does on labelled cases."""
    extractor, catalog = _read(desk)
    return evaluate((row["id"], row["claims"], [one.as_json() for one in extractor.extract(_document(row), catalog)]) for row in rows)


def _document(row: dict[str, Any]) -> Document:
    headline, dek, body = (row[name] or "" for name in ("headline", "dek", "body"))
    published = dt.date.fromisoformat(row["published"]) if row["published"] else None
    return Document(id=row["id"], outlet=row["outlet"], url=row["url"], published=published, headline=headline, dek=dek, body=body)


@router.get("/cases.jsonl")
async def cases_file(desk: TheDesk, user: Reader) -> Response:
    """The labelled cases as `tradewatch evaluate` reads them."""
    text = "".join(f"{line}\n" for line in desk.store.cases.lines())
    return Response(
        text, media_type="application/jsonl; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="cases.jsonl"'}
    )
