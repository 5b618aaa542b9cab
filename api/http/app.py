"""Settings → the app: guards outside, routes inside, and the one place where an exception becomes a problem."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.http import docs
from api.http.answering import problem
from api.http.budget import TimeBudget
from api.http.errors import WrongMediaType
from api.http.guards import BodyLimit, HostGuard, SecurityHeaders, WriteGuard
from api.http.head import Head
from api.http.metrics import Observed
from api.http.openapi import description, operation_id
from api.http.pages.problems import ProblemPages
from api.http.pages.router import router as pages
from api.http.params import known_parameters
from api.http.routes import directives, documents, finding, health, lineage, lists, owners, whole
from api.http.settings import Settings
from api.http.slashes import KeepSlashes
from api.http.state import State
from graph.errors import LineageError

#: Those asked most often first: an address is looked up router after router.
ROUTERS = (health, lineage, finding, owners, directives, lists, whole, documents)


def create_app(settings: Settings) -> FastAPI:
    """The app; UnsafeSettings if it must not be served so. The store is opened with the first question."""
    settings.check()
    state = State.of(settings)
    app = FastAPI(
        title="Directive lineage",
        version=version("directive-lineage"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=operation_id,
    )
    app.state.lineage = state
    for room in ROUTERS:
        app.include_router(room.router, dependencies=[Depends(known_parameters)])
    app.include_router(pages)
    app.include_router(docs.router)
    app.openapi = lambda: description(app)  # type: ignore[method-assign]
    state.metrics.watch(lambda: _counts(state))
    for kind in (LineageError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _handle)
    _add_guards(app, settings, state)
    return app


def _add_guards(app: FastAPI, settings: Settings, state: State) -> None:
    """The last one added sees a request first."""
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(TimeBudget, settings=settings)
    app.add_middleware(WriteGuard, settings=settings)
    app.add_middleware(KeepSlashes)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "HEAD", "POST"],
            expose_headers=["ETag", "Retry-After"],
            max_age=600,
        )
    app.add_middleware(HostGuard, settings=settings)
    app.add_middleware(ProblemPages)
    app.add_middleware(Observed, metrics=state.metrics)
    app.add_middleware(Head)
    app.add_middleware(SecurityHeaders)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: State = app.state.lineage
    state.warming.start()
    yield
    state.pool.close()


async def _handle(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError) and _wrong_media(request, error):
        expected = _expected_media(request)
        return problem(request, WrongMediaType(f"the body must be {expected}"))
    if isinstance(error, HTTPException) and error.status_code == 405:
        error.headers = {**(error.headers or {}), "Allow": _allowed(request, error.headers or {})}
    return problem(request, error)


def _wrong_media(request: Request, error: RequestValidationError) -> bool:
    of_body = any(fault["loc"] and fault["loc"][0] == "body" for fault in error.errors())
    sent = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    return of_body and sent != _expected_media(request)


def _expected_media(request: Request) -> str:
    return "multipart/form-data" if request.url.path.endswith("/documents") else "application/json"


def _allowed(request: Request, one: Mapping[str, str]) -> str:
    """The methods that the routes at this address have (``one``: those of one route; pages have no second)."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    path = request.scope["path"]
    found = {method.upper() for address, of in paths.items() if compile_path(address)[0].match(path) for method in of}
    found = found or {method.strip() for method in one.get("Allow", one.get("allow", "")).split(",")} - {""}
    return ", ".join(sorted(found | {"HEAD"} if "GET" in found else found))


def _counts(state: State) -> Any:
    """In half of a question's time, so that the other numbers are told, whatever the store does."""
    seconds = state.settings.question_seconds / 2
    with state.pool.lease(seconds / 2) as store, store.within(seconds), store.snapshot():
        return store.counts()
