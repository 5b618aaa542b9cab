"""The other lists: tasks, agencies, indicators, targets; and the parameters that all lists share."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.http.answering import answer, budget_of, documented
from api.http.params import LONGEST_ID, LONGEST_TEXT, AsOf, Day, Limit, today_or
from api.http.settings import PREFIX
from api.lists import Listing, listed
from api.questions import jurisdiction_of
from api.resolving import find
from graph.errors import AmbiguousNumber, UnknownId
from graph.listing import (
    AgencyQuery,
    CursorError,
    IndicatorQuery,
    SortKey,
    TargetQuery,
    TaskQuery,
)
from graph.listing import Query as ListQuery
from graph.store.base import Store
from graph.vocabulary import AgencyKind, DeadlineKind, Level, Role, System

Jurisdiction = Annotated[
    str | None,
    Query(
        max_length=100, description='A place: "Ninh Bình", "Minh Xuân, Tuyên Quang", "central".', examples=["Ninh Bình"]
    ),
]
Text = Annotated[
    str | None,
    Query(
        max_length=LONGEST_TEXT, description="Words that must all stand in it; accents optional.", examples=["du lieu"]
    ),
]
Descending = Annotated[bool, Query(description="Turn the order round.", examples=[False])]
After = Annotated[
    str | None, Query(max_length=2000, description="Where the page begins: from next of the page before.")
]
_Directive = Annotated[
    str | None,
    Query(max_length=LONGEST_ID, description="Only of this directive (id or number).", examples=["21-KH/TU"]),
]
_Agency = Annotated[
    str | None,
    Query(
        max_length=LONGEST_ID,
        description="Only of this agency (id).",
        examples=["a.ninh-binh.so-khoa-hoc-va-cong-nghe"],
    ),
]
_Year = Annotated[int | None, Query(ge=1900, le=2200, description="Year of a target.", examples=[2030])]
_Unit = Annotated[str | None, Query(max_length=60, description="Unit of a target, as printed.", examples=["%"])]

router = APIRouter(prefix=PREFIX, tags=["lists"])


@router.get(
    "/tasks",
    **documented(Listing, UnknownId, AmbiguousNumber, CursorError, next_link=True),
    summary="Tasks, filtered, by pages",
)
def tasks(
    request: Request,
    agency: _Agency = None,
    role: Annotated[Role | None, Query(description="Role of the agency in it.", examples=["lead"])] = None,
    due_after: Annotated[Day | None, Query(description="Due on this day or later.", examples=["2026-01-01"])] = None,
    due_before: Annotated[Day | None, Query(description="Due on this day or earlier.", examples=["2026-12-31"])] = None,
    deadline_kind: Annotated[DeadlineKind | None, Query(description="Kind of deadline.", examples=["date"])] = None,
    directive: _Directive = None,
    jurisdiction: Jurisdiction = None,
    text: Text = None,
    sort: Annotated[Literal["id", "due"], Query(description="Order; missing values last.", examples=["id"])] = "id",
    descending: Descending = False,
    limit: Limit = 50,
    after: After = None,
    as_of: AsOf = None,
) -> Response:
    query = TaskQuery(
        agency=agency,
        role=role,
        due_after=due_after,
        due_before=due_before,
        deadline_kind=deadline_kind,
        directive=directive,
        jurisdiction=jurisdiction_of(jurisdiction),
        text=text,
        sort=SortKey(sort),
        descending=descending,
        as_of=today_or(as_of),
    )
    return list_answer(request, query, limit, after)


@router.get("/agencies", **documented(Listing, CursorError, next_link=True), summary="Agencies, filtered, by pages")
def agencies(
    request: Request,
    kind: Annotated[AgencyKind | None, Query(description="Body, collective or office.", examples=["body"])] = None,
    level: Annotated[Level | None, Query(description="Its level.", examples=["provincial"])] = None,
    system: Annotated[System | None, Query(description="Party, State or Front.", examples=["state"])] = None,
    jurisdiction: Jurisdiction = None,
    text: Text = None,
    descending: Descending = False,
    limit: Limit = 50,
    after: After = None,
    as_of: AsOf = None,
) -> Response:
    query = AgencyQuery(
        kind=kind,
        level=level,
        system=system,
        jurisdiction=jurisdiction_of(jurisdiction),
        text=text,
        descending=descending,
        as_of=today_or(as_of),
    )
    return list_answer(request, query, limit, after)


@router.get(
    "/indicators",
    **documented(Listing, UnknownId, AmbiguousNumber, CursorError, next_link=True),
    summary="Indicators, filtered, by pages",
)
def indicators(
    request: Request,
    year: _Year = None,
    unit: _Unit = None,
    directive: _Directive = None,
    jurisdiction: Jurisdiction = None,
    text: Text = None,
    descending: Descending = False,
    limit: Limit = 50,
    after: After = None,
    as_of: AsOf = None,
) -> Response:
    query = IndicatorQuery(
        year=year,
        unit=unit,
        directive=directive,
        jurisdiction=jurisdiction_of(jurisdiction),
        text=text,
        descending=descending,
        as_of=today_or(as_of),
    )
    return list_answer(request, query, limit, after)


@router.get(
    "/targets",
    **documented(Listing, UnknownId, AmbiguousNumber, CursorError, next_link=True),
    summary="Targets, filtered, by pages",
)
def targets(
    request: Request,
    year: _Year = None,
    unit: _Unit = None,
    directive: _Directive = None,
    jurisdiction: Jurisdiction = None,
    text: Text = None,
    sort: Annotated[Literal["id", "year"], Query(description="Order; missing values last.", examples=["id"])] = "id",
    descending: Descending = False,
    limit: Limit = 50,
    after: After = None,
    as_of: AsOf = None,
) -> Response:
    query = TargetQuery(
        year=year,
        unit=unit,
        directive=directive,
        jurisdiction=jurisdiction_of(jurisdiction),
        text=text,
        sort=SortKey(sort),
        descending=descending,
        as_of=today_or(as_of),
    )
    return list_answer(request, query, limit, after)


def list_answer(request: Request, query: ListQuery, limit: int, after: str | None) -> Response:
    """A page of a list, with the address of the next one."""

    def ask(store: Store) -> Listing:
        seconds = budget_of(request).early
        return listed(store, _with_id(store, query), limit=limit, after=after, seconds=seconds)

    return answer(request, ask, as_of=query.as_of, next_link=True)


def _with_id(store: Store, query: ListQuery) -> ListQuery:
    """The query with the id of the directive that its number means."""
    named = getattr(query, "directive", None)
    return query if named is None else query.model_copy(update={"directive": find(store, named).id})
