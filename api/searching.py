"""A typed text → what is found, bounded in rows and time, and what was cut says so."""

from __future__ import annotations

from collections.abc import Collection

from graph.errors import StoreTimeError
from graph.records import Record
from graph.store.base import Hit, Store
from graph.vocabulary import Label


class Found(Record):
    """Hits, best first. ``total``: all there are, None if the time did not suffice to count; ``fuzzy``: near spellings.

    ``partial``: it was cut, ``reason`` (limit or time) says why, ``more``: hits that the limit cut.
    """

    hits: tuple[Hit, ...]
    total: int | None
    fuzzy: bool = False
    partial: bool = False
    reason: str | None = None
    more: int = 0


def searched(
    store: Store, text: str, *, kinds: Collection[Label] | None, limit: int, seconds: float | None = None
) -> Found:
    """What Store.search finds, in at most so many seconds (None: as long as it takes)."""
    try:
        with store.within(seconds):
            found = store.search(text, kinds=kinds, limit=limit)
    except StoreTimeError:
        if seconds is None:
            raise
        return Found(hits=(), total=None, partial=True, reason="time")
    more = found.total - len(found.hits)
    return Found(
        hits=found.hits,
        total=found.total,
        fuzzy=found.fuzzy,
        partial=more > 0,
        reason="limit" if more else None,
        more=more,
    )
