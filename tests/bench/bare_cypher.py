"""What anybody would write by hand against Neo4j: a closure with its counts, and a load in UNWIND batches.

Two loads: of the graph alone, its ids unique; and of every row the store keeps, under the store's own constraints and
indexes (what it looks texts up by, lists, full text).
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import neo4j

from graph.store.cypher import SCHEMA
from graph.store.neo4j_indexes import INDEXED, UNIQUE
from graph.vocabulary import Label
from tests.bench.asking import LAST, RUNS_OF_ROOT, THROUGH
from tests.bench.measure import Timing, seconds_of, timed

BATCH = 10_000
GRAPH = [label.value for label in Label]
LEDGER = sorted({label for label, *_ in (*UNIQUE.values(), *INDEXED.values())} - set(GRAPH))
KEYS = dict(UNIQUE.values())  # the property that names a node, by label
OFF = neo4j.NotificationMinimumSeverity.OFF  # not every edge type is in the graph
CLOSURE = f"""
MATCH (root:Directive {{id: $id}})-[:{"|".join(sorted(THROUGH))}*0..]->(a) WITH DISTINCT root, a
MATCH (a)-[:{"|".join(sorted(LAST))}*0..1]->(b) WITH DISTINCT root, b WHERE b <> root
RETURN labels(b) AS labels, CASE WHEN b:Directive THEN b.level END AS level,
       CASE WHEN b:Directive THEN b.jurisdiction END AS place, count(*) AS n
"""


class Bare(NamedTuple):
    closure: Timing
    reached: int


class Rows(NamedTuple):
    """A batch of equal rows: ``statement`` takes them as $rows. ``graph``: they are of the graph, not of the ledger."""

    statement: str
    rows: list[dict[str, Any]]
    graph: bool


class BareLoad(NamedTuple):
    rows: int  # nodes and relationships
    seconds: float  # in the driver's calls


def closure(driver: neo4j.Driver, root: str) -> Bare:
    """The counts by kind, level and place of all that rests on the root, over the types an impact follows."""

    def ask(node_id: str) -> int:
        with driver.session(default_access_mode=neo4j.READ_ACCESS, notifications_min_severity=OFF) as session:
            return session.execute_read(lambda tx: sum(int(row["n"]) for row in tx.run(CLOSURE, id=node_id)))

    return Bare(timed(ask, [root], RUNS_OF_ROOT), ask(root))


def dump(driver: neo4j.Driver, path: Path) -> None:
    """Write all nodes and relationships with all their properties to a file of pickled batches."""
    with path.open("wb") as out:
        for label in (*GRAPH, *LEDGER):
            for batch in _nodes(driver, label):
                pickle.dump(tuple(batch), out)
        for label in (*GRAPH, *LEDGER):
            for batch in _edges(driver, label):
                pickle.dump(tuple(batch), out)


def load_graph(driver: neo4j.Driver, path: Path) -> BareLoad:
    """Write a dump's graph into an empty database: ids unique for each label, one managed transaction a batch."""
    schema = [f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.{KEYS[label]} IS UNIQUE" for label in GRAPH]
    return _load(driver, schema, (batch for batch in _batches(path) if batch.graph))


def load_all(driver: neo4j.Driver, path: Path) -> BareLoad:
    """Write a whole dump into an empty database with all constraints and indexes of the store."""
    return _load(driver, SCHEMA.values(), _batches(path))


def _load(driver: neo4j.Driver, schema: Iterable[str], batches: Iterable[Rows]) -> BareLoad:
    count, seconds = 0, 0.0
    with driver.session() as session:
        for statement in (*schema, "CALL db.awaitIndexes(300)"):
            session.run(statement).consume()
        for batch in batches:
            _, took = seconds_of(partial(session.execute_write, _write, batch))
            count, seconds = count + len(batch.rows), seconds + took
    return BareLoad(count, seconds)


def _write(tx: neo4j.ManagedTransaction, batch: Rows) -> None:
    tx.run(batch.statement, rows=batch.rows).consume()


def _batches(path: Path) -> Iterator[Rows]:
    with path.open("rb") as source:
        while True:
            try:
                yield Rows(*pickle.load(source))
            except EOFError:
                return


def _nodes(driver: neo4j.Driver, label: str) -> Iterator[Rows]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _stream(driver, f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS p"):
        statement = f"UNWIND $rows AS row CREATE (n:{':'.join(sorted(row['labels']))}) SET n = row"
        groups.setdefault(statement, []).append(_native(row["p"]))
    for statement, rows in groups.items():
        for i in range(0, len(rows), BATCH):
            yield Rows(statement, rows[i : i + BATCH], label in GRAPH)


def _edges(driver: neo4j.Driver, label: str) -> Iterator[Rows]:
    query = f"""MATCH (s:{label})-[r]->(t) WITH s, r, t, [x IN labels(t) WHERE x IN keys($keys)][0] AS target
        RETURN type(r) AS type, target, s.{KEYS.get(label, "id")} AS s, t[$keys[target]] AS t, properties(r) AS p"""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _stream(driver, query):
        ends = (label, row["target"])
        source, target = (f"MATCH ({n}:{end} {{{KEYS[end]}: row.{n}}})" for n, end in zip("st", ends, strict=True))
        statement = f"UNWIND $rows AS row {source} {target} CREATE (s)-[r:{row['type']}]->(t) SET r = row.p"
        groups.setdefault(statement, []).append({"s": row["s"], "t": row["t"], "p": _native(row["p"])})
        if len(groups[statement]) == BATCH:
            yield Rows(statement, groups.pop(statement), label in GRAPH)
    for statement, rows in groups.items():
        yield Rows(statement, rows, label in GRAPH)


def _stream(driver: neo4j.Driver, query: str) -> Iterator[neo4j.Record]:
    with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=BATCH) as session:
        yield from session.run(query, keys=KEYS)


def _native(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties with dates as Python's, which can be pickled and written again."""
    return {k: v.to_native() if hasattr(v, "to_native") else v for k, v in properties.items()}
