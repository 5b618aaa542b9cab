"""HEAD on every GET route (RFC 9110): the route answers as to GET, and the body stays here."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ASKED = "lineage.head"


class Head:
    """ASGI middleware: what is inside sees GET, ``is_head`` tells the difference to who must know."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        ended = False

        async def without_body(message: Message) -> None:
            nonlocal ended
            if message["type"] != "http.response.body":
                await send(message)
            elif not ended:
                ended = True
                await send({"type": "http.response.body", "body": b""})

        await self.app({**scope, "method": "GET", _ASKED: True}, receive, without_body)


def is_head(scope: Scope) -> bool:
    """Whether nobody wants the body."""
    return _ASKED in scope
