"""What stands before every route: the host it is addressed to, the token of writes, the size of bodies, headers.

All are plain ASGI, so that they hold for every response, also of errors, and see a body before anything reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import BodyTooLarge, NoToken, WritesOff, WrongHost
from api.http.problems import problem_of, send_problem
from api.http.settings import PREFIX, Settings, is_loopback
from api.http.writing import free_preview, is_preview, is_token

#: POST routes that only ask; every other POST, PUT, PATCH and DELETE is a write and needs the token.
ASKING_POSTS = frozenset({f"{PREFIX}/resolve"})
#: The form of the pages: a browser cannot send the header, its route compares the token of the form itself.
FORM = "/tai-len/documents"
#: The route whose previews need no token where only this machine reaches the server.
UPLOADS = f"{PREFIX}/documents"
CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
#: Those that a response may set otherwise.
_UNLESS_SET = ((b"content-security-policy", CSP.encode()), (b"cache-control", b"no-cache"))


class SecurityHeaders:
    """Every response carries the headers; a page that sets a policy of its own (with 'self' only) keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [*message.get("headers", ())]
                names = {name for name, _ in given}
                given += [pair for pair in _UNLESS_SET if pair[0] not in names]
                message = {**message, "headers": [*given, *_HEADERS]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class HostGuard:
    """Only requests addressed to this server are answered, so that no foreign name can be pointed at loopback."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._names = _names({settings.host, *settings.allowed_hosts})
        self._any = settings.host in {"0.0.0.0", "::"} and not settings.allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._ours(Headers(scope=scope).get("host", "")):
            error = WrongHost("the request is addressed to a name that is not this server's")
            await send_problem(problem_of(error, scope), send)
            return
        await self.app(scope, receive, send)

    def _ours(self, host: str) -> bool:
        name = _bare(host)
        return self._any or is_loopback(name) or name in self._names


class WriteGuard:
    """Writes need the token, which is looked at before the body is read."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = self._refusal(scope) if scope["type"] == "http" else None
        if error is not None:
            await send_problem(problem_of(error, scope), send)
            return
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> NoToken | WritesOff | None:
        if not _is_write(scope) or scope["path"] in {*ASKING_POSTS, FORM}:
            return None
        if scope["path"] == UPLOADS and is_preview(scope) and free_preview(self._settings, scope):
            return None
        if self._settings.token is None:
            return WritesOff("this server takes no writes: it was started without a token")
        kind, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.casefold() == "bearer" and is_token(self._settings, _as_utf8(given)):
            return None
        return NoToken("writes need the token of this server")


class BodyLimit:
    """Counts the bytes of a body as they come, whatever the headers promise."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.most = settings.max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        promised = Headers(scope=scope).get("content-length", "0")
        if promised.isdecimal() and int(promised[:20]) > self.most:
            await self._refuse(scope, send)
            return
        state = _Counted(receive, self.most)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            if state.exceeded and not begun:
                return
            begun = True
            await send(message)

        with suppress(BodyTooLarge):
            await self.app(scope, state.receive, watched)
        if state.exceeded and not begun:
            await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        await send_problem(problem_of(BodyTooLarge(f"the body is larger than {self.most:,} bytes"), scope), send)


class _Counted:
    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most
        self.exceeded = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise BodyTooLarge("the body is larger than the server takes")
        return message


def _as_utf8(header: str) -> str:
    """A header as its sender wrote it: ASGI hands on its bytes, Starlette takes each for a letter.

    >>> _as_utf8("máy chủ".encode().decode("latin-1"))
    'máy chủ'
    """
    return header.encode("latin-1").decode("utf-8", "replace")


def _is_write(scope: Scope) -> bool:
    """TRACE, CONNECT and the like are no writes: the router refuses them as unknown methods."""
    return scope["method"] in {"POST", "PUT", "PATCH", "DELETE"}


def _names(hosts: Iterable[str]) -> frozenset[str]:
    return frozenset(_bare(host) for host in hosts)


def _bare(host: str) -> str:
    """A host without its port.

    >>> _bare("[::1]:8000"), _bare("Localhost:80")
    ('::1', 'localhost')
    """
    host = host.strip().casefold()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host
