"""What every command takes (--store, --json), the types of its arguments, and how it opens the store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from api.settings import opened
from graph.errors import StoreError
from graph.store import DEFAULT_FILE
from graph.store.base import Store

F = TypeVar("F", bound=Callable[..., Any])
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_PRINTED = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")


class Day(click.ParamType[dt.date]):
    """A day as 2026-05-01 or, as printed in Vietnam, 1/5/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        found = _ISO.fullmatch(text) or _PRINTED.fullmatch(text)
        try:
            if found:
                return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            pass
        self.fail(f"{text!r} is no day; write 2026-05-01 or 1/5/2026", param, ctx)


def common(command: F) -> F:
    """The options of every command."""
    command = click.option(
        "--json", "as_json", is_flag=True, help="Answer as one JSON document (its shape is described above)."
    )(command)
    return click.option(
        "--store",
        "url",
        envvar="LINEAGE_STORE",
        default=DEFAULT_FILE,
        show_default=True,
        metavar="FILE|URL",
        help="The store to use, a file or neo4j://host:port (login: NEO4J_USERNAME, NEO4J_PASSWORD); else the "
        "environment variable LINEAGE_STORE, else lineage.db in the working folder.",
    )(command)


as_of_option = click.option("--as-of", type=Day(), help="The day asked about; today if left out.")
place_option = click.option("--in", "place", metavar="PLACE", help='Only of this place: "Hưng Yên", "trung ương".')
limit_option = click.option(
    "--limit", type=click.IntRange(min=0), default=5000, show_default=True, help="At most so many rows; 0 only counts."
)


def check_output(path: Path) -> None:
    """UsageError if a file cannot be put there whole: its folder is missing, or it is a device, a pipe or a folder.

    A finished file is renamed into place; doing that to /dev/null would take the device away.
    """
    if not path.parent.is_dir():
        raise click.UsageError(f"{path}: its folder does not exist; create it or choose another file")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"{path}: is no regular file; choose another file")


def open_existing(url: str) -> Store:
    """Open a store to ask it something; StoreError if there is none yet (nothing is created)."""
    file = store_file(url)
    if file is not None and not file.exists():
        raise StoreError(f"no store at {file}: run `lineage ingest` first, or name the store with --store")
    return opened(url)


def store_file(url: str) -> Path | None:
    """The file that a store url names; None for a url of another kind."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    return Path(url) if url.strip() and "://" not in url else None
