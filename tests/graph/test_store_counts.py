"""What a store counts instead of giving it, on every engine, against the brute force; and what it does without time."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from pathlib import Path

import pytest

from graph.errors import UnknownId
from graph.status import BEARING
from graph.store import open_store
from graph.store.base import Direction, Store
from graph.store.tallies import ALONE_ORDER, TallyBy
from graph.store.timing import never
from graph.vocabulary import EdgeType
from tests.graph import walk_oracle
from tests.graph.oracle import Graph, random_readings
from tests.graph.test_store_contract import LAST, THROUGH, NewStore, filled, new_store, plan

__all__ = ["new_store"]
DAYS = (None, dt.date(2025, 6, 1), dt.date(1990, 1, 1))
TYPES: tuple[list[EdgeType] | None, ...] = (None, [], [EdgeType.CASCADES_TO, EdgeType.ASSIGNED_TO], THROUGH)


@pytest.mark.parametrize("seed", range(2))
def test_edges_of_one_text_and_edges_among_nodes(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=9)
    store, graph = filled(new_store, readings), Graph.of(readings)
    said = sorted({edge.asserted_by for edge in graph.edges if edge.asserted_by})
    for by, direction, types in itertools.product(rng.sample(said, 2), Direction, TYPES):
        wanted = [e for e in graph.edges if e.asserted_by == by and (types is None or e.type in types)]
        found = store.edges_of(list(graph.nodes), direction=direction, types=types, asserted_by=by)
        assert list(found) == wanted
    for size, types in itertools.product((0, 1, 4, len(graph.nodes)), TYPES):
        ids = rng.sample(sorted(graph.nodes), size)
        wanted = [e for e in graph.edges if {e.source, e.target} <= set(ids) and (types is None or e.type in types)]
        assert list(store.edges_among([*ids, "nobody"], types=types)) == wanted
    assert store.edges_of(list(graph.nodes), direction=Direction.DOWN, asserted_by="nobody") == ()


@pytest.mark.parametrize("seed", range(2))
def test_degrees_are_those_of_the_oracle(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed), texts=8)
    store, graph = filled(new_store, readings), Graph.of(readings)
    for types, day in itertools.product(TYPES, DAYS):
        found = store.degrees(["nobody", *reversed(list(graph.nodes))], types=types, as_of=day)
        assert list(found) == list(graph.nodes)
        for node_id, degrees in found.items():
            assert {"down": degrees.down, "up": degrees.up} == walk_oracle.degrees(graph, node_id, types, day)
    assert store.degrees([]) == {}


def reached(store: Store, start: str, direction: Direction, depth: int | None, day: dt.date | None) -> list[str]:
    found = store.closure(start, direction=direction, through=THROUGH, depth=depth, as_of=day)
    return [item.node.id for item in found.items]


@pytest.mark.parametrize("seed", range(2))
def test_tallies_count_what_the_closure_reaches(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=9, numbers=6)
    store, graph = filled(new_store, readings), Graph.of(readings)
    counted = 0
    for start in rng.sample(sorted(graph.nodes), 10):
        for direction, depth, day in itertools.product(Direction, (1, None), DAYS[:2]):
            ids = reached(store, start, direction, depth, day)
            how = {"direction": direction, "through": THROUGH, "depth": depth, "as_of": day}
            limit = rng.choice([None, 0, 1])
            agencies = store.tally(start, by=TallyBy.AGENCY, limit=limit, **how)
            wanted = sorted(walk_oracle.by_agency(graph, ids).items(), key=lambda pair: (-pair[1][0], pair[0]))
            cut = [] if limit is None else wanted[limit:]
            assert [(g.key, (g.items, g.roles)) for g in agencies.groups] == wanted[:limit]
            assert (agencies.more, agencies.rest) == (len(cut), sum(items for _, (items, _) in cut))
            quarters = store.tally(start, by=TallyBy.QUARTER, **how)
            assert {g.key: g.items for g in quarters.groups} == walk_oracle.by_quarter(graph, ids)
            keys = [g.key for g in quarters.groups]
            assert keys == sorted(keys, key=lambda key: (key is None, key))
            counted += len(agencies.groups) + len(quarters.groups)
    assert counted


@pytest.mark.parametrize("seed", range(2))
def test_distances_are_the_depths_of_the_closure(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=9)
    store, graph = filled(new_store, readings), Graph.of(readings)
    for start in rng.sample(sorted(graph.nodes), 3):
        for direction, depth, day in itertools.product(Direction, (0, 2, None), DAYS[:2]):
            how = {"direction": direction, "through": THROUGH, "last": LAST, "depth": depth, "as_of": day}
            closure = store.closure(start, **how)
            depths = {item.node.id: item.depth for item in closure.items}
            some = [*rng.sample(sorted(graph.nodes), 5), start, "nobody"]
            found = store.distances(start, some, **how)
            assert found == {i: depths[i] for i in sorted(some) if i in depths}


@pytest.mark.parametrize("seed", range(4))
def test_what_falls_and_what_may_have_ended(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=9, numbers=7)
    store, graph = filled(new_store, readings), Graph.of(readings)
    for day, types in itertools.product((dt.date(2025, 6, 1), dt.date(2026, 1, 1)), (BEARING, [EdgeType.AMENDED_BY])):
        assert list(store.endings(day, types=types)) == walk_oracle.endings(graph, day, types)
    directives = sorted(i for i, node in graph.nodes.items() if node.label == "Directive")
    fallen = 0
    for start in rng.sample(sorted(graph.nodes), 12):
        ended = rng.sample(directives, rng.randint(0, 2))
        limit = rng.choice([None, 0, 2])
        found = store.alone(start, through=THROUGH, ended=ended, limit=limit, out_of_time=never)
        wanted = walk_oracle.alone(graph, start, THROUGH, ended)
        ordered = sorted(wanted.lost, key=lambda i: (ALONE_ORDER.index(graph.nodes[i].label), i))
        assert (list(found.ids), found.kept, found.reason) == (ordered[:limit], wanted.kept, None)
        assert found.totals == Counter(graph.nodes[i].label for i in wanted.lost)
        fallen += len(wanted.lost)
    assert fallen


@pytest.mark.parametrize("seed", range(20))
def test_what_falls_on_many_embedded_graphs(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng, texts=12, numbers=rng.randint(4, 12))
    graph = Graph.of(readings)
    directives = sorted(i for i, node in graph.nodes.items() if node.label == "Directive")
    with open_store(tmp_path / "lineage.db") as store:
        store.write_many(readings)
        for start in sorted(graph.nodes):
            ended = rng.sample(directives, rng.randint(0, 3))
            found = store.alone(start, through=THROUGH, ended=ended, out_of_time=never)
            assert (set(found.ids), found.kept) == walk_oracle.alone(graph, start, THROUGH, ended)


def test_without_time_nothing_false_is_said(new_store: NewStore) -> None:
    store = filled(new_store, [plan().task("I.1", "Việc").reading()])
    start = store.directives_by_number("65-KH/TU")[0].id
    closure = store.closure(start, direction=Direction.DOWN, through=THROUGH, seconds=0.0)
    assert (closure.items, closure.totals.items, closure.late, closure.deeper) == ((), 0, True, False)
    tally = store.tally(start, by=TallyBy.QUARTER, direction=Direction.DOWN, through=THROUGH, seconds=0.0)
    assert (tally.groups, tally.late) == ((), True)
    found = store.alone(start, through=THROUGH, ended=[], out_of_time=lambda: True)
    assert (found.ids, found.reason) == ((), "time")
    enough = store.closure(start, direction=Direction.DOWN, through=THROUGH, seconds=60.0)
    assert (len(enough.items), enough.late) == (1, False)


def test_a_direction_may_be_its_value(new_store: NewStore) -> None:
    store = filled(new_store, [plan().task("I.1", "Việc").reading()])
    start, task = (node.id for node in store.iter_nodes())
    for direction, ends in (("down", [start, task]), ("up", [task, start])):
        way: Direction = direction  # type: ignore[assignment]
        assert [e.target for e in store.edges_of(ends[:1], direction=way)] == [task]
        assert store.edges_of(ends[1:], direction=way) == ()
        assert [n.node.id for n in store.neighbours(ends[0], direction=way).items] == ends[1:]
        assert reached(store, ends[0], way, None, None) == ends[1:]


def test_what_is_not_there_is_refused(new_store: NewStore) -> None:
    store = filled(new_store, [plan().reading()])
    how = {"direction": Direction.DOWN, "through": THROUGH}
    for ask in (
        lambda: store.tally("nobody", by=TallyBy.AGENCY, **how),  # type: ignore[arg-type]
        lambda: store.distances("nobody", [], **how),  # type: ignore[arg-type]
        lambda: store.alone("nobody", through=THROUGH, ended=[], out_of_time=never),
    ):
        with pytest.raises(UnknownId):
            ask()
    store.warm()
    assert len(list(store.iter_nodes())) == 1
