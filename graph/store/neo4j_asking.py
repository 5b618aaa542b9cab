"""Questions that go along edges of the Neo4j store; what is counted is counted on the server."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.errors import StoreTimeError
from graph.records import Edge
from graph.store import cypher
from graph.store.base import Closure, Direction, Neighbours, Node, Reached, Totals, edge_order
from graph.store.neo4j_alone import MOST, Search
from graph.store.neo4j_rows import PAGE, Neo4jRows, as_edge
from graph.store.neo4j_session import Row, rows, whole
from graph.store.neo4j_walk import Found, Walk
from graph.store.tallies import Alone, Degrees, Tally, TallyBy
from graph.store.timing import Left, OutOfTime, remaining
from graph.text import storable
from graph.vocabulary import EDGE_SPECS, EdgeType, Label, sources

T = TypeVar("T")
#: Part of the time of a closure that the whole walk gets; the rest is for a shorter one, and for reading the items.
_WHOLE = 0.6
_SIDES = (("down", True), ("up", False))
_NOTHING = Found((), Totals(items=0, labels={}, levels={}, jurisdictions={}, depths={}), False)


class Neo4jWalks(Neo4jRows):
    """The part of graph.store.base.Store that goes along edges."""

    @whole
    def edges_of(
        self,
        node_ids: Collection[str],
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        asserted_by: str | None = None,
    ) -> tuple[Edge, ...]:
        down, said = Direction(direction) is Direction.DOWN, asserted_by is not None
        kinds = by_label(types, down=down).items()
        statement = cypher.UNION(cypher.edges(label, some, down=down, asserted=said) for label, some in kinds)
        by = {"asserted_by": storable(asserted_by)} if asserted_by is not None else {}
        return tuple(sorted(map(as_edge, self._by_ids(statement, node_ids, **by)), key=edge_order))

    @whole
    def edges_among(self, node_ids: Collection[str], *, types: Collection[EdgeType] | None = None) -> tuple[Edge, ...]:
        kinds = by_label(types, down=True).items()
        statement = cypher.UNION(cypher.edges(label, some, down=True, among=True) for label, some in kinds)
        found = self._ask(statement, ids=[storable(i) for i in set(node_ids)]) if statement and node_ids else []
        return tuple(sorted(map(as_edge, found), key=edge_order))

    @whole
    def degrees(
        self,
        node_ids: Collection[str],
        *,
        types: Collection[EdgeType] | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, Degrees]:
        dated, ways = as_of is not None, (True, False)
        parts = (cypher.degrees(x, k, down=w, dated=dated) for w in ways for x, k in by_label(types, down=w).items())
        counts: dict[str, dict[bool, dict[EdgeType, int]]] = defaultdict(lambda: {way: {} for way in ways})
        for row in self._by_ids(cypher.UNION([cypher.THERE, *parts]), node_ids, day=as_of):
            side = counts[row["id"]][row["down"]]
            if row["type"]:
                side[EdgeType(row["type"])] = row["n"]
        return {i: Degrees(**{n: dict(sorted(counts[i][w].items())) for n, w in _SIDES}) for i in sorted(counts)}

    @whole
    def neighbours(
        self,
        node_id: str,
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        limit: int | None = None,
    ) -> Neighbours:
        self.node(node_id)
        return self._neighbours(self.edges_of([node_id], direction=direction, types=types), direction, limit)

    @whole
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
        left = remaining(seconds)
        start = self.node(node_id)

        def walked(depth: int | None, seconds: float | None) -> Found:
            return self._walked(
                lambda walk: walk.run(limit), start, direction, through, last, depth, as_of, seconds=seconds
            )

        found, late = _in_time(walked, depth, left)
        items = self._items(found, left)
        late = late or len(items) < len(found.items)
        return Closure(start=start, items=items, totals=found.totals, deeper=found.deeper and not late, late=late)

    @whole
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
        ids = sorted(map(storable, set(node_ids)))
        start = self.node(node_id)
        return self._walked(lambda walk: walk.distances(ids), start, direction, through, last, depth, as_of)

    @whole
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
        def ask(walk: Walk) -> Tally:
            return walk.by_quarter(limit) if by is TallyBy.QUARTER else walk.by_agency(limit)

        try:
            return self._walked(ask, self.node(node_id), direction, through, (), depth, as_of, seconds=seconds)
        except StoreTimeError:
            return Tally(groups=(), late=True)

    def endings(self, as_of: dt.date, *, types: Collection[EdgeType]) -> tuple[str, ...]:
        return tuple(sorted(row["id"] for row in self._ask(cypher.endings(types), day=as_of)))

    @whole
    def alone(
        self,
        node_id: str,
        *,
        through: Collection[EdgeType],
        ended: Collection[str],
        limit: int | None = None,
        out_of_time: OutOfTime,
    ) -> Alone:
        start = self.node(node_id)
        reached = self.closure(node_id, direction=Direction.DOWN, through=through, limit=0).totals.items
        if reached > MOST:  # a count costs little: no need to walk that far to know it
            return Alone(reason="too_large")
        labels = {node_id: start.label}
        return Search(self._pairs, through, frozenset(ended), out_of_time, labels).run(node_id, limit)

    def warm(self) -> None:
        """The server keeps its graph itself."""

    def _pairs(
        self, label: Label, ids: Collection[str], types: Collection[EdgeType], down: bool
    ) -> Iterator[tuple[str, str, Label]]:
        kinds = by_label(types, down=down).get(label)
        if kinds:
            for row in self._by_ids(cypher.pairs(label, kinds, down=down), ids):
                yield row["near"], row["far"], Label(row["label"])

    def _walked(
        self,
        ask: Callable[[Walk], T],
        start: Node,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType],
        depth: int | None,
        as_of: dt.date | None,
        *,
        seconds: float | None = None,
    ) -> T:
        """Asked of a walk in one transaction; StoreTimeError after so many seconds."""

        def work(tx: ManagedTransaction) -> T:
            present = {row["name"] for row in rows(tx, cypher.COUNT_EDGES) if row["n"]}
            walk = Walk(
                lambda statement, **values: rows(tx, statement, **values),
                start.id, start.label, direction=Direction(direction), through=through, last=last, depth=depth,
                as_of=as_of, present=[EdgeType(name) for name in present],
            )  # fmt: skip
            return ask(walk)

        with self.within(seconds):
            return self._read(work)

    def _items(self, found: Found, left: Left) -> tuple[Reached, ...]:
        """The items of a walk, as many as the time gives."""
        items: list[Reached] = []
        for first in range(0, len(found.items), PAGE):
            if left() == 0:
                break
            some = found.items[first : first + PAGE]
            nodes = self.nodes([item.id for item in some])
            items += (Reached(node=nodes[i.id], depth=i.depth, path=i.path) for i in some)
        return tuple(items)

    def _by_ids(self, statement: str, node_ids: Iterable[str], **values: object) -> Iterator[Row]:
        ids = [storable(i) for i in set(node_ids)] if statement else []
        for start in range(0, len(ids), PAGE):
            yield from self._ask(statement, ids=ids[start : start + PAGE], **values)


def _in_time(walked: Callable[[int | None, float | None], Found], depth: int | None, left: Left) -> tuple[Found, bool]:
    """The walk of this depth within a part of the time, else a single step in the rest, else nothing; is it cut?

    ``walked`` takes a depth and seconds.
    """
    whole = left()
    with suppress(StoreTimeError):
        return walked(depth, None if whole is None else whole * _WHOLE), False
    with suppress(StoreTimeError):
        return walked(1 if depth is None else min(1, depth), left()), True
    return _NOTHING, True


def by_label(types: Collection[EdgeType] | None, *, down: bool) -> dict[Label, list[EdgeType]]:
    """Edge types (None: all) by the label of the end that is given."""
    found: dict[Label, list[EdgeType]] = {}
    for kind in sorted(EdgeType if types is None else set(types)):
        for label in sources(kind) if down else [EDGE_SPECS[kind].target]:
            found.setdefault(label, []).append(kind)
    return found
