"""What a text says of directives, taken together: short names, places, passages rejoined."""

from __future__ import annotations

from ingest.pipeline import read_text
from ingest.text import RawText

TEXT = """UBND PHƯỜNG AN XUYÊN
TỈNH CÀ MAU
Số: 12/KH-UBND
An Xuyên, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Chuyển đổi số năm 2026
Căn
cứ Kế hoạch số 40/KH-BCĐ ngày 02/02/2026 của Ban Chỉ đạo tỉnh;
Căn cứ Kế hoạch số 15-KH/ĐU ngày 05/9/2025 của Đảng ủy phường;
I. NHIỆM VỤ
1. Làm sạch dữ liệu theo Đề án 06 và Kế hoạch 40.
2. Rà soát Đề án 06.
"""


def test_short_names_are_resolved_or_reported_once() -> None:
    reading = read_text(RawText(TEXT, "mẫu.txt", "0"))
    assert {m.number: (m.jurisdiction, m.count) for m in reading.mentions} == {
        "40/KH-BCĐ": ("Cà Mau", 2),
        "15-KH/ĐU": ("An Xuyên, Cà Mau", 1),
    }
    unresolved = [f for f in reading.findings if f.kind == "unresolved_citation"]
    assert [(f.quote, f.line) for f in unresolved] == [("Đề án 06", 11)]


def test_a_basis_cut_by_a_line_break_is_one() -> None:
    reading = read_text(RawText(TEXT, "mẫu.txt", "0"))
    bases = {e.source for e in reading.edges if e.type.value == "BASIS_FOR"}
    assert bases == {"40/KH-BCĐ", "15-KH/ĐU"}
