"""After `lineage ingest` of a large graph its arrays are in the file, so that the next process need not make them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from api import ingest
from graph.store import walks
from tests.api.conftest import Ask


@pytest.mark.parametrize(("large", "kept"), [(1, 1), (10**9, 0)], ids=["large", "small"])
def test_arrays_are_kept_after_an_ingest(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int, kept: int
) -> None:
    monkeypatch.setattr(ingest, "_LARGE_FROM_NODES", large)
    monkeypatch.setattr(walks, "_KEPT_FROM_NODES", large)
    store = tmp_path / "kept.db"
    assert ask("ingest", "--samples", "--store", str(store)).exit_code == 0
    with sqlite3.connect(store) as db:
        rows = db.execute("SELECT count(*) FROM walk, state WHERE walk.changes = state.changes").fetchone()
    db.close()
    assert rows == (kept,)
