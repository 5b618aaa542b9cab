"""A directive, supposed to end today → what rests on it alone: all that no other top directive in force holds up.

A top directive rests on nothing. It holds up what is reached from it along the arrows a lineage walks, as long as no
directive on the way has ended (superseded, repealed, expired, suspended) or is yet to come; one whose status nobody
can tell is passed. An agency is held up by any task or indicator of its that is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from pydantic import Field

from graph.lineage import followed
from graph.neighbourhood import never
from graph.records import Edge, Record
from graph.status import DirectiveStatus, statuses
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Follow, Label, Status

#: Under these a directive holds nothing up.
ENDED = frozenset({Status.SUPERSEDED, Status.REPEALED, Status.EXPIRED, Status.SUSPENDED, Status.NOT_YET_ISSUED})
MOST_NODES = 20_000
_THROUGH = tuple(sorted(followed(Follow.THROUGH)))
_ORDER = (Label.DIRECTIVE, Label.TASK, Label.INDICATOR, Label.TARGET, Label.AGENCY)


class WhatIf(Record):
    """What would rest on nothing any more if ``start`` ended on ``as_of``: ``items`` by kind and id.

    ``totals``: of all that falls, by label, also where items were cut (``more``); ``kept``: how much of what rests on
    ``start`` rests on something else as well. ``status``: of the start; one that has ended holds nothing up.
    ``partial``: with ``reason`` limit the items were cut, with ``too_large`` or ``time`` nothing could be said.
    """

    start: Node
    as_of: dt.date
    status: DirectiveStatus | None
    items: tuple[Node, ...] = ()
    totals: dict[Label, int] = Field(default={})
    kept: int = 0
    partial: bool = False
    reason: str | None = None
    more: int = 0


class _Stopped(Exception):
    """The question was too large, or its time was over."""


def what_if(
    store: Store,
    node_id: str,
    *,
    as_of: dt.date | None = None,
    limit: int | None = None,
    most: int = MOST_NODES,
    out_of_time: Callable[[], bool] = never,
) -> WhatIf:
    """What rests on a node alone on a date (today if left out); UnknownId if there is no such node.

    ``most``: nodes looked at before the question counts as too large.
    """
    day = as_of or dt.date.today()
    with store.snapshot():
        start = store.node(node_id)
        search = _Search(store, day, most, out_of_time)
        status = search.judged([node_id]).get(node_id)
        try:
            lost, kept = ([], 0) if _ended(status) else _fallen(search, node_id)
        except _Stopped as stopped:
            return WhatIf(start=start, as_of=day, status=status, partial=True, reason=str(stopped))
        nodes = sorted(store.nodes(lost).values(), key=lambda node: (_ORDER.index(node.label), node.id))
    counted = Counter(node.label for node in nodes)
    shown = nodes if limit is None else nodes[:limit]
    more = len(nodes) - len(shown)
    return WhatIf(
        start=start,
        as_of=day,
        status=status,
        items=tuple(shown),
        totals={label: counted[label] for label in _ORDER if counted[label]},
        kept=kept,
        partial=bool(more),
        reason="limit" if more else None,
        more=more,
    )


def _fallen(search: _Search, start: str) -> tuple[list[str], int]:
    """Ids of what falls, and how many of those reached from the start stand."""
    if search.reached(start) > search.most:  # a count costs little: no need to walk that far to know it
        raise _Stopped("too_large")
    below = search.below(start)
    owners = search.assigned(below | {start})
    others = search.tasks_of(owners)
    standing = search.standing(below | {task for tasks in others.values() for task in tasks}, without=start)
    idle = [agency for agency, tasks in others.items() if not tasks & standing]
    lost = [*(below - standing), *idle]
    return lost, len(below) + len(owners) - len(lost)


@dataclass(slots=True)
class _Search:
    """Walks of one question; all of them together look at no more than ``most`` nodes."""

    store: Store
    day: dt.date
    most: int
    out_of_time: Callable[[], bool]
    ended: dict[str, bool] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def judged(self, ids: Collection[str]) -> dict[str, DirectiveStatus]:
        return statuses(self.store, ids, self.day)

    def reached(self, start: str) -> int:
        """How much rests on the start, whether it has ended or not."""
        found = self.store.closure(start, direction=Direction.DOWN, through=_THROUGH, limit=0, as_of=self.day)
        return found.totals.items

    def below(self, start: str) -> set[str]:
        """What is reached from the start over what has not ended."""
        found: set[str] = set()
        frontier = {start}
        while frontier:
            ends = {edge.target for edge in self._edges(frontier, Direction.DOWN)} - found - {start}
            frontier = self._holding(ends)
            found |= frontier
        return found

    def assigned(self, ids: Collection[str]) -> set[str]:
        """Agencies that have any of these tasks and indicators."""
        edges = self.store.edges_of(sorted(ids), direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO])
        return {edge.target for edge in edges}

    def tasks_of(self, agencies: Collection[str]) -> dict[str, set[str]]:
        """All tasks and indicators of each agency."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.store.edges_of(sorted(agencies), direction=Direction.UP, types=[EdgeType.ASSIGNED_TO]):
            found[edge.target].add(edge.source)
        return found

    def standing(self, ids: Collection[str], *, without: str) -> set[str]:
        """Those of the nodes, and of what they rest on, that a top directive holds up without one node."""
        edges, looked_at = self._above(ids, without)
        above: dict[str, set[str]] = defaultdict(set)
        below: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            above[edge.target].add(edge.source)
            below[edge.source].add(edge.target)
        directives = self.judged(looked_at).keys()
        waiting = sorted(i for i in self._holding(looked_at) if i in directives and not above[i] and i != without)
        standing = set(waiting)
        while waiting:
            new = self._holding(below[waiting.pop()] - standing - {without})
            standing |= new
            waiting += sorted(new)
        return standing

    def _above(self, ids: Collection[str], without: str) -> tuple[list[Edge], set[str]]:
        edges: list[Edge] = []
        found, frontier = set(ids), set(ids)
        while frontier:
            new = self._edges(frontier, Direction.UP)
            edges += new
            frontier = {edge.source for edge in new} - found - {without}
            found |= frontier
        return edges, found

    def _edges(self, ids: Collection[str], direction: Direction) -> Iterable[Edge]:
        self.seen |= set(ids)
        if len(self.seen) > self.most:
            raise _Stopped("too_large")
        if self.out_of_time():
            raise _Stopped("time")
        return self.store.edges_of(sorted(ids), direction=direction, types=_THROUGH)

    def _holding(self, ids: Collection[str]) -> set[str]:
        """Those that have not ended; what is no directive never has."""
        unknown = [i for i in ids if i not in self.ended]
        judged = self.judged(unknown)
        self.ended.update((i, _ended(judged.get(i))) for i in unknown)
        return {i for i in ids if not self.ended[i]}


def _ended(status: DirectiveStatus | None) -> bool:
    return status is not None and status.status in ENDED
