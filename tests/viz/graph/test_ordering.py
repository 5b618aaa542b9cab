"""The order of items in their layers: the same every time, nothing on top of another, connected things near."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from viz.graph.assets import script_texts
from viz.graph.ordering import SLENDER, TALLEST, columns, ordered

Graph = tuple[list[int], list[tuple[int, int]]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    layers = draw(st.lists(st.integers(0, 4), min_size=1, max_size=40))
    ends = st.integers(0, len(layers) - 1)
    return layers, draw(st.lists(st.tuples(ends, ends), max_size=60))


def crossings(layers: list[int], edges: list[tuple[int, int]], heights: list[float]) -> int:
    """Pairs of edges between the same two layers that cross, counted one by one."""
    found = 0
    for (a, b), (c, d) in combinations([e if layers[e[0]] < layers[e[1]] else e[::-1] for e in edges], 2):
        if (layers[a], layers[b]) == (layers[c], layers[d]):
            found += (heights[a] - heights[c]) * (heights[b] - heights[d]) < 0
    return found


@settings(deadline=None)
@given(graphs())
def test_every_item_has_a_place_of_its_own_and_always_the_same(graph: Graph) -> None:
    layers, edges = graph
    heights = ordered(layers, edges).tolist()
    assert heights == ordered(layers, edges).tolist()
    for layer in set(layers):
        rows = sorted(height for height, its in zip(heights, layers, strict=True) if its == layer)
        wide = columns(len(rows))
        assert [rows.count(row) for row in sorted(set(rows))][:-1] == [wide] * (-(-len(rows) // wide) - 1)


@settings(deadline=None)
@given(graphs())
def test_the_edges_are_never_longer_than_in_the_natural_order(graph: Graph) -> None:
    layers, edges = graph

    def stretch(heights: list[float]) -> float:
        return sum(abs(heights[a] - heights[b]) for a, b in edges if layers[a] != layers[b])

    assert stretch(ordered(layers, edges).tolist()) <= stretch(ordered(layers, edges, sweeps=0).tolist()) + 1e-6


@settings(deadline=None)
@given(st.permutations(range(12)))
def test_pairs_are_laid_side_by_side_without_a_crossing(mates: list[int]) -> None:
    layers = [0] * 12 + [1] * 12
    edges = [(i, 12 + mate) for i, mate in enumerate(mates)]
    heights = ordered(layers, edges).tolist()
    assert crossings(layers, edges, heights) == 0
    assert all(heights[a] == heights[b] for a, b in edges)


def test_the_browser_wraps_tall_layers_where_the_order_expects_it() -> None:
    said = {name: int(n) for text in script_texts() for name, n in re.findall(r"const ([A-Z]+) = (\d+);", text)}
    assert (said["TALLEST"], said["SLENDER"]) == (TALLEST, SLENDER)
    assert (columns(TALLEST), columns(TALLEST + 1)) == (1, 2)
