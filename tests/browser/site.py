"""Texts of directives → a store filled by the real command: samples, tests/corpus, the directives beside this file."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.api.http.serving import command

HERE = Path(__file__).parent


def filled(folder: Path) -> Path:
    """A store in a folder: 65-KH/TU of Hưng Yên replaces 433-KH/TU and 443-KH/TU there."""
    store = folder / "lineage.db"
    texts = [str(HERE / "directives"), str(HERE.parent / "corpus")]
    done = subprocess.run(
        [command(), "ingest", "--samples", *texts, "--store", str(store), "--json"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return store
