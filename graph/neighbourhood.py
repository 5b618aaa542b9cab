"""A node becomes what stands around it: nodes and edges up to a depth, and how many more hang on each of them.

Depth counts edges, as in every lineage, and the same edges are followed: last steps are shown and not followed
further. ``both`` is what the node rests on and what rests on it, not the other children of its parents.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from graph.existence import WITH_SOURCE, existing
from graph.records import Edge, Record
from graph.status import DirectiveStatus, statuses
from graph.store.base import Direction, Node, Store, edge_order
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow

OutOfTime = Callable[[], bool]
#: What a neighbourhood shows if no types are asked for: all that a lineage walks or shows.
SHOWN = tuple(t for t, spec in EDGE_SPECS.items() if spec.follow in (Follow.THROUGH, Follow.LAST_STEP))


class Around(StrEnum):
    """Which way to look: ``down`` along the arrows, ``up`` against them, or ``both``."""

    DOWN = "down"
    UP = "up"
    BOTH = "both"


class Hidden(Record):
    """How many neighbours of a node are not shown, by edge type: ``down`` along the arrows, ``up`` against them."""

    down: dict[EdgeType, int]
    up: dict[EdgeType, int]


class Seen(Record):
    """A node of a neighbourhood, ``depth`` edges away; ``hidden``: None if the time did not suffice to count."""

    node: Node
    depth: int
    hidden: Hidden | None


class Neighbourhood(Record):
    """Nodes sorted by (depth, id), the start first, and the edges between them, sorted.

    ``status``: of the start, if it is a directive; ``statuses``: of every directive shown. ``partial``: it was cut;
    ``reason`` (limit or time) says why; ``more``: nodes within the depth that were found and not shown.
    """

    start: Node
    direction: Around
    depth: int
    as_of: dt.date
    status: DirectiveStatus | None
    statuses: dict[str, DirectiveStatus]
    nodes: tuple[Seen, ...]
    edges: tuple[Edge, ...]
    partial: bool = False
    reason: str | None = None
    more: int = 0


def never() -> bool:
    """An answer that may take all the time it needs."""
    return False


def neighbourhood(
    store: Store,
    node_id: str,
    *,
    around: Around = Around.BOTH,
    depth: int = 1,
    types: Collection[EdgeType] | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
    out_of_time: OutOfTime = never,
) -> Neighbourhood:
    """What stands around a node on a date (today if left out); UnknownId if there is no such node.

    ``depth`` in edges, ``limit`` in nodes beside the start (None is no bound), ``types``: those to show (None: SHOWN).
    """
    day = as_of or dt.date.today()
    wanted = tuple(t for t in EdgeType if t in (SHOWN if types is None else types))
    with store.snapshot():
        start = store.node(node_id)
        walk = _Walk(store, day, wanted, limit, out_of_time, {node_id: (start, 0)})
        walk.alive = bool(existing(store, [start], day))
        for direction in _DIRECTIONS[around]:
            walk.go(node_id, direction, depth)
        edges, hidden = _edges(walk)
        known = statuses(store, list(walk.seen), day)
    late = walk.late or len(hidden) < len(walk.seen)
    nodes = [Seen(node=n, depth=d, hidden=hidden.get(i)) for i, (n, d) in walk.seen.items()]
    return Neighbourhood(
        start=start,
        direction=around,
        depth=depth,
        as_of=day,
        status=known.get(node_id),
        statuses=known,
        nodes=tuple(sorted(nodes, key=lambda seen: (seen.depth, seen.node.id))),
        edges=edges,
        partial=bool(walk.cut) or late,
        reason="limit" if walk.cut else "time" if late else None,
        more=len(walk.cut),
    )


_DIRECTIONS = {
    Around.DOWN: (Direction.DOWN,),
    Around.UP: (Direction.UP,),
    Around.BOTH: (Direction.UP, Direction.DOWN),
}


@dataclass(slots=True)
class _Walk:
    """Breadth first; ``seen``: nodes with their depth; ``cut``: ids found beyond the limit; ``late``: time was up;
    ``alive``: the start exists on the day (it is shown even if not, and then what it holds does not)."""

    store: Store
    day: dt.date
    types: tuple[EdgeType, ...]
    limit: int | None
    out_of_time: OutOfTime
    seen: dict[str, tuple[Node, int]]
    cut: set[str] = field(default_factory=set)
    alive: bool = True
    late: bool = False

    def go(self, start: str, direction: Direction, depth: int) -> None:
        walked, frontier = {start}, [start]
        for level in range(1, depth + 1):
            if not frontier:
                return
            if self.out_of_time():
                self.late = True
                return
            edges = self.store.edges_of(frontier, direction=direction, types=self.types)
            self._add(edges, direction, level)
            onward = {_end(e, direction) for e in edges if EDGE_SPECS[e.type].follow is not Follow.LAST_STEP}
            frontier = sorted((onward & self.seen.keys()) - walked)
            walked.update(frontier)

    def _add(self, edges: Iterable[Edge], direction: Direction, level: int) -> None:
        ids = {_end(edge, direction) for edge in edges} - self.seen.keys()
        sure = {_end(e, direction) for e in edges if self.alive and _is_sure(e, direction)}
        new = existing(self.store, self.store.nodes(sorted(ids)).values(), self.day, sure=sure)
        room = None if self.limit is None else max(0, self.limit + 1 - len(self.seen))
        shown = sorted(new)[:room]
        self.seen.update((i, (new[i], level)) for i in shown)
        self.cut = (self.cut | new.keys()) - self.seen.keys()


def _edges(walk: _Walk) -> tuple[tuple[Edge, ...], dict[str, Hidden]]:
    """The edges between the nodes seen, and how many of each node lead elsewhere, as far as the time goes.

    Nodes are taken a few at a time, the nearest to the start first, so that a long count can be ended.
    """
    between: list[Edge] = []
    hidden: dict[str, Hidden] = {}
    ids = sorted(walk.seen, key=lambda i: (walk.seen[i][1], i))
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        leaving = walk.store.edges_of(some, direction=Direction.DOWN, types=walk.types)
        between += [edge for edge in leaving if edge.target in walk.seen]
        if not walk.out_of_time():
            hidden.update(_hidden(walk, some, leaving))
    return tuple(sorted(between, key=edge_order)), hidden


def _hidden(walk: _Walk, ids: list[str], leaving: Collection[Edge]) -> dict[str, Hidden]:
    entering = walk.store.edges_of(ids, direction=Direction.UP, types=walk.types)
    away = [(e, e.target, Direction.DOWN) for e in leaving if e.target not in walk.seen]
    away += [(e, e.source, Direction.UP) for e in entering if e.source not in walk.seen]
    sure = {end for edge, end, direction in away if walk.alive and _is_sure(edge, direction)}
    doubtful = sorted({end for _, end, _ in away} - sure)
    there = sure | existing(walk.store, walk.store.nodes(doubtful).values(), walk.day).keys()
    down = _counted((e.source, e.type, e.target) for e, end, way in away if way is Direction.DOWN and end in there)
    up = _counted((e.target, e.type, e.source) for e, end, way in away if way is Direction.UP and end in there)
    return {i: Hidden(down=down.get(i, {}), up=up.get(i, {})) for i in ids}


def _is_sure(edge: Edge, direction: Direction) -> bool:
    """Whether the other end exists because the node that was walked from does."""
    return edge.type in (WITH_SOURCE if direction is Direction.DOWN else _CONTENT)


_CONTENT = (EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR, EdgeType.HAS_TARGET)
_AT_ONCE = 40


def _counted(found: Iterable[tuple[str, EdgeType, str]]) -> dict[str, dict[EdgeType, int]]:
    others: dict[str, dict[EdgeType, set[str]]] = defaultdict(lambda: defaultdict(set))
    for node, kind, other in found:
        others[node][kind].add(other)
    return {node: {kind: len(by[kind]) for kind in sorted(by)} for node, by in others.items()}


def _end(edge: Edge, direction: Direction) -> str:
    return edge.target if direction is Direction.DOWN else edge.source
