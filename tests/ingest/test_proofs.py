"""An agency's printed name → the sentence that gives it its role."""

from __future__ import annotations

import time

import pytest

from ingest.proofs import sentence_at
from ingest.text import MappedText

SENTENCES = [
    ("Rà soát hồ sơ. Phối hợp với Sở Y tế số hóa bệnh án. Báo cáo kết quả.", "Phối hợp với Sở Y tế số hóa bệnh án."),
    ("Giao Sở Y tế theo dõi.", "Giao Sở Y tế theo dõi."),
    ("1. Sở Y tế chủ trì; Sở Tài chính phối hợp.", "1. Sở Y tế chủ trì; Sở Tài chính phối hợp."),
    ("Họp tại TP. Huế với Sở Y tế. Lập biên bản.", "Họp tại TP. Huế với Sở Y tế."),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[expected for _, expected in SENTENCES])
def test_the_sentence_around_a_name(text: str, expected: str) -> None:
    first = text.index("Sở Y tế")
    found = sentence_at(MappedText.of(text), first, first + len("Sở Y tế"))
    assert found and found.text == expected


def test_a_name_that_stands_elsewhere_has_no_sentence_here() -> None:
    assert sentence_at(MappedText.of("Giao Sở Y tế."), 500, 507) is None


@pytest.mark.parametrize("run", [". ", "; ", "a", ".", "A."])
def test_long_runs_are_cut_fast(run: str) -> None:
    text = MappedText.of((run * 100_000)[:100_000])
    start = time.perf_counter()
    sentence_at(text, 50_000, 50_010)
    assert time.perf_counter() - start < 1
