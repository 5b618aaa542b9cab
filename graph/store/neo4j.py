"""The store on a Neo4j server: the same answers as the embedded one, for offices that outgrow a file."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from neo4j import ManagedTransaction

from graph.errors import SchemaError, UnknownId
from graph.listing import Query
from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.store import cypher
from graph.store.base import (
    Closure,
    Counts,
    Direction,
    Neighbour,
    Neighbours,
    Node,
    Page,
    Reached,
    ReadingInfo,
    SearchResult,
    WriteOutcome,
    WriteResult,
    edge_order,
)
from graph.store.inferred import check_inferred
from graph.store.ledger import Change
from graph.store.neo4j_finding import Finder
from graph.store.neo4j_indexes import VERSION
from graph.store.neo4j_ledger import Neo4jLedger
from graph.store.neo4j_listing import page
from graph.store.neo4j_plain import plain_value
from graph.store.neo4j_session import Row, Server, rows, whole, written_meanwhile
from graph.store.neo4j_values import read_edge, read_node
from graph.store.neo4j_walk import Walk
from graph.store.packing import unpack
from graph.store.writing import plan_withdrawal, plan_write
from graph.vocabulary import EDGE_SPECS, EdgeType, Label, sources

T = TypeVar("T")
_PAGE = 5_000


class Neo4jStore:
    """graph.store.base.Store on a server; one object is for one thread at a time.

    Another process may write between two questions: ``snapshot`` tells at its end if one did.
    """

    def __init__(self, url: str, username: str, password: str, *, set_up: bool = False) -> None:
        """Connect. SchemaError if `lineage init` was not run (``set_up``: do what it does), or if a newer version was.

        StoreDownError if nobody answers, StoreAccessError if user or password are wrong.
        """
        self._server = Server(url, username, password)
        self._seen: int | None = None  # changes when the snapshot began
        try:
            if set_up:
                self._set_up()
            self._check()
        except BaseException:
            self.close()
            raise

    # -- schema

    def _set_up(self) -> None:
        """Make constraints and indexes where they are missing; safe to run again."""
        self._check_version()
        there = {row["name"] for row in self._server.schema(cypher.INDEX_STATES, names=list(cypher.SCHEMA))}
        for name in cypher.SCHEMA.keys() - there:
            self._server.schema(cypher.SCHEMA[name])
        self._server.schema(cypher.AWAIT_INDEXES)
        self._write(lambda tx: tx.run(cypher.MAKE_STATE, version=VERSION).consume())

    def _check(self) -> None:
        where = self._server.address
        there = {
            row["name"]: row["state"] for row in self._server.schema(cypher.INDEX_STATES, names=list(cypher.SCHEMA))
        }
        missing = sorted(set(cypher.SCHEMA) - there.keys())
        failed = sorted(name for name, state in there.items() if state == "FAILED")
        if missing or not self._check_version():
            raise SchemaError(
                f"{where}: is not set up ({', '.join(missing) or 'no state'} missing); run `lineage init`"
            )
        if failed:
            raise SchemaError(
                f"{where}: the index {failed[0]} failed; drop it (DROP INDEX {failed[0]}), then `lineage init`"
            )

    def _check_version(self) -> bool:
        """Whether the server was ever set up; SchemaError if a newer version did."""
        for state in self._ask(cypher.READ_STATE):
            if state["version"] > VERSION:
                raise SchemaError(
                    f"{self._server.address}: was written by a newer version (schema {state['version']}, this program "
                    f"knows {VERSION}); update the program"
                )
            return True
        return False

    # -- writing

    def write(self, reading: Reading) -> WriteResult:
        return self.write_many([reading])[0]

    def write_many(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        def plan(ledger: Neo4jLedger) -> tuple[Change | None, tuple[WriteResult, ...]]:
            change, results = plan_write(ledger, readings)
            idle = all(r.outcome is WriteOutcome.UNCHANGED for r in results) and not change.files
            return None if idle else change, results

        return self._changed(plan)

    def withdraw(self, sha256: str) -> None:
        self._changed(lambda ledger: (plan_withdrawal(ledger, _storable(sha256)), None))

    def infer(self, method: str, edges: Collection[Edge]) -> None:
        def work(tx: ManagedTransaction) -> None:
            self._lock(tx)
            ends = {end for edge in edges for end in (edge.source, edge.target)}
            check_inferred(method, edges, _nodes(rows(tx, cypher.NODES, many=list(ends))))
            tx.run(cypher.DELETE_INFERRED, method=method).consume()
            Neo4jLedger(tx).put_edges(edges)
            tx.run(cypher.COUNT_CHANGE).consume()

        self._write(work)

    def _changed(self, plan: Callable[[Neo4jLedger], tuple[Change | None, T]]) -> T:
        """Plan and write in one transaction."""

        def work(tx: ManagedTransaction) -> T:
            self._lock(tx)
            ledger = Neo4jLedger(tx)
            change, result = plan(ledger)
            if change:
                ledger.apply(change)
            return result

        return self._write(work)

    @staticmethod
    def _lock(tx: ManagedTransaction) -> None:
        """Wait until no other process writes; the lock goes with the transaction."""
        tx.run(cypher.LOCK).consume()

    # -- reading

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

    def changes(self) -> int:
        return int(self._ask(cypher.READ_STATE)[0]["changes"])

    def node(self, node_id: str) -> Node:
        found = self.nodes([node_id])
        if node_id not in found:
            raise UnknownId(f"no node with the id {node_id!r} in {self._server.address}; find it with: lineage search")
        return found[node_id]

    @whole
    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]:
        ids = list(map(_storable, node_ids))
        found: dict[str, Node] = {}
        for start in range(0, len(ids), _PAGE):
            found |= _nodes(self._ask(cypher.NODES, many=ids[start : start + _PAGE]))
        return dict(sorted(found.items()))

    @whole
    def directives_by_number(self, number: str) -> tuple[Directive, ...]:
        found = self._ask(cypher.NUMBERED, loose=loose_key(_storable(number)))
        nodes = sorted((read_node(Label.DIRECTIVE, row["plan"], row["p"]) for row in found), key=lambda n: n.id)
        return tuple(node.record for node in nodes if isinstance(node.record, Directive))

    @whole
    def search(self, text: str, *, kinds: Collection[Label] | None = None, limit: int | None = 20) -> SearchResult:
        return self._server.read(lambda tx: Finder(tx).search(text, kinds, limit))

    @whole
    def page(self, query: Query, *, limit: int | None = 50, after: str | None = None) -> Page:
        return page(self, self._ask, query, limit, after)

    @whole
    def edges_of(
        self, node_ids: Collection[str], *, direction: Direction, types: Collection[EdgeType] | None = None
    ) -> tuple[Edge, ...]:
        ids = list(map(_storable, set(node_ids)))
        down = direction is Direction.DOWN
        found: list[Edge] = []
        for label, kinds in _by_label(list(EdgeType) if types is None else types, down=down).items():
            statement = cypher.edges(label, kinds, down=down)
            for start in range(0, len(ids), _PAGE):
                found += map(_edge, self._ask(statement, ids=ids[start : start + _PAGE]))
        return tuple(sorted(found, key=edge_order))

    @whole
    def neighbours(
        self,
        node_id: str,
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        limit: int | None = None,
    ) -> Neighbours:
        self.node(node_id)
        edges = self.edges_of([node_id], direction=direction, types=types)
        cut = edges[:limit]
        ends = [edge.target if direction is Direction.DOWN else edge.source for edge in cut]
        nodes = self.nodes(set(ends))
        items = tuple(Neighbour(edge=edge, node=nodes[end]) for edge, end in zip(cut, ends, strict=True))
        return Neighbours(items=items, total=len(edges))

    @whole
    def closure(
        self,
        node_id: str,
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType] = (),
        depth: int | None = None,
        limit: int | None = None,
        as_of: dt.date | None = None,
    ) -> Closure:
        start = self.node(node_id)

        def work(tx: ManagedTransaction) -> Any:
            present = {row["name"] for row in rows(tx, cypher.COUNT_EDGES) if row["n"]}
            walk = Walk(
                lambda statement, **values: rows(tx, statement, **values),
                node_id, start.label, direction=direction, through=through, last=last, depth=depth, as_of=as_of,
                present=[EdgeType(name) for name in present],
            )  # fmt: skip
            return walk.run(limit)

        found = self._server.read(work)
        nodes = self.nodes([item.id for item in found.items])
        items = tuple(Reached(node=nodes[i.id], depth=i.depth, path=i.path) for i in found.items)
        return Closure(start=start, items=items, totals=found.totals, deeper=found.deeper)

    def counts(self) -> Counts:
        def work(tx: ManagedTransaction) -> Counts:
            nodes = {row["name"]: row["n"] for row in rows(tx, cypher.COUNT_NODES)}
            edges = {row["name"]: row["n"] for row in rows(tx, cypher.COUNT_EDGES)}
            texts = rows(tx, cypher.COUNT_TEXTS)[0]
            return Counts(
                nodes={Label(name): nodes[name] for name in sorted(nodes) if nodes[name]},
                edges={EdgeType(name): edges[name] for name in sorted(edges) if edges[name]},
                held=texts["held"],
                readings=texts["readings"],
            )

        return self._server.read(work)

    def iter_nodes(self) -> Iterator[Node]:
        return heapq.merge(*(self._pages_of_nodes(label) for label in Label), key=lambda node: node.id)

    def _pages_of_nodes(self, label: Label) -> Iterator[Node]:
        after = ""
        while found := self._ask(cypher.page_of_nodes(label), after=after, limit=_PAGE):
            yield from _nodes(found).values()
            after = found[-1]["id"]

    def iter_edges(self, types: Collection[EdgeType] | None = None) -> Iterator[Edge]:
        for kind in sorted(EdgeType if types is None else set(types)):
            sources = sorted(_by_label([kind], down=True))
            pages = (self._pages_of_edges(label, kind) for label in sources)
            yield from heapq.merge(*pages, key=edge_order)

    def _pages_of_edges(self, label: Label, kind: EdgeType) -> Iterator[Edge]:
        after = ""
        while found := self._ask(cypher.page_of_edges(label, kind), after=after, limit=_PAGE):
            yield from sorted((_edge(row) for row in found if row["target"] is not None), key=edge_order)
            after = max(row["source"] for row in found)

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        def work(tx: ManagedTransaction) -> tuple[list[Row], dict[str, set[str]]]:
            texts = (
                rows(tx, cypher.ALL_TEXTS)
                if directive is None
                else rows(tx, cypher.TEXTS_OF, many=[_storable(directive)])
            )
            return texts, Neo4jLedger(tx).files([row["sha256"] for row in texts])

        texts, files = self._server.read(work)
        return tuple(
            ReadingInfo(**row, files=tuple(sorted(files.get(row["sha256"], ()))))
            for row in sorted(texts, key=lambda row: str(row["sha256"]))
        )

    def reading(self, sha256: str) -> Reading:
        for row in self._ask(cypher.WHOLE_TEXT, sha256=_storable(sha256)):
            return unpack(row["body"], row["text"])
        raise UnknownId(f"no text with sha256 {sha256!r} in {self._server.address}")

    def cypher(self, statement: str) -> list[Row]:
        """Rows of a statement that a person typed, as plain values; the server refuses it if it would write."""

        def work(tx: ManagedTransaction) -> list[Row]:
            return [dict(zip(row.keys(), map(plain_value, row.values()), strict=True)) for row in tx.run(statement)]

        return self._server.read(work)

    def close(self) -> None:
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _ask(self, statement: str, **values: object) -> list[Row]:
        return self._server.read(lambda tx: rows(tx, statement, **values))

    def _write(self, work: Callable[[ManagedTransaction], T]) -> T:
        return self._server.write(work)


def _nodes(found: Sequence[Row]) -> dict[str, Node]:
    return {row["id"]: read_node(row["label"], row["plan"], row["p"]) for row in found}


def _edge(row: Row) -> Edge:
    return read_edge(row["type"], row["source"], row["target"], row["p"])


def _by_label(types: Collection[EdgeType], *, down: bool) -> dict[Label, list[EdgeType]]:
    """Edge types by the label of the end that is given."""
    found: dict[Label, list[EdgeType]] = {}
    for kind in sorted(set(types)):
        for label in sources(kind) if down else [EDGE_SPECS[kind].target]:
            found.setdefault(label, []).append(kind)
    return found


def _storable(text: str) -> str:
    """A text that a person typed, without halves of characters that no database takes."""
    return text.encode("utf-8", "replace").decode()
