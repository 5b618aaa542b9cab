"""A store url → store objects for threads: each is lent to one thread at a time, and opened only when needed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.http.errors import Overloaded
from graph.errors import StoreBusyError, StoreChangedError, StoreError, StoreTimeError
from graph.store.base import Store


class Pool:
    """At most ``size`` stores, lent out last in, first out, so that the warm ones are used."""

    def __init__(self, open_one: Callable[[], Store], size: int) -> None:
        self._open = open_one
        self._idle: queue.LifoQueue[Store] = queue.LifoQueue()
        self._slots = threading.BoundedSemaphore(size)
        self._closed = False

    @contextmanager
    def lease(self, seconds: float) -> Iterator[Store]:
        """A store for this thread; Overloaded if none comes free in time, StoreError if it cannot be opened."""
        if not self._slots.acquire(timeout=max(0.0, seconds)):
            raise Overloaded("all store connections are in use")
        try:
            store = self._take()
            try:
                yield store
            except (StoreBusyError, StoreChangedError, StoreTimeError):
                self._idle.put(store)
                raise
            except StoreError:
                store.close()
                raise
            except BaseException:
                self._idle.put(store)
                raise
            else:
                self._idle.put(store)
        finally:
            self._slots.release()
            if self._closed:
                self._close_idle()

    def close(self) -> None:
        """Close what is idle now, and what is lent out when it comes back."""
        self._closed = True
        self._close_idle()

    def _take(self) -> Store:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._open()

    def _close_idle(self) -> None:
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return
