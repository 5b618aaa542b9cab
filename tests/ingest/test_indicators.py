"""Indicator tables and bulleted aims → indicators and targets."""

from __future__ import annotations

from graph.records import DirectiveFacts
from ingest.indicators import IndicatorReading, read_indicators
from ingest.layout import layout
from ingest.normalize import normalize
from ingest.structure import Layout
from ingest.text import RawText, Source

HEAD = "UBND TỈNH X\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nTriển khai công tác năm 2026\n\n"


def lay(body: str) -> tuple[Layout, Source]:
    raw = RawText(HEAD + body, "x.txt", "0")
    source = Source.of(raw)
    return layout(normalize(raw), source), source


def read(body: str) -> IndicatorReading:
    found, source = lay(body)
    return read_indicators(found, DirectiveFacts(), source)


def test_one_target_for_each_milestone_that_says_something() -> None:
    found = read(
        "I. NỘI DUNG\n\n1. Tổ chức hội nghị.\n\nPHỤ LỤC I\n\nDANH MỤC CHỈ TIÊU\n\n"
        "STT\tTên chỉ tiêu\tĐơn vị tính\tNăm 2026\tNăm 2030\tCơ quan theo dõi\n"
        "1\tTỷ lệ hộ dùng nước sạch\t%\t90\t≥ 95\tSở Xây dựng\n"
        "2\tSố trường chuẩn\ttrường\t-\t40\tSở Giáo dục và Đào tạo\n"
    )
    targets = [(t.year, str(t.comparator), t.value, t.unit) for i in found.indicators for t in i.targets]
    assert targets == [(2026, "=", 90.0, "%"), (2030, ">=", 95.0, "%"), (2030, "=", 40.0, "trường")]
    assert [(a.role, a.named.name) for a in found.assignments] == [
        ("monitor", "Sở Xây dựng"),
        ("monitor", "Sở Giáo dục và Đào tạo"),
    ]


def test_bulleted_aims_with_a_measure_only() -> None:
    found = read(
        "I. MỤC TIÊU\n\n1. Mục tiêu chung\n\n- Đến năm 2030 có 500 doanh nghiệp.\n\n"
        "2. Mục tiêu cụ thể\n\n- Đến hết năm 2027, 80% hồ sơ nộp trực tuyến.\n\n- Giữ vững an ninh.\n"
    )
    assert [(t.year, t.value) for i in found.indicators for t in i.targets] == [(2027, 80.0)]
