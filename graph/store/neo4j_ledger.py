"""The ledger of the Neo4j store: rows read for planning, and a change written in UNWIND batches.

A statement that writes is not waited for: the next batch is made ready while the server works on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from neo4j import ManagedTransaction, Result

from graph.records import Edge
from graph.search import fields, letters
from graph.store import cypher
from graph.store.ledger import Change, EdgeKey, Kind, Placed, Saying, TextRow, sets_of
from graph.store.neo4j_session import Row, rows
from graph.store.neo4j_values import FIND, Properties, edge_properties, is_plan, node_properties, read_node, since_of
from graph.vocabulary import EDGE_SPECS, EdgeType, Label

#: So many rows go into one statement: enough to be quick, little enough for the memory of a transaction.
BATCH = 5_000


class Neo4jLedger:
    """graph.store.ledger.Ledger inside a transaction; ``apply`` writes."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    # -- what planning reads

    def texts_at(self, paths: Collection[str]) -> dict[str, str]:
        return dict(self._pairs(cypher.TEXTS_AT, paths))

    def files(self, texts: Collection[str]) -> dict[str, set[str]]:
        return sets_of(self._pairs(cypher.FILES, texts))

    def texts(self, texts: Collection[str]) -> dict[str, TextRow]:
        return {row["sha256"]: TextRow(**row) for row in self._many(cypher.TEXTS, texts)}

    def texts_of(self, directives: Collection[str]) -> dict[str, TextRow]:
        return {row["sha256"]: TextRow(**row) for row in self._many(cypher.TEXTS_OF, directives)}

    def bodies(self, texts: Collection[str]) -> dict[str, bytes]:
        return dict(self._pairs(cypher.BODIES, texts))

    def witnesses(self, texts: Collection[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self._many(cypher.WITNESSES, texts):
            found.setdefault(row["sha256"], {})[row["ref"]] = row["saying"]
        return found

    def texts_saying(self, sayings: Collection[str]) -> dict[str, set[str]]:
        return sets_of(self._pairs(cypher.TEXTS_SAYING, sayings))

    def sayings(self, keys: Collection[str]) -> dict[str, Saying]:
        return self._sayings(cypher.SAYINGS, keys)

    def sayings_under(self, bare_keys: Collection[str]) -> dict[str, Saying]:
        return self._sayings(cypher.SAYINGS_UNDER, bare_keys)

    def sayings_of(self, directives: Collection[str]) -> dict[str, Saying]:
        return self._sayings(cypher.SAYINGS_OF, directives)

    def resolved_under(self, bare_keys: Collection[str]) -> dict[tuple[str, str], str]:
        rows = self._many(cypher.RESOLVED_UNDER, bare_keys)
        return {(row["bare_key"], row["id"]): row["record"] for row in rows}

    def resolved_of(self, directives: Collection[str]) -> dict[tuple[str, str], str]:
        rows = self._many(cypher.RESOLVED_OF, directives)
        return {(row["bare_key"], row["id"]): row["record"] for row in rows}

    def said(self, kind: Kind, keys: Collection[str]) -> dict[tuple[str, str], int]:
        rows = self._many(cypher.SAID, keys, kind=kind.value)
        return {(row["key"], row["record"]): row["count"] for row in rows}

    def shared_nodes(self, label: Label, ids: Collection[str]) -> dict[str, Placed]:
        rows = self._many(cypher.NODES_OF[label], ids)
        return {row["id"]: Placed(read_node(row["label"], row["plan"], row["p"]), since_of(row["p"])) for row in rows}

    # -- writing

    def apply(self, change: Change) -> None:
        """Write a change; every end of its edges is in it or in the store."""
        self._put_texts(change)
        self._put_sayings(change)
        self._put_said(change)
        self.delete_edges(change.gone_edges)
        gone: dict[Label, list[str]] = defaultdict(list)
        for node_id in change.gone_nodes:
            gone[change.was[node_id].label].append(node_id)
        for label, ids in gone.items():
            self._put(cypher.delete_nodes(label), ids)
        words = self._put_nodes(change)
        self.put_edges(change.edges.values())
        self._put(cypher.PUT_WORDS, ([word, by] for word, by in words.items() if by))
        self._put(cypher.DELETE_WORDS, (word for word, by in words.items() if by < 0))
        self._tx.run(cypher.COUNT_CHANGE).consume()

    def put_edges(self, edges: Iterable[Edge]) -> int:
        """Make edges that are not there yet; how many were made: not those without both ends."""
        groups: dict[tuple[Label, EdgeType, Label], list[Edge]] = defaultdict(list)
        for edge in edges:
            groups[_ends(edge.type, edge.source)].append(edge)
        made: list[Result] = []
        for ends, group in groups.items():
            made += self._put(cypher.put_edges(*ends), ([e.source, e.target, edge_properties(e)] for e in group))
        return sum(result.consume().counters.relationships_created for result in made)

    def delete_edges(self, keys: Iterable[EdgeKey]) -> None:
        """Delete edges by graph.store.base.edge_order."""
        groups: dict[tuple[Label, EdgeType, Label], list[Any]] = defaultdict(list)
        for kind, source, target, role, asserted_by in keys:
            groups[_ends(EdgeType(kind), source)].append([source, target, role, asserted_by])
        for ends, group in groups.items():
            self._put(cypher.delete_edges(*ends), group)

    def _put_texts(self, change: Change) -> None:
        self._put(cypher.SILENCE_TEXTS, change.reread)
        self._put(cypher.DELETE_TEXTS, change.gone_texts)
        self._put(cypher.PUT_TEXTS, (_text(row, change) for row in change.texts.values()))
        self._put(cypher.DELETE_FILES, change.gone_files)
        self._put(cypher.PUT_FILES, map(list, change.files.items()))

    def _put_sayings(self, change: Change) -> None:
        self._put(cypher.PUT_SAYINGS, map(asdict, change.sayings.values()))
        said = ([sha, ref, key] for sha, refs in change.witnesses.items() for ref, key in refs.items())
        self._put(cypher.PUT_WITNESSES, said)
        self._put(cypher.DELETE_SAYINGS, change.gone_sayings)
        self._put(cypher.DELETE_RESOLVED, (_key(*at) for at in change.gone_resolved))
        rows = (
            {"key": _key(*at), "bare_key": at[0], "id": at[1], "record": record}
            for at, record in change.resolved.items()
        )
        self._put(cypher.PUT_RESOLVED, rows)

    def _put_said(self, change: Change) -> None:
        groups: dict[str, list[Any]] = defaultdict(list)
        for at, count in change.said.items():
            there = cypher.RECOUNT_SAID if count else cypher.DELETE_SAID
            row = {"kind": at[0].value, "key": at[1], "record": at[2], "count": count}
            groups[there if at in change.counted else cypher.PUT_SAID].append(row)
        for statement, group in sorted(groups.items()):
            self._put(statement, group)

    def _put_nodes(self, change: Change) -> Counter[str]:
        """By how much the words change that a misspelt one may stand for."""
        groups: dict[str, list[Placed]] = defaultdict(list)
        for node_id, placed in change.nodes.items():
            put = cypher.put_nodes if node_id in change.was else cypher.new_nodes
            groups[put(placed.node.label, plan=is_plan(placed.node))].append(placed)
        words: Counter[str] = Counter()
        for statement, group in groups.items():
            self._put(statement, _with_words(group, words))
        for node in change.was.values():
            words.subtract(letters(fields(node).values()))
        return words

    # -- small helpers

    def _sayings(self, statement: str, many: Collection[str]) -> dict[str, Saying]:
        return {row["saying"]["key"]: Saying(**row["saying"]) for row in self._many(statement, many)}

    def _pairs(self, statement: str, many: Collection[str]) -> Iterable[tuple[Any, Any]]:
        return ((row["key"], row["value"]) for row in self._many(statement, many))

    def _many(self, statement: str, many: Collection[str], **values: Any) -> list[Row]:
        return rows(self._tx, statement, many=list(many), **values) if many else []

    def _put(self, statement: str, rows: Iterable[Any]) -> list[Result]:
        left, sent = iter(rows), []
        while batch := list(islice(left, BATCH)):
            sent.append(self._tx.run(statement, rows=batch))
        return sent


def _ends(kind: EdgeType, source: str) -> tuple[Label, EdgeType, Label]:
    """Labels of an edge's ends; a task or an indicator can be assigned, and the id says which."""
    spec = EDGE_SPECS[kind]
    indicator = kind is EdgeType.ASSIGNED_TO and source.startswith("i.")
    return Label.INDICATOR if indicator else spec.source, kind, spec.target


def _text(row: TextRow, change: Change) -> dict[str, Any]:
    found = asdict(row)
    if row.sha256 in change.packed:
        found["body"], found["text"] = change.packed[row.sha256]
    return found


def _key(bare_key: str, directive: str) -> str:
    return f"{bare_key} {directive}"


def _with_words(group: Iterable[Placed], words: Counter[str]) -> Iterator[Properties]:
    """Properties of each node; ``words`` counts those that it is found by."""
    for placed in group:
        properties = node_properties(placed)
        words.update(letters(properties.get(name) for name in FIND.values()))
        yield properties
