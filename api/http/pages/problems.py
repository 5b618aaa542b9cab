"""A problem that a browser meets outside the API → a page that says the same, in the language of the address.

Routes of pages show their own problems (showing.py); this is for what they never see: no such address, another host, a
body too large, a time that is over, an error of the program.
"""

from __future__ import annotations

import json

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.pages.asking import frame_of
from api.http.pages.showing import message, page
from api.http.problems import MEDIA_TYPE

#: What stands here is for programs, whoever asks.
_FOR_PROGRAMS = ("/api/", "/static/", "/healthz", "/readyz", "/metrics")
_WORDS = {
    "no-route": "no_page",
    "method": "no_page",
    "wrong-host": "wrong_host",
    "too-large": "too_large",
    "too-many": "too_many",
    "overloaded": "too_many",
    "took-too-long": "took_too_long",
    "internal": "internal",
}
_OTHER = "not_understood"


class ProblemPages:
    """ASGI middleware: problems to browsers become pages; status and the other headers stay."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_for_people(scope):
            await self.app(scope, receive, send)
            return
        held: Message | None = None

        async def shown(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_problem(message):
                held = message
            elif held is not None and message["type"] == "http.response.body":
                await _show(scope, held, message["body"], send)
            else:
                await send(message)

        await self.app(scope, receive, shown)


def _is_for_people(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith(_FOR_PROGRAMS)


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type") == MEDIA_TYPE


async def _show(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    code = json.loads(body)["type"].rpartition(":")[2]
    frame = frame_of(Request(scope))
    response = page(message(frame, frame.words(_WORDS.get(code, _OTHER))), start["status"])
    kept = [(k, v) for k, v in start["headers"] if k not in (b"content-type", b"content-length")]
    await send({"type": "http.response.start", "status": start["status"], "headers": [*kept, *response.raw_headers]})
    await send({"type": "http.response.body", "body": response.body})
