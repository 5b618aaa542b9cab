"""How people write a directive → what is understood of it."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata

import pytest

from api.typed import day_of, typed
from graph.vocabulary import DirectiveType as D

DAY = dt.date(2026, 4, 22)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("65-KH/TU", "65-KH/TU"),
        ("65 - KH/TU", "65-KH/TU"),
        ("65 – KH / TU", "65-KH/TU"),
        ("65-kh/tu", "65-kh/tu"),
        ("65 KH/TU", "65-KH/TU"),
        ("Số: 65-KH/TU", "65-KH/TU"),
        ("(65-KH/TU)", "65-KH/TU"),
        ("443/QD-UBND", "443/QD-UBND"),
        ("193/2025/QH15", "193/2025/QH15"),
        ("1/2026/NQ-HĐND", "1/2026/NQ-HĐND"),
        ("30-NQ/2026/QH16", "30-NQ/2026/QH16"),
        ("30c/NQ-CP", "30c/NQ-CP"),
        ("02-KH/BCĐTW", "02-KH/BCĐTW"),
        ("2215/UBND-KGVX", "2215/UBND-KGVX"),
        (unicodedata.normalize("NFD", "Kế hoạch 02-KH/BCĐTW"), "02-KH/BCĐTW"),
        ("24/7", None),
        ("22/4/2026", None),
        ("57", None),
        ("nghị quyết 57", None),
        ("t.hung-yen.65-kh_tu.2026-04-22.1", None),
        ("", None),
    ],
)
def test_the_number_in_what_was_typed(text: str, number: str | None) -> None:
    assert typed(text).number == number


@pytest.mark.parametrize(
    ("text", "kind", "date", "year", "words"),
    [
        ("Kế hoạch số 65-KH/TU ngày 22/4/2026", D.PLAN, DAY, None, ()),
        ("ke hoach 65-KH/TU ngay 22 thang 4 nam 2026", D.PLAN, DAY, None, ()),
        ("65-KH/TU 2026-04-22", None, DAY, None, ()),
        ("65-KH/TU năm 2026", None, None, 2026, ()),
        ("65-KH/TU ngày 31/2/2026", None, None, None, ("31", "2", "2026")),
        ("65-KH/TU Ninh Bình", None, None, None, ("ninh", "binh")),
        ("Luật 193/2025/QH15", D.LAW, None, None, ()),
        ("Chương trình 09-CTr/TU", D.PROGRAMME, None, None, ()),
    ],
)
def test_what_narrows_it(
    text: str, kind: D | None, date: dt.date | None, year: int | None, words: tuple[str, ...]
) -> None:
    said = typed(text)
    assert (said.type, said.date, said.year, said.words) == (kind, date, year, words)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-04-22", DAY), ("2026-4-22", DAY), ("22/4/2026", DAY), ("22.04.2026", DAY), ("22-4-2026", DAY),
     ("31/2/2026", None), ("4/22/2026", None), ("22/4/26", None), ("ngày 22/4/2026", None), ("٢٢/4/2026", None),
     ("0000-01-01", None), ("", None)],
)  # fmt: skip
def test_a_day_that_stands_alone(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("run", ["1", "a", "-", "/", " ", "1-", "a/", "1/a-", "&", "19", "đ", "ngày "])
def test_hostile_runs_are_quick(run: str) -> None:
    start = time.perf_counter()
    typed(run * (100_000 // len(run)))
    typed(run * (500 // len(run)))
    assert time.perf_counter() - start < 1
