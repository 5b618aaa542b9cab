"""Name of a data file of this folder → its rows. Facts about the world are rows, each with its source."""

from __future__ import annotations

from functools import cache

from graph import tables


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``ingest/data/<name>.tsv`` by column name, in order; a missing file raises FileNotFoundError."""
    return tables.rows(name, "ingest")


@cache
def alternatives(name: str, kind: str, key: str = "kind") -> str:
    """The patterns of all rows of one kind as one alternation, in the order of the file."""
    return "|".join(row["pattern"] for row in rows(name) if row[key] == kind)
