"""Seconds become a question: is the time over? Asked between the steps of what may take long."""

from __future__ import annotations

import time
from collections.abc import Callable

OutOfTime = Callable[[], bool]


def never() -> bool:
    """For an answer that may take all the time it needs."""
    return False


def deadline(seconds: float | None) -> OutOfTime:
    """True from so many seconds from now on; None: never."""
    if seconds is None:
        return never
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def remaining(seconds: float | None) -> Callable[[], float | None]:
    """How many of so many seconds from now are left, at least 0; None: no bound."""
    if seconds is None:
        return lambda: None
    end = time.monotonic() + seconds
    return lambda: max(0.0, end - time.monotonic())
