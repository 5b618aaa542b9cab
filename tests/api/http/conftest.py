"""The real app on a real store with the family of directives in it, asked through its ASGI interface."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.settings import Settings
from graph.records import Reading
from graph.store import open_store
from tests.api.family import family
from tests.api.http.serving import command

TOKEN = "a-token-for-tests-only"
WRITES = {"authorization": f"Bearer {TOKEN}"}
#: Settings for tests of what is answered, not of how fast: the machine may be busy.
patient = partial(Settings, question_seconds=30.0)
TODAY = {"as_of": "2026-05-10"}


def new_store(folder: Path, readings: Iterable[Reading] | None = None) -> Path:
    """A file with the readings in it; those of the family if left out."""
    path = folder / "lineage.db"
    with open_store(path) as store:
        for reading in family() if readings is None else readings:
            store.write(reading)
    return path


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample directives, as the first command of the README makes it."""
    path = tmp_path_factory.mktemp("samples") / "lineage.db"
    subprocess.run(
        [command(), "ingest", "--samples", "--store", str(path)], check=True, capture_output=True, timeout=120
    )
    return path


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """For questions only: what it holds never changes."""
    return create_app(patient(store=str(new_store(tmp_path_factory.mktemp("http"))), token=TOKEN))


@pytest.fixture(scope="session")
def asked(shared_app: FastAPI) -> Iterator[TestClient]:
    with client_of(shared_app) as client:
        yield client


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """With a store of its own, to be written to."""
    return create_app(patient(store=str(new_store(tmp_path)), token=TOKEN))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client
