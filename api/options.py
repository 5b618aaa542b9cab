"""What every command takes (--store, --json), the types of its arguments, and how it opens the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from api.settings import opened
from api.typed import day_of
from graph.errors import StoreError
from graph.store import DEFAULT_FILE
from graph.store.base import Store

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
    """A day as 2026-05-01 or, as printed in Vietnam, 1/5/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if (found := day_of(text)) is not None:
            return found
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
