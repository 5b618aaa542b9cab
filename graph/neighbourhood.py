"""A node becomes what stands around it: nodes and edges up to a depth, and how many more hang on each of them.

Depth counts edges, as in every lineage, and the same edges are followed: last steps are shown and not followed
further. ``both`` is what the node rests on and what rests on it, not the other children of its parents.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from graph.existence import existing
from graph.records import Edge, Record
from graph.status import DirectiveStatus, statuses
from graph.store.base import Closure, Direction, Node, Store
from graph.store.timing import Left, remaining
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow

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
    ``reason`` (time, else limit) says why; ``more``: nodes within the depth that are not shown.
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


def neighbourhood(
    store: Store,
    node_id: str,
    *,
    around: Around = Around.BOTH,
    depth: int = 1,
    types: Collection[EdgeType] | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
    seconds: float | None = None,
) -> Neighbourhood:
    """What stands around a node on a date (today if left out); UnknownId if there is no such node.

    ``depth`` in edges, ``limit`` in nodes beside the start (None is no bound), ``types``: those to show (None: SHOWN).
    ``seconds`` for the walk and for counting what is hidden.
    """
    with store.snapshot():
        day, start = as_of or dt.date.today(), store.node(node_id)
        sight = Sight(store, day, limit, remaining(seconds), start, around, depth)
        sight.look(node_id, around, depth, types)
        return sight.shown(types)


_DIRECTIONS = {
    Around.DOWN: (Direction.DOWN,),
    Around.UP: (Direction.UP,),
    Around.BOTH: (Direction.UP, Direction.DOWN),
}
_AT_ONCE = 200  # nodes whose neighbours are counted before the time is looked at


@dataclass(slots=True)
class Sight:
    """What a reader sees from ``start``: ``seen``, nodes with their depth; ``more``: found beyond the limit;
    ``late``: the time was over. ``around`` and ``depth`` are what was asked for, see Neighbourhood."""

    store: Store
    day: dt.date
    limit: int | None
    left: Left
    start: Node
    around: Around
    depth: int
    seen: dict[str, tuple[Node, int]] = field(default_factory=dict)
    more: int = 0
    late: bool = False

    def __post_init__(self) -> None:
        self.seen[self.start.id] = self.start, 0

    def look(self, node_id: str, around: Around, depth: int, types: Collection[EdgeType] | None) -> None:
        """Add what stands around one node that is seen, as far as there is room; the rest is counted."""
        chosen = SHOWN if types is None else types
        ends = [t for t in chosen if EDGE_SPECS[t].follow is Follow.LAST_STEP]
        how = _Way(node_id, depth, [t for t in chosen if t not in ends], ends, self.day)
        sides: dict[Direction, Closure] = {}
        for direction in _DIRECTIONS[around]:
            if self.left() == 0:
                self.late = True
                break
            sides[direction] = how.closure(self.store, direction, self._room(), self.left())
        self.late = self.late or any(side.late for side in sides.values())
        at, before = self.seen[node_id][1], set(self.seen)
        for item in chain.from_iterable(side.items for side in sides.values()):
            if self.limit is None or len(self.seen) <= self.limit:
                self.seen.setdefault(item.node.id, (item.node, at + item.depth))
        if self.late:
            given = {item.node.id for side in sides.values() for item in side.items}
            self.more += len(given - self.seen.keys()) + sum(s.totals.items - len(s.items) for s in sides.values())
        elif any(len(self.seen.keys() & {i.node.id for i in s.items}) < s.totals.items for s in sides.values()):
            others = before - {node_id}
            known = {i for way in sides for i in how.distances(self.store, way, others)} if others else ()
            self.more += _distinct(self.store, how, sides) - (len(self.seen) - len(before)) - len(known)

    def _room(self) -> int | None:
        """So many nodes around another one are enough: those there is room for, and those that are seen."""
        room = None if self.limit is None else max(0, self.limit + 1 - len(self.seen))
        return room and room + len(self.seen) - 1

    def shown(self, types: Collection[EdgeType] | None) -> Neighbourhood:
        """The answer: what is seen with the edges between, and how much more hangs on each node."""
        chosen = tuple(t for t in EdgeType if t in (SHOWN if types is None else types))
        edges = self.store.edges_among(self.seen, types=chosen)
        hidden = self._hidden(edges, chosen)
        nodes = {i: node for i, (node, _) in self.seen.items()}
        known = statuses(self.store, nodes, self.day, known=nodes)
        late = self.late or len(hidden) < len(self.seen)
        items = [Seen(node=node, depth=depth, hidden=hidden.get(i)) for i, (node, depth) in self.seen.items()]
        return Neighbourhood(
            start=self.start,
            direction=self.around,
            depth=self.depth,
            as_of=self.day,
            status=known.get(self.start.id),
            statuses=known,
            nodes=tuple(sorted(items, key=lambda seen: (seen.depth, seen.node.id))),
            edges=edges,
            partial=bool(self.more) or late,
            reason="time" if late else "limit" if self.more else None,
            more=self.more,
        )

    def _hidden(self, edges: Collection[Edge], types: Collection[EdgeType]) -> dict[str, Hidden]:
        """Of each node how many neighbours are not seen, the nearest to the start first, as far as the time goes."""
        there = self.seen.keys() if existing(self.store, [self.start], self.day) else self.seen.keys() - {self.start.id}
        down = _counted((e.source, e.type, e.target) for e in edges if e.target in there)
        up = _counted((e.target, e.type, e.source) for e in edges if e.source in there)
        found: dict[str, Hidden] = {}
        ids = sorted(self.seen, key=lambda i: (self.seen[i][1], i))
        for first in range(0, len(ids), _AT_ONCE):
            if self.left() == 0:
                break
            for i, degrees in self.store.degrees(ids[first : first + _AT_ONCE], types=types, as_of=self.day).items():
                found[i] = Hidden(down=_less(degrees.down, down.get(i, {})), up=_less(degrees.up, up.get(i, {})))
        return found


@dataclass(frozen=True, slots=True)
class _Way:
    """How to go around a node: over which edges, how far, on which day."""

    node: str
    depth: int
    through: Collection[EdgeType]
    last: Collection[EdgeType]
    day: dt.date

    def closure(self, store: Store, direction: Direction, limit: int | None, seconds: float | None = None) -> Closure:
        return store.closure(
            self.node,
            direction=direction,
            through=self.through,
            last=self.last,
            depth=self.depth,
            limit=limit,
            as_of=self.day,
            seconds=seconds,
        )

    def distances(self, store: Store, direction: Direction, ids: Collection[str]) -> dict[str, int]:
        return store.distances(
            self.node,
            ids,
            direction=direction,
            through=self.through,
            last=self.last,
            depth=self.depth,
            as_of=self.day,
        )


def _distinct(store: Store, how: _Way, sides: dict[Direction, Closure]) -> int:
    """How many nodes stand on any side; a cycle puts some on both."""
    total = sum(side.totals.items for side in sides.values())
    if len(sides) < 2 or not all(side.totals.items for side in sides.values()):
        return total
    (less, few), (other, _) = sorted(sides.items(), key=lambda side: side[1].totals.items)
    if len(few.items) < few.totals.items:
        few = how.closure(store, less, None)
    return total - len(how.distances(store, other, [item.node.id for item in few.items]))


def _less(degrees: dict[EdgeType, int], shown: dict[EdgeType, int]) -> dict[EdgeType, int]:
    return {kind: n - shown.get(kind, 0) for kind, n in degrees.items() if n > shown.get(kind, 0)}


def _counted(found: Iterable[tuple[str, EdgeType, str]]) -> dict[str, dict[EdgeType, int]]:
    others: dict[str, dict[EdgeType, set[str]]] = defaultdict(lambda: defaultdict(set))
    for node, kind, other in found:
        others[node][kind].add(other)
    return {node: {kind: len(ends) for kind, ends in by.items()} for node, by in others.items()}
