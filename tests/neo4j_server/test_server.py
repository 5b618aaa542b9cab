"""The real server does what tests rest on: it keeps its data over a stop, and refuses what compose.yaml forbids."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError, ClientError

from tests.conftest import StartServer
from tests.neo4j_server.database import Login, claim, wipe
from tests.neo4j_server.server import Neo4jServer, ServerError

ROOT = Path(__file__).parents[2]
COUNT = "MATCH (n:Mark) RETURN count(n)"


def count(login: Login) -> int:
    with login.driver() as driver, driver.session(database="neo4j") as session:
        number: int = session.run(COUNT).single(strict=True)[0]
        return number


def test_data_outlives_a_stop_and_a_kill(start_neo4j: StartServer) -> None:
    server = start_neo4j()
    with server.driver() as driver, driver.session(database="neo4j") as session:
        assert session.run("RETURN 1").single(strict=True)[0] == 1
        session.run("CREATE (:Mark)").consume()
    server.stop()
    assert server.pid is None
    port = server.port
    server.start()
    assert server.port == port
    assert count(server.login) == 1
    server.kill()
    server.start()
    assert count(server.login) == 1


@pytest.mark.parametrize(
    ("address", "by"),
    [
        ("file:///etc/hostname", "allow_csv_import_from_file_urls"),
        ("http://127.0.0.1:7474/", "cypher_ip_blocklist"),
    ],
)
def test_load_csv_reads_nothing(neo4j_driver: neo4j.Driver, address: str, by: str) -> None:
    reading = neo4j_driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS)
    with reading as session, pytest.raises(ClientError, match=by):
        session.run("LOAD CSV FROM $address AS row RETURN row", address=address).consume()


def test_a_wrong_password_is_refused(neo4j_server: Login) -> None:
    wrong = Login(uri=neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password + "x")
    with wrong.driver() as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_empty_means_no_node_and_bare_no_schema(neo4j_bare: Login, neo4j_driver: neo4j.Driver) -> None:
    named = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'mark' RETURN name ORDER BY name"
    with neo4j_driver.session(database="neo4j") as session:
        session.run("CREATE CONSTRAINT mark_id FOR (n:Mark) REQUIRE n.id IS UNIQUE").consume()
        session.run("CREATE INDEX mark_day FOR (n:Mark) ON (n.day)").consume()
        session.run("UNWIND range(1, 3) AS id CREATE (:Mark {id: id})-[:NEXT]->(:Other)").consume()
        wipe(neo4j_driver)
        assert session.run("MATCH (n) RETURN count(n)").single(strict=True)[0] == 0
        assert session.run(named).value() == ["mark_day", "mark_id"]
        wipe(neo4j_driver, schema=True)
        assert session.run(named).value() == []


def test_a_database_with_data_of_somebody_else_is_not_taken(neo4j_bare: Login, neo4j_driver: neo4j.Driver) -> None:
    with neo4j_driver.session(database="neo4j") as session:
        taken = session.run("SHOW INDEXES YIELD name WHERE name = 'only_for_tests' RETURN name").value()
        session.run("DROP INDEX only_for_tests IF EXISTS").consume()
        session.run("CREATE (:Mark)").consume()
        with pytest.raises(RuntimeError, match="data"):
            claim(neo4j_driver)
        wipe(neo4j_driver)
        claim(neo4j_driver)
        session.run("CREATE (:Mark)").consume()
        claim(neo4j_driver)
        wipe(neo4j_driver)
        if not taken:
            session.run("DROP INDEX only_for_tests").consume()


def test_a_port_in_use_is_told_at_start(assembled_server: None, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServerError, match=str(port)):
            Neo4jServer(tmp_path / "second", port, heap="512m", light=True).start()


STARTED_BY_ANOTHER = """
import os, signal, sys
from pathlib import Path
from tests.neo4j_server.server import Neo4jServer
print(Neo4jServer(Path(sys.argv[1]), heap="512m", light=True).start().pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_server_ends_with_the_process_that_started_it(assembled_server: None, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTED_BY_ANOTHER, str(tmp_path / "orphan")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    pid = int(done.stdout)
    deadline = time.monotonic() + 60
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not running(pid)


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return state != "Z"
