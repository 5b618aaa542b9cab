"""A store gets ready in the background: at start and after a write, so that no question has to wait for it."""

from __future__ import annotations

import logging
import threading

from api.http.pool import Pool
from graph.errors import LineageError

_log = logging.getLogger("lineage")
_WAIT_SECONDS = 30.0


class Warming:
    """One thread at a time; a write while it works makes it begin again."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._running = self._again = False

    @property
    def under_way(self) -> bool:
        return self._running

    def start(self) -> None:
        """Begin, without waiting for it."""
        with self._lock:
            self._again = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name="lineage-warming", daemon=True).start()

    def _run(self) -> None:
        while self._begins():
            try:
                with self._pool.lease(_WAIT_SECONDS) as store:
                    store.warm()
            except LineageError as error:  # the next question meets it again, and says so
                _log.warning("the store was not made ready: %s", type(error).__name__)
            except Exception:  # a slip of ours must not leave the server unready for ever
                _log.exception("the store was not made ready")

    def _begins(self) -> bool:
        with self._lock:
            self._running, self._again = self._again, False
            return self._running
