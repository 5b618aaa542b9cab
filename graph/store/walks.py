"""The adjacency of a SQLite store: shared by all connections of a process, kept in the file for other processes.

To make it of rows takes seconds at a million edges, to read it back from the file a tenth of one. It is never older
than the rows: both carry the number of the last change.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np

from graph.errors import StoreBusyError
from graph.store.adjacency import Adjacency
from graph.store.columns import LABEL_CODES, ROLE_CODES, ROLES, TYPE_CODES, TYPES, EdgeColumns, NodeColumns, numbers_of


def _coded(column: str, codes: Mapping[str, int]) -> str:
    """SQL for the code of a name."""
    cases = " ".join(f"WHEN '{name}' THEN {code}" for name, code in codes.items())
    return f"CASE {column} {cases} END"


_NODES = "SELECT n, label, since, level, jurisdiction FROM node ORDER BY id"
_BEYOND = 1 << 32  # more than any number of a node
#: An edge in two numbers: it is the rows and their values that take the time.
_EDGES = f"""SELECT source * {_BEYOND} + target,
        (e * {len(TYPES)} + {_coded("type", TYPE_CODES)}) * {len(ROLES)} + {_coded("role", ROLE_CODES)}
    FROM edge ORDER BY source, target, type, asserted_by, role"""
_DUE, _END = "json_extract(record, '$.deadline.end')", "json_extract(record, '$.period_end')"
#: The first is read from an index of the lists, if it is asked for so.
_UNTIL = (
    f"SELECT n, {_DUE} FROM node WHERE label = 'Task' AND {_DUE} > ''",
    f"SELECT n, {_END} FROM node WHERE label = 'Directive' AND {_END} IS NOT NULL",
)
#: Smaller graphs are made of their rows as quickly as they are read back.
_KEPT_FROM_NODES = 20_000
_KEEP_WAITS_SECONDS = 1.0

Ask = Callable[[str], sqlite3.Cursor]
#: By file as well: the copy of a file has its id, and counts its own changes.
_shared: WeakValueDictionary[tuple[Path, str, int], Adjacency] = WeakValueDictionary()
_lock = threading.Lock()


def adjacency(ask: Ask, path: Path, patience: float | None = None) -> Adjacency:
    """The graph that ``ask`` sees (it runs SQL in a snapshot) as arrays; ``path``: the file to keep it in.

    StoreBusyError if another thread has been making arrays for longer than ``patience`` (seconds; None: no limit).
    """
    store, changes = ask("SELECT id, changes FROM state").fetchone()
    if not _lock.acquire(timeout=-1 if patience is None else patience):
        raise StoreBusyError(f"{path}: is being made ready for questions after a change; ask again in a moment")
    try:
        there = _shared.get((path, store, changes))
        if there is None:
            there = _kept(ask, changes) or _made(ask, path, changes)
            _shared[path, store, changes] = there
        return there
    finally:
        _lock.release()


def _kept(ask: Ask, changes: int) -> Adjacency | None:
    row = ask(f"SELECT arrays FROM walk WHERE changes = {int(changes)}").fetchone()
    with contextlib.suppress(ValueError):  # of another version: made anew
        return Adjacency.from_bytes(row[0]) if row else None
    return None


def _made(ask: Ask, path: Path, changes: int) -> Adjacency:
    nodes = ask(_NODES).fetchall()
    until = {n: dt.date.fromisoformat(day).toordinal() for sql in _UNTIL for n, day in ask(sql)}
    columns = ((row[0], LABEL_CODES[row[1]], row[2] or 0, until.get(row[0], 0)) for row in nodes)
    number, label, since, last = numbers_of(columns, 4)
    ends, facts = numbers_of(ask(_EDGES), 2)
    source, target = np.divmod(ends, _BEYOND)
    kinds, role = np.divmod(facts, len(ROLES))
    row, kind = np.divmod(kinds, len(TYPES))
    made = Adjacency.of(
        NodeColumns(number, label, since, last, [row[3] for row in nodes], [row[4] for row in nodes]),
        EdgeColumns(source, target, kind, role, row),
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
