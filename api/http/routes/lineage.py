"""Lineage: around one thing, all that rests on it, all it rests on, and the way between two things."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.grouping import GroupBy, GroupedImpact, grouped_impact
from api.http.answering import answer, budget_of, documented
from api.http.params import (
    LONGEST_ID,
    AsOf,
    Cited,
    Depth,
    Limit,
    Place,
    Skip,
    TaskId,
    ThingId,
    Types,
    segment_of,
    today_or,
)
from api.http.settings import PREFIX
from api.resolving import find
from graph.errors import AmbiguousNumber, UnknownId
from graph.lineage import Lineage, trace
from graph.neighbourhood import Around, Neighbourhood, neighbourhood
from graph.paths import Path, path_between
from graph.store.base import Store

router = APIRouter(prefix=PREFIX, tags=["lineage"])
_End = Annotated[
    str,
    Query(min_length=1, max_length=LONGEST_ID, description="Id of anything, or number of a directive."),
]


@router.get(
    "/lineage/{id}",
    **documented(Neighbourhood, UnknownId, AmbiguousNumber),
    summary="Nodes and edges around one thing, and how many more hang on each",
)
def lineage(
    request: Request,
    thing: ThingId,
    direction: Annotated[
        Around, Query(description="Down: what rests on it; up: what it rests on.", examples=["both"])
    ] = Around.BOTH,
    depth: Annotated[int, Query(ge=0, le=10, description="So many edges away.", examples=[1])] = 1,
    types: Types = None,
    place: Place = None,
    as_of: AsOf = None,
    limit: Annotated[
        int, Query(ge=0, le=2000, description="At most so many nodes beside the start.", examples=[300])
    ] = 300,
) -> Response:
    day, budget = today_or(as_of), budget_of(request)

    def ask(store: Store) -> Neighbourhood:
        start = find(store, segment_of(thing), place=place)
        return neighbourhood(
            store,
            start.id,
            around=direction,
            depth=depth,
            types=types,
            as_of=day,
            limit=limit,
            seconds=budget.early,
        )

    return answer(request, ask, as_of=day)


@router.get(
    "/impact/{id}",
    **documented(GroupedImpact, UnknownId, AmbiguousNumber),
    summary="Everything that rests on a directive or a task, in groups, each item with its path as proof",
)
def impact(
    request: Request,
    thing: ThingId,
    group_by: Annotated[
        GroupBy, Query(description="What the totals are grouped by.", examples=["level"])
    ] = GroupBy.LABEL,
    depth: Depth = None,
    cited: Cited = False,
    place: Place = None,
    as_of: AsOf = None,
    skip: Skip = 0,
    limit: Limit = 50,
) -> Response:
    day = today_or(as_of)

    def ask(store: Store) -> GroupedImpact:
        start = find(store, segment_of(thing), place=place)
        return grouped_impact(
            store,
            start.id,
            by=group_by,
            as_of=day,
            depth=depth,
            cited=cited,
            skip=skip,
            limit=limit,
            seconds=budget_of(request).early,
        )

    return answer(request, ask, as_of=day)


@router.get(
    "/tasks/{id}/trace",
    **documented(Lineage, UnknownId, AmbiguousNumber),
    summary="Why a task exists: all it rests on, up to the top, each step with its quoted sentence",
)
def task_trace(
    request: Request,
    task: TaskId,
    depth: Depth = None,
    cited: Cited = False,
    as_of: AsOf = None,
    limit: Limit = 200,
) -> Response:
    day = today_or(as_of)

    def ask(store: Store) -> Lineage:
        start = find(store, segment_of(task))
        left = budget_of(request).early
        return trace(store, start.id, as_of=day, depth=depth, include_cited=cited, limit=limit, seconds=left)

    return answer(request, ask, as_of=day)


@router.get(
    "/path",
    **documented(Path, UnknownId, AmbiguousNumber),
    summary="The shortest way between two things: one rests on the other, or both on a third",
)
def path(
    request: Request,
    start: Annotated[_End, Query(alias="from", examples=["57-NQ/TW"])],
    end: Annotated[_End, Query(alias="to", examples=["98/KH-UBND"])],
    depth: Annotated[int, Query(ge=1, le=30, description="At most so many edges.", examples=[12])] = 12,
    as_of: AsOf = None,
) -> Response:
    day, budget = today_or(as_of), budget_of(request)

    def ask(store: Store) -> Path:
        first, last = find(store, start), find(store, end)
        return path_between(store, first.id, last.id, as_of=day, depth=depth, out_of_time=budget.over)

    return answer(request, ask, as_of=day)
