"""Paths between two nodes are as short as the closure's, or as those that a slow search finds across."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from graph.errors import UnknownId
from graph.paths import Path, Way, path_between
from graph.store.base import Direction, Store
from tests.graph.oracle import Graph, random_readings
from tests.graph.test_store_contract import LAST, THROUGH, NewStore, filled, new_store

__all__ = ["new_store"]
DAY = dt.date(2030, 1, 1)


def pairs(graph: Graph) -> list[tuple[str, str]]:
    """Some of all pairs, the same each time."""
    return random.Random(0).sample(list(itertools.permutations(graph.nodes, 2)), 60)


def length(store: Store, start: str, end: str, direction: Direction) -> int | None:
    found = store.closure(start, direction=direction, through=THROUGH, last=LAST, as_of=DAY).items
    return next((item.depth for item in found if item.node.id == end), None)


def chained(path: Path) -> bool:
    """Whether each step begins where the one before ended."""
    here = path.start.id
    for step in path.steps:
        near, far = (step.edge.source, step.edge.target)
        if step.direction is Direction.UP:
            near, far = far, near
        if (near, far) != (here, step.node.id):
            return False
        here = far
    return here == path.end.id


@pytest.mark.parametrize("seed", range(2))
def test_paths_are_the_shortest_that_a_lineage_has(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    across = 0
    for start, end in pairs(graph):
        found = path_between(store, start, end, as_of=DAY)
        down, up = length(store, start, end, Direction.DOWN), length(store, end, start, Direction.DOWN)
        if down is not None:
            assert (found.way, len(found.steps)) == (Way.DOWN, down)
        elif up is not None:
            assert (found.way, len(found.steps)) == (Way.UP, up)
        else:
            steps = shortest(graph, start, end)
            assert (found.way, len(found.steps)) == ((Way.ACROSS, steps) if steps else (None, 0))
            across += bool(steps)
        assert chained(found) or not found.steps
        assert (found.partial, found.reason) == (False, None)
    assert across


def shortest(graph: Graph, start: str, end: str) -> int:
    """Edges of the shortest chain that joins two nodes, with last steps at its two ends only; 0 if there is none."""
    kinds = {*THROUGH, *LAST}
    usable = [e for e in graph.edges if e.type in kinds and (e.type in THROUGH or {start, end} & {e.source, e.target})]
    reached, steps = {start}, 0
    while near := {i for e in usable for i in (e.source, e.target) if reached & {e.source, e.target}} - reached:
        reached, steps = reached | near, steps + 1
        if end in near:
            return steps
    return 0


def test_a_node_and_itself(new_store: NewStore) -> None:
    store = filled(new_store, random_readings(random.Random(0)))
    start = next(store.iter_nodes()).id
    found = path_between(store, start, start, as_of=DAY)
    assert (found.way, found.steps, found.partial) == (None, (), False)


def test_bounds_are_told(new_store: NewStore) -> None:
    readings = random_readings(random.Random(0), texts=9)
    store, graph = filled(new_store, readings), Graph.of(readings)
    far = next(
        (a, b)
        for a, b in pairs(graph)
        if (found := path_between(store, a, b, as_of=DAY)).way is Way.DOWN and len(found.steps) > 1
    )
    assert path_between(store, *far, as_of=DAY, most=0).reason == "limit"
    assert path_between(store, *far, as_of=DAY, out_of_time=lambda: True).reason == "time"
    assert path_between(store, *far, as_of=DAY, depth=1).way is not Way.DOWN


def test_unknown_ends(new_store: NewStore) -> None:
    store = filled(new_store, random_readings(random.Random(0)))
    known = next(store.iter_nodes()).id
    for ends in (("nothing", known), (known, "nothing")):
        with pytest.raises(UnknownId):
            path_between(store, *ends)
