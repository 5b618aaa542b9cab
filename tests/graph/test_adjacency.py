"""Walks on arrays, against a walk written the slow and obvious way, and the bytes in which the arrays are kept."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store.adjacency import Adjacency, Walk
from graph.store.columns import (
    LABEL_CODES,
    LABELS,
    ROLE_CODES,
    ROLES,
    TYPE_CODES,
    TYPES,
    EdgeColumns,
    NodeColumns,
    numbers_of,
)
from graph.store.walk_cache import Array, pack, unpack
from graph.vocabulary import EdgeType, Label

CASCADES, TASK, ASSIGNED, CITED = EdgeType.CASCADES_TO, EdgeType.HAS_TASK, EdgeType.ASSIGNED_TO, EdgeType.CITED_IN
DAY = dt.date(2026, 4, 22)
EMPTY_LANDS = 4000  # nodes without edges: beside them the others are few

many = settings(max_examples=150, deadline=None, derandomize=True)
few = settings(max_examples=40, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Point:
    """A node; its rank is its place in the list."""

    n: int
    label: Label = Label.DIRECTIVE
    since: dt.date | None = None
    level: str | None = None
    place: str | None = None


@dataclass(frozen=True, order=True)
class Arrow:
    """An edge between ranks; sorted as the contract sorts (the type by its name, which is its value)."""

    source: int
    target: int
    type: EdgeType = CASCADES
    asserted_by: str = ""
    role: str = ""


@dataclass(frozen=True)
class World:
    points: list[Point]
    arrows: list[Arrow]

    @property
    def rows(self) -> dict[Arrow, int]:
        return {arrow: 1000 + 7 * i for i, arrow in enumerate(self.arrows)}

    @property
    def graph(self) -> Adjacency:
        """The arrows come by (source n, …), not by rank: as from an index of the store."""
        arrows = sorted(self.arrows, key=lambda a: (self.points[a.source].n, a))
        rows = self.rows
        ends = [
            (self.points[a.source].n, self.points[a.target].n, TYPE_CODES[a.type], ROLE_CODES[a.role], rows[a])
            for a in arrows
        ]
        points = [(p.n, LABEL_CODES[p.label], p.since.toordinal() if p.since else 0, 0) for p in self.points]
        levels, places = [p.level for p in self.points], [p.place for p in self.points]
        number, label, since, until = numbers_of(points, 4)
        return Adjacency.of(NodeColumns(number, label, since, until, levels, places), EdgeColumns(*numbers_of(ends, 5)))


@dataclass(frozen=True)
class Question:
    start: int
    down: bool
    through: tuple[EdgeType, ...]
    last: tuple[EdgeType, ...]
    depth: int | None
    as_of: dt.date | None

    def ask(self, graph: Adjacency) -> Walk:
        return graph.walk(
            self.start, down=self.down, through=self.through, last=self.last, depth=self.depth, as_of=self.as_of
        )


Found = tuple[list[tuple[int, list[int]]], bool]


def slow(world: World, asked: Question) -> Found:
    """(n, rows of the path) by (depth, rank), and whether the depth cut something: one edge after the other."""
    rows = world.rows
    steps = sorted(
        (*((a.source, a.target) if asked.down else (a.target, a.source)), a.type, a.asserted_by, a.role, rows[a])
        for a in world.arrows
        if a.type in {*asked.through, *asked.last}
    )
    walked: dict[int, list[int]] = {asked.start: []}
    found: dict[int, list[int]] = {}
    frontier, level = {asked.start}, 0
    while frontier:
        paths, onward = dict(found), dict(walked)
        for here, there, kind, _, _, row in steps:
            since = world.points[there].since
            exists = asked.as_of is None or since is None or since <= asked.as_of
            if here in frontier and exists and there != asked.start:
                paths.setdefault(there, [*walked[here], row])
                if kind in asked.through:
                    onward.setdefault(there, [*walked[here], row])
        if asked.depth is not None and level == asked.depth:
            return _listed(world, found), len(paths) > len(found) or len(onward) > len(walked)
        frontier, level = set(onward) - set(walked), level + 1
        found, walked = paths, onward
    return _listed(world, found), False


def _listed(world: World, found: dict[int, list[int]]) -> list[tuple[int, list[int]]]:
    return [(world.points[i].n, found[i]) for i in sorted(found, key=lambda i: (len(found[i]), i))]


def answer(graph: Adjacency, asked: Question, limit: int | None = None) -> Found:
    walk = asked.ask(graph)
    return list(zip(walk.numbers(limit), walk.paths(limit), strict=True)), walk.deeper


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Few nodes with many edges (cycles, loops, several relations of one pair), at times amid thousands of others."""
    size = draw(st.integers(1, 9))
    spread = draw(st.sampled_from([1, EMPTY_LANDS // size]))
    total = size * spread
    numbers = np.random.default_rng(draw(st.integers(0, 99))).permutation(2 * total)[:total].tolist()
    points = [Point(n) for n in numbers]
    for i in range(size):
        points[i * spread] = Point(
            points[i * spread].n,
            draw(st.sampled_from([Label.DIRECTIVE, Label.TASK, Label.AGENCY])),
            draw(st.sampled_from([None, DAY, DAY + dt.timedelta(days=1), dt.date(2020, 1, 1)])),
            draw(st.sampled_from([None, "central", "communal"])),
            draw(st.sampled_from([None, "Hưng Yên", "Đắk Lắk", "Huế"])),
        )
    end = st.integers(0, size - 1).map(lambda i: i * spread)
    kind = st.sampled_from([CASCADES, TASK, ASSIGNED, CITED])
    arrow = st.builds(Arrow, end, end, kind, st.sampled_from(["", "a", "z"]), st.sampled_from(["", "lead"]))
    return World(points, draw(st.lists(arrow, unique=True, max_size=30)))


@st.composite
def questions(draw: st.DrawFn, world: World) -> Question:
    kinds = st.lists(st.sampled_from([CASCADES, TASK, ASSIGNED, CITED]), unique=True, max_size=4).map(tuple)
    busy = sorted({0} | {a.source for a in world.arrows} | {a.target for a in world.arrows})
    return Question(
        start=draw(st.sampled_from(busy)),
        down=draw(st.booleans()),
        through=draw(st.sampled_from([(CASCADES,), (CASCADES, TASK)]) | kinds),
        last=draw(st.sampled_from([(), (ASSIGNED,), (ASSIGNED, CITED)]) | kinds),
        depth=draw(st.sampled_from([None, 0, 1, 2, 3])),
        as_of=draw(st.sampled_from([None, DAY, dt.date(1990, 1, 1)])),
    )


@many
@given(st.data())
def test_every_walk_is_that_of_the_slow_way(data: st.DataObject) -> None:
    world = data.draw(worlds())
    graph = world.graph
    kept = Adjacency.from_bytes(graph.to_bytes())
    for _ in range(4):  # on one object: no walk may leave marks for the next
        asked = data.draw(questions(world))
        expected, deeper = slow(world, asked)
        limit = data.draw(st.sampled_from([None, 0, 1, 3]))
        for one in (graph, kept):
            assert answer(one, asked, limit) == (expected[:limit], deeper)


@many
@given(st.data())
def test_totals_count_all_that_is_reached(data: st.DataObject) -> None:
    world = data.draw(worlds())
    graph, asked = world.graph, data.draw(questions(world))
    found, _ = slow(world, asked)
    by_number = {p.n: p for p in world.points}
    reached = [by_number[n] for n, _ in found]
    directives = [p for p in reached if p.label is Label.DIRECTIVE]
    totals = graph.totals(asked.ask(graph))
    assert totals.items == len(found)
    assert totals.labels == Counter(p.label for p in reached)
    assert totals.levels == Counter(p.level for p in directives if p.level)
    assert totals.jurisdictions == Counter(p.place for p in directives if p.place)
    assert totals.depths == Counter(len(path) for _, path in found)
    for counts in (totals.labels, totals.levels, totals.jurisdictions, totals.depths):
        assert list(counts) == sorted(counts)


def world_of(*arrows: Arrow, nodes: int = 5) -> World:
    return World([Point(10 * (nodes - i)) for i in range(nodes)], list(arrows))


def ask(world: World, start: int = 0, depth: int | None = None) -> Found:
    return answer(world.graph, Question(start, True, (CASCADES, TASK), (ASSIGNED,), depth, None))


def test_a_node_of_a_last_step_is_walked_on_from_when_it_is_reached_through_at_a_later_depth() -> None:
    world = world_of(Arrow(0, 1, ASSIGNED), Arrow(0, 2), Arrow(2, 3), Arrow(3, 1), Arrow(1, 4))
    found, _ = ask(world)
    assert [(n, len(path)) for n, path in found] == [(40, 1), (30, 1), (20, 2), (10, 4)]
    rows = world.rows
    assert found[-1][1] == [rows[Arrow(0, 2)], rows[Arrow(2, 3)], rows[Arrow(3, 1)], rows[Arrow(1, 4)]]


def test_a_depth_at_which_only_a_known_node_is_walked_on_from_is_not_the_end() -> None:
    world = world_of(Arrow(0, 1, ASSIGNED), Arrow(0, 2), Arrow(2, 1), Arrow(1, 4))
    assert ask(world, depth=1)[1] and ask(world, depth=2)[1]
    assert not ask(world, depth=3)[1]
    assert [n for n, _ in ask(world, depth=2)[0]] == [40, 30]


@pytest.mark.parametrize(
    ("arrows", "first"),
    [
        ([Arrow(0, 2), Arrow(0, 1), Arrow(2, 3), Arrow(1, 3)], Arrow(1, 3)),  # the parent with the smallest id
        ([Arrow(0, 3, TASK), Arrow(0, 3, CASCADES)], Arrow(0, 3, CASCADES)),  # then the type
        ([Arrow(0, 3, CASCADES, "z"), Arrow(0, 3, CASCADES, "a")], Arrow(0, 3, CASCADES, "a")),
        ([Arrow(0, 3, TASK, "a", "lead"), Arrow(0, 3, TASK, "a", "advise")], Arrow(0, 3, TASK, "a", "advise")),
        ([Arrow(0, 3, TASK), Arrow(0, 3, ASSIGNED)], Arrow(0, 3, ASSIGNED)),  # a last step counts as any other
    ],
    ids=["parent", "type", "asserted_by", "role", "last"],
)
def test_of_shortest_paths_the_smallest_last_edge_counts(arrows: list[Arrow], first: Arrow) -> None:
    world = world_of(*arrows)
    path = dict(ask(world)[0])[20]
    assert path[-1] == world.rows[first]


def test_a_cycle_ends_and_never_comes_back_to_its_start() -> None:
    world = world_of(Arrow(0, 0), Arrow(0, 1), Arrow(1, 2), Arrow(2, 0), Arrow(2, 2))
    assert [n for n, _ in ask(world)[0]] == [40, 30]


@pytest.mark.parametrize("nodes", [7, EMPTY_LANDS], ids=["all", "few_of_many"])
def test_nodes_of_one_depth_are_in_the_order_of_their_ids(nodes: int) -> None:
    world = world_of(Arrow(0, 1), Arrow(0, 2), Arrow(1, 6), Arrow(1, 4), Arrow(2, 5), Arrow(2, 3), nodes=nodes)
    assert [n for n, _ in ask(world)[0]] == [10 * (nodes - i) for i in range(1, 7)]


def test_a_graph_without_edges_or_without_nodes() -> None:
    assert ask(world_of(nodes=1)) == ([], False)
    nobody = World([], []).graph
    assert len(Adjacency.from_bytes(nobody.to_bytes())) == len(nobody) == 0
    with pytest.raises(KeyError):
        nobody.rank(0)


def test_ranks() -> None:
    graph = world_of(nodes=3).graph
    assert [graph.rank(n) for n in (30, 20, 10)] == [0, 1, 2]
    for unknown in (-1, 0, 15, 31, 10**12):
        with pytest.raises(KeyError):
            graph.rank(unknown)


def nodes_without_facts(*numbers: int) -> NodeColumns:
    none = np.zeros(len(numbers), int)
    return NodeColumns(np.array(numbers), none, none, none, [None] * len(numbers), [None] * len(numbers))


@pytest.mark.parametrize("lost", [-1, 5, 999])
def test_an_edge_that_ends_nowhere_is_refused(lost: int) -> None:
    nodes = nodes_without_facts(0, 20)
    with pytest.raises(ValueError, match=f"1 edges .* n = {lost}"):
        Adjacency.of(nodes, EdgeColumns(*numbers_of([(0, 20, 0, 0, 1), (20, lost, 0, 0, 2)], 5)))


def test_numbers_too_large_for_four_bytes_are_kept() -> None:
    nodes = nodes_without_facts(1, 2)
    graph = Adjacency.of(nodes, EdgeColumns(*numbers_of([(1, 2, TYPE_CODES[TASK], 0, 2**40)], 5)))
    asked = Question(0, True, (TASK,), (), None, None)
    assert answer(Adjacency.from_bytes(graph.to_bytes()), asked) == ([(2, [2**40])], False)


def star(size: int) -> World:
    """A node above half of the others, each of these above one of the other half."""
    half = size // 2
    return World(
        [Point(n) for n in range(size)],
        [Arrow(0, i) for i in range(1, half)] + [Arrow(i, half + i % (size - half), TASK) for i in range(1, half)],
    )


def test_a_wide_graph() -> None:
    world = star(6000)
    asked = Question(0, True, (CASCADES, TASK), (), None, None)
    assert answer(world.graph, asked) == slow(world, asked)


def test_threads_walk_one_graph() -> None:
    world = star(600)
    graph = world.graph
    asked = [Question(i % 7, i % 2 == 0, (CASCADES,), (TASK,), None, None) for i in range(60)]
    expected = [slow(world, one) for one in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: answer(graph, one), asked)) == expected


def test_after_an_error_the_next_walk_is_right() -> None:
    world = star(60)
    graph = world.graph
    with pytest.raises(IndexError):
        Question(60, True, (CASCADES,), (), None, None).ask(graph)
    asked = Question(0, True, (CASCADES,), (), None, None)
    assert answer(graph, asked) == slow(world, asked)


def test_a_small_walk_takes_no_memory_for_the_rest_of_the_graph() -> None:
    world = World([Point(n) for n in range(200_000)], [Arrow(7, 90_000), Arrow(90_000, 150_000, TASK)])
    graph = world.graph
    asked = Question(7, True, (CASCADES, TASK), (), None, None)
    assert len(answer(graph, asked)[0]) == 2  # the marks are made now
    tracemalloc.start()
    answer(graph, asked)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000


# -- bytes


def test_the_same_graph_gives_the_same_bytes() -> None:
    world = star(50)
    assert world.graph.to_bytes() == world.graph.to_bytes()
    kept = Adjacency.from_bytes(memoryview(world.graph.to_bytes()))
    assert kept.to_bytes() == world.graph.to_bytes()


def test_arrays_come_back_as_they_were_without_a_copy() -> None:
    arrays: dict[str, Array] = {
        "a": np.array([1, -2, 3], dtype=np.int16),
        "none": np.empty(0, dtype=np.int32),
        "b": np.array([2**40]),
    }
    data = pack({"places": ["Đắk Lắk", "Huế"]}, arrays)
    names, found = unpack(data)
    assert names == {"places": ["Đắk Lắk", "Huế"]}
    assert {k: (a.dtype, a.tolist()) for k, a in found.items()} == {k: (a.dtype, a.tolist()) for k, a in arrays.items()}
    assert np.shares_memory(found["a"], np.frombuffer(data, dtype=np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        found["a"][0] = 5


BLOCK = star(8).graph.to_bytes()


@few
@given(st.integers(0, len(BLOCK) - 1), st.integers(1, 255))
def test_a_damaged_block_is_refused(at: int, change: int) -> None:
    damaged = bytearray(BLOCK)
    damaged[at] ^= change
    with pytest.raises(ValueError, match="block of arrays"):
        Adjacency.from_bytes(bytes(damaged))


@pytest.mark.parametrize(
    "data",
    [b"", BLOCK[:10], BLOCK[:-1], BLOCK + b"\0", b"SQLite format 3\0" * 40],
    ids=["nothing", "head", "cut", "longer", "other"],
)
def test_what_is_no_whole_block_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="block of arrays"):
        Adjacency.from_bytes(data)


@pytest.mark.parametrize("other", ["types", "labels", "roles"])
def test_a_block_with_another_vocabulary_is_refused(other: str) -> None:
    names, arrays = unpack(BLOCK)
    assert (names["types"], names["labels"], names["roles"]) == (TYPES, LABELS, ROLES)
    names[other] = [*names[other], "NEW"]
    with pytest.raises(ValueError, match="other labels, edge types or roles"):
        Adjacency.from_bytes(pack(names, arrays))
