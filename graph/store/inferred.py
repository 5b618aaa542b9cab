"""Edges that nobody printed: what they may be, and that they never pass for read ones."""

from __future__ import annotations

from collections.abc import Container, Iterable

from graph.errors import StoreError
from graph.records import Edge
from graph.vocabulary import EdgeType

INFERRED = frozenset({EdgeType.REFINED_BY, EdgeType.FULFILLED_BY})


def check_claims(method: str, edges: Iterable[Edge]) -> None:
    """StoreError for the first edge that is no inferred one of ``method``."""
    for edge in edges:
        problem = _problem(method, edge)
        if problem:
            raise _refused(edge, problem)


def check_ends(edges: Iterable[Edge], there: Container[str]) -> None:
    """StoreError for the first edge with an end that is not ``there``."""
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in there:
                raise _refused(edge, f"{end} is not in the store")


def _refused(edge: Edge, problem: str) -> StoreError:
    return StoreError(f"{edge.source} {edge.type} {edge.target}: {problem}; none of these edges was stored")


def _problem(method: str, edge: Edge) -> str:
    if edge.type not in INFERRED:
        return "an edge of this type is read from a text, never inferred"
    if edge.asserted_by is not None:
        return f"it is said to be read from {edge.asserted_by}"
    if not method or edge.method != method:
        return f"its method is {edge.method!r}, not {method!r}"
    return ""
