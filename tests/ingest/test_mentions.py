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


NOTED = """Quyết định 318/2003/QĐ-UB

Quyết định 318/2003/QĐ-UB về phí đò đã được thay thế bởi Quyết định 92/2016/QĐ-UBND mức thu phí.

UBND TỈNH LAI CHÂU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 318/2003/QĐ-UB
Lai Châu, ngày 05 tháng 9 năm 2003
QUYẾT ĐỊNH
Về phí đò
Căn cứ Nghị định số 57/2002/NĐ-CP ngày 03/6/2002 của Chính phủ;
"""


def test_what_a_portal_notes_over_the_letterhead_is_read() -> None:
    reading = read_text(RawText(NOTED, "mẫu.txt", "0"))
    assert reading.this.number == "318/2003/QĐ-UB"
    assert {
        (e.type.value, e.source, e.target) for e in reading.edges if e.method.startswith(("citation", "preamble"))
    } == {
        ("SUPERSEDED_BY", "this", "92/2016/QĐ-UBND"),
        ("BASIS_FOR", "57/2002/NĐ-CP", "this"),
    }


def test_one_directive_in_two_old_spellings_is_one_mention() -> None:
    text = "Thi hành Nghị định số 42-CP ngày 16/7/1996 của Chính phủ như sau:\n1. Theo Điều 5 của Nghị định số 42/CP.\n"
    (mention,) = read_text(RawText(text, "mẫu.txt", "0")).mentions
    assert (mention.number, mention.count) == ("42-CP", 2)


def test_telegrams_without_a_symbol_are_told_apart_by_their_issuer() -> None:
    text = (
        "Thực hiện Công điện số 21 ngày 05/9/2024 của Bộ Y tế, Công điện số 21 ngày 06/9/2025 của Bộ Xây dựng;\n"
        "I. NHIỆM VỤ\n"
    )
    found = read_text(RawText(text, "mẫu.txt", "0")).mentions
    assert [(m.number, m.symbol, m.jurisdiction, str(m.issued_on)) for m in found] == [
        ("21", None, "central", "2024-09-05"),
        ("21", None, "central", "2025-09-06"),
    ]
