"""An exception becomes a problem (RFC 9457): what went wrong, where, and what to do. One table; the first row counts.

No text of an exception reaches a client: it may name files of the server. What is said stands in the table, and what
was asked is named by its place in the request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Scope, Send

from api.details import OtherKind
from api.http import errors
from graph.errors import (
    AmbiguousNumber,
    InputError,
    StoreBusyError,
    StoreChangedError,
    StoreError,
    StoreTimeError,
    TooLargeError,
    UnknownId,
)
from graph.listing import CursorError

MEDIA_TYPE = "application/problem+json"
#: How much of what was asked is repeated in an answer.
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of an exception: status, short name, what went wrong, what to do, and headers."""

    exception: type[Exception]
    status: int
    code: str
    title: str
    todo: str
    headers: tuple[tuple[str, str], ...] = ()


_SOON = (("retry-after", "1"),)
_LATER = (("retry-after", "5"),)
_BEARER = (("www-authenticate", 'Bearer realm="lineage"'),)
PROBLEMS: tuple[Row, ...] = (
    Row(errors.Malformed, 400, "malformed", "the request cannot be read", "mend its syntax; see /api/docs"),
    Row(CursorError, 400, "bad-cursor", "this is no cursor of this list", "begin with the first page: leave after out"),
    Row(
        errors.WrongHost, 400, "wrong-host", "the request is addressed to another server", "use the address it printed"
    ),
    Row(errors.NoToken, 401, "no-token", "writes need the token", "send it as Authorization: Bearer TOKEN", _BEARER),
    Row(errors.WritesOff, 403, "writes-off", "this server takes no writes", "start it with a token: LINEAGE_TOKEN"),
    Row(OtherKind, 404, "other-kind", "the id names another kind of thing", "ask the route of its kind"),
    Row(UnknownId, 404, "unknown-id", "nothing has this id or number", "look it up: GET /api/v1/search?q="),
    Row(
        AmbiguousNumber, 409, "ambiguous", "several fit; none was chosen", "take the id of a candidate, or add in=PLACE"
    ),
    Row(errors.BodyTooLarge, 413, "too-large", "the body is larger than the server takes", "send less at once"),
    Row(TooLargeError, 413, "too-large", "the text is larger than the server takes", "split it"),
    Row(
        errors.WrongMediaType,
        415,
        "media-type",
        "the body is of a kind this route does not read",
        "see its content-type",
    ),
    Row(RequestValidationError, 422, "invalid", "a value is not one this route takes", "see errors"),
    Row(InputError, 422, "unreadable", "the text cannot be read as a directive", "see GET /api/docs, documents"),
    Row(errors.TooMany, 429, "too-many", "as many of these run as the server runs at once", "try again soon", _LATER),
    Row(errors.NotReady, 503, "not-ready", "the server is getting ready", "ask again soon", _SOON),
    Row(errors.Overloaded, 503, "overloaded", "the server is busy", "try again soon", _SOON),
    Row(StoreBusyError, 503, "store-busy", "another process keeps the store locked", "try again soon", _LATER),
    Row(StoreChangedError, 503, "store-changed", "the store was written meanwhile", "ask again", _SOON),
    Row(StoreTimeError, 504, "took-too-long", "the question takes too long", "narrow it: depth, limit, filters"),
    Row(StoreError, 503, "store-down", "the store cannot be reached", "try again; tell who runs the server", _LATER),
    Row(errors.TookTooLong, 504, "took-too-long", "the question takes too long", "narrow it: depth, limit, filters"),
    Row(Exception, 500, "internal", "an error of this program", "report it, with the request and the time"),
)
_OF_STATUS = {
    400: PROBLEMS[0],
    404: Row(HTTPException, 404, "no-route", "there is nothing at this address", "see /api/docs; write a slash as %2F"),
    405: Row(HTTPException, 405, "method", "this address does not know the method", "see the header Allow"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One problem, ready to be sent."""

    status: int
    body: dict[str, Any]
    headers: tuple[tuple[str, str], ...]

    def encoded(self) -> bytes:
        return json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace")


def problem_of(error: Exception, scope: Scope, candidates: Sequence[Mapping[str, Any]] = ()) -> Said:
    """The problem that an exception is to the client of a request."""
    row, headers = _row(error)
    where = _shown(scope.get("path", ""))
    faults = _faults(error) if isinstance(error, RequestValidationError) else []
    body = {
        "type": f"urn:lineage:problem:{row.code}",
        "title": row.title,
        "status": row.status,
        "detail": f"{_what(error) or row.title}; {row.todo}",
        "instance": where,
        "errors": faults,
        "candidates": list(candidates),
    }
    return Said(row.status, body, headers)


async def send_problem(said: Said, send: Send) -> None:
    """Send a problem as the whole answer."""
    body = said.encoded()
    lines = [("content-type", MEDIA_TYPE), ("content-length", str(len(body))), ("cache-control", "no-store")]
    headers = [(name.encode(), value.encode("latin-1")) for name, value in (*lines, *said.headers)]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _row(error: Exception) -> tuple[Row, tuple[tuple[str, str], ...]]:
    if isinstance(error, HTTPException):
        phrase = HTTPStatus(error.status_code).phrase.lower()
        other = Row(HTTPException, error.status_code, "http", phrase, "see /api/docs")
        return _OF_STATUS.get(error.status_code, other), tuple((error.headers or {}).items())
    if isinstance(error, RequestValidationError) and any(e["type"] == "json_invalid" for e in error.errors()):
        return PROBLEMS[0], ()
    row = next(row for row in PROBLEMS if isinstance(error, row.exception))
    return row, row.headers


def _what(error: Exception) -> str:
    """What an error of the edge says: those texts are written for clients, other errors' are not."""
    return str(error) if isinstance(error, errors.EdgeError) else ""


def _faults(error: RequestValidationError) -> list[dict[str, str]]:
    """Each value refused: where it stands and why; never the value itself."""
    faults = ((".".join(str(part) for part in e["loc"]), str(e["msg"])) for e in error.errors()[:20])
    return [{"where": _shown(where), "what": _shown(what)} for where, what in faults]


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:_SHOWN]


def statuses_of(*kinds: type[Exception]) -> dict[int, str]:
    """Statuses of the errors named, with their titles: for the documentation of a route."""
    rows = [row for row in PROBLEMS if row.exception in kinds]
    return {row.status: row.title for row in rows}
