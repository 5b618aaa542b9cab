"""The embedded store: one SQLite file, walked in memory. Standard library, FTS5 and numpy only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from graph.errors import UnknownId
from graph.listing import Query
from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.store.base import (
    Counts,
    Direction,
    Neighbours,
    Node,
    Page,
    ReadingInfo,
    SearchResult,
    WriteResult,
)
from graph.store.finding import Finder
from graph.store.listing import page
from graph.store.packing import unpack
from graph.store.rows import MANY, read_node
from graph.store.sqlite_ledger import SqliteLedger
from graph.store.sqlite_walk import SqliteWalks
from graph.store.writing import plan_withdrawal, plan_write
from graph.text import storable
from graph.vocabulary import EdgeType, Label


class SqliteStore(SqliteWalks):
    """graph.store.base.Store on a SQLite file; one object is for one thread at a time."""

    def write(self, reading: Reading) -> WriteResult:
        with self._transaction("IMMEDIATE"):
            return self._write([reading])[0]

    def write_many(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        with self._transaction("IMMEDIATE"):
            return self._write(readings)

    def _write(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        ledger = SqliteLedger(self._db)
        change, results = plan_write(ledger, readings)
        if change:
            ledger.apply(change)
        return results

    def withdraw(self, sha256: str) -> None:
        with self._transaction("IMMEDIATE"):
            ledger = SqliteLedger(self._db)
            ledger.apply(plan_withdrawal(ledger, storable(sha256)))

    def infer(self, method: str, edges: Iterable[Edge]) -> None:
        with self._transaction("IMMEDIATE"):
            SqliteLedger(self._db).put_inferred(method, edges)

    def directives_by_number(self, number: str) -> tuple[Directive, ...]:
        sql = "SELECT record FROM node WHERE loose = ? ORDER BY id"
        return tuple(Directive.model_validate_json(row[0]) for row in self._rows(sql, loose_key(storable(number))))

    def search(self, text: str, *, kinds: Collection[Label] | None = None, limit: int | None = 20) -> SearchResult:
        with self.snapshot():
            return Finder(self._db).search(text, kinds, limit)

    def page(self, query: Query, *, limit: int | None = 50, after: str | None = None) -> Page:
        with self.snapshot():
            return page(self, self._rows, query, limit, after)

    def neighbours(
        self,
        node_id: str,
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        limit: int | None = None,
    ) -> Neighbours:
        with self.snapshot():
            self.node(node_id)
            edges = self.edges_of([node_id], direction=direction, types=types)
            return self._neighbours(edges, direction, limit)

    def counts(self) -> Counts:
        with self.snapshot():
            nodes = self._rows("SELECT label, count(*) FROM node GROUP BY label ORDER BY label")
            edges = self._rows("SELECT type, count(*) FROM edge GROUP BY type ORDER BY type")
            return Counts(
                nodes={Label(label): n for label, n in nodes},
                edges={EdgeType(kind): n for kind, n in edges},
                held=next(iter(self._rows("SELECT count(*) FROM reading WHERE current")))[0],
                readings=next(iter(self._rows("SELECT count(*) FROM reading")))[0],
            )

    def iter_nodes(self) -> Iterator[Node]:
        for row in self._rows("SELECT label, id, record FROM node ORDER BY id"):
            yield read_node(*row)

    def iter_edges(self, types: Collection[EdgeType] | None = None) -> Iterator[Edge]:
        sql = f"""SELECT edge.record FROM edge JOIN node s ON s.n = source JOIN node t ON t.n = target
            WHERE type IN {MANY} ORDER BY type, s.id, t.id, role, asserted_by"""
        for row in self._rows(sql, json.dumps(list(EdgeType if types is None else types))):
            yield Edge.model_validate_json(row[0])

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        sql = """SELECT sha256, directive, current, chars,
                (SELECT json_group_array(path) FROM file WHERE file.sha256 = reading.sha256)
            FROM reading WHERE ?1 IS NULL OR directive = ?1 ORDER BY sha256"""
        return tuple(
            ReadingInfo(sha256=row[0], directive=row[1], current=row[2], chars=row[3], files=sorted(json.loads(row[4])))
            for row in self._rows(sql, directive and storable(directive))
        )

    def reading(self, sha256: str) -> Reading:
        for body, text in self._rows("SELECT body, text FROM reading WHERE sha256 = ?", storable(sha256)):
            return unpack(body, text)
        raise UnknownId(f"no text with sha256 {sha256!r} in {self.path}")
