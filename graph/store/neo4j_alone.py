"""What falls with a node of the Neo4j store: looked for from the node down, and from what that rests on up to the tops.

Only ids travel, but each of them does, so the question is bounded: beyond MOST nodes it is too large.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from graph.store.tallies import ALONE_ORDER, Alone
from graph.store.timing import OutOfTime
from graph.vocabulary import EdgeType, Label

#: Nodes looked at before the question counts as too large.
MOST = 20_000
_ASSIGNED = frozenset({EdgeType.ASSIGNED_TO})
#: Ids of one label, edge types and whether along the arrows: the pairs of ids that such edges join, the label behind.
Pairs = Callable[[Label, Collection[str], Collection[EdgeType], bool], Iterable[tuple[str, str, Label]]]


class Stopped(Exception):
    """The question was too large, or its time was over."""


@dataclass(slots=True)
class Search:
    """One question of Store.alone; ``labels``: of all nodes seen, the start among them."""

    pairs: Pairs
    through: Collection[EdgeType]
    ended: Collection[str]
    out_of_time: OutOfTime
    labels: dict[str, Label]

    def run(self, start: str, limit: int | None) -> Alone:
        """What falls with the start."""
        try:
            return self._fallen(start, limit)
        except Stopped as stopped:
            return Alone(reason=str(stopped))

    def _fallen(self, start: str, limit: int | None) -> Alone:
        below = self._below(start)
        owners = {agency for _, agency in self._edges(below | {start}, _ASSIGNED, down=True)}
        duties: dict[str, set[str]] = defaultdict(set)
        for agency, duty in self._edges(owners, _ASSIGNED, down=False):
            duties[agency].add(duty)
        standing = self._standing(below.union(*duties.values()), start)
        lost = (below - standing) | {agency for agency in owners if not duties[agency] & standing}
        counted = Counter(self.labels[i] for i in lost)
        return Alone(
            ids=tuple(sorted(lost, key=lambda i: (ALONE_ORDER.index(self.labels[i]), i))[:limit]),
            totals={label: counted[label] for label in ALONE_ORDER if counted[label]},
            kept=len(below) + len(owners) - len(lost),
        )

    def _below(self, start: str) -> set[str]:
        """What is reached from the start past nothing that has ended."""
        found: set[str] = set()
        frontier = {start}
        while frontier:
            ends = {far for _, far in self._edges(frontier, self.through, down=True)}
            frontier = ends - found - {start} - set(self.ended)
            found |= frontier
        return found

    def _standing(self, ids: Collection[str], start: str) -> set[str]:
        """Those of the nodes, and of what they rest on, that a top holds up without the start."""
        above: dict[str, set[str]] = defaultdict(set)
        below: dict[str, set[str]] = defaultdict(set)
        looked_at, frontier = set(ids), set(ids)
        while frontier:
            for lower, upper in self._edges(frontier, self.through, down=False):
                above[lower].add(upper)
                below[upper].add(lower)
            frontier = {upper for lower in frontier for upper in above[lower]} - looked_at - {start}
            looked_at |= frontier
        closed = {start, *self.ended}
        waiting = [i for i in looked_at if self.labels[i] is Label.DIRECTIVE and not above[i] and i not in closed]
        standing = set(waiting)
        while waiting:
            new = below[waiting.pop()] - standing - closed
            standing |= new
            waiting += new
        return standing

    def _edges(self, ids: Collection[str], types: Collection[EdgeType], *, down: bool) -> list[tuple[str, str]]:
        by_label: dict[Label, list[str]] = defaultdict(list)
        for i in ids:
            by_label[self.labels[i]].append(i)
        found: list[tuple[str, str]] = []
        for label in sorted(by_label):
            if self.out_of_time():
                raise Stopped("time")
            for near, far, kind in self.pairs(label, by_label[label], types, down):
                self.labels[far] = kind
                found.append((near, far))
        if len(self.labels) > MOST:
            raise Stopped("too_large")
        return found
