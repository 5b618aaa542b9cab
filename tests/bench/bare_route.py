"""The peer of the HTTP benchmark: a FastAPI route that returns a constant of a given size, and nothing else."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Response

app = FastAPI()
_BODIES: dict[int, bytes] = {}


@app.get("/constant")
def constant(size: Annotated[int, Query(ge=0, le=50_000_000)]) -> Response:
    """So many bytes of JSON."""
    if size not in _BODIES:
        _BODIES[size] = b'"' + b"x" * max(0, size - 2) + b'"'
    return Response(_BODIES[size], media_type="application/json")
