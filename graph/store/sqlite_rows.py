"""A SQLite file becomes transactions and snapshots, its rows become nodes and edges: what every question needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.records import Edge
from graph.store.base import Direction, Node, edge_order
from graph.store.clock import Clock
from graph.store.opened import Opened
from graph.store.rows import MANY, read_node
from graph.store.schema import BUSY_SECONDS, as_store_error, connect
from graph.store.timing import too_late
from graph.text import storable
from graph.vocabulary import EdgeType


class SqliteRows(Opened):
    """A store's file, open; one object is for one thread at a time."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the file; SchemaError if a newer version wrote it, StoreError if it is no store."""
        self.path, self.address = path, str(path)
        self._db = connect(path, busy_seconds)
        self._depth = 0  # of nested snapshots
        self._clock = Clock(self._db)

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

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        try:
            with self._clock.within(seconds):
                yield
        except sqlite3.Error as error:
            raise as_store_error(error, self.path) from error

    def changes(self) -> int:
        return int(next(self._rows("SELECT changes FROM state"))[0])

    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]:
        sql = f"SELECT label, id, record FROM node WHERE id IN {MANY} ORDER BY id"
        return {row[1]: read_node(*row) for row in self._rows(sql, json.dumps(list(node_ids)))}

    def edges_of(
        self,
        node_ids: Collection[str],
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        asserted_by: str | None = None,
    ) -> tuple[Edge, ...]:
        end = "source" if Direction(direction) is Direction.DOWN else "target"
        sql = f"""SELECT record FROM edge WHERE {end} IN (SELECT n FROM node WHERE id IN {MANY}) AND type IN {MANY}
            AND (?3 IS NULL OR asserted_by = ?3)"""
        wanted = json.dumps(list(EdgeType if types is None else types))
        by = asserted_by and storable(asserted_by)
        found = (Edge.model_validate_json(row[0]) for row in self._rows(sql, json.dumps(list(node_ids)), wanted, by))
        return tuple(sorted(found, key=edge_order))

    def close(self) -> None:
        self._db.close()

    def _rows(self, sql: str, *values: object) -> sqlite3.Cursor:
        if self._clock.over():
            raise too_late(self.path)
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
        sql = f"SELECT e, record FROM edge WHERE e IN {MANY}"
        return {e: Edge.model_validate_json(record) for e, record in self._rows(sql, json.dumps(sorted(set(rows))))}
