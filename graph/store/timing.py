"""Seconds become a question: is the time over? Asked between the steps of what may take long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph.errors import StoreTimeError

OutOfTime = Callable[[], bool]
#: How many seconds are left, at least 0; None: no bound.
Left = Callable[[], float | None]


def too_late(where: object) -> StoreTimeError:
    """What a question to the store at ``where`` ends with when its time is over."""
    return StoreTimeError(f"{where}: the time given to the question is over; narrow it, or give it more")


def never() -> bool:
    """For an answer that may take all the time it needs."""
    return False


def deadline(seconds: float | None) -> OutOfTime:
    """True from so many seconds from now on; None: never."""
    left = remaining(seconds)
    return lambda: left() == 0


def remaining(seconds: float | None) -> Left:
    """How many of so many seconds from now are left, at least 0; None: no bound."""
    if seconds is None:
        return lambda: None
    end = time.monotonic() + seconds
    return lambda: max(0.0, end - time.monotonic())


class Limit:
    """The time of the questions to one store (Store.within); one object is for one thread at a time."""

    def __init__(self) -> None:
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
        """Whether there is a limit, and it is reached."""
        return self._until is not None and time.monotonic() >= self._until

    def _set(self, until: float | None) -> None:
        self._until = until
