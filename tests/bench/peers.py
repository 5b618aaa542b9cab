"""The same edges in networkx and rustworkx: how long they take to build and to walk to all that rests on the root."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx  # type: ignore[import-untyped]
import rustworkx

from graph.store import open_store
from tests.bench.asking import LAST, RUNS_OF_ROOT, THROUGH
from tests.bench.measure import Timing, peak_mb, seconds_of, timed


class Peer(NamedTuple):
    """``reached``: size of the root's descendants. ``build``: seconds from a list of edges to the graph."""

    build: float
    descendants: Timing
    reached: int
    peak: float


def followed_edges(url: str) -> list[tuple[str, str]]:
    """Ends of all edges that an impact follows, each pair of nodes once, sorted."""
    with open_store(url) as store:
        pairs = {(e.source, e.target) for e in store.iter_edges() if e.type in THROUGH or e.type in LAST}
    return sorted(pairs)


def networkx_peer(url: str, root: str) -> Peer:
    edges = followed_edges(url)
    graph, build = seconds_of(lambda: nx.DiGraph(edges))
    reached = len(nx.descendants(graph, root))
    return Peer(build, timed(lambda node: nx.descendants(graph, node), [root], RUNS_OF_ROOT), reached, peak_mb())


def rustworkx_peer(url: str, root: str) -> Peer:
    edges = followed_edges(url)
    (graph, index), build = seconds_of(lambda: _rustworkx(edges))
    reached = len(rustworkx.descendants(graph, index[root]))
    times = timed(lambda node: rustworkx.descendants(graph, node), [index[root]], RUNS_OF_ROOT)
    return Peer(build, times, reached, peak_mb())


def _rustworkx(edges: list[tuple[str, str]]) -> tuple[rustworkx.PyDiGraph[str, None], dict[str, int]]:
    graph: rustworkx.PyDiGraph[str, None] = rustworkx.PyDiGraph()
    ids = list(dict.fromkeys(end for edge in edges for end in edge))
    index = dict(zip(ids, graph.add_nodes_from(ids), strict=True))
    graph.add_edges_from_no_data([(index[source], index[target]) for source, target in edges])
    return graph, index
