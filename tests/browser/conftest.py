"""A browser a file of tests; the real server on an embedded store and on Neo4j; what a page did wrong fails a test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.http.conftest import TOKEN
from tests.api.http.serving import command, served
from tests.browser.chromium import WIDE, Scheme, Watch, chromium, launched, opened
from tests.browser.site import filled
from tests.conftest import missing
from tests.neo4j_server.database import Login

#: Tests of what is shown, not of how fast: the machine may be busy.
PATIENT = ("--seconds", "60")
expect.set_options(timeout=20_000)
Visit = Callable[..., AbstractContextManager[tuple[Page, Watch]]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole run: as long as it lives this thread has an event loop, and others could start none."""
    if chromium() is None:
        missing("no Chromium: apt-get install chromium, or name one in LINEAGE_CHROMIUM")
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[str]:
    """The address of a server on the embedded store."""
    with served(store, *PATIENT, LINEAGE_TOKEN=TOKEN) as base:
        yield base


@pytest.fixture
def neo4j_site(store: Path, neo4j_empty: Login) -> Iterator[str]:
    """The address of a server on Neo4j with the same in it."""
    login = {"NEO4J_USERNAME": neo4j_empty.username, "NEO4J_PASSWORD": neo4j_empty.password}
    subprocess.run([command(), "copy", str(store), neo4j_empty.uri], env=os.environ | login, check=True, timeout=240)
    with served(neo4j_empty.uri, *PATIENT, **login) as base:
        yield base


@pytest.fixture
def visit(browser: Browser) -> Visit:
    """``with visit(base) as (page, watch)``: a fresh page; at its end nothing may have gone wrong."""

    @contextmanager
    def enter(base: str, *, width: int = WIDE, scheme: Scheme = "light") -> Iterator[tuple[Page, Watch]]:
        with opened(browser, base, width=width, scheme=scheme) as (page, watch):
            yield page, watch
            assert watch.faults == []

    return enter
