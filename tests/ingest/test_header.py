"""What heads of many kinds say: one row a kind, with its traps."""

import datetime as dt

import pytest

from graph.records import Mention
from graph.vocabulary import DirectiveType as D
from graph.vocabulary import Level, System
from ingest.header import period, read_header
from ingest.normalize import normalize
from ingest.text import RawText, Source

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PARTY_DRAFT = """ĐẢNG BỘ TỈNH SƠN LA
ĐẢNG ỦY XÃ MƯỜNG BÚ
*
Số       -KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Mường Bú, ngày    tháng 5 năm 2026
KẾ HOẠCH
thực hiện Nghị quyết số 12-NQ/TU ngày 05/3/2026 của Ban Thường vụ Tỉnh ủy
-----
- Căn cứ Quyết định số 45-QĐ/TU, ngày 10/4/2026 của Ban Thường vụ Tỉnh ủy,
Ban Thường vụ Đảng ủy xã ban hành Kế hoạch như sau:
I- MỤC ĐÍCH
T/M BAN THƯỜNG VỤ
BÍ THƯ
(Đã ký)
Lò Thị Mai
Nơi nhận:
- Thường trực Tỉnh ủy (b/c),
- Lưu VPĐU.
"""
LETTER = f"""UBND TỈNH NGHỆ AN
SỞ NỘI VỤ
{STATE}Số: 1234/SNV-CCHC
V/v triển khai Công văn số 55/BNV-TCBC
ngày 05/01/2026 của Bộ Nội vụ
Nghệ An, ngày 12 tháng 01 năm 2026
Kính gửi: Các sở, ban, ngành cấp tỉnh.
Sở Nội vụ đề nghị các đơn vị:
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Văn Nam
"""
DECISION = f"""ỦY BAN NHÂN DÂN
TỈNH GIA LAI
{STATE}Số: 15/QĐ-UBND
Gia Lai, ngày 20 tháng 3 năm 2026
QUYẾT ĐỊNH
Ban hành Kế hoạch chuyển đổi số tỉnh Gia Lai năm 2026
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.
"""
NOTICE = f"""VĂN PHÒNG CHÍNH PHỦ
{STATE}Số: 45/TB-VPCP
Hà Nội, ngày 30 tháng 01 năm 2026
THÔNG BÁO
Kết luận của Phó Thủ tướng tại cuộc họp về dữ liệu
Ngày 25 tháng 01 năm 2026, Phó Thủ tướng đã chủ trì cuộc họp.
"""


def header(text: str) -> Mention:
    raw = RawText(text, "mẫu.txt", "0")
    return read_header(normalize(raw), Source.of(raw))


ROWS = [
    (PARTY_DRAFT, (None, "KH/ĐU", D.PLAN, None, "Mường Bú, Sơn La", Level.COMMUNAL, System.PARTY, "Lò Thị Mai", True)),
    (
        LETTER,
        (
            "1234/SNV-CCHC",
            "SNV-CCHC",
            D.OFFICIAL_LETTER,
            dt.date(2026, 1, 12),
            "Nghệ An",
            Level.PROVINCIAL,
            System.STATE,
            "Trần Văn Nam",
            False,
        ),
    ),
    (
        DECISION,
        (
            "15/QĐ-UBND",
            "QĐ-UBND",
            D.DECISION,
            dt.date(2026, 3, 20),
            "Gia Lai",
            Level.PROVINCIAL,
            System.STATE,
            None,
            False,
        ),
    ),
    (
        NOTICE,
        ("45/TB-VPCP", "TB-VPCP", D.NOTICE, dt.date(2026, 1, 30), "central", Level.CENTRAL, System.STATE, None, False),
    ),
]


@pytest.mark.parametrize(("text", "want"), ROWS, ids=["party draft", "letter", "decision", "notice"])
def test_fields(text: str, want: tuple[object, ...]) -> None:
    h = header(text)
    assert (h.number, h.symbol, h.type, h.issued_on, h.jurisdiction, h.level, h.system, h.signer, h.draft) == want


def test_a_promulgated_plan_makes_the_decision_a_plan() -> None:
    h = header(DECISION)
    assert (h.plan, h.attachment) == (True, "Kế hoạch chuyển đổi số tỉnh Gia Lai năm 2026")
    assert (h.period_start, h.period_end) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_recipients_and_issuer_of_a_party_draft() -> None:
    h = header(PARTY_DRAFT)
    assert h.recipients == ("Thường trực Tỉnh ủy (b/c)", "Lưu VPĐU")
    assert h.issuer == "Ban Thường vụ Đảng ủy xã Mường Bú"


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Phát triển kinh tế số giai đoạn 2026-2030", (2026, 2030)),
        ("thực hiện Nghị quyết số 5-NQ/TU ngày 22 tháng 12 năm 2024", (None, None)),
        ("Hoạt động năm 2026 của Ban Chỉ đạo", (2026, 2026)),
    ],
)
def test_period(title: str, want: tuple[int | None, int | None]) -> None:
    start, end = period(title)
    assert (start and start.year, end and end.year) == want


@pytest.mark.parametrize("text", ["", "\n\n", "abc", "Số:", "KẾ HOẠCH", "Nơi nhận:", "x" * 50_000, "A " * 20_000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert header(text).number is None


SIGNED = [
    pytest.param(
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Các sở;\tCHỦ TỊCH\n- Lưu: VT.\tNguyễn Văn An", "Nguyễn Văn An", id="tabs"
    ),
    pytest.param("Nơi nhận:\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nH’Lim Niê", "H'Lim Niê", id="two lines"),
    pytest.param(
        "Nơi nhận:\n- Lưu VPTU.\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nĐặng Ngọc Sơn", "Đặng Ngọc Sơn", id="Đặng is no Đảng"
    ),
    pytest.param(
        "Nơi nhận:\n- Lưu VP.\nT/M BAN CHẤP HÀNH\nBÍ THƯ Phùng Văn Hiệu",
        "Phùng Văn Hiệu",
        id="on the line of the office",
    ),
]


@pytest.mark.parametrize(("end", "signer"), SIGNED)
def test_signer(end: str, signer: str) -> None:
    top = "UBND TỈNH SƠN LA\nSố: 5/KH-UBND\nSơn La, ngày 05 tháng 5 năm 2026\nKẾ HOẠCH\nSố hóa\nI. NỘI DUNG\n1. Làm.\n"
    assert header(top + end).signer == signer


PLACES = [
    pytest.param(
        "UBND PHƯỜNG MINH XUÂN\nTỈNH TUYÊN QUANG", "Minh Xuân, Tuyên Quang", id="the province on its own line"
    ),
    pytest.param("THÀNH PHỐ HẢI PHÒNG\nVĂN PHÒNG", "Hải Phòng", id="Phòng over Số is no room"),
]


@pytest.mark.parametrize(("letterhead", "place"), PLACES)
def test_place(letterhead: str, place: str) -> None:
    own = place.split(",")[0]
    read = header(f"{letterhead}\nSố: 64/KH-UBND\n{own}, ngày 22 tháng 4 năm 2026\nKẾ HOẠCH\nChuyển đổi số\n")
    assert (read.number, read.jurisdiction) == ("64/KH-UBND", place)
