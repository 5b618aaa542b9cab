"""Neighbourhoods agree with the closure node by node and depth by depth; what is hidden is counted one by one."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from graph.errors import UnknownId
from graph.existence import existing
from graph.neighbourhood import SHOWN, Around, Sight, neighbourhood
from graph.store.base import Direction
from graph.vocabulary import EdgeType
from tests.graph.oracle import Graph, random_readings
from tests.graph.test_store_contract import LAST, THROUGH, NewStore, filled, new_store

__all__ = ["new_store"]
DAYS = (dt.date(2025, 6, 1), dt.date(2030, 1, 1))


def some(graph: Graph) -> list[str]:
    """Some nodes of each graph, the same each time."""
    return random.Random(0).sample(sorted(graph.nodes), 8)


@pytest.mark.parametrize("seed", range(2))
def test_nodes_and_depths_are_those_of_the_closure(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    for start, depth, day in itertools.product(some(graph), (0, 1, 2, 9), DAYS):
        for around, direction in ((Around.DOWN, Direction.DOWN), (Around.UP, Direction.UP)):
            closure = store.closure(start, direction=direction, through=THROUGH, last=LAST, depth=depth, as_of=day)
            found = neighbourhood(store, start, around=around, depth=depth, as_of=day)
            reached = [(start, 0)] + [(item.node.id, item.depth) for item in closure.items]
            assert [(seen.node.id, seen.depth) for seen in found.nodes] == reached
            assert (found.partial, found.more) == (False, 0)


@pytest.mark.parametrize("seed", range(2))
def test_edges_are_all_between_the_nodes_shown_and_the_rest_is_counted(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    for start, day in itertools.product(some(graph), DAYS):
        found = neighbourhood(store, start, depth=1, as_of=day)
        shown = {seen.node.id for seen in found.nodes}
        there = existing(store, graph.nodes.values(), day).keys()
        wanted = [e for e in graph.edges if e.type in SHOWN]
        assert list(found.edges) == [e for e in wanted if {e.source, e.target} <= shown]
        for seen in found.nodes:
            i = seen.node.id
            down = {(e.type, e.target) for e in wanted if e.source == i and e.target in there - shown}
            up = {(e.type, e.source) for e in wanted if e.target == i and e.source in there - shown}
            assert seen.hidden is not None
            assert seen.hidden.down == {t: n for t in EdgeType if (n := sum(k is t for k, _ in down))}
            assert seen.hidden.up == {t: n for t in EdgeType if (n := sum(k is t for k, _ in up))}


@pytest.mark.parametrize("seed", range(2))
def test_both_is_up_and_down_together(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    for start in some(graph):
        sides = [neighbourhood(store, start, around=a, depth=3, as_of=DAYS[1]) for a in (Around.UP, Around.DOWN)]
        both = neighbourhood(store, start, depth=3, as_of=DAYS[1])
        assert {s.node.id for s in both.nodes} == {s.node.id for side in sides for s in side.nodes}


def test_a_limit_says_how_many_were_left_out(new_store: NewStore) -> None:
    readings = random_readings(random.Random(1), texts=9)
    store, graph = filled(new_store, readings), Graph.of(readings)
    for start, limit in itertools.product(some(graph), (0, 1, 3)):
        whole = neighbourhood(store, start, as_of=DAYS[1])
        cut = neighbourhood(store, start, as_of=DAYS[1], limit=limit)
        assert len(cut.nodes) == min(limit + 1, len(whole.nodes))
        assert cut.more == len(whole.nodes) - len(cut.nodes)
        assert (cut.partial, cut.reason) == ((True, "limit") if cut.more else (False, None))


def test_only_the_types_asked_for(new_store: NewStore) -> None:
    readings = random_readings(random.Random(2))
    store, graph = filled(new_store, readings), Graph.of(readings)
    tasks = {edge for edge in graph.edges if edge.type is EdgeType.HAS_TASK}
    assert tasks
    for start in sorted(graph.nodes):
        found = neighbourhood(store, start, types=[EdgeType.HAS_TASK], as_of=DAYS[1])
        mine = {edge for edge in tasks if start in (edge.source, edge.target)}
        assert set(found.edges) == mine
        assert {seen.node.id for seen in found.nodes} == {start}.union(*({e.source, e.target} for e in mine))
        assert all(seen.hidden and {*seen.hidden.down, *seen.hidden.up} <= {EdgeType.HAS_TASK} for seen in found.nodes)


def test_when_the_time_is_over_the_answer_says_so(new_store: NewStore) -> None:
    readings = random_readings(random.Random(3))
    store, graph = filled(new_store, readings), Graph.of(readings)
    start = next(iter(graph.nodes))
    found = neighbourhood(store, start, as_of=DAYS[1], seconds=0.0)
    assert [(s.node.id, s.hidden) for s in found.nodes] == [(start, None)]
    assert (found.partial, found.reason) == (True, "time")


def test_what_was_found_before_the_time_was_over_is_shown(new_store: NewStore) -> None:
    readings = random_readings(random.Random(3))
    store, graph = filled(new_store, readings), Graph.of(readings)
    found = 0
    for start in some(graph):
        left = iter([60.0, 60.0, 0.0])
        sight = Sight(store, DAYS[1], None, left.__next__, graph.nodes[start], Around.BOTH, 3)
        sight.look(start, Around.BOTH, 3, None)
        above = neighbourhood(store, start, around=Around.UP, depth=3, as_of=DAYS[1])
        assert list(sight.seen) == [seen.node.id for seen in above.nodes]
        assert sight.late
        found += len(above.nodes) - 1
    assert found


def test_an_unknown_start(new_store: NewStore) -> None:
    with pytest.raises(UnknownId):
        neighbourhood(new_store(), "nothing")
