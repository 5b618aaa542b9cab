"""Is it alive, can it answer, what does it do: for those who run the server."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, ConfigDict, Field

from api.http.answering import budget_of, problems_of
from api.http.errors import NotReady, Overloaded
from api.http.state import state_of
from graph.errors import StoreError

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """``status`` is "ok", or there is no such answer."""

    model_config = ConfigDict(extra="forbid")

    status: str = Field(examples=["ok"])


@router.get("/healthz", response_model=Health, summary="The process runs")
async def healthz() -> Health:
    return Health(status="ok")


@router.get(
    "/readyz",
    response_model=Health,
    responses=problems_of(NotReady, Overloaded, StoreError),
    summary="The store answers, and is ready for every question",
)
def readyz(request: Request) -> Health:
    if state_of(request).warming.under_way:
        raise NotReady("the store is being made ready for questions")
    with state_of(request).pool.lease(budget_of(request).patience) as store:
        store.readings("")
    return Health(status="ok")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {CONTENT_TYPE_LATEST.partition(";")[0]: {"schema": {"type": "string"}}}}},
    summary="Numbers for Prometheus: requests, latencies by route, partial answers, how much was read",
)
def metrics(request: Request) -> Response:
    return Response(state_of(request).metrics.text(), media_type=CONTENT_TYPE_LATEST)
