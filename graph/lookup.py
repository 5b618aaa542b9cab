"""An id that a directive had before its date was known → the directive it is today, so that kept links survive.

An undated stub is "central.57-nq_tw.undated"; once a text prints the date it is "central.57-nq_tw.2024-12-22".
"""

from __future__ import annotations

from graph.records import Directive
from graph.store.base import Store

_OPEN = "undated"


def moved(store: Store, old_id: str) -> str | None:
    """The id that took the place of an undated or merely yearly one; None if none did, or several could have."""
    stem, _, when = old_id.rpartition(".")
    number = stem.partition(".")[2]
    if not number or not (when == _OPEN or (when.isdigit() and len(when) == 4)):
        return None
    prefix = stem + "." if when == _OPEN else f"{stem}.{when}-"
    fitting = [d.id for d in _with_number(store, number) if d.id.startswith(prefix) and d.id != old_id]
    return fitting[0] if len(fitting) == 1 else None


def _with_number(store: Store, slug: str) -> tuple[Directive, ...]:
    """Directives whose number has this slug (graph.identity.number_slug), with or without a type word behind it."""
    number = slug.replace("dd", "d").replace("_", "-")
    return store.directives_by_number(number) or store.directives_by_number(number.rpartition(".")[0])
