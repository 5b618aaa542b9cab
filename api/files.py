"""A file that a command writes: refused where it cannot stand, and there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def check_output(path: Path) -> None:
    """UsageError if a file cannot be put there whole: its folder is missing, or it is a device, a pipe or a folder.

    A finished file is renamed into place; doing that to /dev/null would take the device away.
    """
    if not path.parent.is_dir():
        raise click.UsageError(f"{path}: its folder does not exist; create it or choose another file")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"{path}: is no regular file; choose another file")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A draft beside ``path`` to write to; it takes its place at the end, and is removed if that is not reached."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
