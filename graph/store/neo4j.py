"""The store on a Neo4j server: the same answers as the embedded one, for offices that outgrow a file."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.errors import SchemaError, UnknownId
from graph.listing import Query
from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.store import cypher
from graph.store.base import (
    Counts,
    Node,
    Page,
    ReadingInfo,
    SearchResult,
    WriteResult,
    edge_order,
)
from graph.store.inferred import check_claims, check_ends
from graph.store.ledger import Change
from graph.store.neo4j_asking import Neo4jWalks, by_label
from graph.store.neo4j_finding import Finder
from graph.store.neo4j_indexes import FULLTEXT, VERSION, in_the_way, standing
from graph.store.neo4j_ledger import Neo4jLedger
from graph.store.neo4j_listing import page
from graph.store.neo4j_plain import plain_value
from graph.store.neo4j_rows import PAGE, as_edge, as_nodes
from graph.store.neo4j_session import Row, rows, whole
from graph.store.neo4j_values import read_node
from graph.store.packing import unpack
from graph.store.writing import plan_withdrawal, plan_write
from graph.text import storable
from graph.vocabulary import EdgeType, Label

T = TypeVar("T")


class Neo4jStore(Neo4jWalks):
    """graph.store.base.Store on a server; one object is for one thread at a time.

    Another process may write between two questions: ``snapshot`` tells at its end if one did.
    """

    def __init__(self, url: str, username: str, password: str, *, set_up: bool = False) -> None:
        """Connect. SchemaError if `lineage init` was not run (``set_up``: do what it does), or if a newer version was.

        StoreDownError if nobody answers, StoreAccessError if user or password are wrong.
        """
        super().__init__(url, username, password)
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
        indexes = self._server.schema(cypher.INDEXES)
        for name in cypher.SCHEMA.keys() - standing(indexes).keys():
            self._server.schema(cypher.SCHEMA[name])
        if other := in_the_way(indexes):
            raise SchemaError(
                f"{self.address}: the index {other[0]} keeps {FULLTEXT} from being made; drop it "
                f"(DROP INDEX {other[0]}), then `lineage init`"
            )
        self._server.schema(cypher.AWAIT_INDEXES)
        self._write(lambda tx: tx.run(cypher.MAKE_STATE, version=VERSION).consume())

    def _check(self) -> None:
        there = standing(self._server.schema(cypher.INDEXES))
        missing = sorted(set(cypher.SCHEMA) - there.keys())
        failed = sorted(index["name"] for index in there.values() if index["state"] == "FAILED")
        if missing or not self._check_version():
            raise SchemaError(
                f"{self.address}: is not set up ({', '.join(missing) or 'no state'} missing); run `lineage init`"
            )
        if failed:
            raise SchemaError(
                f"{self.address}: the index {failed[0]} failed; drop it (DROP INDEX {failed[0]}), then `lineage init`"
            )

    def _check_version(self) -> bool:
        """Whether the server was ever set up; SchemaError if a newer version did."""
        for state in self._ask(cypher.READ_STATE):
            if state["version"] > VERSION:
                raise SchemaError(
                    f"{self.address}: was written by a newer version (schema {state['version']}, this program "
                    f"knows {VERSION}); update the program"
                )
            return True
        return False

    # -- writing

    def write(self, reading: Reading) -> WriteResult:
        return self.write_many([reading])[0]

    def write_many(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        return self._changed(lambda ledger: plan_write(ledger, readings))

    def withdraw(self, sha256: str) -> None:
        self._changed(lambda ledger: (plan_withdrawal(ledger, storable(sha256)), None))

    def infer(self, method: str, edges: Iterable[Edge]) -> None:
        put = {edge_order(edge): edge for edge in edges}  # the driver may ask for them again
        check_claims(method, put.values())

        def work(tx: ManagedTransaction) -> None:
            self._lock(tx)
            tx.run(cypher.DELETE_INFERRED, method=method)
            ledger = Neo4jLedger(tx)
            ledger.delete_edges(put)  # equal ones that another method put
            if ledger.put_edges(put.values()) < len(put):
                ends = {end for edge in put.values() for end in (edge.source, edge.target)}
                check_ends(put.values(), as_nodes(rows(tx, cypher.NODES, many=list(ends))))
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

    @whole
    def directives_by_number(self, number: str) -> tuple[Directive, ...]:
        found = self._ask(cypher.NUMBERED, loose=loose_key(storable(number)))
        nodes = sorted((read_node(Label.DIRECTIVE, row["plan"], row["p"]) for row in found), key=lambda n: n.id)
        return tuple(node.record for node in nodes if isinstance(node.record, Directive))

    @whole
    def search(self, text: str, *, kinds: Collection[Label] | None = None, limit: int | None = 20) -> SearchResult:
        return self._read(lambda tx: Finder(tx).search(text, kinds, limit))

    @whole
    def page(self, query: Query, *, limit: int | None = 50, after: str | None = None) -> Page:
        return page(self, self._ask, query, limit, after)

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

        return self._read(work)

    def iter_nodes(self) -> Iterator[Node]:
        return heapq.merge(*(self._pages_of_nodes(label) for label in Label), key=lambda node: node.id)

    def _pages_of_nodes(self, label: Label) -> Iterator[Node]:
        after = ""
        while found := self._ask(cypher.page_of_nodes(label), after=after, limit=PAGE):
            yield from as_nodes(found).values()
            after = found[-1]["id"]

    def iter_edges(self, types: Collection[EdgeType] | None = None) -> Iterator[Edge]:
        for kind in sorted(EdgeType if types is None else set(types)):
            sources = sorted(by_label([kind], down=True))
            pages = (self._pages_of_edges(label, kind) for label in sources)
            yield from heapq.merge(*pages, key=edge_order)

    def _pages_of_edges(self, label: Label, kind: EdgeType) -> Iterator[Edge]:
        after = ""
        while found := self._ask(cypher.page_of_edges(label, kind), after=after, limit=PAGE):
            yield from sorted((as_edge(row) for row in found if row["target"] is not None), key=edge_order)
            after = max(row["source"] for row in found)

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        def work(tx: ManagedTransaction) -> tuple[list[Row], dict[str, set[str]]]:
            texts = (
                rows(tx, cypher.ALL_TEXTS)
                if directive is None
                else rows(tx, cypher.TEXTS_OF, many=[storable(directive)])
            )
            return texts, Neo4jLedger(tx).files([row["sha256"] for row in texts])

        texts, files = self._read(work)
        return tuple(
            ReadingInfo(**row, files=tuple(sorted(files.get(row["sha256"], ()))))
            for row in sorted(texts, key=lambda row: str(row["sha256"]))
        )

    def reading(self, sha256: str) -> Reading:
        for row in self._ask(cypher.WHOLE_TEXT, sha256=storable(sha256)):
            return unpack(row["body"], row["text"])
        raise UnknownId(f"no text with sha256 {sha256!r} in {self.address}")

    def cypher(self, statement: str) -> list[Row]:
        """Rows of a statement that a person typed, as plain values; the server refuses it if it would write."""

        def work(tx: ManagedTransaction) -> list[Row]:
            return [dict(zip(row.keys(), map(plain_value, row.values()), strict=True)) for row in tx.run(statement)]

        return self._read(work)
