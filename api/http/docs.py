"""The page /api/docs: Swagger UI from an installed package, no byte from another host, no script in the page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

router = APIRouter(include_in_schema=False)
#: Swagger UI draws with style attributes; scripts come from this server alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Directive lineage: API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<noscript>The description of all routes: <a href="/api/openapi.json">openapi.json</a></noscript>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>
"""
_START = """SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true,
  validatorUrl: null, presets: [SwaggerUIBundle.presets.apis]});
"""


@router.get("/api/docs")
def page() -> Response:
    return Response(_PAGE, media_type="text/html", headers={"content-security-policy": _POLICY})


@router.get("/api/docs/start.js")
def start() -> Response:
    return Response(_START, media_type="text/javascript")


@router.get("/api/docs/swagger-ui-bundle.js")
def bundle() -> Response:
    return Response(_asset("swagger-ui-bundle.js"), media_type="text/javascript")


@router.get("/api/docs/swagger-ui.css")
def style() -> Response:
    return Response(_asset("swagger-ui.css"), media_type="text/css")


@cache
def _asset(name: str) -> bytes:
    return (files("fastapi_offline") / "static" / name).read_bytes()
