"""Search, and citations as people write them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.answering import answer, budget_of, documented
from api.http.errors import BodyTooLarge, WrongMediaType
from api.http.params import LONGEST_TEXT, Limit
from api.http.settings import PREFIX
from api.resolving import Resolutions, resolve_all
from api.searching import Found, searched
from graph.vocabulary import Label

MOST_CITATIONS = 500
LONGEST_CITATION = 500
router = APIRouter(prefix=PREFIX, tags=["search"])


class Citations(BaseModel):
    """Citations as people write them; ``place`` narrows all of them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    citations: list[Annotated[str, Field(max_length=LONGEST_CITATION)]] = Field(
        max_length=MOST_CITATIONS, examples=[["Kế hoạch 21-KH/TU", "57-NQ/TW ngày 22/12/2024"]]
    )
    place: str | None = Field(None, max_length=100, examples=["Ninh Bình"])


@router.get("/search", **documented(Found), summary="Anything by its words, accents optional, best first")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=LONGEST_TEXT, description="Words or a number.", examples=["21 kh/tu"])],
    kind: Annotated[
        list[Label] | None, Query(max_length=5, description="Only these kinds (repeatable).", examples=[["Task"]])
    ] = None,
    limit: Limit = 20,
) -> Response:
    return answer(
        request,
        lambda store: searched(store, q, kinds=kind or None, limit=limit, seconds=budget_of(request).early),
    )


@router.post(
    "/resolve",
    **documented(Resolutions, BodyTooLarge, WrongMediaType, dated=False),
    summary="Up to 500 citations: the directive each means, or the candidates, or none, with the reason",
)
def resolve(request: Request, wanted: Annotated[Citations, Body()]) -> Response:
    budget = budget_of(request)
    return answer(
        request,
        lambda store: resolve_all(store, wanted.citations, place=wanted.place, out_of_time=budget.over),
    )
