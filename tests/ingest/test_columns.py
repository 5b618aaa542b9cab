"""Header cells → what a table's columns mean; labels of fields."""

from __future__ import annotations

import time

import pytest

from ingest.columns import column_meaning, label_meaning, read_columns

TABLES = [
    (
        "TT|Tên nhiệm vụ|Đơn vị chủ trì|Cơ quan phối hợp|Sản phẩm|Thời gian",
        "tasks ordinal name lead coordinate output deadline",
    ),
    ("STT|Công việc|Đơn vị thực hiện|Tiến độ|Ghi chú", "tasks ordinal name lead deadline note"),
    (
        "Stt|Nội dụng|Cơ quan chú tri|Cơ quan phôi họp|Thời glan hoàn thành",
        "tasks ordinal name lead coordinate deadline",
    ),
    ("TT|Tên đề án|Cơ quan soạn thảo|Cấp ban hành|Thời gian trình", "tasks ordinal name lead approve deadline"),
    ("STT|Nhóm nhiệm vụ|Nhiệm vụ|Chủ trì|Sản phẩm", "tasks ordinal group name lead output"),
    (
        "STT|Mục tiêu đến năm 2028|Mục tiêu đến năm 2032|Cơ quan chủ trì đánh giá",
        "indicators ordinal milestone milestone evaluate",
    ),
    (
        "TT|Chỉ tiêu|Đơn vị tính|Thực hiện năm 2025|Năm 2026|2030|Cơ quan theo dõi",
        "indicators ordinal indicator unit baseline milestone milestone monitor",
    ),
    (
        "TT|Nhiệm vụ|Cơ quan thực hiện\nChủ trì|Cơ quan thực hiện\nPhối hợp|Thời gian\nBắt đầu|Thời gian\nKết thúc",
        "tasks ordinal name lead coordinate start deadline",
    ),
    (
        "Stt|Rõ việc|Rõ trách nhiệm|Rõ thẩm quyền|Rõ thời gian|Rõ kết quả",
        "tasks ordinal name lead approve deadline output",
    ),
    ("STT|Họ và tên|Chức vụ", "neither"),
    ("Số ký hiệu|Ngày", "neither"),
]


@pytest.mark.parametrize(("header", "expected"), TABLES, ids=[h for h, _ in TABLES])
def test_tables(header: str, expected: str) -> None:
    found = read_columns(header.split("|"))
    told = " ".join([found.kind, *(c.meaning for c in found.columns)]) if found else "neither"
    assert told == expected


LABELS = [
    ("Đơn vị chủ trì", "lead"),
    ("Cơ quan tham mưu thực hiện", "lead"),
    ("Đơn vị phối hợp", "coordinate"),
    ("Thời gian hoàn thành", "deadline"),
    ("Sản phẩm", "output"),
    ("Cấp trình", "approve"),
    ("Địa điểm", "note"),
    ("Báo cáo tháng", None),
    ("Sở Tài chính", None),
    ("Nội dung", None),
    ("Kiểm tra, giám sát", None),
]


@pytest.mark.parametrize(("label", "meaning"), LABELS, ids=[x for x, _ in LABELS])
def test_labels(label: str, meaning: str | None) -> None:
    assert label_meaning(label) == meaning


@pytest.mark.parametrize("run", ["a", " ", "chu tri ", "thoi gian ", ".", "(", "*", "phoi hop"])
def test_long_runs_are_read_fast(run: str) -> None:
    start = time.perf_counter()
    text = (run * 100_000)[:100_000]
    column_meaning(text)
    label_meaning(text)
    assert time.perf_counter() - start < 3
