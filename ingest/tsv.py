"""Name of a data file of this folder → its rows. Facts about the world are rows, each with its source."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``ingest/data/<name>.tsv`` by column name, in order; a missing file raises FileNotFoundError."""
    text = (files("ingest") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def alternatives(name: str, kind: str, key: str = "kind") -> str:
    """The patterns of all rows of one kind as one alternation, in the order of the file."""
    return "|".join(row["pattern"] for row in rows(name) if row[key] == kind)
