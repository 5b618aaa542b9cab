"""``lineage serve`` as its users start it: a process of its own on a free port of loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def command() -> str:
    return str(Path(sys.executable).with_name("lineage"))


@contextmanager
def started(store: Path | str, *options: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address, once it listens; ended at the end, whatever happened."""
    process = subprocess.Popen(
        [command(), "serve", "--port", "0", "--store", str(store), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | env,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://"), process.communicate(timeout=20)
        yield process, line.split()[0]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextmanager
def served(store: Path | str, *options: str, **env: str) -> Iterator[str]:
    """Its address, as long as it runs."""
    with started(store, *options, **env) as (_, address):
        yield address
