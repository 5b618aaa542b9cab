"""What anybody would write by hand against Neo4j: a closure with its counts, and a load in UNWIND batches."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import neo4j

from graph.vocabulary import Label
from tests.bench.asking import LAST, RUNS_OF_ROOT, THROUGH
from tests.bench.measure import Timing, seconds_of, timed

BATCH = 10_000
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
    """A batch of equal rows: ``statement`` takes them as $rows."""

    statement: str
    rows: list[dict[str, Any]]


class BareLoad(NamedTuple):
    nodes: int
    edges: int
    seconds: float  # in the driver's calls


def closure(driver: neo4j.Driver, root: str) -> Bare:
    """The counts by kind, level and place of all that rests on the root, over the types an impact follows."""

    def ask(node_id: str) -> int:
        with driver.session(default_access_mode=neo4j.READ_ACCESS, notifications_min_severity=OFF) as session:
            return session.execute_read(lambda tx: sum(int(row["n"]) for row in tx.run(CLOSURE, id=node_id)))

    return Bare(timed(ask, [root], RUNS_OF_ROOT), ask(root))


def dump(driver: neo4j.Driver, path: Path) -> None:
    """Write the graph's nodes and edges with all their properties to a file of pickled batches."""
    with path.open("wb") as out:
        for batch in itertools.chain(_nodes(driver), _edges(driver)):
            pickle.dump(tuple(batch), out)


def load(driver: neo4j.Driver, path: Path) -> BareLoad:
    """Write a dump into an empty database: ids unique for each label, one managed transaction a batch."""
    for label in Label:
        driver.execute_query(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    driver.execute_query("CALL db.awaitIndexes(300)")
    counts, seconds = {"nodes": 0, "edges": 0}, 0.0
    with driver.session() as session:
        for batch in _batches(path):
            seconds += seconds_of(lambda b=batch: session.execute_write(_write, b))[1]  # type: ignore[misc]
            counts["edges" if "MATCH" in batch.statement else "nodes"] += len(batch.rows)
    return BareLoad(**counts, seconds=seconds)


def _write(tx: neo4j.ManagedTransaction, batch: Rows) -> None:
    tx.run(batch.statement, rows=batch.rows).consume()


def _batches(path: Path) -> Iterator[Rows]:
    with path.open("rb") as source:
        while True:
            try:
                yield Rows(*pickle.load(source))
            except EOFError:
                return


def _nodes(driver: neo4j.Driver) -> Iterator[Rows]:
    for label in Label:
        query = f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS p"
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in _stream(driver, query):
            statement = f"UNWIND $rows AS row CREATE (n:{':'.join(sorted(row['labels']))}) SET n = row"
            groups.setdefault(statement, []).append(_native(row["p"]))
        yield from _cut(groups)


def _edges(driver: neo4j.Driver) -> Iterator[Rows]:
    for label in Label:
        query = f"""MATCH (s:{label})-[r]->(t) RETURN type(r) AS type, [x IN labels(t) WHERE x IN $kinds][0] AS target,
            s.id AS s, t.id AS t, properties(r) AS p"""
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in _stream(driver, query):
            statement = (
                f"UNWIND $rows AS row MATCH (s:{label} {{id: row.s}}) MATCH (t:{row['target']} {{id: row.t}}) "
                f"CREATE (s)-[r:{row['type']}]->(t) SET r = row.p"
            )
            groups.setdefault(statement, []).append({"s": row["s"], "t": row["t"], "p": _native(row["p"])})
            if len(groups[statement]) == BATCH:
                yield Rows(statement, groups.pop(statement))
        yield from _cut(groups)


def _stream(driver: neo4j.Driver, query: str) -> Iterator[neo4j.Record]:
    with driver.session(default_access_mode=neo4j.READ_ACCESS, fetch_size=BATCH) as session:
        yield from session.run(query, kinds=[str(label) for label in Label])


def _cut(groups: dict[str, list[dict[str, Any]]]) -> Iterator[Rows]:
    for statement, rows in groups.items():
        for i in range(0, len(rows), BATCH):
            yield Rows(statement, rows[i : i + BATCH])


def _native(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties with dates as Python's, which can be pickled and written again."""
    return {k: v.to_native() if hasattr(v, "to_native") else v for k, v in properties.items()}
