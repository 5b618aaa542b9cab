"""The time of a question on a SQLite connection: when it is over, the statement under way ends."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Steps of SQLite's machine between two looks at the clock: about a millisecond.
_STEPS = 20_000


class Clock:
    """Limits of one connection; one object is for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._until: float | None = None

    @property
    def left(self) -> float | None:
        """Seconds left, at least 0; None without a limit."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """At most so many seconds from now; a limit inside another never moves that one's end. None sets none."""
        before, until = self._until, None if seconds is None else time.monotonic() + seconds
        self._set(min((u for u in (before, until) if u is not None), default=None))
        try:
            yield
        finally:
            self._set(before)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """No limit for what would have to be begun again if it were ended."""
        before = self._until
        self._set(None)
        try:
            yield
        finally:
            self._set(before)

    def over(self) -> bool:
        return self._until is not None and time.monotonic() >= self._until

    def _set(self, until: float | None) -> None:
        self._until = until
        self._db.set_progress_handler(None if until is None else self.over, _STEPS)
