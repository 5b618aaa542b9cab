"""A neighbourhood and the nodes a reader opened in it → the larger neighbourhood, with true counts of what is hidden.

Unlike a greater depth, this follows what a reader chose: one node's tasks, another one's successors.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from graph.existence import existing
from graph.neighbourhood import SHOWN, Around, Hidden, Neighbourhood, OutOfTime, Seen, neighbourhood, never
from graph.records import Edge
from graph.status import statuses
from graph.store.base import Direction, Store, edge_order
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
    depth: int = 1,
    around: Around = Around.BOTH,
    as_of: dt.date | None = None,
    limit: int | None = None,
    out_of_time: OutOfTime = never,
) -> Neighbourhood:
    """What stands around a node, and around each opened node in turn; UnknownId if there is no such start.

    An opening of a node that is not in sight by then shows nothing. ``limit``: nodes beside the start.
    """
    day = as_of or dt.date.today()
    with store.snapshot():
        first = neighbourhood(
            store, node_id, around=around, depth=depth, as_of=day, limit=limit, out_of_time=out_of_time
        )
        if not openings:
            return first
        seen = {item.node.id: item for item in first.nodes}
        more, reason = _open(store, seen, openings, day, limit, out_of_time)
        edges, hidden = _around(store, seen, day)
        known = statuses(store, list(seen), day)
    nodes = [item.model_copy(update={"hidden": hidden[i]}) for i, item in seen.items()]
    return first.model_copy(
        update={
            "statuses": known,
            "nodes": tuple(sorted(nodes, key=lambda item: (item.depth, item.node.id))),
            "edges": edges,
            "partial": first.partial or reason is not None,
            "reason": first.reason or reason,
            "more": first.more + more,
        }
    )


def _open(
    store: Store,
    seen: dict[str, Seen],
    openings: Iterable[Opening],
    day: dt.date,
    limit: int | None,
    out_of_time: OutOfTime,
) -> tuple[int, str | None]:
    """Adds to ``seen``; how many did not find room, and why it was cut."""
    more, reason = 0, None
    for opening in openings:
        at = seen.get(opening.node)
        if at is None:
            continue
        room = None if limit is None else limit + 1
        if out_of_time():
            return more, "time"
        found = neighbourhood(
            store,
            opening.node,
            around=opening.around,
            types=opening.types,
            as_of=day,
            limit=room,
            out_of_time=out_of_time,
        )
        more, reason = more + found.more, found.reason or reason
        for item in found.nodes:
            if item.node.id in seen:
                continue
            if limit is not None and len(seen) > limit:
                more, reason = more + 1, "limit"
                continue
            seen[item.node.id] = item.model_copy(update={"depth": at.depth + 1})
    return more, reason


def _around(store: Store, seen: Collection[str], day: dt.date) -> tuple[tuple[Edge, ...], dict[str, Hidden]]:
    """The edges between the nodes seen, and of each node how many neighbours there are beside them."""
    ids = sorted(seen)
    leaving = store.edges_of(ids, direction=Direction.DOWN, types=SHOWN)
    entering = store.edges_of(ids, direction=Direction.UP, types=SHOWN)
    away = ({e.target for e in leaving} | {e.source for e in entering}).difference(seen)
    there = existing(store, store.nodes(sorted(away)).values(), day).keys()
    down = _counted((e.source, e.type, e.target) for e in leaving if e.target in there)
    up = _counted((e.target, e.type, e.source) for e in entering if e.source in there)
    between = tuple(sorted((e for e in leaving if e.target in seen), key=edge_order))
    return between, {i: Hidden(down=down.get(i, {}), up=up.get(i, {})) for i in ids}


def _counted(found: Iterable[tuple[str, EdgeType, str]]) -> dict[str, dict[EdgeType, int]]:
    others: dict[str, dict[EdgeType, set[str]]] = defaultdict(lambda: defaultdict(set))
    for node, kind, other in found:
        others[node][kind].add(other)
    return {node: {kind: len(by[kind]) for kind in sorted(by)} for node, by in others.items()}
