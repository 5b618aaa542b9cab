"""One task and one agency: who has what to do, by when, and which directive says so."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import details
from api.answers import OwnsAnswer, owned
from api.http.answering import answer, documented
from api.http.params import LONGEST_ID, AgencyId, AsOf, Day, Limit, Place, TaskId, segment_of, today_or
from api.http.settings import PREFIX
from api.resolving import find
from graph.errors import AmbiguousNumber, UnknownId
from graph.store.base import Store
from graph.vocabulary import Label, Role

router = APIRouter(prefix=PREFIX, tags=["tasks and agencies"])


@router.get(
    "/tasks/{id}", **documented(details.TaskDetails, UnknownId), summary="One task: who, by when, which directive"
)
def task(request: Request, task_id: TaskId, as_of: AsOf = None, limit: Limit = 100) -> Response:
    day = today_or(as_of)

    def ask(store: Store) -> details.TaskDetails:
        node = store.node(segment_of(task_id))
        return details.task_details(store, details.of_kind(node, Label.TASK), day, limit)

    return answer(request, ask, as_of=day)


@router.get(
    "/agencies/{id}",
    **documented(details.AgencyDetails, UnknownId, AmbiguousNumber),
    summary="One agency: its past, its heirs, how much it has to do",
)
def agency(
    request: Request, agency_id: AgencyId, place: Place = None, as_of: AsOf = None, limit: Limit = 100
) -> Response:
    day = today_or(as_of)
    return answer(
        request,
        lambda store: details.agency_details(store, details.agency_of(store, segment_of(agency_id), place), day, limit),
        as_of=day,
    )


@router.get(
    "/agencies/{id}/assignments",
    **documented(OwnsAnswer, UnknownId, AmbiguousNumber),
    summary="What an agency leads, coordinates, evaluates: deadlines, and the directive that says so",
)
def assignments(
    request: Request,
    agency_id: AgencyId,
    place: Place = None,
    role: Annotated[Role | None, Query(description="Only in this role.", examples=["lead"])] = None,
    due_before: Annotated[
        Day | None, Query(description="Only what is due on this day or earlier.", examples=["2026-12-31"])
    ] = None,
    directive: Annotated[
        str | None,
        Query(
            max_length=LONGEST_ID, description="Only what this directive says (id or number).", examples=["21-KH/TU"]
        ),
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 100,
) -> Response:
    day = today_or(as_of)

    def ask(store: Store) -> OwnsAnswer:
        body = details.agency_of(store, segment_of(agency_id), place)
        only = find(store, directive).id if directive else None
        return owned(store, body, role=role, due_before=due_before, directive=only, as_of=day, limit=limit)

    return answer(request, ask, as_of=day)
