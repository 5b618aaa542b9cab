"""Sizes become times: laying out a picture beside networkx's layered layout, building a page beside pyvis's own way.

    python -m tests.bench.canvas

Each row and its peer are measured in one run on one graph. networkx.multipartite_layout puts every node on its layer
without looking at the edges, so it shows what the order costs. pyvis's from_nx is measured on 2,000 nodes and scaled up
by the square of the size, since it looks through all nodes and edges for each one it adds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
from pyvis.network import Network  # type: ignore[import-untyped]

from graph.neighbourhood import Neighbourhood
from tests.viz.graph.pictures import DAY, cascade
from viz.graph.data import canvas
from viz.graph.layers import band_of, layers
from viz.graph.ordering import ordered
from viz.graph.page import export_page
from viz.graph.rollup import MOST

RUNS = 3
#: (plans, tasks of each) -> 2,000 and 5,000 nodes.
LAID_OUT = ((180, 10), (454, 10))
EXPORTED = (2500, 19)
PEER = (180, 10)


def main() -> None:
    print(f"{'layout, every node drawn':28}{'nodes':>8}{'edges':>8}{'cpu s':>10}{'networkx':>10}{'ratio':>8}")
    for plans, tasks in LAID_OUT:
        _layout_rows(cascade(plans, tasks))
    print(f"\n{'export as one page':28}{'nodes':>8}{'edges':>8}{'cpu s':>10}")
    small, large = cascade(*PEER), cascade(*EXPORTED)
    page = _best(lambda: export_page(canvas(large), source="bench", made_on=DAY))
    pyvis = _best(lambda: Network(directed=True).from_nx(_network(small)), runs=1)
    scaled = pyvis * (len(large.nodes) / len(small.nodes)) ** 2
    print(f"{'page, data and all':28}{len(large.nodes):>8,}{len(large.edges):>8,}{page:>10.2f}")
    print(f"{'pyvis from_nx':28}{len(small.nodes):>8,}{len(small.edges):>8,}{pyvis:>10.2f}")
    print(f"{'pyvis from_nx, scaled up':28}{len(large.nodes):>8,}{len(large.edges):>8,}{scaled:>10.2f}")
    print(f"{'in sight at first':28}{_in_sight(large):>8,}")


def _layout_rows(found: Neighbourhood) -> None:
    theirs = _best(_peer_layout(found))
    sizes = f"{len(found.nodes):>8,}{len(found.edges):>8,}"
    for name, run in (("layers and order", lambda: _lay_out(found)), ("all data of the canvas", lambda: canvas(found))):
        ours = _best(run)
        print(f"{name:28}{sizes}{ours:>10.3f}{theirs:>10.3f}{ours / theirs:>8.2f}")


def lay_out_seconds(found: Neighbourhood) -> float:
    """Seconds to lay out every node, nothing rolled up."""
    return _best(lambda: _lay_out(found))


def _lay_out(found: Neighbourhood) -> None:
    """Layer and height of every node, nothing rolled up."""
    bands = {seen.node.id: band_of(seen.node) for seen in found.nodes}
    layer = layers(bands, found.edges)
    number = {name: place for place, name in enumerate(layer)}
    ordered(list(layer.values()), [(number[e.source], number[e.target]) for e in found.edges])


def _peer_layout(found: Neighbourhood) -> Callable[[], Any]:
    graph = _network(found)
    bands = {seen.node.id: band_of(seen.node) for seen in found.nodes}
    nx.set_node_attributes(graph, layers(bands, found.edges), "subset")
    return lambda: nx.multipartite_layout(graph)


def _network(found: Neighbourhood) -> nx.DiGraph:
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(seen.node.id for seen in found.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in found.edges)
    return graph


def _in_sight(found: Neighbourhood) -> int:
    """How many things are drawn at first; more than MOST nodes begin rolled up."""
    assert len(found.nodes) > MOST
    data = canvas(found)
    held = {element["id"] for element in [*data["nodes"], *data["groups"]] if "group" not in element}
    return len(held)


def _best(run: Callable[[], object], runs: int = RUNS) -> float:
    """The shortest of some runs, in seconds of computing: what else the machine does hardly adds to it."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


if __name__ == "__main__":
    main()
