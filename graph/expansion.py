"""A neighbourhood and the nodes a reader opened in it → the larger neighbourhood, with true counts of what is hidden.

Unlike a greater depth, this follows what a reader chose: one node's tasks, another one's successors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from graph.existence import existing
from graph.neighbourhood import Around, Neighbourhood, Sight
from graph.store.base import Store
from graph.store.timing import remaining
from graph.vocabulary import EdgeType


class Opening(NamedTuple):
    """A node whose neighbours are shown as well: in this direction, of these types (None: all that a lineage shows)."""

    node: str
    around: Around = Around.BOTH
    types: tuple[EdgeType, ...] | None = None


def expanded(
    store: Store,
    node_id: str,
    openings: Sequence[Opening] = (),
    *,
    beside: Sequence[str] = (),
    depth: int = 1,
    around: Around = Around.BOTH,
    as_of: dt.date | None = None,
    limit: int | None = None,
    seconds: float | None = None,
) -> Neighbourhood:
    """What stands around a node, and around each opened node in turn; UnknownId if there is no such start.

    An opening of a node that is not in sight by then shows nothing. ``beside``: nodes shown as well, wherever they
    stand, as far as they exist on the date (a path between far things). ``limit``: other nodes beside the start.
    """
    day = as_of or dt.date.today()
    with store.snapshot():
        sight = Sight(store, day, limit, remaining(seconds), store.node(node_id), around, depth)
        sight.look(node_id, around, depth, None)
        for opening in openings:
            if opening.node in sight.seen:
                sight.look(opening.node, opening.around, 1, opening.types)
        further = existing(store, store.nodes([i for i in beside if i not in sight.seen]).values(), day)
        sight.seen.update((i, (node, depth + 1)) for i, node in further.items())
        return sight.shown(None)
