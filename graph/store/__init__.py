"""A url or path becomes an open store; an unknown url is an error, never another engine."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreUrlError
from graph.store.base import Store
from graph.store.sqlite import SqliteStore

DEFAULT_FILE = "lineage.db"
_NEO4J = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")
_SQLITE = "sqlite:///"


def open_store(
    url: str | Path | None = None, *, username: str = "neo4j", password: str = "", set_up: bool = False
) -> Store:
    """Open the store that ``url`` names: a path, ``sqlite:///path``, ``neo4j://host:port``, or None for lineage.db.

    ``username`` and ``password`` are those of a Neo4j server; ``set_up`` makes its constraints and indexes where they
    are missing (a file is always set up). Raises StoreUrlError for every other url, SchemaError for a store of a newer
    version or a server that is not set up, StoreDownError, StoreAccessError, or StoreError for a file that is no store.
    """
    if url is None or isinstance(url, Path):
        return SqliteStore(Path(url or DEFAULT_FILE))
    if url.startswith(_SQLITE) and url != _SQLITE:
        return SqliteStore(Path(url.removeprefix(_SQLITE)))
    if url.startswith(_NEO4J):
        return _neo4j(url, username, password, set_up)
    if "://" in url or not url.strip():
        raise StoreUrlError(
            f"no store engine for {url.split('@')[-1]!r}: give a file path, sqlite:///path or neo4j://host:port"
        )
    return SqliteStore(Path(url))


def _neo4j(url: str, username: str, password: str, set_up: bool) -> Store:
    """The engine is loaded only where it is asked for: its driver is an extra."""
    try:
        from graph.store.neo4j import Neo4jStore
    except ModuleNotFoundError as error:
        if error.name != "neo4j":
            raise
        wanted = "pip install 'directive-lineage[neo4j]'"
        raise StoreUrlError(f"{url}: the driver of Neo4j is not installed: {wanted}") from error
    return Neo4jStore(url, username, password, set_up=set_up)
