"""Name of a data file of a folder → its rows. Facts about the world are rows, each with its source."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib.resources import files


@cache
def rows(name: str, folder: str = "graph") -> tuple[dict[str, str], ...]:
    """Rows of ``<folder>/data/<name>.tsv`` by column name, in order; a missing file raises FileNotFoundError."""
    text = (files(folder) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by "|"; an empty cell holds none."""
    return tuple(part for part in cell.split("|") if part)


def date_or_none(cell: str) -> dt.date | None:
    """A cell with an ISO date; None where it is empty."""
    return dt.date.fromisoformat(cell) if cell else None
