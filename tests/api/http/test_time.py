"""Questions whose time is over: cut answers or a problem, at once; and the stores are free for the next question."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.settings import Settings
from api.lists import listed
from graph.errors import StoreTimeError
from graph.listing import TaskQuery
from graph.store import open_store, walks
from tests.api.http.conftest import client_of, new_store, patient

SECONDS = 1.5
#: No word fits, so those that it may stand for are looked up: in a store whose words never end.
SLOW = "/api/v1/search?q=nghienn"
QUICK = "/api/v1/tasks/t.hung-yen.65-kh_tu.2026-04-22.1"
ENDLESS_WORDS = """
ALTER TABLE spelling RENAME TO spelled;
CREATE VIEW spelling AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
    SELECT word, count FROM spelled UNION ALL SELECT 'z' || x, 1 FROM c;
"""


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = new_store(tmp_path_factory.mktemp("endless"))
    with closing(sqlite3.connect(path)) as db:
        db.executescript(ENDLESS_WORDS)
    return client_of(create_app(Settings(store=str(path), question_seconds=SECONDS, stores=2)))


def test_a_search_whose_time_is_over_says_so(hurried: TestClient) -> None:
    response = hurried.get(SLOW)
    said = response.json()
    assert response.status_code == 200, said
    assert (said["hits"], said["total"], said["partial"], said["reason"]) == ([], None, True, "time")


def test_a_page_whose_time_is_over_says_so_to_its_reader(hurried: TestClient) -> None:
    response = hurried.get("/tim?q=nghienn&lang=en", headers={"accept": "text/html"})
    assert (response.status_code, "takes too long" in response.text) == (504, True)
    assert response.headers["content-type"].startswith("text/html")


def test_late_questions_never_keep_the_stores(hurried: TestClient) -> None:
    """More slow questions at once than stores: each is answered or sent away, and the next one is answered."""
    found: list[int] = []

    def ask() -> None:
        found.append(hurried.get(SLOW).status_code)

    asking = [threading.Thread(target=ask) for _ in range(6)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(timeout=60)
    assert len(found) == 6 and set(found) <= {200, 503}
    begun = time.monotonic()
    assert hurried.get(QUICK).status_code == 200
    assert time.monotonic() - begun < SECONDS


def test_a_list_whose_time_is_over_says_so(tmp_path: Path) -> None:
    with open_store(new_store(tmp_path)) as store:
        found = listed(store, TaskQuery(), limit=10, seconds=0.0)
        assert (found.items, found.total, found.partial, found.reason) == ((), None, True, "time")
        with store.within(0.0), pytest.raises(StoreTimeError):
            listed(store, TaskQuery(), limit=10)
        assert listed(store, TaskQuery(), limit=10, seconds=60.0).total == 3


def test_long_files_keep_no_store_of_the_questions(tmp_path: Path) -> None:
    made = create_app(patient(store=str(new_store(tmp_path)), stores=1, exports_at_once=1))
    asked, state = client_of(made), made.state.lineage
    table = "/tac-dong/central.57-nq_tw.2024-12-22/tai-ve"
    with state.pool.lease(1):
        assert asked.get(table).status_code == 200
    with state.exports.taken():
        assert asked.get(table).status_code == 429
    assert asked.get(table).status_code == 200


def test_a_graph_that_is_made_ready_is_not_waited_for_too_long(tmp_path: Path) -> None:
    """The lock is what another thread holds that makes the arrays after a write."""
    asked = client_of(create_app(Settings(store=str(new_store(tmp_path)), question_seconds=2 * SECONDS)))
    with walks._lock:
        late = asked.get("/api/v1/impact/57-NQ%2FTW")
    assert (late.status_code, late.json()["type"].rpartition(":")[2]) == (503, "store-busy")
    assert late.headers["retry-after"]
    assert asked.get("/api/v1/impact/57-NQ%2FTW").status_code == 200
