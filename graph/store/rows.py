"""Nodes and edges become rows, and are found by words: the lowest step of writing, and packing of readings."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import zlib
from typing import Any

from graph.numbers import loose_key
from graph.records import Directive, Edge, Reading
from graph.search import FIELDS, fields
from graph.store.base import LABELS, Node

_INSERT_NODE = """
INSERT INTO node (id, label, record, r, since, level, jurisdiction, loose) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET record = excluded.record, since = excluded.since, level = excluded.level,
    jurisdiction = excluded.jurisdiction, loose = excluded.loose
"""
_INSERT_WORDS = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
_INSERT_EDGE = "INSERT INTO edge (r, type, source, target, role, asserted_by, record) VALUES (?, ?, ?, ?, ?, ?, ?)"

_RECORDS: dict[str, Any] = {label.value: kind for kind, label in LABELS.items()}


def pack(reading: Reading) -> tuple[bytes, bytes]:
    """A reading as stored, compressed: what it says without its text, and its text."""
    body = reading.model_copy(update={"text": ""}).model_dump_json()
    return zlib.compress(body.encode()), zlib.compress(reading.text.encode())


def unpack(body: bytes, text: bytes | None = None) -> Reading:
    """The reading that was packed; without ``text`` its text is empty."""
    reading = Reading.model_validate_json(zlib.decompress(body))
    if text is None:
        return reading
    return reading.model_copy(update={"text": zlib.decompress(text).decode()})


_FILE = re.compile(r'"file":"(?:[^"\\]|\\.)*"')


def claims(reading: Reading) -> str:
    """All that a reading says, without its text and without the paths it was read from."""
    return _FILE.sub("", reading.model_copy(update={"text": ""}).model_dump_json())


def read_node(label: str, node_id: str, record: str) -> Node:
    """The node of a row."""
    return Node.model_construct(id=node_id, record=_RECORDS[label].model_validate_json(record))


def first_day(directive: Directive) -> dt.date | None:
    """The first day the directive can have existed: its date, else the first day of its year; None if undated."""
    if directive.issued_on or directive.issued_year is None:
        return directive.issued_on
    return dt.date(directive.issued_year, 1, 1)


class Rows:
    """Rows of the derived graph. Node ids are unique; an edge row belongs to a reading (None: to the register)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def put_node(self, node: Node, r: int | None = None) -> None:
        """Insert or update a node; its number ``n`` stays, so edges survive."""
        record = node.record.model_dump_json()
        old = self._db.execute("SELECT n, record FROM node WHERE id = ?", (node.id,)).fetchone()
        if old and old[1] == record:
            return
        row = (node.id, node.label, record, r, *_columns(node))
        self._db.execute(_INSERT_NODE, row)
        n = self.number(node.id)
        if old:
            self._db.execute("DELETE FROM words WHERE rowid = ?", (n,))
        self._db.execute(_INSERT_WORDS, (n, *fields(node).values()))

    def delete_node(self, node_id: str) -> None:
        self._db.execute("DELETE FROM words WHERE rowid = (SELECT n FROM node WHERE id = ?)", (node_id,))
        self._db.execute("DELETE FROM node WHERE id = ?", (node_id,))

    def delete_nodes_of(self, r: int) -> None:
        self._db.execute("DELETE FROM words WHERE rowid IN (SELECT n FROM node WHERE r = ?)", (r,))
        self._db.execute("DELETE FROM node WHERE r = ?", (r,))

    def number(self, node_id: str) -> int:
        row = self._db.execute("SELECT n FROM node WHERE id = ?", (node_id,)).fetchone()
        return int(row[0])

    def put_edge(self, edge: Edge, r: int | None = None) -> None:
        ends = self.number(edge.source), self.number(edge.target)
        row = (r, edge.type, *ends, edge.role or "", edge.asserted_by or "", edge.model_dump_json())
        self._db.execute(_INSERT_EDGE, row)

    def delete_edges_of(self, r: int) -> None:
        self._db.execute("DELETE FROM edge WHERE r = ?", (r,))

    def delete_register_edge(self, edge: Edge) -> None:
        sql = """DELETE FROM edge WHERE r IS NULL AND type = ? AND role = ?
            AND source = (SELECT n FROM node WHERE id = ?) AND target = (SELECT n FROM node WHERE id = ?)"""
        self._db.execute(sql, (edge.type, edge.role or "", edge.source, edge.target))


def _columns(node: Node) -> tuple[int | None, str | None, str | None, str | None]:
    record = node.record
    if not isinstance(record, Directive):
        return None, None, None, None
    day = first_day(record)
    loose = loose_key(record.number) if record.number else None
    return day.toordinal() if day else None, record.level, record.jurisdiction, loose
