"""Each question gets a time; when it is over the client is answered and the store is told to stop.

The work runs in a thread that nobody can stop from outside, so the answer does not wait for it: what the thread says
after its time is dropped.
"""

from __future__ import annotations

import asyncio
import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import TookTooLong
from api.http.guards import FORM, UPLOADS
from api.http.problems import problem_of, send_problem
from api.http.settings import PREFIX, Settings

KEY = "lineage.budget"
EXPORT = f"{PREFIX}/export"
#: How the addresses of the tables to hand on end.
DOWNLOADS = "/tai-ve"
_log = logging.getLogger("lineage")


class Budget:
    """The time of one request. ``over``: asked by long questions, which then end with what they have."""

    #: Part of the time after which a question that can end early does, so that its answer still arrives.
    EARLY = 0.7
    #: Part of the time after which the store gives a question up, so that its thread is free when the client is told.
    LATEST = 0.9

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._until - time.monotonic())

    @property
    def patience(self) -> float:
        """How long to wait for a store, so that there is still time to say that none came free."""
        return self.left * 0.8

    @property
    def early(self) -> float:
        """Seconds left for a question that can end early."""
        return max(0.0, self.left - self.seconds * (1 - self.EARLY))

    @property
    def latest(self) -> float:
        """Seconds left for a question that cannot."""
        return max(0.0, self.left - self.seconds * (1 - self.LATEST))

    def over(self) -> bool:
        return self.early <= 0


class TimeBudget:
    """ASGI middleware: a request that has not begun to answer within its time is answered with a problem."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        budget = scope[KEY] = Budget(self._seconds(scope))
        gate = _Gate(send)
        task = asyncio.create_task(self._run(scope, receive, gate))
        try:
            await asyncio.wait({task}, timeout=budget.seconds)
            if task.done() or not gate.take():
                await task
                return
            await send_problem(
                problem_of(TookTooLong(f"the answer took longer than {budget.seconds:g} s"), scope), send
            )
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            if not task.done():
                self._late.add(task)
                task.add_done_callback(self._forget)

    async def _run(self, scope: Scope, receive: Receive, gate: _Gate) -> None:
        """The app; what no one foresaw is logged here and told to the client without its text."""
        try:
            await self.app(scope, receive, gate)
        except _Late:
            return
        except Exception as error:
            _log.exception("an error while answering")
            if gate.take():
                await send_problem(problem_of(error, scope), gate.last)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            task.exception()

    def _seconds(self, scope: Scope) -> float:
        if scope["path"] == EXPORT:
            return self.settings.export_seconds
        if scope["path"].endswith(DOWNLOADS):
            return max(self.settings.download_seconds, self.settings.question_seconds)
        if scope["method"] == "DELETE" or scope["path"] in (UPLOADS, FORM):
            return self.settings.upload_seconds + self.settings.question_seconds
        return self.settings.question_seconds


class _Late(Exception):
    """An answer that nobody waits for any more; raised where it is sent, so that it is not made to its end."""


class _Gate:
    """Lets messages through until it is closed, which works only before the first of them."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = self._closed = False

    def take(self) -> bool:
        """Close the gate, so that the caller may answer; False if an answer has begun, or another took it."""
        if self._begun or self._closed:
            return False
        self._closed = True
        return True

    async def last(self, message: Message) -> None:
        """Past the gate, also when it was closed."""
        await self._send(message)

    async def __call__(self, message: Message) -> None:
        if self._closed:
            raise _Late
        self._begun = True
        await self._send(message)
