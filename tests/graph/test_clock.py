"""The time of a question on the embedded store: what takes longer ends, and the store goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreBusyError, StoreTimeError
from graph.store import walks
from graph.store.base import Direction
from graph.store.sqlite import SqliteStore
from graph.vocabulary import EdgeType
from tests.api.family import family

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
TOP = "central.57-nq_tw.2024-12-22"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "lineage.db") as made:
        made.write_many(family())
        yield made


def ended(store: SqliteStore) -> float:
    """Seconds until a statement that never ends was ended."""
    begun = time.monotonic()
    with pytest.raises(StoreTimeError, match="time given"), store.snapshot():
        store._rows(ENDLESS).fetchall()
    return time.monotonic() - begun


def test_a_statement_ends_with_its_time_and_the_store_goes_on(store: SqliteStore) -> None:
    with store.within(0.1):
        assert ended(store) < 30
    assert store.counts().held == 5


def test_no_limit_inside_another_moves_its_end(store: SqliteStore) -> None:
    with store.within(0.1):
        with store.within(3600):
            assert ended(store) < 30
        with store.within(None), pytest.raises(StoreTimeError):
            store.counts()
    assert store.counts().held == 5


def test_a_shorter_limit_ends_alone(store: SqliteStore) -> None:
    with store.within(3600):
        with store.within(0.0), pytest.raises(StoreTimeError):
            store.counts()
        assert store.counts().held == 5


def test_arrays_begun_are_finished(store: SqliteStore) -> None:
    """Ended, they would have to be begun again by the next question, and so on for ever."""
    with store.snapshot(), store.within(0.2):
        with store._clock.stopped():
            time.sleep(0.3)
            store._rows("SELECT count(*) FROM node").fetchone()
        with pytest.raises(StoreTimeError):
            store.counts()


def test_who_waits_for_arrays_waits_no_longer_than_the_question_has(store: SqliteStore) -> None:
    """The lock is what another thread holds that makes them."""
    with walks._lock, store.within(0.1), pytest.raises(StoreBusyError, match="made ready"):
        store.closure(TOP, direction=Direction.DOWN, through=[EdgeType.CASCADES_TO])
    assert store.closure(TOP, direction=Direction.DOWN, through=[EdgeType.CASCADES_TO]).totals.items > 0
