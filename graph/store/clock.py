"""The time of a question on a SQLite connection: when it is over, the statement under way ends."""

from __future__ import annotations

import sqlite3

from graph.store.timing import Limit

#: Steps of SQLite's machine between two looks at the clock: about a millisecond.
_STEPS = 20_000


class Clock(Limit):
    """The limit of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._db = connection

    def _set(self, until: float | None) -> None:
        super()._set(until)
        self._db.set_progress_handler(None if until is None else self.over, _STEPS)
