"""Uploads and withdrawals: a store of their own, one write at a time, and who may send what."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers, QueryParams
from starlette.types import Scope

from api.http.errors import TooMany
from api.http.settings import Settings
from api.http.state import State
from api.options import open_existing
from graph.store.base import Store


@contextmanager
def opened(state: State, *, writing: bool) -> Iterator[Store]:
    """A store of its own; one that writes has it to itself, and TooMany if another write keeps it for long.

    After a write the store is made ready for questions, in the background.
    """
    if writing and not state.writing.acquire(timeout=state.settings.file_seconds):
        raise TooMany("another write is under way")
    try:
        with open_existing(state.settings.store) as store:
            yield store
    finally:
        if writing:
            state.writing.release()
            state.warming.start()


def is_token(settings: Settings, given: str) -> bool:
    """Whether it is the token of the server; compared in constant time, False if it has none."""
    token = settings.token
    return token is not None and hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())


def free_preview(settings: Settings, scope: Scope) -> bool:
    """Whether a preview (which stores nothing, but costs time) needs no token.

    True if only this machine reaches the server, and no page of another site sends it.
    """
    return settings.private and Headers(scope=scope).get("sec-fetch-site", "none") in ("same-origin", "none")


def is_preview(scope: Scope) -> bool:
    """Whether the address asks for a preview, said once and plainly: whatever else it says may be a write."""
    return QueryParams(scope["query_string"]).getlist("preview") == ["true"]
