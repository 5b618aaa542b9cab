"""Directives: the list, one of them, what it holds, its text."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api import details, sources
from api.http.answering import answer, documented
from api.http.params import (
    LONGEST_TEXT,
    AsOf,
    Day,
    DirectiveId,
    Limit,
    Place,
    Skip,
    segment_of,
    today_or,
)
from api.http.routes.lists import After, Descending, Jurisdiction, Text, list_answer
from api.http.settings import PREFIX
from api.lists import Listing
from api.questions import jurisdiction_of
from api.resolving import find
from graph.errors import AmbiguousNumber, UnknownId
from graph.listing import CursorError, DirectiveQuery, SortKey
from graph.store.base import Node, Store
from graph.vocabulary import DirectiveType, EdgeType, Label, Level, Status

router = APIRouter(prefix=PREFIX, tags=["directives"])
_Type = Annotated[DirectiveType | None, Query(description="Kind of directive.", examples=["plan"])]
_Level = Annotated[Level | None, Query(description="Level of its issuer.", examples=["provincial"])]
_Issuer = Annotated[
    str | None, Query(max_length=LONGEST_TEXT, description="Words of its issuer.", examples=["Ban Thường vụ"])
]
_Status = Annotated[Status | None, Query(description="Status on as_of.", examples=["in_force"])]
_From = Annotated[Day | None, Query(description="Issued on this day or later.", examples=["2026-01-01"])]
_To = Annotated[Day | None, Query(description="Issued on this day or earlier.", examples=["2026-12-31"])]
_Held = Annotated[bool | None, Query(description="Its text was read (false: it is only cited).", examples=[True])]
_Sort = Annotated[Literal["id", "issued"], Query(description="Order; missing values last.", examples=["id"])]


@router.get("/directives", **documented(Listing, CursorError, next_link=True), summary="Directives, filtered, by pages")
def directives(
    request: Request,
    type: _Type = None,
    level: _Level = None,
    jurisdiction: Jurisdiction = None,
    issuer: _Issuer = None,
    status: _Status = None,
    issued_from: _From = None,
    issued_to: _To = None,
    held: _Held = None,
    text: Text = None,
    sort: _Sort = "id",
    descending: Descending = False,
    limit: Limit = 50,
    after: After = None,
    as_of: AsOf = None,
) -> Response:
    query = DirectiveQuery(
        type=type,
        level=level,
        jurisdiction=jurisdiction_of(jurisdiction),
        issuer=issuer,
        status=status,
        issued_from=issued_from,
        issued_to=issued_to,
        held=held,
        text=text,
        sort=SortKey(sort),
        descending=descending,
        as_of=today_or(as_of),
    )
    return list_answer(request, query, limit, after)


@router.get(
    "/directives/{id}",
    **documented(details.DirectiveDetails, UnknownId, AmbiguousNumber),
    summary="One directive: header, status on a date and why, relations both ways",
)
def directive(
    request: Request, directive_id: DirectiveId, place: Place = None, as_of: AsOf = None, limit: Limit = 100
) -> Response:
    day = today_or(as_of)
    return answer(
        request,
        lambda store: details.directive_details(store, _directive(store, directive_id, place), day, limit),
        as_of=day,
    )


@router.get(
    "/directives/{id}/tasks",
    **documented(details.Duties, UnknownId, AmbiguousNumber),
    summary="The tasks of a directive in the order of its text",
)
def tasks(
    request: Request,
    directive_id: DirectiveId,
    place: Place = None,
    as_of: AsOf = None,
    skip: Skip = 0,
    limit: Limit = 200,
) -> Response:
    return _duties(request, directive_id, place, as_of, EdgeType.HAS_TASK, skip, limit)


@router.get(
    "/directives/{id}/indicators",
    **documented(details.Duties, UnknownId, AmbiguousNumber),
    summary="The indicators of a directive with their targets, in the order of its text",
)
def indicators(
    request: Request,
    directive_id: DirectiveId,
    place: Place = None,
    as_of: AsOf = None,
    skip: Skip = 0,
    limit: Limit = 200,
) -> Response:
    return _duties(request, directive_id, place, as_of, EdgeType.HAS_INDICATOR, skip, limit)


@router.get(
    "/directives/{id}/source",
    **documented(sources.Source, UnknownId, AmbiguousNumber),
    summary="The text of a directive with every place that a claim rests on",
)
def source(request: Request, directive_id: DirectiveId, place: Place = None) -> Response:
    return answer(request, lambda store: sources.source_of(store, _directive(store, directive_id, place)))


def _duties(
    request: Request, what: str, place: str | None, as_of: AsOf, kind: EdgeType, skip: int, limit: int
) -> Response:
    day = today_or(as_of)
    return answer(
        request,
        lambda store: details.duties(store, _directive(store, what, place), kind, day, skip=skip, limit=limit),
        as_of=day,
    )


def _directive(store: Store, what: str, place: str | None) -> Node:
    return details.of_kind(find(store, segment_of(what), place=place), Label.DIRECTIVE)
