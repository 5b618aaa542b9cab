"""What every engine answers in the same way, of what it looks up in its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from types import TracebackType
from typing import Self

from graph.errors import UnknownId
from graph.records import Edge
from graph.store.base import Direction, Neighbour, Neighbours, Node


class Opened(ABC):
    """The part of graph.store.base.Store that no engine does otherwise. ``address``: path or url, for messages."""

    address: str

    @abstractmethod
    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]: ...

    @abstractmethod
    def close(self) -> None: ...

    def node(self, node_id: str) -> Node:
        found = self.nodes([node_id])
        if node_id not in found:
            raise UnknownId(f"no node with the id {node_id!r} in {self.address}; find it with: lineage search")
        return found[node_id]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _neighbours(self, edges: Sequence[Edge], direction: Direction, limit: int | None) -> Neighbours:
        """The first of the edges that leave or enter a node, with the nodes at their other ends."""
        cut = edges[:limit]
        ends = [edge.target if Direction(direction) is Direction.DOWN else edge.source for edge in cut]
        nodes = self.nodes(set(ends))
        items = tuple(Neighbour(edge=edge, node=nodes[end]) for edge, end in zip(cut, ends, strict=True))
        return Neighbours(items=items, total=len(edges))
