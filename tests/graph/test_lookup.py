"""A link kept while a directive's date was unknown still leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.lookup import moved
from graph.store import open_store
from graph.store.base import Store
from ingest.pipeline import read_text
from tests.ingest.test_pipeline import raw

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: {number}/KH-UBND
Lạng Sơn, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Phát triển hạ tầng số

Thực hiện {cited}; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ

1. Sở Công Thương đưa chợ phiên lên môi trường số.
"""
UNDATED = "Kế hoạch số 01-KH/BCĐTW của Ban Chỉ đạo Trung ương"
DATED = "Kế hoạch số 01-KH/BCĐTW ngày {} của Ban Chỉ đạo Trung ương"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as store:
        yield store


def cite(store: Store, number: int, words: str) -> None:
    store.write(read_text(raw(_HEAD.format(number=number, cited=words), f"{number}.txt")))


def test_an_undated_id_leads_to_the_dated_one(store: Store) -> None:
    cite(store, 1, UNDATED)
    old = "central.01-kh_bcddtw.undated"
    assert old in store.nodes([old])
    cite(store, 2, DATED.format("02/6/2025"))
    assert old not in store.nodes([old])
    assert moved(store, old) == "central.01-kh_bcddtw.2025-06-02"


def test_of_two_that_could_be_meant_none_is_chosen(store: Store) -> None:
    cite(store, 1, DATED.format("02/6/2025"))
    cite(store, 2, DATED.format("21/3/2025"))
    assert moved(store, "central.01-kh_bcddtw.undated") is None


@pytest.mark.parametrize("odd", ["", ".", "central", "t.x.y", "central.57-nq_tw.2024-12-22", "unknown..undated"])
def test_what_never_was_such_an_id_leads_nowhere(store: Store, odd: str) -> None:
    assert moved(store, odd) is None
