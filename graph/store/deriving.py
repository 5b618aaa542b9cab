"""Texts that a change touches, as they were and as they are now, become the difference of their nodes and edges."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from graph.records import Edge, Reading
from graph.store.base import edge_order
from graph.store.derive import STRONGER_THAN_CITED, derive
from graph.store.ledger import Change, EdgeKey, Kind, Placed
from graph.vocabulary import EdgeType

K = TypeVar("K")
V = TypeVar("V")
_STRONGER = frozenset(STRONGER_THAN_CITED)


@dataclass(frozen=True, slots=True)
class Version:
    """A current text at one moment: what it says, the ids of its directives by ref, the path that is quoted."""

    reading: Reading
    ids: Mapping[str, str]
    file: str
    since: dt.date | None


@dataclass(slots=True)
class Difference:
    """What derived texts add to and take from the graph; ``said``: by how much the counts change."""

    change: Change
    said: Counter[tuple[Kind, str, str]] = field(default_factory=Counter)

    def add(self, before: Version | None, after: Version | None) -> None:
        """Take in one text as it was and as it is now; None: it gave nothing."""
        if before == after:
            return
        old, new = _Given.of(before), _Given.of(after)
        self.change.nodes |= differing(new.nodes, old.nodes)
        self.change.gone_nodes |= old.nodes.keys() - new.nodes.keys()
        self.change.was |= {i: placed.node for i, placed in differing(old.nodes, new.nodes).items()}
        self.change.edges |= differing(new.edges, old.edges)
        self.change.gone_edges |= differing(old.edges, new.edges).keys()
        self.said.update(new.said)
        self.said.subtract(old.said)

    def settle(self) -> None:
        """A node that went from one text and came from another stays, and the edges at it."""
        self.change.gone_nodes -= self.change.nodes.keys()


@dataclass(frozen=True, slots=True)
class _Given:
    """What one text gives: nodes and edges of its own, and what is counted with what other texts say."""

    nodes: dict[str, Placed]
    edges: dict[EdgeKey, Edge]
    said: Counter[tuple[Kind, str, str]]

    @classmethod
    def of(cls, version: Version | None) -> _Given:
        said: Counter[tuple[Kind, str, str]] = Counter()
        if version is None:
            return cls({}, {}, said)
        found = derive(version.reading, version.ids, version.file)
        nodes = {node.id: Placed(node, version.since) for node in found.nodes}
        edges: dict[EdgeKey, Edge] = {}
        for edge in found.edges:
            counted = _counted(edge)
            if counted:
                said[counted] += 1
            if counted is None or counted[0] is Kind.STRONGER:
                edges[edge_order(edge)] = edge
        for agency in version.reading.agencies:
            said[Kind.AGENCY, agency.id, agency.model_dump_json()] += 1
        return cls(nodes, edges, said)


def _counted(edge: Edge) -> tuple[Kind, str, str] | None:
    """Under what an edge is counted: several texts speak of an edge of the register, and of one pair of directives."""
    if edge.asserted_by is None:
        return Kind.REGISTER, " ".join(edge_order(edge)), edge.model_dump_json()
    pair = f"{edge.source} {edge.target}"
    if edge.type is EdgeType.CITED_IN:
        return Kind.MENTION, pair, edge.model_dump_json()
    if edge.type in _STRONGER:
        return Kind.STRONGER, pair, ""
    return None


def differing(one: Mapping[K, V], other: Mapping[K, V]) -> dict[K, V]:
    """What ``other`` lacks, or has otherwise."""
    return {key: value for key, value in one.items() if other.get(key) != value}
