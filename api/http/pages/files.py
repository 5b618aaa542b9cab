"""The stylesheet, the scripts, the icon and the drawing library of the pages, from the installed packages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import PurePath

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from api.http.answering import problem
from viz.graph.assets import MissingPart, vis_network_js

router = APIRouter(include_in_schema=False)
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_VIS = "vis-network.min.js"


@router.get("/static/{name}")
def static(request: Request, name: str) -> Response:
    if name != _VIS and name not in _ours():
        return problem(request, HTTPException(404))
    try:
        content = _content(name)
    except MissingPart:  # the picture stands in words on its page, too
        return problem(request, HTTPException(404))
    return Response(content, media_type=_KINDS[PurePath(name).suffix])


@cache
def _ours() -> frozenset[str]:
    folder = files("viz") / "static"
    return frozenset(file.name for file in folder.iterdir() if PurePath(file.name).suffix in _KINDS)


@cache
def _content(name: str) -> bytes:
    if name == _VIS:
        return vis_network_js().read_bytes()
    return (files("viz") / "static" / name).read_bytes()
