"""What the routes of one app share: settings, stores, metrics, and how much may run at once."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import Request

from api.http.errors import TooMany
from api.http.metrics import Metrics
from api.http.pool import Pool
from api.http.settings import Settings
from api.http.warming import Warming
from api.options import open_existing


class Places:
    """So many at once; who comes then is sent away at once."""

    def __init__(self, most: int, what: str) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._what = what

    def take(self) -> None:
        """TooMany if none is free."""
        if not self._free.acquire(blocking=False):
            raise TooMany(f"as many {self._what} are under way as the server runs at once")

    def give_back(self) -> None:
        self._free.release()

    @contextmanager
    def taken(self) -> Iterator[None]:
        self.take()
        try:
            yield
        finally:
            self.give_back()


@dataclass(slots=True)
class State:
    """``instance``: a name of this start of the server, part of each ETag; ``writing``: one write at a time."""

    settings: Settings
    pool: Pool
    uploads: Places
    exports: Places
    warming: Warming
    metrics: Metrics = field(default_factory=Metrics)
    writing: threading.Lock = field(default_factory=threading.Lock)
    instance: str = field(default_factory=lambda: secrets.token_hex(8))

    @staticmethod
    def of(settings: Settings) -> State:
        pool = Pool(lambda: open_existing(settings.store), settings.stores)
        return State(
            settings=settings,
            pool=pool,
            warming=Warming(pool),
            uploads=Places(settings.uploads_at_once, "uploads"),
            exports=Places(settings.exports_at_once, "exports"),
        )


def state_of(request: Request) -> State:
    """The state of the app that serves a request."""
    state: State = request.app.state.lineage
    return state
