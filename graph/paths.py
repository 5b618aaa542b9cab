"""Two nodes become the shortest chain of edges between them: how one rests on the other, or what both rest on.

Looked for in this order: ``to`` rests on ``from`` (down), ``from`` rests on ``to`` (up), the two meet over others
(across). The edges are those a lineage walks or shows; a last step stands only at an end of the path.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from graph.existence import existing
from graph.lineage import followed
from graph.neighbourhood import SHOWN
from graph.records import Edge, Record
from graph.status import DirectiveStatus, statuses
from graph.store.base import Direction, Node, Store
from graph.store.timing import OutOfTime, never
from graph.vocabulary import Follow

#: Nodes looked at before the search gives up.
MOST_NODES = 20_000
_THROUGH = followed(Follow.THROUGH)


class Way(StrEnum):
    """``down``: the end rests on the start; ``up``: the start on the end; ``across``: they meet over others."""

    DOWN = "down"
    UP = "up"
    ACROSS = "across"


class Step(Record):
    """One edge of a path and the node it leads to; ``direction``: along its arrow (down) or against it (up)."""

    edge: Edge
    node: Node
    direction: Direction


class Path(Record):
    """The shortest path; ``way`` None and no ``steps`` if there is none (or, if ``partial``, none was found yet).

    ``reason``: depth, limit (of nodes looked at) or time. ``statuses``: of every directive on the path, by id.
    """

    start: Node
    end: Node
    as_of: dt.date
    way: Way | None
    steps: tuple[Step, ...]
    statuses: dict[str, DirectiveStatus]
    partial: bool = False
    reason: str | None = None
    more: int = 0


def path_between(
    store: Store,
    start: str,
    end: str,
    *,
    as_of: dt.date | None = None,
    depth: int = 12,
    most: int = MOST_NODES,
    out_of_time: OutOfTime = never,
) -> Path:
    """The shortest path of at most ``depth`` edges on a date (today if left out); UnknownId for an unknown end."""
    day = as_of or dt.date.today()
    with store.snapshot():
        first, last = store.node(start), store.node(end)
        edges: tuple[Edge, ...] = ()
        reason: str | None = None
        for way in Way:
            search = _Search(store, day, way, depth, most, out_of_time)
            edges = search.run(start, end)
            reason = search.reason or reason
            if edges or start == end:
                reason = None
                break
        steps = _steps(store, start, edges)
        known = statuses(store, [start, *(step.node.id for step in steps)], day)
    return Path(
        start=first,
        end=last,
        as_of=day,
        way=way if edges else None,
        steps=steps,
        statuses=known,
        partial=reason is not None,
        reason=reason,
    )


@dataclass(slots=True)
class _Search:
    """Breadth first from both ends at once, the smaller side first."""

    store: Store
    day: dt.date
    way: Way
    depth: int
    most: int
    out_of_time: OutOfTime
    reason: str | None = None

    def run(self, start: str, end: str) -> tuple[Edge, ...]:
        """Edges from ``start`` to ``end`` in walking order; () if none was found (``reason``: why it stopped)."""
        if start == end:
            return ()
        ahead, behind = _Side(start, True), _Side(end, False)
        for _ in range(self.depth):
            if not (ahead.frontier and behind.frontier):
                return ()
            self.reason = self._stopped(len(ahead.via) + len(behind.via))
            if self.reason:
                return ()
            side, other = (ahead, behind) if len(ahead.frontier) <= len(behind.frontier) else (behind, ahead)
            met = self._expand(side, other)
            if met:
                return (*ahead.chain(met)[::-1], *behind.chain(met))
        self.reason = "depth" if ahead.frontier and behind.frontier else None
        return ()

    def _stopped(self, nodes: int) -> str | None:
        return "limit" if nodes > self.most else "time" if self.out_of_time() else None

    def _expand(self, side: _Side, other: _Side) -> str | None:
        """One step further on one side; the smallest id where the two sides meet."""
        found: dict[str, tuple[Edge, str]] = {}
        for direction in _moves(self.way, side.ahead):
            for edge in self._edges(side, other, direction):
                near, far = (edge.source, edge.target) if direction is Direction.DOWN else (edge.target, edge.source)
                if far not in side.via:
                    found.setdefault(far, (edge, near))
        there = existing(self.store, self.store.nodes(sorted(found)).values(), self.day)
        side.via.update((i, found[i]) for i in sorted(there))
        side.frontier = sorted(there)
        return min((i for i in there if i in other.via), key=lambda i: (len(other.chain(i)), i), default=None)

    def _edges(self, side: _Side, other: _Side, direction: Direction) -> tuple[Edge, ...]:
        """A last step counts only into the lower end of a path that goes one way, or at either end of one across."""
        edges = self.store.edges_of(side.frontier, direction=direction, types=SHOWN)
        if self.way is Way.ACROSS:
            ends = {side.root, other.root}
            return tuple(e for e in edges if e.type in _THROUGH or ends & {e.source, e.target})
        lower = other.root if (self.way is Way.DOWN) is side.ahead else side.root
        return tuple(e for e in edges if e.type in _THROUGH or e.target == lower)


class _Side:
    """One end of a search: ``via`` gives for each node reached the edge and the node before it (the root: None)."""

    def __init__(self, root: str, ahead: bool) -> None:
        self.root, self.ahead = root, ahead
        self.via: dict[str, tuple[Edge, str] | None] = {root: None}
        self.frontier = [root]

    def chain(self, node: str) -> list[Edge]:
        """Edges from ``node`` back to the root."""
        edges: list[Edge] = []
        while (step := self.via[node]) is not None:
            edges.append(step[0])
            node = step[1]
        return edges


def _moves(way: Way, ahead: bool) -> tuple[Direction, ...]:
    if way is Way.ACROSS:
        return (Direction.UP, Direction.DOWN)
    return (Direction.DOWN,) if (way is Way.DOWN) is ahead else (Direction.UP,)


def _steps(store: Store, start: str, edges: tuple[Edge, ...]) -> tuple[Step, ...]:
    nodes = store.nodes({end for edge in edges for end in (edge.source, edge.target)})
    steps, here = [], start
    for edge in edges:
        direction = Direction.DOWN if edge.source == here else Direction.UP
        here = edge.target if direction is Direction.DOWN else edge.source
        steps.append(Step(edge=edge, node=nodes[here], direction=direction))
    return tuple(steps)
