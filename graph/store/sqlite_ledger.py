"""The ledger of the embedded store: rows of SQLite read for planning, and a change written to them."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from graph.numbers import loose_key
from graph.records import Directive, Edge
from graph.search import FIELDS, fields, letters, size
from graph.store.inferred import INFERRED, check_claims, check_ends
from graph.store.ledger import Change, Kind, Placed, Saying, TextRow, sets_of
from graph.store.rows import MANY, read_node
from graph.vocabulary import Label

Spelt = Counter[tuple[str, str]]  # of (word, field)

_TEXT = "sha256, chars, directive, current"
_SAYING = "key, bare_key, facts, held, directive, count, current, first"
_NODE = "label, since, level, jurisdiction, loose, size, record"
_NEW_NODE = f"INSERT INTO node ({_NODE}, id, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_NODE = f"UPDATE node SET ({_NODE}) = (?, ?, ?, ?, ?, ?, ?) WHERE n = ?"
_PUT_WORDS = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
_PUT_EDGE = """
INSERT INTO edge (type, source, target, role, asserted_by, record) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source, target, type, asserted_by, role) DO UPDATE SET record = excluded.record
"""
_PUT_SPELLING = """
INSERT INTO spelling VALUES (?, ?, ?) ON CONFLICT (word, field) DO UPDATE SET count = count + excluded.count
"""
_COUNT_CHANGE = "UPDATE state SET changes = changes + 1"
_AT_ONCE = 5_000
_DELETE_EDGE = "DELETE FROM edge WHERE type = ? AND source = ? AND target = ? AND role = ? AND asserted_by = ?"


class SqliteLedger:
    """graph.store.ledger.Ledger inside an open transaction; ``apply`` writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    # -- what planning reads

    def texts_at(self, paths: Collection[str]) -> dict[str, str]:
        return dict(self._all(f"SELECT path, sha256 FROM file WHERE path IN {MANY}", paths))

    def files(self, texts: Collection[str]) -> dict[str, set[str]]:
        return sets_of(self._all(f"SELECT sha256, path FROM file WHERE sha256 IN {MANY}", texts))

    def texts(self, texts: Collection[str]) -> dict[str, TextRow]:
        return _texts(self._all(f"SELECT {_TEXT} FROM reading WHERE sha256 IN {MANY}", texts))

    def texts_of(self, directives: Collection[str]) -> dict[str, TextRow]:
        return _texts(self._all(f"SELECT {_TEXT} FROM reading WHERE directive IN {MANY}", directives))

    def bodies(self, texts: Collection[str]) -> dict[str, bytes]:
        return dict(self._all(f"SELECT sha256, body FROM reading WHERE sha256 IN {MANY}", texts))

    def witnesses(self, texts: Collection[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for sha, ref, key in self._all(f"SELECT sha256, ref, saying FROM witness WHERE sha256 IN {MANY}", texts):
            found.setdefault(sha, {})[ref] = key
        return found

    def texts_saying(self, sayings: Collection[str]) -> dict[str, set[str]]:
        return sets_of(self._all(f"SELECT saying, sha256 FROM witness WHERE saying IN {MANY}", sayings))

    def sayings(self, keys: Collection[str]) -> dict[str, Saying]:
        return _sayings(self._all(f"SELECT {_SAYING} FROM saying WHERE key IN {MANY}", keys))

    def sayings_under(self, bare_keys: Collection[str]) -> dict[str, Saying]:
        return _sayings(self._all(f"SELECT {_SAYING} FROM saying WHERE bare_key IN {MANY}", bare_keys))

    def sayings_of(self, directives: Collection[str]) -> dict[str, Saying]:
        return _sayings(self._all(f"SELECT {_SAYING} FROM saying WHERE directive IN {MANY}", directives))

    def resolved_under(self, bare_keys: Collection[str]) -> dict[tuple[str, str], str]:
        sql = f"SELECT bare_key, id, record FROM resolved WHERE bare_key IN {MANY}"
        return {row[:2]: row[2] for row in self._all(sql, bare_keys)}

    def resolved_of(self, directives: Collection[str]) -> dict[tuple[str, str], str]:
        sql = f"SELECT bare_key, id, record FROM resolved WHERE id IN {MANY}"
        return {row[:2]: row[2] for row in self._all(sql, directives)}

    def said(self, kind: Kind, keys: Collection[str]) -> dict[tuple[str, str], int]:
        sql = f"SELECT key, record, count FROM said WHERE key IN {MANY} AND kind = ?"
        return {row[:2]: row[2] for row in self._all(sql, keys, kind)}

    def shared_nodes(self, label: Label, ids: Collection[str]) -> dict[str, Placed]:
        sql = f"SELECT id, label, record, since FROM node WHERE id IN {MANY} AND label = ?"
        return {
            row[0]: Placed(read_node(row[1], row[0], row[2]), dt.date.fromordinal(row[3]) if row[3] else None)
            for row in self._all(sql, ids, label)
        }

    # -- writing

    def apply(self, change: Change) -> None:
        """Write a change; every end of its edges is in it or in the store."""
        self._put_texts(change)
        self._put_sayings(change)
        self._put_said(change)
        self._delete_graph(change)
        self._put_graph(change)
        self._db.execute(_COUNT_CHANGE)

    def put_inferred(self, method: str, edges: Iterable[Edge]) -> None:
        """See Store.infer; the edges are taken some at a time."""
        kinds = ", ".join(f"'{kind}'" for kind in sorted(INFERRED))
        sql = f"DELETE FROM edge WHERE type IN ({kinds}) AND json_extract(record, '$.method') = ?"
        self._db.execute(sql, [method])
        left = iter(edges)
        while batch := list(islice(left, _AT_ONCE)):
            check_claims(method, batch)
            check_ends(batch, self._numbers({end for edge in batch for end in (edge.source, edge.target)}))
            self.put_edges(batch)
        self._db.execute(_COUNT_CHANGE)

    def put_edges(self, edges: Iterable[Edge]) -> None:
        """Insert or update edges whose ends are there."""
        edges = list(edges)
        n = self._numbers({end for edge in edges for end in (edge.source, edge.target)})
        rows = (
            (
                e.type,
                n[e.source],
                n[e.target],
                e.role or "",
                e.asserted_by or "",
                e.model_dump_json(exclude_defaults=True),
            )
            for e in edges
        )
        self._db.executemany(_PUT_EDGE, rows)

    def delete_edges(self, keys: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Delete edges by graph.store.base.edge_order."""
        keys = list(keys)
        n = self._numbers({end for key in keys for end in key[1:3]})
        rows = ((k[0], n[k[1]], n[k[2]], *k[3:]) for k in keys if k[1] in n and k[2] in n)
        self._db.executemany(_DELETE_EDGE, rows)

    def _put_texts(self, change: Change) -> None:
        gone = [(sha,) for sha in (*change.gone_texts, *change.packed)]
        self._db.executemany("DELETE FROM witness WHERE sha256 = ?", gone)
        self._db.executemany("DELETE FROM reading WHERE sha256 = ?", gone)
        for sha, row in change.texts.items():
            if sha not in change.packed:
                sql = "UPDATE reading SET directive = ?, current = ? WHERE sha256 = ?"
                self._db.execute(sql, (row.directive, row.current, sha))
        for sha, (body, text) in change.packed.items():
            row = change.texts[sha]
            values = (sha, row.chars, body, text, row.directive, row.current)
            self._db.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)", values)
        said = ((sha, ref, key) for sha, refs in change.witnesses.items() for ref, key in refs.items())
        self._db.executemany("INSERT INTO witness VALUES (?, ?, ?)", said)
        self._db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in change.gone_files))
        self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", change.files.items())

    def _put_sayings(self, change: Change) -> None:
        self._db.executemany("DELETE FROM saying WHERE key = ?", ((key,) for key in change.gone_sayings))
        rows = (
            (s.key, s.bare_key, s.facts, s.held, s.directive, s.count, s.current, s.first)
            for s in change.sayings.values()
        )
        self._db.executemany("INSERT OR REPLACE INTO saying VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("DELETE FROM resolved WHERE bare_key = ? AND id = ?", change.gone_resolved)
        found = ((*at, record) for at, record in change.resolved.items())
        self._db.executemany("INSERT OR REPLACE INTO resolved VALUES (?, ?, ?)", found)

    def _put_said(self, change: Change) -> None:
        self._db.executemany("DELETE FROM said WHERE kind = ? AND key = ? AND record = ?", change.counted)
        rows = ((*at, count) for at, count in change.said.items() if count > 0)
        self._db.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", rows)

    def _delete_graph(self, change: Change) -> None:
        self.delete_edges(change.gone_edges)
        gone = [(n,) for n in self._numbers(change.gone_nodes).values()]
        self._db.executemany("DELETE FROM edge WHERE source = ?", gone)
        self._db.executemany("DELETE FROM edge WHERE target = ?", gone)
        self._forget_words(n for (n,) in gone)
        self._db.executemany("DELETE FROM node WHERE n = ?", gone)

    def _put_graph(self, change: Change) -> None:
        there = self._numbers(change.nodes.keys())
        self._forget_words(there.values())
        (last,) = self._db.execute("SELECT coalesce(max(n), 0) FROM node").fetchone()
        new = {node_id: n for n, node_id in enumerate((i for i in change.nodes if i not in there), start=last + 1)}
        self._db.executemany(_PUT_NODE, ((*_row(change.nodes[i]), n) for i, n in there.items()))
        self._db.executemany(_NEW_NODE, ((*_row(change.nodes[i]), i, n) for i, n in new.items()))
        spelt: Spelt = Counter()
        self._db.executemany(_PUT_WORDS, self._words(change, there | new, spelt))
        self._spell(spelt)
        self.put_edges(change.edges.values())

    @staticmethod
    def _words(change: Change, numbers: dict[str, int], spelt: Spelt) -> Iterator[tuple[object, ...]]:
        """Rows of what the nodes that are put are found by; ``spelt`` counts the words in them."""
        for node_id, placed in change.nodes.items():
            texts = fields(placed.node)
            spelt.update(_spelt(texts))
            yield numbers[node_id], *texts.values()

    def _forget_words(self, numbers: Iterable[int]) -> None:
        """Take nodes out of what is found by words."""
        numbers = list(numbers)
        texts = self._all(f"SELECT {', '.join(FIELDS)} FROM words WHERE rowid IN {MANY}", numbers)
        spelt: Spelt = Counter()
        for row in texts:
            spelt.subtract(_spelt(dict(zip(FIELDS, row, strict=True))))
        self._spell(spelt)
        self._db.executemany("DELETE FROM words WHERE rowid = ?", ((n,) for n in numbers))

    def _spell(self, delta: Spelt) -> None:
        self._db.executemany(_PUT_SPELLING, ((*at, by) for at, by in delta.items()))
        self._db.execute("DELETE FROM spelling WHERE count <= 0")

    def _numbers(self, ids: Collection[str]) -> dict[str, int]:
        return dict(self._all(f"SELECT id, n FROM node WHERE id IN {MANY}", ids))

    def _all(self, sql: str, many: Collection[str] | Collection[int], *values: object) -> list[Any]:
        return self._db.execute(sql, (json.dumps(list(many)), *values)).fetchall() if many else []


def _spelt(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The words of letters in each field."""
    return ((word, field) for field, text in texts.items() if text for word in letters([text]))


def _row(placed: Placed) -> tuple[object, ...]:
    node, since = placed.node, placed.since
    record = node.record
    directive = record if isinstance(record, Directive) else None
    loose = loose_key(directive.number) if directive and directive.number else None
    where = (directive.level, directive.jurisdiction) if directive else (None, None)
    first = since.toordinal() if since else None
    return node.label, first, *where, loose, size(node), record.model_dump_json()


def _texts(rows: Iterable[tuple[str, int, str, int]]) -> dict[str, TextRow]:
    return {row[0]: TextRow(row[0], row[1], row[2], bool(row[3])) for row in rows}


def _sayings(rows: Iterable[Any]) -> dict[str, Saying]:
    return {row[0]: Saying(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows}
