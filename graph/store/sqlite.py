"""The embedded store: one SQLite file, walked in memory. Standard library, FTS5 and numpy only."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import UnknownId
from graph.listing import Query
from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.store.adjacency import Adjacency
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
from graph.store.finding import Finder
from graph.store.inferred import INFERRED, check_inferred
from graph.store.listing import page
from graph.store.packing import unpack
from graph.store.rows import read_node
from graph.store.schema import BUSY_SECONDS, as_store_error, connect
from graph.store.sqlite_ledger import SqliteLedger
from graph.store.walks import adjacency
from graph.store.writing import plan_withdrawal, plan_write
from graph.vocabulary import EdgeType, Label

_MANY = "(SELECT value FROM json_each(?))"


class SqliteStore:
    """graph.store.base.Store on a SQLite file; one object is for one thread at a time."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the file; SchemaError if a newer version wrote it, StoreError if it is no store."""
        self.path = path
        self._db = connect(path, busy_seconds)
        self._depth = 0  # of nested snapshots
        self._graph: Adjacency | None = None  # the last one asked for, so that it stays in memory

    def write(self, reading: Reading) -> WriteResult:
        with self._transaction("IMMEDIATE"):
            return self._write([reading])[0]

    def write_many(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        with self._transaction("IMMEDIATE"):
            return self._write(readings)

    def _write(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        ledger = SqliteLedger(self._db)
        change, results = plan_write(ledger, readings)
        if any(result.outcome is not WriteOutcome.UNCHANGED for result in results) or change.files:
            ledger.apply(change)
        return results

    def withdraw(self, sha256: str) -> None:
        with self._transaction("IMMEDIATE"):
            ledger = SqliteLedger(self._db)
            ledger.apply(plan_withdrawal(ledger, _storable(sha256)))

    def infer(self, method: str, edges: Collection[Edge]) -> None:
        with self._transaction("IMMEDIATE"):
            check_inferred(method, edges, self.nodes({end for e in edges for end in (e.source, e.target)}))
            sql = f"SELECT record FROM edge WHERE type IN {_MANY}"
            there = (Edge.model_validate_json(row[0]) for row in self._rows(sql, json.dumps(sorted(INFERRED))))
            ledger = SqliteLedger(self._db)
            ledger.delete_edges(edge_order(edge) for edge in there if edge.method == method)
            ledger.put_edges(edges)
            self._db.execute("UPDATE state SET changes = changes + 1")

    def changes(self) -> int:
        return int(next(self._rows("SELECT changes FROM state"))[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._depth:
            yield
            return
        with self._transaction("DEFERRED"):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def node(self, node_id: str) -> Node:
        found = self.nodes([node_id])
        if node_id not in found:
            raise UnknownId(f"no node with the id {node_id!r} in {self.path}; find it with: lineage search")
        return found[node_id]

    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]:
        sql = f"SELECT label, id, record FROM node WHERE id IN {_MANY} ORDER BY id"
        return {row[1]: read_node(*row) for row in self._rows(sql, json.dumps(list(node_ids)))}

    def directives_by_number(self, number: str) -> tuple[Directive, ...]:
        sql = "SELECT record FROM node WHERE loose = ? ORDER BY id"
        return tuple(Directive.model_validate_json(row[0]) for row in self._rows(sql, loose_key(_storable(number))))

    def search(self, text: str, *, kinds: Collection[Label] | None = None, limit: int | None = 20) -> SearchResult:
        with self.snapshot():
            return Finder(self._db).search(text, kinds, limit)

    def page(self, query: Query, *, limit: int | None = 50, after: str | None = None) -> Page:
        with self.snapshot():
            return page(self, self._rows, query, limit, after)

    def edges_of(
        self, node_ids: Collection[str], *, direction: Direction, types: Collection[EdgeType] | None = None
    ) -> tuple[Edge, ...]:
        end = "source" if direction is Direction.DOWN else "target"
        sql = f"""SELECT record FROM edge WHERE {end} IN (SELECT n FROM node WHERE id IN {_MANY}) AND type IN {_MANY}"""
        wanted = json.dumps(list(EdgeType if types is None else types))
        found = (Edge.model_validate_json(row[0]) for row in self._rows(sql, json.dumps(list(node_ids)), wanted))
        return tuple(sorted(found, key=edge_order))

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
            cut = edges[:limit]
            ends = [edge.target if direction is Direction.DOWN else edge.source for edge in cut]
            nodes = self.nodes(ends)
        items = tuple(Neighbour(edge=edge, node=nodes[end]) for edge, end in zip(cut, ends, strict=True))
        return Neighbours(items=items, total=len(edges))

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
        with self.snapshot():
            start = self.node(node_id)
            graph = self._graph = adjacency(self._rows, self.path)
            n = next(self._rows("SELECT n FROM node WHERE id = ?", node_id))[0]
            down = direction is Direction.DOWN
            walk = graph.walk(graph.rank(n), down=down, through=through, last=last, depth=depth, as_of=as_of)
            cut, paths = walk.numbers(limit), walk.paths(limit)
            edges = self._edges(row for path in paths for row in path)
            sql = f"SELECT n, label, id, record FROM node WHERE n IN {_MANY}"
            nodes = {row[0]: read_node(*row[1:]) for row in self._rows(sql, json.dumps(cut))}
        items = tuple(
            Reached(node=nodes[n], depth=len(path), path=tuple(edges[row] for row in path))
            for n, path in zip(cut, paths, strict=True)
        )
        return Closure(start=start, items=items, totals=graph.totals(walk), deeper=walk.deeper)

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
            WHERE type IN {_MANY} ORDER BY type, s.id, t.id, role, asserted_by"""
        for row in self._rows(sql, json.dumps(list(EdgeType if types is None else types))):
            yield Edge.model_validate_json(row[0])

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        sql = """SELECT sha256, directive, current, chars,
                (SELECT json_group_array(path) FROM file WHERE file.sha256 = reading.sha256)
            FROM reading WHERE ?1 IS NULL OR directive = ?1 ORDER BY sha256"""
        return tuple(
            ReadingInfo(sha256=row[0], directive=row[1], current=row[2], chars=row[3], files=sorted(json.loads(row[4])))
            for row in self._rows(sql, directive and _storable(directive))
        )

    def reading(self, sha256: str) -> Reading:
        for body, text in self._rows("SELECT body, text FROM reading WHERE sha256 = ?", _storable(sha256)):
            return unpack(body, text)
        raise UnknownId(f"no text with sha256 {sha256!r} in {self.path}")

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _rows(self, sql: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise as_store_error(error, self.path) from error

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        try:
            self._db.execute(f"BEGIN {kind}")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise as_store_error(error, self.path) from error

    def _edges(self, rows: Iterable[int]) -> dict[int, Edge]:
        sql = f"SELECT e, record FROM edge WHERE e IN {_MANY}"
        return {e: Edge.model_validate_json(record) for e, record in self._rows(sql, json.dumps(sorted(set(rows))))}


def _storable(text: str) -> str:
    """A text that a person typed, without halves of characters that no database takes."""
    return text.encode("utf-8", "replace").decode()
