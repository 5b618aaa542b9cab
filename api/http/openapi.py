"""The app's own description, completed: the shape of a problem, the token of writes, links between answers."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.http.guards import UPLOADS
from api.http.problem_model import Problem

_ABOUT = """Which tasks come from a resolution, who owns them, and what falls when a plan is replaced.

Every answer that depends on a date says which (`as_of`), and every answer which state of the store it saw (`snapshot`).
An answer that was cut has `partial: true`, the `reason` (limit, depth or time) and how much is missing (`more`, or the
`total`). Depth counts edges. Errors are problems (RFC 9457). An unknown parameter is refused.
"""

#: Where an answer leads: operation, pointer to an id in its answer, and the operations (with their parameter).
_LINKS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    (
        "directives_directives",
        "/items/0/node/id",
        (
            "directives_directive",
            "directives_tasks",
            "directives_indicators",
            "directives_source",
            "lineage_lineage",
            "lineage_impact",
        ),
        "id",
    ),
    ("lists_tasks", "/items/0/node/id", ("owners_task", "lineage_task_trace", "lineage_lineage"), "id"),
    ("lists_agencies", "/items/0/node/id", ("owners_agency", "owners_assignments"), "id"),
    ("lists_indicators", "/items/0/node/id", ("lineage_lineage",), "id"),
    ("finding_search", "/hits/0/node/id", ("lineage_lineage", "lineage_impact"), "id"),
    ("finding_resolve", "/items/0/id", ("directives_directive", "lineage_impact"), "id"),
    ("documents_upload", "/files/0/sha256", ("documents_document",), "sha256"),
    ("directives_directive", "/texts/0/sha256", ("documents_document",), "sha256"),
)


def operation_id(route: APIRoute) -> str:
    """ "directives_tasks": the file of the route and its function."""
    return f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}"


def description(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if not app.openapi_schema:
        made = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
        made["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        _add_links(made)
        made["paths"][UPLOADS]["post"]["security"].append({})  # a preview may need none
        app.openapi_schema = made
    return app.openapi_schema


def _add_links(made: dict[str, Any]) -> None:
    operations = {op["operationId"]: op for path in made["paths"].values() for op in path.values()}
    for operation, pointer, targets, parameter in _LINKS:
        links = operations[operation]["responses"]["200"].setdefault("links", {})
        for target in targets:
            assert target in operations, target
            links[target] = {"operationId": target, "parameters": {parameter: f"$response.body#{pointer}"}}
