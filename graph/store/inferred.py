"""Edges that nobody printed: what they may be, and that they never pass for read ones."""

from __future__ import annotations

from collections.abc import Collection

from graph.errors import StoreError
from graph.records import Edge
from graph.store.base import Node
from graph.vocabulary import EdgeType

INFERRED = frozenset({EdgeType.REFINED_BY, EdgeType.FULFILLED_BY})


def check_inferred(method: str, edges: Collection[Edge], ends: dict[str, Node]) -> None:
    """StoreError for the first edge that is no inferred one of ``method`` between nodes of the store (``ends``)."""
    for edge in edges:
        problem = _problem(method, edge, ends)
        if problem:
            raise StoreError(f"{edge.source} {edge.type} {edge.target}: {problem}; none of these edges was stored")


def _problem(method: str, edge: Edge, ends: dict[str, Node]) -> str:
    if edge.type not in INFERRED:
        return "an edge of this type is read from a text, never inferred"
    if edge.asserted_by is not None:
        return f"it is said to be read from {edge.asserted_by}"
    if not method or edge.method != method:
        return f"its method is {edge.method!r}, not {method!r}"
    missing = [end for end in (edge.source, edge.target) if end not in ends]
    return f"{missing[0]} is not in the store" if missing else ""
