"""The embedded store: one SQLite file, walked in memory. Standard library, FTS5 and numpy only."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from graph.errors import UnknownId
from graph.listing import Query
from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.store.adjacency import TYPE_CODES, Adjacency
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
    WriteResult,
    edge_order,
)
from graph.store.finding import Finder
from graph.store.listing import page
from graph.store.rows import read_node, unpack
from graph.store.schema import BUSY_SECONDS, as_store_error, connect
from graph.store.writing import Writer
from graph.vocabulary import EdgeType, Label, Role

_MANY = "(SELECT value FROM json_each(?))"
_SINCE_OF_OWNER = "(SELECT d.since FROM reading JOIN node d ON d.id = reading.directive WHERE reading.r = node.r)"
_NODES = f"SELECT n, id, label, coalesce(since, {_SINCE_OF_OWNER}), level, jurisdiction FROM node ORDER BY id"
_EDGES = "SELECT source, target, type, asserted_by, role, e FROM shown"
_ROLES = {role.value: i for i, role in enumerate(sorted(Role), start=1)} | {"": 0}


class SqliteStore:
    """graph.store.base.Store on a SQLite file; one object is for one thread at a time."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the file; SchemaError if a newer version wrote it, StoreError if it is no store."""
        self.path = path
        self._db = connect(path, busy_seconds)
        self._depth = 0  # of nested snapshots
        self._graph: tuple[int, Adjacency] | None = None

    def write(self, reading: Reading) -> WriteResult:
        with self._transaction("IMMEDIATE"):
            return Writer(self._db).write(reading)

    def withdraw(self, sha256: str) -> None:
        with self._transaction("IMMEDIATE"):
            row = self._db.execute("SELECT r FROM reading WHERE sha256 = ?", (_storable(sha256),)).fetchone()
            if row is None:
                raise UnknownId(f"no text with sha256 {sha256!r} in {self.path}")
            Writer(self._db).withdraw(int(row[0]))

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
        sql = (
            f"""SELECT record FROM shown WHERE {end} IN (SELECT n FROM node WHERE id IN {_MANY}) AND type IN {_MANY}"""
        )
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
            graph = self._adjacency()
            index = graph.index(node_id)
            assert index is not None
            down = direction is Direction.DOWN
            walk = graph.walk(index, down=down, through=through, last=last, depth=depth, as_of=as_of)
            cut = [int(i) for i in walk.order[:limit]]
            paths = [walk.path(i) for i in cut]
            edges = self._edges(row for path in paths for row in path)
            nodes = self.nodes([graph.ids[i] for i in cut])
        items = tuple(
            Reached(node=nodes[graph.ids[i]], depth=len(path), path=tuple(edges[row] for row in path))
            for i, path in zip(cut, paths, strict=True)
        )
        return Closure(start=start, items=items, totals=graph.totals(walk), deeper=walk.deeper)

    def counts(self) -> Counts:
        with self.snapshot():
            nodes = self._rows("SELECT label, count(*) FROM node GROUP BY label ORDER BY label")
            edges = self._rows("SELECT type, count(*) FROM shown GROUP BY type ORDER BY type")
            return Counts(
                nodes={Label(label): n for label, n in nodes},
                edges={EdgeType(kind): n for kind, n in edges},
                held=next(iter(self._rows("SELECT count(*) FROM reading WHERE current")))[0],
                readings=next(iter(self._rows("SELECT count(*) FROM reading")))[0],
            )

    def iter_nodes(self) -> Iterator[Node]:
        for row in self._rows("SELECT label, id, record FROM node ORDER BY id"):
            yield read_node(*row)

    def iter_edges(self) -> Iterator[Edge]:
        sql = """SELECT shown.record FROM shown JOIN node s ON s.n = source JOIN node t ON t.n = target
            ORDER BY type, s.id, t.id, role, asserted_by"""
        for row in self._rows(sql):
            yield Edge.model_validate_json(row[0])

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        sql = """SELECT sha256, directive, current, chars,
                (SELECT json_group_array(path) FROM file WHERE file.r = reading.r)
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

    def _adjacency(self) -> Adjacency:
        """The graph in memory, loaded again when this or another process has written since."""
        changes = next(self._rows("SELECT changes FROM state"))[0]
        if self._graph is None or self._graph[0] != changes:
            self._graph = (changes, self._load())
        return self._graph[1]

    def _load(self) -> Adjacency:
        nodes = self._rows(_NODES).fetchall()
        place = {row[0]: i for i, row in enumerate(nodes)}
        rank = {row[1]: i for i, row in enumerate(nodes, start=1)} | {"": 0}
        edges = array("q")
        for source, target, kind, asserted_by, role, e in self._rows(_EDGES):
            edges.extend((place[source], place[target], TYPE_CODES[kind], rank[asserted_by], _ROLES[role], e))
        return Adjacency([row[1:] for row in nodes], np.frombuffer(edges, dtype=np.int64).reshape(-1, 6))


def _storable(text: str) -> str:
    """A text that a person typed, without halves of characters that no database takes."""
    return text.encode("utf-8", "replace").decode()
