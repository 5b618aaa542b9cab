"""A store of an older version becomes one of this version: its texts are kept, all else is made of them again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice

from graph.records import Reading
from graph.store.packing import unpack
from graph.store.sqlite_ledger import SqliteLedger
from graph.store.writing import plan_write

_AT_ONCE = 50
_KEEP = """
CREATE TEMP TABLE kept AS SELECT sha256, body, text FROM reading;
CREATE TEMP TABLE kept_file AS SELECT path, {sha256} AS sha256 FROM file {join}
"""
_ALL = "SELECT type, name FROM main.sqlite_master"


def rebuild(connection: sqlite3.Connection, version: int, create: Callable[[], None]) -> None:
    """Make all tables anew inside an open transaction and write every text into them again."""
    by_row = version == 1  # files named their reading by its row
    keep = _KEEP.format(sha256="reading.sha256" if by_row else "file.sha256", join="JOIN reading USING (r)" * by_row)
    for statement in keep.split(";\n"):
        connection.execute(statement)
    for kind in ("sql LIKE 'CREATE VIRTUAL TABLE%'", "type = 'view'", "type = 'table' AND name NOT LIKE 'sqlite_%'"):
        for type_, name in connection.execute(f"{_ALL} WHERE {kind} ORDER BY name").fetchall():
            connection.execute(f'DROP {type_} main."{name}"')
    create()
    ledger = SqliteLedger(connection)
    left = _kept(connection)
    while batch := list(islice(left, _AT_ONCE)):
        change, _ = plan_write(ledger, batch)
        if change:
            ledger.apply(change)
    connection.execute("DROP TABLE temp.kept")
    connection.execute("DROP TABLE temp.kept_file")


def _kept(connection: sqlite3.Connection) -> Iterator[Reading]:
    """Every text once a path."""
    sql = "SELECT path, body, text FROM kept_file JOIN kept USING (sha256) ORDER BY path"
    for path, body, text in connection.execute(sql).fetchall():
        yield unpack(body, text).model_copy(update={"file": path})
