"""The store on a real server in its bad days: down, refusing, short of memory, not set up, written meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import neo4j
import pytest

from graph.copying import copy
from graph.errors import (
    SchemaError,
    StoreAccessError,
    StoreChangedError,
    StoreDownError,
    StoreError,
    StoreMemoryError,
    StoreUrlError,
)
from graph.records import Reading
from graph.store import cypher, open_store
from graph.store.base import Direction, Store, WriteOutcome
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_indexes import FULLTEXT, VERSION
from graph.vocabulary import EdgeType
from tests.conftest import StartServer
from tests.graph.test_store_contract import expected, shown
from tests.graph.test_store_sqlite import readings
from tests.neo4j_server.database import Login
from tests.neo4j_server.server import Neo4jServer, free_port

#: "Within seconds": so long a user may wait for the error, on a machine that is busy with other tests.
SECONDS = 60.0


def opened(login: Login, *, set_up: bool = False) -> Store:
    return open_store(login.uri, username=login.username, password=login.password, set_up=set_up)


def in_time(work: Callable[[], object], error: type[StoreError], *says: str) -> None:
    """It fails with the error, whose message says what, where and what to do, before a user gives up."""
    begun = time.monotonic()
    with pytest.raises(error) as told:
        work()
    assert time.monotonic() - begun < SECONDS
    message = str(told.value)
    assert [part for part in says if part not in message] == [], message
    assert "\n" not in message


def put(driver: neo4j.Driver, statement: str) -> None:
    with driver.session(database="neo4j") as session:
        session.run(statement).consume()


# -- nobody there, or nobody who lets us in


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_is_down_is_told_with_its_address(scheme: str) -> None:
    url = f"{scheme}://127.0.0.1:{free_port()}"
    in_time(
        lambda: open_store(url), StoreDownError, url, "Connection refused", "start it", "run the same command again"
    )


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"neo4j://127.0.0.1:{silent.getsockname()[1]}"
        in_time(lambda: open_store(url), StoreDownError, url, "timed out")


def test_a_wrong_password_is_refused_with_the_names_of_the_settings(neo4j_server: Login) -> None:
    def enter() -> Store:
        return open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password + "x")

    in_time(enter, StoreAccessError, neo4j_server.uri, "NEO4J_USERNAME", "NEO4J_PASSWORD")


def test_a_password_in_the_url_is_not_repeated() -> None:
    with pytest.raises(StoreUrlError) as told:
        open_store("neo4j://neo4j:mat-khau@127.0.0.1:7687")
    assert "mat-khau" not in str(told.value) and "NEO4J_PASSWORD" in str(told.value)


# -- the schema


def test_a_server_that_was_never_set_up_says_so_and_stays_as_it_is(
    neo4j_bare: Login, neo4j_driver: neo4j.Driver
) -> None:
    in_time(lambda: opened(neo4j_bare), SchemaError, neo4j_bare.uri, "not set up", "lineage init")
    with neo4j_driver.session(database="neo4j") as session:
        assert session.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'lineage' RETURN name").value() == []
        assert session.run("MATCH (n) RETURN count(n)").value() == [0]


@pytest.mark.parametrize(
    ("drop", "name"),
    [
        (f"DROP INDEX {FULLTEXT}", FULLTEXT),
        ("DROP CONSTRAINT lineage_directive_id", "lineage_directive_id"),
        ("DROP INDEX lineage_loose_number", "lineage_loose_number"),
        ("MATCH (s:LedgerState) DELETE s", "no state"),
    ],
    ids=["full text", "constraint", "index", "state"],
)
def test_what_is_missing_is_named_and_made_again(
    neo4j_empty: Login, neo4j_driver: neo4j.Driver, drop: str, name: str
) -> None:
    [reading] = readings(1, tasks=2)
    with opened(neo4j_empty, set_up=True) as store:
        store.write(reading)
    put(neo4j_driver, drop)
    in_time(lambda: opened(neo4j_empty), SchemaError, neo4j_empty.uri, name, "lineage init")
    with opened(neo4j_empty, set_up=True) as store:
        assert store.write(reading).outcome is WriteOutcome.UNCHANGED
        assert shown(store) == expected([reading])
        assert store.search("viec").total == 2


def test_an_index_of_another_name_serves_as_well(neo4j_bare: Login, neo4j_driver: neo4j.Driver) -> None:
    put(neo4j_driver, "CREATE CONSTRAINT of_another FOR (n:Task) REQUIRE n.id IS UNIQUE")
    put(neo4j_driver, "CREATE INDEX of_another_too FOR (n:Task) ON (n.deadline_end, n.id)")
    put(neo4j_driver, "CREATE INDEX of_none FOR (n:Task) ON (n.deadline_end)")
    [reading] = readings(1, tasks=2)
    with opened(neo4j_bare, set_up=True) as store:
        assert store.write(reading).outcome is WriteOutcome.CREATED
    opened(neo4j_bare).close()
    put(neo4j_driver, "DROP CONSTRAINT of_another")
    in_time(lambda: opened(neo4j_bare), SchemaError, "lineage_task_id", "lineage init")
    put(neo4j_driver, "DROP INDEX of_another_too")
    put(neo4j_driver, "DROP INDEX of_none")
    opened(neo4j_bare, set_up=True).close()


def test_a_full_text_index_of_another_name_is_in_the_way(neo4j_bare: Login, neo4j_driver: neo4j.Driver) -> None:
    put(neo4j_driver, cypher.SCHEMA[FULLTEXT].replace(FULLTEXT, "of_another"))
    in_time(lambda: opened(neo4j_bare, set_up=True), SchemaError, "DROP INDEX of_another", "lineage init")
    put(neo4j_driver, "DROP INDEX of_another")
    opened(neo4j_bare, set_up=True).close()


def test_an_index_that_goes_while_the_store_is_open_is_told(neo4j_empty: Login, neo4j_driver: neo4j.Driver) -> None:
    with opened(neo4j_empty, set_up=True) as store:
        put(neo4j_driver, f"DROP INDEX {FULLTEXT}")
        in_time(lambda: store.search("việc"), SchemaError, FULLTEXT, "lineage init")
    opened(neo4j_empty, set_up=True).close()


@pytest.mark.parametrize("set_up", [False, True], ids=["open", "init"])
def test_a_store_of_a_newer_version_is_left_alone(neo4j_empty: Login, neo4j_driver: neo4j.Driver, set_up: bool) -> None:
    opened(neo4j_empty, set_up=True).close()
    put(neo4j_driver, f"MATCH (s:LedgerState) SET s.version = {VERSION + 1}")
    put(neo4j_driver, "DROP INDEX lineage_said")
    in_time(lambda: opened(neo4j_empty, set_up=set_up), SchemaError, neo4j_empty.uri)
    with neo4j_driver.session(database="neo4j") as session:
        assert session.run("SHOW INDEXES YIELD name WHERE name = 'lineage_said' RETURN name").value() == []
        assert session.run("MATCH (s:LedgerState) RETURN s.version").value() == [VERSION + 1]


# -- reading only

WRITES = [
    "CREATE (:Directive {id: 'x'})",
    "MATCH (d:Directive) SET d.title = 'x'",
    "MATCH (n) DETACH DELETE n",
    "CALL db.createLabel('Other')",
    "CREATE INDEX other FOR (n:Directive) ON (n.title)",
    "DROP CONSTRAINT lineage_directive_id",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "UNWIND [1] AS x CALL (x) { CREATE (:Other) } IN TRANSACTIONS",
]
OUTSIDE = ["LOAD CSV FROM 'file:///etc/hostname' AS x RETURN x", "LOAD CSV FROM 'http://127.0.0.1/' AS x RETURN x"]


def test_typed_cypher_cannot_write_or_read_elsewhere(neo4j_empty: Login) -> None:
    indexes = "SHOW INDEXES YIELD name RETURN name ORDER BY name"
    [reading] = readings(1, tasks=1)
    with opened(neo4j_empty, set_up=True) as store:
        assert isinstance(store, Neo4jStore)
        store.write(reading)
        before = store.changes(), store.cypher(indexes)
        for statement in (*WRITES, *OUTSIDE):
            refused = StoreAccessError if statement in WRITES else StoreError
            in_time(partial(store.cypher, statement), refused, neo4j_empty.uri)
        assert shown(store) == expected([reading])
        assert (store.changes(), store.cypher(indexes)) == before
        assert store.cypher("MATCH (n:Other) RETURN count(n) AS n") == [{"n": 0}]


# -- others write at the same time


def test_two_writers_lose_nothing(neo4j_empty: Login) -> None:
    one, other = readings(10, tasks=5), readings(10, tasks=5, first=6)
    opened(neo4j_empty, set_up=True).close()

    def write(batch: Sequence[Reading]) -> None:
        with opened(neo4j_empty) as store:
            for reading in batch:
                store.write(reading)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [one, other]))
    with opened(neo4j_empty) as store:
        assert shown(store) == expected([*one, *other[4:]])


def test_a_snapshot_that_spans_a_write_says_so_at_its_end(neo4j_empty: Login) -> None:
    first, second = readings(2, tasks=2)
    with opened(neo4j_empty, set_up=True) as store, opened(neo4j_empty) as writer:
        writer.write(first)
        with store.snapshot(), store.snapshot():
            assert store.counts().readings == 1
        seen = []
        with pytest.raises(StoreChangedError, match="ask it again"), store.snapshot():
            seen.append(store.counts().readings)
            writer.write(second)
            seen.append(store.counts().readings)
        assert seen == [1, 2]
        with store.snapshot():
            assert writer.write(second).outcome is WriteOutcome.UNCHANGED
            assert store.counts().readings == 2


def test_a_reader_beside_a_writer_gets_whole_answers(neo4j_empty: Login) -> None:
    first, second = readings(2, tasks=10)
    with opened(neo4j_empty, set_up=True) as store:
        store.write_many([first, second])
        [resolution] = store.directives_by_number("57-NQ/TW")
    upper, done = resolution.id, threading.Event()

    def write() -> None:
        with opened(neo4j_empty) as writer:
            for _ in range(10):
                writer.withdraw(first.sha256)
                writer.write(first)
        done.set()

    through = [EdgeType.CASCADES_TO, EdgeType.HAS_TASK]
    totals = set[int]()
    with ThreadPoolExecutor(1) as pool, opened(neo4j_empty) as store:
        writing = pool.submit(write)
        while not done.is_set() and not writing.done():
            try:
                closure = store.closure(upper, direction=Direction.DOWN, through=through)
                store.neighbours(upper, direction=Direction.DOWN)
            except StoreChangedError:
                continue
            totals.add(len(closure.items))
        writing.result()
        assert len(store.closure(upper, direction=Direction.DOWN, through=through).items) == 22
    assert totals <= {11, 22}


# -- stops and starts


def write_until_down(server: Neo4jServer, batch: Sequence[Reading], told: list[str]) -> None:
    with opened(server.login) as store:
        for reading in batch:
            store.write(reading)
            told.append(reading.sha256)


def test_a_kill_amid_writing_leaves_whole_readings_and_the_same_again_completes(start_neo4j: StartServer) -> None:
    server = start_neo4j()
    opened(server.login, set_up=True).close()
    batch, told = readings(400, tasks=20), list[str]()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_until_down, server, batch, told)
        while len(told) < 5 and not writing.done():
            time.sleep(0.01)
        server.kill()
        in_time(writing.result, StoreDownError, server.uri, "run the same command again")
    server.start()
    with opened(server.login) as store:
        kept = {info.sha256 for info in store.readings()}
        assert len(kept) - len(told) in (0, 1) and set(told) <= kept
        assert shown(store) == expected([r for r in batch if r.sha256 in kept])
        results = store.write_many(batch[:60])
        assert [r.outcome is WriteOutcome.UNCHANGED for r in results] == [r.sha256 in kept for r in batch[:60]]


def test_a_text_too_large_for_the_servers_memory_is_told_and_goes_in_with_more(
    start_neo4j: StartServer, tmp_path: Path
) -> None:
    server = start_neo4j({"dbms.memory.transaction.total.max": "20m"})
    small, *large = readings(1, tasks=50, first=9000), *(readings(1, tasks=n, first=n) for n in (1500, 3000))
    with opened(server.login, set_up=True) as store:
        store.write_many(small)
        for [reading] in large:
            says = (server.uri, "dbms.memory.transaction.total.max", "run the same command again")
            in_time(partial(store.write, reading), StoreMemoryError, *says)
            assert shown(store) == expected(small)
        small += readings(6, tasks=300)
        with open_store(tmp_path / "lineage.db") as source:
            source.write_many(small)
            assert copy(source, store).texts == {WriteOutcome.CREATED: 6, WriteOutcome.UNCHANGED: 1}
        assert shown(store) == expected(small)
    server.stop()
    server.settings["dbms.memory.transaction.total.max"] = "256m"
    server.start()
    [reading] = large[0]
    with opened(server.login) as store:
        assert store.write(reading).outcome is WriteOutcome.CREATED
        assert shown(store) == expected([*small, reading])
