"""Words of aims → comparator, value, unit."""

from __future__ import annotations

import time

import pytest

from ingest.targets import number, read_target

AIMS = [
    ("Đạt tối thiểu 80% hồ sơ", ">= 80.0 %"),
    ("≥80%", ">= 80.0 %"),
    ("> = 80%", ">= 80.0 %"),
    ("$\\geq 3\\%$ GRDP", ">= 3.0 % GRDP"),
    ("2 80%", ">= 80.0 %"),
    ("95% trở lên", ">= 95.0 %"),
    ("từ 20 mô hình trở lên", ">= 20.0 mô hình"),
    ("Trên 45% hộ", "> 45.0 %"),
    ("dưới 5%", "< 5.0 %"),
    ("không quá 10 ngày", "<= 10.0 ngày"),
    ("đạt 17,5%", "= 17.5 %"),
    ("100% xã có mạng 5G", "= 100.0 %"),
    ("Có ≥ 1.200 cán bộ", ">= 1200.0 cán bộ"),
    ("Mỗi năm có ≥ 50 nhiệm vụ", ">= 50.0 nhiệm vụ per year"),
    ("tăng 10%/năm", "= 10.0 % per year"),
    ("Mỗi năm có ≥ 3-5 dự án", "range 3.0..5.0 dự án per year"),
    ("từ 50% đến 60%", "range 50.0..60.0 %"),
    ("80% - 90% dân số", "range 80.0..90.0 %"),
    ("nâng từ 50% lên 80%", "= 80.0 %"),
    ("Có từ 12 bác sĩ trên 01 vạn dân", ">= 12.0 bác sĩ/vạn dân"),
    ("thuộc nhóm 10 tỉnh dẫn đầu", "<= 10.0 hạng"),
    ("Phần đấu đạt 25%", "= 25.0 % (strive)"),
    ("Đến năm 2030 đào tạo 500 người", "= 500.0 người"),
    ("Có 2 triệu doanh nghiệp", "= 2000000.0 doanh nghiệp"),
    ("Thu nhập đạt 150 triệu đồng", "= 150.0 triệu đồng"),
    ("Chỉ số đạt 0,75", "= 0.75"),
    ("Ít nhất 3/4 cơ quan dùng chữ ký số", ">= 0.75"),
    ("Trực 24/24 giờ, báo cáo trước 3/4 hằng tuần", "nothing"),
    ("Hoàn thành Đề án 06", "nothing"),
    ("Phủ sóng 5G", "nothing"),
    ("Triển khai Nghị quyết số 57-NQ/TW", "nothing"),
    ("Duy trì hệ thống", "nothing"),
    ("Giai đoạn 2026-2030", "nothing"),
]


@pytest.mark.parametrize(("text", "expected"), AIMS, ids=[t for t, _ in AIMS])
def test_aims(text: str, expected: str) -> None:
    m = read_target(text)
    if m.value is None:
        assert expected == "nothing" and m.comparator is None
        return
    value = f"{m.value}..{m.value_max}" if m.value_max is not None else str(m.value)
    parts = [str(m.comparator), value, m.unit, f"per {m.per}" if m.per else None, "(strive)" if m.aspiration else None]
    assert " ".join(p for p in parts if p) == expected


@pytest.mark.parametrize(("text", "value"), [("1.200", 1200.0), ("22.500", 22500.0), ("0,75", 0.75), ("05", 5.0)])
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("run", ["1", ".", "1.000", "≥", " ", "% ", "12 ", "tu 1% ", "nam 2026 ", "a"])
def test_long_runs_are_read_fast(run: str) -> None:
    start = time.perf_counter()
    read_target((run * 100_000)[:100_000])
    assert time.perf_counter() - start < 3


def test_the_whole_before_its_part() -> None:
    measure = read_target("Đón 1,5 triệu lượt khách, trong đó khách quốc tế đạt 40.000 lượt.")
    assert (measure.value, measure.unit) == (1_500_000.0, "lượt khách")
