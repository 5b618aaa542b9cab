"""What goes along edges, on every engine, against the brute force: edges, degrees, closures, tallies, what falls."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Sequence

import pytest

from graph.store.base import Direction
from graph.vocabulary import EdgeType
from tests.graph.oracle import Graph, Text, directive, random_readings
from tests.graph.test_store_contract import LAST, THROUGH, NewStore, filled, new_store

__all__ = ["new_store"]


@pytest.mark.parametrize("seed", range(8))
def test_edges_neighbours_and_counts_are_those_of_the_oracle(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    for direction, types in itertools.product(Direction, (None, [], [EdgeType.CASCADES_TO, EdgeType.ASSIGNED_TO])):
        near, far = ("source", "target") if direction is Direction.DOWN else ("target", "source")
        wanted = [e for e in graph.edges if types is None or e.type in types]
        assert list(store.edges_of(list(graph.nodes), direction=direction, types=types)) == wanted
        for node_id, limit in itertools.product(graph.nodes, (None, 0, 1)):
            mine = [e for e in wanted if getattr(e, near) == node_id]
            found = store.neighbours(node_id, direction=direction, types=types, limit=limit)
            assert found.total == len(mine)
            assert [item.edge for item in found.items] == mine[:limit]
            assert [item.node.id for item in found.items] == [getattr(e, far) for e in mine[:limit]]
    counts = store.counts()
    assert counts.nodes == {label: len(graph.of_label(label)) for label in counts.nodes}
    assert sum(counts.nodes.values()) == len(graph.nodes)
    assert sum(counts.edges.values()) == len(graph.edges)
    assert counts.edges == {t: sum(e.type is t for e in graph.edges) for t in counts.edges}
    assert counts.held == sum(bool(getattr(n.record, "held", False)) for n in graph.nodes.values())
    assert counts.readings == len(store.readings()) == len(readings)


WALKS: list[tuple[Sequence[EdgeType], Sequence[EdgeType]]] = [
    (THROUGH, LAST),
    (THROUGH, []),
    ([], LAST),
    ([EdgeType.CASCADES_TO], [EdgeType.CASCADES_TO]),
    ([EdgeType.CASCADES_TO], [EdgeType.ASSIGNED_TO, EdgeType.HAS_TASK]),
    ([EdgeType.HAS_TASK], [EdgeType.BASIS_FOR, EdgeType.CITED_IN]),
    ([*THROUGH, EdgeType.CITED_IN], LAST),
]


@pytest.mark.parametrize("seed", range(6))
def test_closure_is_that_of_the_oracle(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=9, numbers=9)
    store, graph = filled(new_store, readings), Graph.of(readings)
    dates = [None, dt.date(2025, 6, 1), dt.date(1990, 1, 1)]
    for start in rng.sample(sorted(graph.nodes), min(5, len(graph.nodes))):
        for direction, depth, as_of in itertools.product(Direction, (0, 1, 2, None), dates):
            through, last = rng.choice(WALKS)
            paths, deeper = graph.closure(
                start, direction=direction, through=through, last=last, depth=depth, as_of=as_of
            )
            limit = rng.choice([None, 0, 1, 5])
            found = store.closure(
                start, direction=direction, through=through, last=last, depth=depth, limit=limit, as_of=as_of
            )
            assert found.start == graph.nodes[start]
            assert [(i.node, list(i.path)) for i in found.items] == [(graph.nodes[n], p) for n, p in paths.items()][
                :limit
            ]
            assert [i.depth for i in found.items] == [len(i.path) for i in found.items]
            assert (found.totals.items, found.deeper) == (len(paths), deeper)
            totals = found.totals.model_dump(mode="json", exclude={"items"})
            assert {k: {str(n): v for n, v in t.items()} for k, t in totals.items()} == graph.totals(paths)


def test_a_successor_is_walked_on_from_only_if_it_is_reached_otherwise_too(new_store: NewStore) -> None:
    old, new, below = (directive(ref, f"{n}-KH/TU", f"2026-0{n}-01") for ref, n in (("c1", 1), ("c2", 2), ("c3", 3)))
    text = Text("9.txt", directive("this", "09-KH/TU", "2026-09-01")).cites(old).cites(new).cites(below)
    text.says(EdgeType.SUPERSEDED_BY, "c1", "c2").says(EdgeType.CASCADES_TO, "c2", "c3")
    store = filled(new_store, [text.reading()])
    ids = [f"hung-yen.0{n}-kh_tu.2026-0{n}-01" for n in (1, 2, 3, 9)]

    def reached(start: str) -> list[tuple[str, int]]:
        found = store.closure(start, direction=Direction.DOWN, through=THROUGH, last=LAST)
        return [(item.node.id, item.depth) for item in found.items]

    assert reached(ids[0]) == [(ids[1], 1)]
    text.says(EdgeType.CASCADES_TO, "c1").says(EdgeType.CASCADES_TO, "this", "c2")
    store.write(text.reading())
    assert reached(ids[0]) == [(ids[1], 1), (ids[3], 1), (ids[2], 3)]
