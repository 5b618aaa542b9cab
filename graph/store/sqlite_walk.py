"""Questions that go along many edges, on the arrays of the graph; rows are read only of what is given."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable

import numpy as np

from graph.records import Edge
from graph.store import counting
from graph.store.adjacency import Adjacency, Walk
from graph.store.base import Closure, Direction, Reached, edge_order
from graph.store.columns import Indices
from graph.store.rows import MANY, read_node
from graph.store.sqlite_rows import SqliteRows
from graph.store.tallies import Alone, Degrees, Tally, TallyBy, TallyGroup, ordered
from graph.store.timing import OutOfTime, deadline, never
from graph.store.walks import adjacency
from graph.vocabulary import EdgeType

_AT_ONCE = 1_000  # items read before the time is looked at


class SqliteWalks(SqliteRows):
    """The part of graph.store.base.Store that walks."""

    _graph: Adjacency | None = None  # the last one asked for, so that it stays in memory

    def edges_among(self, node_ids: Collection[str], *, types: Collection[EdgeType] | None = None) -> tuple[Edge, ...]:
        with self.snapshot():
            graph, ranks = self._ranked(node_ids)
            rows = counting.among(graph, _indices(ranks.values()), list(EdgeType) if types is None else types)
            return tuple(sorted(self._edges(rows).values(), key=edge_order))

    def degrees(
        self,
        node_ids: Collection[str],
        *,
        types: Collection[EdgeType] | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, Degrees]:
        wanted = list(EdgeType) if types is None else types
        with self.snapshot():
            graph, ranks = self._ranked(node_ids)
        down, up = (
            counting.degrees(graph, _indices(ranks.values()), down=way, types=wanted, as_of=as_of)
            for way in (True, False)
        )
        return {i: Degrees(down=d, up=u) for i, d, u in zip(ranks, down, up, strict=True)}

    def closure(
        self,
        node_id: str,
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType] = (),
        depth: int | None = None,
        limit: int | None = None,
        as_of: dt.date | None = None,
        seconds: float | None = None,
    ) -> Closure:
        late = deadline(seconds)
        with self.snapshot():
            start = self.node(node_id)
            graph, walk = self._walk(node_id, direction, through, last, depth, as_of, late)
            items = self._items(walk, limit, late)
        totals = graph.totals(walk)
        cut = len(items) < (totals.items if limit is None else min(limit, totals.items))
        return Closure(start=start, items=items, totals=totals, deeper=walk.deeper, late=walk.late or cut)

    def distances(
        self,
        node_id: str,
        node_ids: Collection[str],
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType] = (),
        depth: int | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, int]:
        with self.snapshot():
            _, walk = self._walk(node_id, direction, through, last, depth, as_of)
            _, ranks = self._ranked(node_ids)
        found = walk.depths(ranks.values())
        return {i: found[rank] for i, rank in ranks.items() if rank in found}

    def tally(
        self,
        node_id: str,
        *,
        by: TallyBy,
        direction: Direction,
        through: Collection[EdgeType],
        depth: int | None = None,
        as_of: dt.date | None = None,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Tally:
        with self.snapshot():
            graph, walk = self._walk(node_id, direction, through, (), depth, as_of, deadline(seconds))
            if walk.late:
                return Tally(groups=(), late=True)
            if by is TallyBy.QUARTER:
                quarters = counting.by_quarter(graph, walk)
                return ordered((TallyGroup(key=key, items=n) for key, n in quarters.items()), by, limit)
            loads, more, rest = counting.by_agency(graph, walk, limit)
            ids = self._ids([load.number for load in loads])
        groups = (TallyGroup(key=ids[load.number], items=load.items, roles=load.roles) for load in loads)
        return Tally(groups=tuple(groups), more=more, rest=rest)

    def endings(self, as_of: dt.date, *, types: Collection[EdgeType]) -> tuple[str, ...]:
        with self.snapshot():
            return tuple(sorted(self._ids(counting.endings(self._arrays(), as_of, types)).values()))

    def alone(
        self,
        node_id: str,
        *,
        through: Collection[EdgeType],
        ended: Collection[str],
        limit: int | None = None,
        out_of_time: OutOfTime,
    ) -> Alone:
        with self.snapshot():
            graph, start = self._start(node_id)
            _, closed = self._ranked(ended)
            found = counting.alone(graph, start, through, _indices(closed.values()), limit, out_of_time)
            if found is None:
                return Alone(reason="time")
            ids = self._ids(found.numbers)
        return Alone(ids=tuple(ids[n] for n in found.numbers), totals=found.totals, kept=found.kept)

    def warm(self) -> None:
        with self.snapshot():
            self._arrays()

    def _arrays(self) -> Adjacency:
        patience = self._clock.left
        with self._clock.stopped():
            self._graph = adjacency(self._rows, self.path, patience)
        return self._graph

    def _start(self, node_id: str) -> tuple[Adjacency, int]:
        """The graph, and the node's rank in it; UnknownId if it is not there."""
        self.node(node_id)
        graph, ranks = self._ranked([node_id])
        return graph, ranks[node_id]

    def _walk(
        self,
        node_id: str,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType],
        depth: int | None,
        as_of: dt.date | None,
        late: OutOfTime = never,
    ) -> tuple[Adjacency, Walk]:
        graph, start = self._start(node_id)
        down = Direction(direction) is Direction.DOWN
        return graph, graph.walk(start, down=down, through=through, last=last, depth=depth, as_of=as_of, late=late)

    def _items(self, walk: Walk, limit: int | None, late: OutOfTime) -> tuple[Reached, ...]:
        """The first items of a walk, as many as the time gives."""
        numbers, paths = walk.numbers(limit), walk.paths(limit)
        sql = f"SELECT n, label, id, record FROM node WHERE n IN {MANY}"
        items: list[Reached] = []
        edges: dict[int, Edge] = {}
        for first in range(0, len(numbers), _AT_ONCE):
            if late():
                break
            some = list(zip(numbers[first : first + _AT_ONCE], paths[first : first + _AT_ONCE], strict=True))
            edges |= self._edges({row for _, path in some for row in path} - edges.keys())
            nodes = {row[0]: read_node(*row[1:]) for row in self._rows(sql, json.dumps([n for n, _ in some]))}
            items += (Reached(node=nodes[n], depth=len(p), path=tuple(edges[row] for row in p)) for n, p in some)
        return tuple(items)

    def _ranked(self, node_ids: Collection[str]) -> tuple[Adjacency, dict[str, int]]:
        """The graph, and the ranks in it of those of the nodes that are there, by id, sorted."""
        graph = self._arrays()
        rows = self._rows(f"SELECT id, n FROM node WHERE id IN {MANY} ORDER BY id", json.dumps(list(node_ids)))
        return graph, {node_id: graph.rank(n) for node_id, n in rows}

    def _ids(self, numbers: Collection[int]) -> dict[int, str]:
        return dict(self._rows(f"SELECT n, id FROM node WHERE n IN {MANY}", json.dumps(list(numbers))))


def _indices(ranks: Iterable[int]) -> Indices:
    return np.fromiter(ranks, np.intp)
