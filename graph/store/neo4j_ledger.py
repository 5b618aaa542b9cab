"""The ledger of the Neo4j store: rows read for planning, and a change written in UNWIND batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

from neo4j import ManagedTransaction

from graph.records import Edge
from graph.search import letters
from graph.store import cypher
from graph.store.ledger import Change, EdgeKey, Kind, Placed, Saying, TextRow
from graph.store.neo4j_values import FIND, Properties, edge_properties, is_plan, node_properties, read_node, since_of
from graph.vocabulary import EDGE_SPECS, EdgeType, Label

#: So many rows go into one statement: enough to be quick, little enough for the memory of a transaction.
BATCH = 5_000


class Neo4jLedger:
    """graph.store.ledger.Ledger inside a transaction; ``apply`` writes. ``batch``: rows in one statement."""

    def __init__(self, tx: ManagedTransaction, batch: int = BATCH) -> None:
        self._tx = tx
        self._batch = batch

    # -- what planning reads

    def texts_at(self, paths: Collection[str]) -> dict[str, str]:
        return dict(self._pairs(cypher.TEXTS_AT, paths))

    def files(self, texts: Collection[str]) -> dict[str, set[str]]:
        return _sets(self._pairs(cypher.FILES, texts))

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
        return _sets(self._pairs(cypher.TEXTS_SAYING, sayings))

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

    def shared_nodes(self, ids: Collection[str]) -> dict[str, Placed]:
        rows = self._many(cypher.NODES, ids)
        return {row["id"]: Placed(read_node(row["label"], row["plan"], row["p"]), since_of(row["p"])) for row in rows}

    # -- writing

    def apply(self, change: Change) -> None:
        """Write a change; every end of its edges is in it or in the store."""
        self._put_texts(change)
        self._put_sayings(change)
        self._put_said(change)
        put = _by_label(change)
        words = self._words(change, put)
        self.delete_edges(change.gone_edges)
        for label in Label if change.gone_nodes else ():
            self._put(cypher.delete_nodes(label), change.gone_nodes)
        for label, rows in put.items():
            self._put(cypher.put_nodes(label), rows)
        self.put_edges(change.edges.values())
        self._put(cypher.PUT_WORDS, [[word, by] for word, by in words.items() if by])
        self._put(cypher.DELETE_WORDS, [word for word, by in words.items() if by < 0])
        self._tx.run(cypher.COUNT_CHANGE).consume()

    def put_edges(self, edges: Iterable[Edge]) -> None:
        """Make edges that are not there yet; their ends are."""
        groups: dict[tuple[Label, EdgeType, Label], list[Any]] = defaultdict(list)
        for edge in edges:
            ends = _ends(edge.type, edge.source)
            groups[ends].append([edge.source, edge.target, edge_properties(edge)])
        for ends, rows in groups.items():
            self._put(cypher.put_edges(*ends), rows)

    def delete_edges(self, keys: Iterable[EdgeKey]) -> None:
        """Delete edges by graph.store.base.edge_order."""
        groups: dict[tuple[Label, EdgeType, Label], list[Any]] = defaultdict(list)
        for kind, source, target, role, asserted_by in keys:
            groups[_ends(EdgeType(kind), source)].append([source, target, role, asserted_by])
        for ends, rows in groups.items():
            self._put(cypher.delete_edges(*ends), rows)

    def _put_texts(self, change: Change) -> None:
        self._put(cypher.SILENCE_TEXTS, list(change.packed))
        self._put(cypher.DELETE_TEXTS, change.gone_texts)
        self._put(cypher.PUT_TEXTS, [_text(row, change) for row in change.texts.values()])
        self._put(cypher.DELETE_FILES, change.gone_files)
        self._put(cypher.PUT_FILES, [list(pair) for pair in change.files.items()])

    def _put_sayings(self, change: Change) -> None:
        self._put(cypher.PUT_SAYINGS, [asdict(row) for row in change.sayings.values()])
        said = [[sha, ref, key] for sha, refs in change.witnesses.items() for ref, key in refs.items()]
        self._put(cypher.PUT_WITNESSES, said)
        self._put(cypher.DELETE_SAYINGS, change.gone_sayings)
        self._put(cypher.DELETE_RESOLVED, [_key(*at) for at in change.gone_resolved])
        rows = [
            {"key": _key(*at), "bare_key": at[0], "id": at[1], "record": record}
            for at, record in change.resolved.items()
        ]
        self._put(cypher.PUT_RESOLVED, rows)

    def _put_said(self, change: Change) -> None:
        rows = [
            {"kind": kind.value, "key": key, "record": record, "count": count}
            for (kind, key, record), count in change.said.items()
        ]
        self._put(cypher.DELETE_SAID, rows)
        self._put(cypher.PUT_SAID, [row for row in rows if row["count"]])

    def _words(self, change: Change, put: dict[Label, list[Properties]]) -> Counter[str]:
        """By how much the words change that a misspelt one may stand for."""
        delta: Counter[str] = Counter()
        for row in chain.from_iterable(put.values()):
            delta.update(letters(row["properties"].get(name) for name in FIND.values()))
        for label in Label:
            ids = [*(row["properties"]["id"] for row in put.get(label, ())), *change.gone_nodes]
            for row in self._many(cypher.found_words(label), ids):
                delta.subtract(letters(row["texts"]))
        return delta

    # -- small helpers

    def _sayings(self, statement: str, many: Collection[str]) -> dict[str, Saying]:
        return {row["saying"]["key"]: Saying(**row["saying"]) for row in self._many(statement, many)}

    def _pairs(self, statement: str, many: Collection[str]) -> Iterable[tuple[Any, Any]]:
        return ((row["key"], row["value"]) for row in self._many(statement, many))

    def _many(self, statement: str, many: Collection[str], **values: Any) -> list[dict[str, Any]]:
        if not many:
            return []
        return [record.data() for record in self._tx.run(statement, many=list(many), **values)]

    def _put(self, statement: str, rows: Collection[Any]) -> None:
        rows = rows if isinstance(rows, Sequence) else list(rows)
        for start in range(0, len(rows), self._batch):
            self._tx.run(statement, rows=rows[start : start + self._batch]).consume()


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


def _by_label(change: Change) -> dict[Label, list[Properties]]:
    """Rows of the nodes to put."""
    rows: dict[Label, list[Properties]] = defaultdict(list)
    for placed in change.nodes.values():
        rows[placed.node.label].append({"properties": node_properties(placed), "plan": is_plan(placed.node)})
    return rows


def _sets(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return found
