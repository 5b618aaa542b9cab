"""A question asked of the store becomes a page, and what goes wrong becomes a page that says so.

Statuses are those of the API's table (api.http.problems), words are those of the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from api.details import OtherKind
from api.http.answering import budget_of, leased
from api.http.errors import BodyTooLarge, TooMany
from api.http.pages.asking import BadValue, day, frame_of
from api.http.problems import problem_of
from api.http.state import state_of
from api.options import open_existing
from graph.errors import AmbiguousNumber, LineageError, StoreError, StoreTimeError, UnknownId
from graph.listing import CursorError
from graph.store.base import Node, Store
from viz.pages.frame import Frame
from viz.pages.render import render

#: Scripts and styles from this server alone, none in the page; nobody frames it, forms go nowhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: Rows of a table before it is cut, and where a search or a lineage may go on to.
ROWS = 100
_SAID: tuple[tuple[type[Exception], str], ...] = (
    (OtherKind, "other_kind"),
    (UnknownId, "unknown_id"),
    (CursorError, "bad_cursor"),
    (StoreTimeError, "took_too_long"),
    (StoreError, "try_again"),
    (TooMany, "too_many"),
    (BodyTooLarge, "too_large"),
)
Make = Callable[[Store, Frame], str]


def shown(request: Request, make: Make) -> Response:
    """Ask in one snapshot and show; the page of the problem if there is one."""
    return asked(request, lambda store, frame: page(make(store, frame)))


def asked(request: Request, ask: Callable[[Store, Frame], Response]) -> Response:
    """The same for what is no page: a file, data."""

    def do(frame: Frame) -> Response:
        with leased(request) as store:
            return ask(store, frame)

    return guarded(request, do)


def handed_on(request: Request, ask: Callable[[Store, Frame], Response]) -> Response:
    """The same for a long file: few at once, each with a store of its own, so that it keeps none from the questions."""

    def do(frame: Frame) -> Response:
        state, budget = state_of(request), budget_of(request)
        with ExitStack() as stack:
            stack.enter_context(state.exports.taken())
            store = stack.enter_context(open_existing(state.settings.store))
            stack.enter_context(store.within(budget.latest))
            stack.enter_context(store.snapshot())
            return ask(store, frame)

    return guarded(request, do)


def guarded(request: Request, do: Callable[[Frame], Response]) -> Response:
    """Do it, or show the problem."""
    frame = frame_of(request)
    try:
        day(request, "as_of")
        return do(frame)
    except BadValue as error:
        return page(message(frame, frame.words.bad_value(str(error))), 422)
    except LineageError as error:
        return _problem(request, frame, error)


def page(html: str, status: int = 200) -> HTMLResponse:
    """HTML with the policy of the pages."""
    body = html.encode("utf-8", "replace")
    return HTMLResponse(body, status, headers={"content-security-policy": POLICY})


def message(frame: Frame, said: str, candidates: tuple[Node, ...] = ()) -> str:
    return render("message.html", frame, said=said, candidates=candidates)


def _problem(request: Request, frame: Frame, error: LineageError) -> Response:
    said = problem_of(error, request.scope)
    candidates: tuple[Node, ...] = ()
    if isinstance(error, AmbiguousNumber):
        with state_of(request).pool.lease(budget_of(request).patience) as store:
            candidates = tuple(store.nodes(error.candidates).values())
        text = frame.words("ambiguous", q=request.path_params.get("id", "").replace("%2F", "/"))
    else:
        key = next((key for kind, key in _SAID if isinstance(error, kind)), None)
        if key is None:
            raise error
        text = frame.words(key)
    response = page(message(frame, text, candidates), said.status)
    response.headers.update(dict(said.headers))
    return response
