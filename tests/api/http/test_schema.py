"""schemathesis asks the running server: every operation of its own description, all checks, chains over its links."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.store import open_store
from tests.api.family import family
from tests.api.http.conftest import TOKEN, new_store
from tests.api.http.serving import served

CONFIG = Path(__file__).with_name("schemathesis.toml")
#: Bounds that keep the run short; the seed and the single worker make it the same each time.
BOUNDS = ("--seed", "20260422", "--max-examples", "5", "--generation-database", "none", "--request-timeout", "150")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("engine", ["sqlite", "neo4j"])
def test_the_server_keeps_to_its_description(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url, login = (str(new_store(tmp_path)), {}) if engine == "sqlite" else on_neo4j(request)
    with served(url, "--seconds", "20", LINEAGE_TOKEN=TOKEN, **login) as address:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"),
                f"{address}/api/openapi.json",
                *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--workers", "1"),
                *("--header", f"Authorization: Bearer {TOKEN}", "--no-color", *BOUNDS),
            ],
            cwd=tmp_path,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            timeout=800,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]


def on_neo4j(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """The family on the test server: its url, and the login for the server's environment."""
    login = request.getfixturevalue("neo4j_empty")
    with open_store(login.uri, username=login.username, password=login.password, set_up=True) as store:
        for reading in family():
            store.write(reading)
    return login.uri, {"NEO4J_USERNAME": login.username, "NEO4J_PASSWORD": login.password}
