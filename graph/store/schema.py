"""A path becomes an open SQLite file with this version's tables, or an error that says what to do."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from graph.errors import LineageError, SchemaError, StoreBusyError, StoreError
from graph.search import FIELDS
from graph.store.listing import INDEXES
from graph.store.timing import too_late
from graph.store.upgrade import rebuild

VERSION = 3
APPLICATION = 0x4C494E47  # "LING" in the file's header: no other program's database is taken for a store
BUSY_SECONDS = 120.0
CACHE_KIB = 1 << 16  # pages of the file that a connection keeps, 64 MB at most: what is found is ranked by its rows

_TABLES = f"""
CREATE TABLE state (id TEXT NOT NULL, changes INTEGER NOT NULL);
INSERT INTO state VALUES (hex(randomblob(16)), 0);

-- What the texts say, as read (graph.store.packing). These two tables are the same in every version: all else is made
-- of them again when an older store is opened.
CREATE TABLE reading (
    sha256 TEXT PRIMARY KEY, chars INTEGER NOT NULL, body BLOB NOT NULL, text BLOB NOT NULL,
    directive TEXT NOT NULL DEFAULT '', current INTEGER NOT NULL DEFAULT 0);
CREATE INDEX reading_directive ON reading (directive);
CREATE TABLE file (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES reading) WITHOUT ROWID;
CREATE INDEX file_reading ON file (sha256);

-- The rows of graph.store.ledger.
CREATE TABLE saying (
    key TEXT PRIMARY KEY, bare_key TEXT NOT NULL, facts TEXT NOT NULL, held INTEGER NOT NULL, directive TEXT NOT NULL,
    count INTEGER NOT NULL, current INTEGER NOT NULL, first TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX saying_bare_key ON saying (bare_key);
CREATE INDEX saying_directive ON saying (directive);
CREATE TABLE witness (sha256 TEXT NOT NULL, ref TEXT NOT NULL, saying TEXT NOT NULL, PRIMARY KEY (sha256, ref))
    WITHOUT ROWID;
CREATE INDEX witness_saying ON witness (saying);
CREATE TABLE resolved (bare_key TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (bare_key, id))
    WITHOUT ROWID;
CREATE INDEX resolved_id ON resolved (id);
CREATE TABLE said (kind TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, count INTEGER NOT NULL);
CREATE INDEX said_key ON said (key, kind);

-- The graph. since: first day (proleptic ordinal) a node can have existed; loose: a number as people type it;
-- size: length of the field a node is known by, for ranking what is found. The long record comes last, so that the
-- others are at hand.
-- node_walk and edge_out hold all that walking needs, so that records are not read for it.
CREATE TABLE node (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, since INTEGER, level TEXT, jurisdiction TEXT,
    loose TEXT, size INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX node_walk ON node (id, n, label, since, level, jurisdiction, size);
CREATE INDEX node_loose ON node (loose) WHERE loose IS NOT NULL;
CREATE TABLE edge (
    e INTEGER PRIMARY KEY, type TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL,
    role TEXT NOT NULL, asserted_by TEXT NOT NULL, record TEXT NOT NULL);
CREATE UNIQUE INDEX edge_out ON edge (source, target, type, asserted_by, role);
CREATE INDEX edge_in ON edge (target);
CREATE VIRTUAL TABLE words USING fts5({", ".join(FIELDS)}, tokenize = 'ascii', prefix = '2 3');
-- Words of letters in it, and how often in which field: those that a misspelt word may stand for, where a word can be.
CREATE TABLE spelling (word TEXT NOT NULL, field TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (word, field))
    WITHOUT ROWID;
-- The adjacency as arrays, and the state it was made of (graph.store.adjacency).
CREATE TABLE walk (changes INTEGER NOT NULL, arrays BLOB NOT NULL);
{INDEXES.strip().rstrip(";")}
"""


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open or create the store at ``path`` (a file).

    Raises SchemaError if a newer version wrote it, StoreError if it is no store or cannot be opened.
    """
    try:
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened ({error}); check that its folder exists") from error
    try:
        _prepare(connection, path, busy_seconds)
    except sqlite3.Error as error:
        connection.close()
        raise as_store_error(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def as_store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """What an error of SQLite means to a user."""
    if is_busy(error):
        return StoreBusyError(f"{path}: another process keeps the store locked; try again when it is done")
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return too_late(path)
    if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return StoreError(f"{path}: is no store or is damaged ({error}); name another file with --store")
    return StoreError(f"{path}: {error}; check the disk, and that you may write to the file and its folder")


def is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _prepare(connection: sqlite3.Connection, path: Path, busy_seconds: float) -> None:
    _check(connection, path)
    deadline = time.monotonic() + busy_seconds
    while True:  # SQLite does not wait for the lock when it changes the journal mode
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if _version(connection) < VERSION:
        _set_up(connection, path)
    _check(connection, path)


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    """Make this version's tables; a store of an older version is rebuilt from its texts."""

    def create() -> None:
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")

    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version == 0:
            create()
        elif version < VERSION:
            _rebuild(connection, path, version, create)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _rebuild(connection: sqlite3.Connection, path: Path, version: int, create: Callable[[], None]) -> None:
    try:
        rebuild(connection, version, create)
    except (zlib.error, ValueError, LineageError) as error:
        raise StoreError(
            f"{path}: the store of version {version} cannot be brought to version {VERSION} ({error}); it was left as "
            "it is: read the files into a new store with --store"
        ) from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and tables:
        raise StoreError(f"{path}: is a database of another program; name another file with --store")
    if version > VERSION:
        raise SchemaError(
            f"{path}: was written by a newer version (schema {version}, this program knows {VERSION}); "
            "update the program, or read the files into a new store with --store"
        )
