"""Facts about the world are tables, and every row of every table says where the fact comes from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLES = sorted([*(ROOT / "graph" / "data").iterdir(), *(ROOT / "ingest" / "data").iterdir()])


@pytest.mark.parametrize("table", TABLES, ids=lambda p: p.name)
def test_every_row_is_whole_and_names_its_source(table: Path) -> None:
    lines = table.read_text(encoding="utf-8").splitlines()
    header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert "source" in header
    assert rows
    for line, row in enumerate(rows, start=2):
        assert len(row) == len(header), f"{table.name}:{line}"
        assert row[header.index("source")].strip(), f"{table.name}:{line}"
