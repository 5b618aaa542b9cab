"""The adjacency of a SQLite store: shared by all connections of a process, kept in the file for other processes.

To make it of rows takes seconds at a million edges, to read it back from the file a tenth of one. It is never older
than the rows: both carry the number of the last change.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from weakref import WeakValueDictionary

from graph.store.adjacency import Adjacency
from graph.store.columns import LABEL_CODES, TYPE_CODES, EdgeColumns, NodeColumns, numbers_of

_NODES = "SELECT n, label, since, level, jurisdiction FROM node ORDER BY id"
_EDGES = "SELECT source, target, type, e FROM edge ORDER BY source, target, type, asserted_by, role"
#: Smaller graphs are made of their rows as quickly as they are read back.
_KEPT_FROM_NODES = 20_000
_KEEP_WAITS_SECONDS = 1.0

Ask = Callable[[str], sqlite3.Cursor]
_shared: WeakValueDictionary[tuple[str, int], Adjacency] = WeakValueDictionary()
_lock = threading.Lock()


def adjacency(ask: Ask, path: Path) -> Adjacency:
    """The graph that ``ask`` sees (it runs SQL in a snapshot) as arrays; ``path``: the file to keep it in."""
    store, changes = ask("SELECT id, changes FROM state").fetchone()
    with _lock:
        there = _shared.get((store, changes))
        if there is None:
            there = _kept(ask, changes) or _made(ask, path, changes)
            _shared[store, changes] = there
        return there


def _kept(ask: Ask, changes: int) -> Adjacency | None:
    row = ask(f"SELECT arrays FROM walk WHERE changes = {int(changes)}").fetchone()
    with contextlib.suppress(ValueError):  # of another version: made anew
        return Adjacency.from_bytes(row[0]) if row else None
    return None


def _made(ask: Ask, path: Path, changes: int) -> Adjacency:
    nodes = ask(_NODES).fetchall()
    n, label, since = numbers_of(((row[0], LABEL_CODES[row[1]], row[2] or 0) for row in nodes), 3)
    edges = ((source, target, TYPE_CODES[kind], e) for source, target, kind, e in ask(_EDGES))
    made = Adjacency.of(
        NodeColumns(n, label, since, [row[3] for row in nodes], [row[4] for row in nodes]),
        EdgeColumns(*numbers_of(edges, 4)),
    )
    if len(made) >= _KEPT_FROM_NODES:
        _keep(path, changes, made.to_bytes())
    return made


def _keep(path: Path, changes: int, arrays: bytes) -> None:
    """Keep the arrays in the file, if nobody writes just now and the disk has room; they can be made again."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, _KEEP_WAITS_SECONDS)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        if db.execute("SELECT changes FROM state").fetchone()[0] == changes:
            db.execute("DELETE FROM walk")
            db.execute("INSERT INTO walk VALUES (?, ?)", (changes, arrays))
