"""A Neo4j server becomes transactions and snapshots, its rows become nodes and edges: what every question needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.records import Edge
from graph.store import cypher
from graph.store.base import Node
from graph.store.neo4j_session import Row, Server, rows, whole, written_meanwhile
from graph.store.neo4j_values import read_edge, read_node
from graph.store.opened import Opened
from graph.store.timing import Limit, too_late
from graph.text import storable

T = TypeVar("T")
PAGE = 5_000
_LEAST_SECONDS = 0.001  # the server takes 0 for no limit


class Neo4jRows(Opened):
    """A store on a server; one object is for one thread at a time.

    Another process may write between two questions: ``snapshot`` tells at its end if one did.
    """

    def __init__(self, url: str, username: str, password: str) -> None:
        """Connect; StoreDownError if nobody answers, StoreAccessError if user or password are wrong."""
        self._server = Server(url, username, password)
        self.address = self._server.address
        self._seen: int | None = None  # changes when the snapshot began
        self._limit = Limit()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._seen is not None:
            yield
            return
        self._seen = self.changes()
        try:
            yield
        except (KeyError, ValueError) as error:
            if self.changes() == self._seen:
                raise
            raise written_meanwhile() from error
        else:
            if self.changes() != self._seen:
                raise written_meanwhile()
        finally:
            self._seen = None

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        with self._limit.within(seconds):
            yield

    def changes(self) -> int:
        return int(self._ask(cypher.READ_STATE)[0]["changes"])

    @whole
    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]:
        ids = list(map(storable, node_ids))
        found: dict[str, Node] = {}
        for start in range(0, len(ids), PAGE):
            found |= as_nodes(self._ask(cypher.NODES, many=ids[start : start + PAGE]))
        return dict(sorted(found.items()))

    def close(self) -> None:
        self._server.close()

    def _ask(self, statement: str, **values: object) -> list[Row]:
        return self._read(lambda tx: rows(tx, statement, **values))

    def _read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Ask in one transaction, which the server ends when the time is over."""
        left = self._limit.left
        if left is not None and left < _LEAST_SECONDS:
            raise too_late(self.address)
        return self._server.read(work, seconds=left)

    def _write(self, work: Callable[[ManagedTransaction], T]) -> T:
        return self._server.write(work)


def as_nodes(found: Sequence[Row]) -> dict[str, Node]:
    """The nodes of rows, by id."""
    return {row["id"]: read_node(row["label"], row["plan"], row["p"]) for row in found}


def as_edge(row: Row) -> Edge:
    """The edge of a row."""
    return read_edge(row["type"], row["source"], row["target"], row["p"])
