"""Fixtures for every folder of tests: a real Neo4j server, its database emptied for each test, servers to maltreat.

LINEAGE_TEST_NEO4J (with NEO4J_USERNAME and NEO4J_PASSWORD) names a running server, whose database must be for tests
only; else one is started from what tests/neo4j_server/assemble put into the cache. Without either such tests are
skipped, and with CI set they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn, Protocol

import neo4j
import pytest

from tests.neo4j_server.database import Login, claim, wipe
from tests.neo4j_server.server import Neo4jServer, ServerError, assembled


class StartServer(Protocol):
    """Starts a further server of the test's own: fresh data, a free port, and settings beside those of neo4j.conf."""

    def __call__(self, settings: Mapping[str, str] | None = None, *, heap: str = "512m") -> Neo4jServer: ...


def missing(reason: str) -> NoReturn:
    """A test that needs what is not installed: skipped, and with CI set failed."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def assembled_server() -> None:
    """Tests that take this start servers of their own: they need the jars, whatever server LINEAGE_TEST_NEO4J names."""
    try:
        assembled()
    except ServerError as error:
        missing(str(error))


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Login]:
    """The one server all tests share: they must not stop it."""
    uri = os.environ.get("LINEAGE_TEST_NEO4J")
    if uri:
        if os.environ.get("PYTEST_XDIST_WORKER"):
            pytest.fail("LINEAGE_TEST_NEO4J is one database, which two processes (-n) would wipe for each other")
        login = Login(uri=uri, username=os.environ["NEO4J_USERNAME"], password=os.environ["NEO4J_PASSWORD"])
        with login.driver() as driver:
            claim(driver)
        yield login
        return
    request.getfixturevalue("assembled_server")
    with Neo4jServer(tmp_path_factory.mktemp("neo4j"), light=True) as server:
        yield server.login


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_server: Login) -> Iterator[neo4j.Driver]:
    """One driver of the shared server, for tests to look past the store with."""
    with neo4j_server.driver() as driver:
        yield driver


@pytest.fixture
def neo4j_empty(neo4j_server: Login, neo4j_driver: neo4j.Driver) -> Login:
    """The shared server with no node in it; constraints and indexes stay."""
    wipe(neo4j_driver)
    return neo4j_server


@pytest.fixture
def neo4j_bare(neo4j_server: Login, neo4j_driver: neo4j.Driver) -> Login:
    """The shared server with no node, constraint or index in it."""
    wipe(neo4j_driver, schema=True)
    return neo4j_server


@pytest.fixture
def start_neo4j(assembled_server: None, tmp_path: Path) -> Iterator[StartServer]:
    """A function that starts servers to stop, kill and starve; they end with the test."""
    with ExitStack() as stack:
        homes = (tmp_path / f"neo4j-{number}" for number in range(1, 100))

        def start(settings: Mapping[str, str] | None = None, *, heap: str = "512m") -> Neo4jServer:
            small = {"server.memory.pagecache.size": "64m", **(settings or {})}
            server = Neo4jServer(next(homes), settings=small, heap=heap, light=True)
            stack.callback(server.kill)
            return server.start()

        yield start
