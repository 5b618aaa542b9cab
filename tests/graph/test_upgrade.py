"""A store that the first version wrote opens as one of this version, with all its texts."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.records import Reading
from graph.store import open_store
from graph.store.schema import APPLICATION, VERSION
from tests.graph.test_store_contract import expected, shown
from tests.graph.test_store_sqlite import readings

FIRST_VERSION = """
CREATE TABLE state (changes INTEGER NOT NULL);
CREATE TABLE reading (
    r INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, chars INTEGER NOT NULL, body BLOB NOT NULL, text BLOB NOT NULL,
    directive TEXT NOT NULL DEFAULT '', current INTEGER NOT NULL DEFAULT 0);
CREATE TABLE file (path TEXT PRIMARY KEY, r INTEGER NOT NULL REFERENCES reading) WITHOUT ROWID;
CREATE TABLE node (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE edge (e INTEGER PRIMARY KEY, type TEXT NOT NULL);
CREATE VIEW shown AS SELECT * FROM edge;
CREATE VIRTUAL TABLE words USING fts5(number, name);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
"""


def old_store(path: Path, texts: Sequence[Reading], body: bytes | None = None) -> None:
    with sqlite3.connect(path) as db:
        db.executescript(FIRST_VERSION)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute("PRAGMA user_version = 1")
        for r, reading in enumerate(texts):
            said = zlib.compress(reading.model_copy(update={"text": ""}).model_dump_json().encode())
            row = (r, reading.sha256, len(reading.text), body or said, zlib.compress(reading.text.encode()))
            db.execute("INSERT INTO reading (r, sha256, chars, body, text) VALUES (?, ?, ?, ?, ?)", row)
            db.executemany("INSERT INTO file VALUES (?, ?)", [(reading.file, r), (f"copy/{reading.file}", r)])
    db.close()


def test_the_texts_of_an_older_store_are_kept(tmp_path: Path) -> None:
    texts = readings(60, tasks=2)
    old_store(tmp_path / "lineage.db", texts)
    copies = [t.model_copy(update={"file": f"copy/{t.file}"}) for t in texts]
    with open_store(tmp_path / "lineage.db") as store:
        assert shown(store) == expected([*texts, *copies])
    with sqlite3.connect(tmp_path / "lineage.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    db.close()


def test_an_older_store_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    old_store(tmp_path / "lineage.db", readings(1), body=b"damaged")
    with pytest.raises(StoreError, match=r"lineage\.db.*version 1"):
        open_store(tmp_path / "lineage.db")
    with sqlite3.connect(tmp_path / "lineage.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM reading").fetchone() == (1,)
    db.close()


def test_what_the_second_version_wrote_is_found_by_its_words(tmp_path: Path) -> None:
    texts = readings(3, tasks=2)
    with open_store(tmp_path / "lineage.db") as store:
        store.write_many(texts)
    with sqlite3.connect(tmp_path / "lineage.db") as db:
        db.execute("DROP TABLE spelling")
        db.execute("CREATE TABLE spelling (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID")
        db.execute("PRAGMA user_version = 2")
    db.close()
    with open_store(tmp_path / "lineage.db") as store:
        assert shown(store) == expected(texts)
        assert store.search("vieec").total == 6
