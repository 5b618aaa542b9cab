"""A question asked of the store becomes a response: with the date and the snapshot it saw, an ETag, or a problem.

Everything here runs in a worker thread; the event loop only carries bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_json

from api.http.budget import KEY, Budget
from api.http.errors import Malformed, Overloaded, TookTooLong, WrongHost
from api.http.metrics import route_name
from api.http.problems import MEDIA_TYPE, problem_of, statuses_of
from api.http.state import State, state_of
from api.http.wire import answer_model
from api.output import plain
from graph.errors import AmbiguousNumber, StoreChangedError, StoreError
from graph.store.base import Store

Ask = Callable[[Store], BaseModel]
JSON = "application/json"
_AGAIN = 4
#: What any question may end with.
ALWAYS = (
    Malformed,
    WrongHost,
    RequestValidationError,
    Overloaded,
    StoreError,
    TookTooLong,
)


def answer(request: Request, ask: Ask, *, as_of: dt.date | None = None, next_link: bool = False) -> Response:
    """Ask in one snapshot and answer; 304 if the client has this very answer. ``as_of`` belongs to the question.

    Only a GET has an ETag: what a POST asks stands in its body, of which the tag knows nothing.

    Asked again where an engine that keeps no state was written to meanwhile; StoreChangedError if that goes on.
    """
    for _ in range(_AGAIN):
        try:
            return _answer(request, ask, as_of, next_link)
        except StoreChangedError:
            if budget_of(request).over():
                raise
    return _answer(request, ask, as_of, next_link)


def _answer(request: Request, ask: Ask, as_of: dt.date | None, next_link: bool) -> Response:
    state = state_of(request)
    with leased(request) as store:
        seen = snapshot_of(store)
        tag = {"etag": _tag(request, state, seen, as_of)} if request.method == "GET" else {}
        if tag and _has(request, tag["etag"]):
            return Response(status_code=304, headers=tag)
        try:
            record = ask(store)
        except AmbiguousNumber as error:
            candidates = [plain(node) for node in store.nodes(error.candidates).values()]
            return problem(request, error, candidates)
    said = {**told(record), "snapshot": seen}
    if next_link:
        said["next"] = _next(request, said.pop("cursor"), as_of)
    _note(state, request, record)
    return Response(encoded(said), media_type=JSON, headers=tag)


@contextmanager
def leased(request: Request) -> Iterator[Store]:
    """A store to ask in one snapshot, as long as the request has time; StoreTimeError after that."""
    budget = budget_of(request)
    with state_of(request).pool.lease(budget.patience) as store, store.within(budget.latest), store.snapshot():
        yield store


def budget_of(request: Request) -> Budget:
    """The time this request has."""
    budget: Budget = request.scope[KEY]
    return budget


def snapshot_of(store: Store) -> str:
    """Which state of the store an answer saw: equal names, equal state."""
    return str(store.changes())


def problem(request: Request, error: Exception, candidates: list[Any] | None = None) -> Response:
    """The response that an exception becomes."""
    said = problem_of(error, request.scope, candidates or [])
    headers = {"cache-control": "no-store", **dict(said.headers)}
    return Response(said.encoded(), said.status, media_type=MEDIA_TYPE, headers=headers)


def told(record: BaseModel) -> dict[str, Any]:
    """A record as JSON types, without the folders of this machine."""
    said: dict[str, Any] = plain(record, folders=False)
    return said


def encoded(answer: object) -> bytes:
    """JSON as UTF-8; what is no character (half of one, typed by a client) is written as a question mark."""
    try:
        return to_json(answer)
    except PydanticSerializationError:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def documented(
    record: type[BaseModel] | None, *errors: type[Exception], next_link: bool = False, dated: bool = True
) -> dict[str, Any]:
    """What a route tells of itself: the shape of its answer and the problems it may give."""
    responses = problems_of(*ALWAYS, *errors)
    if dated:
        responses[304] = {"description": "unchanged since the answer with the ETag in If-None-Match"}
    return {"response_model": record and answer_model(record, next_link=next_link), "responses": responses}


def problems_of(*errors: type[Exception]) -> dict[int | str, dict[str, Any]]:
    """The problems that errors become, as the description tells them."""
    shape = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": title, "content": shape} for status, title in statuses_of(*errors).items()}


def _tag(request: Request, state: State, seen: str, as_of: dt.date | None) -> str:
    asked = "\n".join((state.instance, seen, str(as_of), request.scope["path"], request.url.query))
    return f'W/"{hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:24]}"'


def _has(request: Request, tag: str) -> bool:
    known = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known


def _next(request: Request, cursor: str | None, as_of: dt.date | None) -> str | None:
    """The address of the next page: the same question, with its date fixed."""
    if cursor is None:
        return None
    kept = request.url.remove_query_params(["after", "as_of"])
    fixed = kept.include_query_params(as_of=str(as_of), after=cursor)
    return f"{fixed.path}?{fixed.query}"


def _note(state: State, request: Request, record: BaseModel) -> None:
    if getattr(record, "partial", False):
        state.metrics.partial.labels(route_name(request.scope), str(getattr(record, "reason", None))).inc()
