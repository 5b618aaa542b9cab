"""All operations of the app's own description, so that a new route is tested without anybody thinking of it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from api.http.app import create_app
from api.http.settings import Settings

Operation = dict[str, Any]


@cache
def document() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return create_app(Settings(store=str(Path(folder) / "none.db"))).openapi()


def operations() -> list[tuple[str, str, Operation]]:
    """(method, path, description of the operation)."""
    return [(m.upper(), path, op) for path, of in sorted(document()["paths"].items()) for m, op in sorted(of.items())]


def parameters(operation: Operation, where: str) -> list[dict[str, Any]]:
    return [p for p in operation.get("parameters", []) if p["in"] == where]


def name_of(operation: tuple[str, str, Operation]) -> str:
    return f"{operation[0]} {operation[1]}"
