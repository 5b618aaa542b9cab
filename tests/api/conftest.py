"""A store with the family of directives in it, made once, and the command line to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from graph.store import open_store
from tests.api.family import family

Ask = Callable[..., Result]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("family") / "lineage.db"
    with open_store(path) as opened:
        for reading in family():
            opened.write(reading)
    return path


@pytest.fixture
def ask(store: Path) -> Ask:
    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, env={"LINEAGE_STORE": str(store)}, prog_name="lineage")

    return run
