"""Indicator tables and bulleted aims → indicators and targets."""

from __future__ import annotations

import datetime as dt

import pytest

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


def read(body: str, this: DirectiveFacts | None = None) -> IndicatorReading:
    found, source = lay(body)
    return read_indicators(found, this or DirectiveFacts(), source)


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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "I. MỤC TIÊU\n1- Đến năm 2030\n- Kinh phí đạt 2% GRDP.\n2- Tầm nhìn đến năm 2045\nKinh tế số đạt 50% GRDP.",
            [(2030, 2.0), (2045, 50.0)],
            id="the first bullet, and the second year",
        ),
        pytest.param(
            "I. MỤC TIÊU\nĐến năm 2030\n- Trên 90% hộ có mạng.\n- Giảm 30% thời gian so với năm 2025.",
            [(2030, 90.0), (2030, 30.0)],
            id="a bare line gives the year, a year to compare with does not",
        ),
        pytest.param(
            "I. CHUNG\nĐiều 1. Thông qua các chỉ tiêu năm 2026:\na) Từ 70% hộ trở lên nộp thuế điện tử.\nb) Giữ vững.",
            [(2026, 70.0)],
            id="aims that an article adopts",
        ),
        pytest.param(
            "I. NỘI DUNG\n1. Mục tiêu: đến hết năm 2028 số hóa tối thiểu 80% hồ sơ.\n2. Kinh phí: 5 tỷ đồng.",
            [(2028, 80.0)],
            id="an aim behind its label",
        ),
        pytest.param(
            "II. CHỈ TIÊU\nPhấn đấu đến năm 2029: 90% hộ có mạng; ít nhất 12 trạm có máy đo; trồng 5.000 cây.",
            [(2029, 90.0), (2029, 12.0), (2029, 5000.0)],
            id="aims in one sentence",
        ),
        pytest.param(
            "I. MỤC TIÊU\n1. 100% xã có trạm y tế trước 30/6/2028.\n2. 90% thôn có loa.",
            [(2028, 100.0), (2026, 90.0)],
            id="the year of a date by which",
        ),
        pytest.param(
            "II. CHỈ TIÊU CHỦ YẾU\n1.1. Tỷ lệ chi đạt \\>= 1,5% GRDP.\n1.2. Hồ sơ quá hạn \\< 5%.",
            [(2026, 1.5), (2026, 5.0)],
            id="escaped signs, the year of the title",
        ),
    ],
)
def test_years_and_places_of_aims(body: str, expected: list[tuple[int, float]]) -> None:
    found = read("Căn cứ Luật Dữ liệu;\n\n" + body, DirectiveFacts(period_end=dt.date(2026, 12, 31)))
    assert [(t.year, t.value) for i in found.indicators for t in i.targets] == expected


def test_what_was_reached_before_is_no_target_and_the_name_may_hold_the_unit() -> None:
    found = read(
        "Căn cứ Luật Dữ liệu;\n\nPHỤ LỤC\n\nCHỈ TIÊU\n\nChỉ tiêu\tNăm 2024\tNăm 2026\tCơ quan theo dõi\n"
        "Số trường chuẩn (trường)\t20\t40\tSở Y tế\n",
        DirectiveFacts(issued_on=dt.date(2026, 1, 5)),
    )
    assert [(t.year, t.value, t.unit) for i in found.indicators for t in i.targets] == [(2026, 40.0, "trường")]
