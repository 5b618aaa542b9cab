"""A url or path becomes an open store; an unknown url is an error, never another engine."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreUrlError
from graph.store.base import Store
from graph.store.sqlite import SqliteStore

DEFAULT_FILE = "lineage.db"
_NEO4J = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")
_SQLITE = "sqlite:///"


def open_store(url: str | Path | None = None) -> Store:
    """Open the store that ``url`` names: a path, ``sqlite:///path``, or None for lineage.db in the working folder.

    Raises StoreUrlError for every other url, SchemaError for a store of a newer version, StoreError for a file that
    is no store.
    """
    if url is None or isinstance(url, Path):
        return SqliteStore(Path(url or DEFAULT_FILE))
    if url.startswith(_SQLITE) and url != _SQLITE:
        return SqliteStore(Path(url.removeprefix(_SQLITE)))
    if url.startswith(_NEO4J):
        raise StoreUrlError(f"{url.split('://')[0]}:// is Neo4j, which is not part of this version: give a file path")
    if "://" in url or not url.strip():
        raise StoreUrlError(f"no store engine for {url.split('@')[-1]!r}: give a file path or sqlite:///path")
    return SqliteStore(Path(url))
