"""The parameters that several routes take, each with its bounds and an example."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator

from api.http.examples import example
from api.http.slashes import segment
from graph.vocabulary import EdgeType

MOST_ROWS = 1000
MOST_SKIPPED = 10_000
MOST_DEPTH = 50
LONGEST_ID = 400
LONGEST_TEXT = 300

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso(value: object) -> object:
    """Only yyyy-mm-dd is a day: a bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("write a day as yyyy-mm-dd")
    return value


Day = Annotated[dt.date, BeforeValidator(_iso)]
_PLAN = "ninh-binh.21-kh_tu.2026-01-15"
DirectiveId = Annotated[
    str,
    Path(
        alias="id",
        min_length=1,
        max_length=LONGEST_ID,
        description="Id of a directive, or its number as people write it (a slash as %2F).",
        examples=[_PLAN, "21-KH%2FTU"],
    ),
]
ThingId = Annotated[
    str,
    Path(
        alias="id",
        min_length=1,
        max_length=LONGEST_ID,
        description="Id of anything, or the number of a directive (a slash as %2F).",
        examples=[_PLAN],
    ),
]
TaskId = Annotated[
    str,
    Path(alias="id", min_length=1, max_length=LONGEST_ID, description="Id of a task.", examples=[f"t.{_PLAN}.III.3"]),
]
AgencyId = Annotated[
    str,
    Path(
        alias="id",
        min_length=1,
        max_length=LONGEST_ID,
        description="Id of an agency, or its name as people write it.",
        examples=["a.ninh-binh.so-khoa-hoc-va-cong-nghe"],
    ),
]
Sha256 = Annotated[
    str,
    Path(pattern="^[0-9a-f]{64}$", description="sha256 of the text's bytes.", examples=[example("Document", "sha256")]),
]
AsOf = Annotated[Day | None, Query(description="The day asked about; today if left out.", examples=["2026-05-01"])]
Place = Annotated[
    str | None,
    Query(alias="in", max_length=100, description="Narrows a number or a name to a place.", examples=["Ninh Bình"]),
]
Depth = Annotated[
    int | None, Query(ge=1, le=MOST_DEPTH, description="At most so many edges away; all if left out.", examples=[3])
]
Limit = Annotated[int, Query(ge=0, le=MOST_ROWS, description="At most so many rows; 0 only counts.", examples=[50])]
Skip = Annotated[int, Query(ge=0, le=MOST_SKIPPED, description="Rows left out before the first.", examples=[0])]
Cited = Annotated[bool, Query(description="Follow mere mentions (CITED_IN), too.", examples=[False])]
Types = Annotated[
    list[EdgeType] | None,
    Query(
        description="Only edges of these types (repeatable); those of a lineage if left out.",
        max_length=20,
        examples=[["CASCADES_TO", "HAS_TASK"]],
    ),
]


def segment_of(text: str) -> str:
    """What a path parameter means, with its slashes."""
    return segment(text).strip()


def today_or(day: dt.date | None) -> dt.date:
    """The day asked about."""
    return day or dt.date.today()


async def known_parameters(request: Request) -> None:
    """Refuse a parameter that the route does not take: a misspelt filter would answer another question."""
    known = {param.alias for param in request.scope["route"].dependant.query_params}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        said = "this route takes no such parameter"
        raise RequestValidationError([{"loc": ("query", name), "msg": said, "type": "unknown"} for name in unknown])
