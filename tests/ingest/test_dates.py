"""Spellings of dates, and what looks like one."""

import datetime as dt
import time

import pytest

from ingest.dates import find_dates

SPELLINGS = [
    "22/12/2024",
    "ngày 22/12/2024",
    "22-12-2024",
    "22.12.2024",
    "ngày 22 tháng 12 năm 2024",
    "ngay 22 thang 12 nam 2024",
    "ngày 22 / 12 / 2024",
    "ngày 22 tháng 12, năm 2024",
]
NONE = [
    "24/7",
    "31/2/2026",
    "1/2/20256",
    "12/2025",
    "ngày tháng năm 2026",
    "1.2.3.2024",
    "QCVN 06:2022",
    "tháng 6 năm 2026",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling(text: str) -> None:
    found = find_dates(f"Ban hành {text}, tại Hà Nội")
    assert [d for _, _, d in found] == [dt.date(2024, 12, 22)]


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_span_includes_the_word_and_look_alikes_are_repaired_only_after_it() -> None:
    assert find_dates("ký ngày 0l/4/2025") == [(3, 17, dt.date(2025, 4, 1))]
    assert find_dates("mã 0l/4/2025") == []
    assert find_dates("ngày mùng 9 tháng 4 năm 2026")[0][2] == dt.date(2026, 4, 9)


@pytest.mark.parametrize("run", ["1", "1/", " ", "ngày ", "1 tháng ", "1.", "l"])
def test_long_runs_are_quick(run: str) -> None:
    start = time.perf_counter()
    find_dates((run * 100_000)[:100_000])
    assert time.perf_counter() - start < 2
