"""A number holds slashes: "/impact/65-KH%2FTU" must reach the route as one segment, not as two.

>>> decoded(b"/impact/65-KH%2FTU")
'/impact/65-KH%2FTU'
>>> segment("65-KH%2FTU")
'65-KH/TU'
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_SLASH = re.compile(rb"%2f", re.IGNORECASE)


class KeepSlashes:
    """ASGI middleware: an encoded slash of a path stays encoded until a route takes its segment."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _SLASH.search(scope.get("raw_path") or b""):
            scope["path"] = decoded(scope["raw_path"])
        await self.app(scope, receive, send)


def decoded(raw_path: bytes) -> str:
    """A path as text, with its encoded slashes left as they are."""
    return unquote(_SLASH.sub(b"%252F", raw_path.partition(b"?")[0]).decode("latin-1"))


def segment(text: str) -> str:
    """A segment of such a path as it was meant."""
    return text.replace("%2F", "/")
