"""Sentences that declare totals → the totals with their parts."""

from __future__ import annotations

import pytest

from ingest.counts import read_counts
from ingest.layout import layout
from ingest.normalize import normalize
from ingest.text import RawText, Source

HEAD = "UBND TỈNH X\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nTriển khai công tác năm 2026\n\nI. MỤC TIÊU\n\n"
ROWS = [
    (
        "1. Tổng số: 12 nhiệm vụ, trong đó:\n\n- Về hạ tầng: 5 nhiệm vụ;\n\n- Về nhân lực: 6 nhiệm vụ.\n",
        [("tasks", 12, (5, 6))],
    ),
    ("1. Tổng số 18 chỉ tiêu (có biểu kèm theo)\n", [("indicators", 18, ())]),
    ("1. Kế hoạch gồm 9 nhiệm vụ, trong đó: 4 nhiệm vụ của tỉnh, 5 nhiệm vụ của xã.\n", [("tasks", 9, (4, 5))]),
    ("1. Mỗi xã có 3 nhiệm vụ thường xuyên.\n", []),
]


@pytest.mark.parametrize(("body", "expected"), ROWS, ids=[b[:30] for b, _ in ROWS])
def test_declared_totals(body: str, expected: list[tuple[str, int, tuple[int, ...]]]) -> None:
    raw = RawText(HEAD + body, "x.txt", "0")
    source = Source.of(raw)
    found = read_counts(layout(normalize(raw), source), source)
    assert [(c.what, c.total, c.parts) for c in found] == expected
