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
        ("Hoạt động năm 2026 của Hội đồng", (2026, 2026)),
    ],
)
def test_period(title: str, want: tuple[int | None, int | None]) -> None:
    start, end = period(title)
    assert (start and start.year, end and end.year) == want


@pytest.mark.parametrize("text", ["", "\n\n", "abc", "Số:", "KẾ HOẠCH", "Nơi nhận:", "x" * 50_000, "A " * 20_000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert header(text).number is None


PAGES = [
    pytest.param(
        "Ngày 23-6-2025, Ban Thường vụ Tỉnh ủy Lai Châu đã ban hành Nghị quyết số 15-NQ/TU về phát triển chè.\n"
        "Báo Lai Châu xin giới thiệu toàn văn.\nI- TÌNH HÌNH\nDiện tích chè đạt 10.500 ha.\n",
        ("15-NQ/TU", D.RESOLUTION, dt.date(2025, 6, 23), "Lai Châu", System.PARTY),
        id="a newspaper",
    ),
    pytest.param(
        "Hướng dẫn tuyên truyền Ngày sách\nThứ ba - 08/4/2025 07:15\nBan Tuyên giáo Tỉnh ủy có Hướng dẫn số "
        "27-HD/BTGTU về Ngày sách tại tỉnh Lai Châu. Nội dung Hướng dẫn như sau:\nCăn cứ Kết luận số 18-KL/TW ngày "
        "02/4/2024;\n",
        ("27-HD/BTGTU", D.GUIDANCE, None, "Lai Châu", System.PARTY),
        id="the day of the news is not the day of issue",
    ),
    pytest.param(
        "Công điện khẩn của Chủ tịch UBND tỉnh về bão\n16:20, 09/9/2025\nLúc 15 giờ ngày 9/9, Chủ tịch UBND tỉnh "
        "Lai Châu vừa có công điện khẩn số 06/CĐ.UBND về ứng phó bão. Nội dung công điện như sau:\n",
        ("06/CĐ.UBND", D.TELEGRAM, dt.date(2025, 9, 9), "Lai Châu", System.STATE),
        id="the year is the page's",
    ),
    pytest.param(
        "THÔNG BÁO Về việc cấp nước\nNgày cập nhật 24/04/2020\nCăn cứ Quyết định số 19/QĐ-UBND ngày 02/4/2020 của UBND "
        "tỉnh Lai Châu;\nUBND phường Đoàn Kết thông báo việc cấp nước như sau:\n",
        (None, D.NOTICE, None, "Đoàn Kết, Lai Châu", System.STATE),
        id="a headline",
    ),
    pytest.param(
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, Ủy ban nhân dân tỉnh Lai Châu ra Kế hoạch như sau:\n"
        "1. Theo Nghị định số\n61/2018/NĐ-CP.\n",
        (None, D.PLAN, None, "Lai Châu", System.STATE),
        id="what is carried out is not the text itself",
    ),
    pytest.param(
        "Hôm qua, Tỉnh ủy Lai Châu ban hành Nghị quyết số 15-NQ/TU. Nhiều người quan tâm.\n",
        (None, None, None, "Lai Châu", System.PARTY),
        id="news of a directive without its text",
    ),
    pytest.param(
        "Trang thông tin điện tử xã Sìn Hồ https://sinho.example\nThứ hai - 06/10/2025 04:09\n"
        "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH - Nghị quyết số 15-NQ/TU ngày 23/6/2025 của Tỉnh ủy Lai Châu;\n",
        (None, D.PLAN, None, "Sìn Hồ, Lai Châu", System.STATE),
        id="a cut page of a commune's portal",
    ),
    pytest.param(
        "Cổng thông tin điện tử xã Sìn Hồ\nKế hoạch ứng phó bão của Thủ tướng Chính phủ năm 2025\n"
        "Các tỉnh chuẩn bị lực lượng.\n",
        (None, D.PLAN, None, None, None),
        id="a portal that shows somebody else's plan",
    ),
    pytest.param(
        "Công văn số 83/SNV-CCHC ngày 18/7/2025 về góp ý dự thảo\nThi đấu ngày 16, 17/7/2025.\nKính gửi: Các sở;\n"
        "Sở Nội vụ dự thảo hướng dẫn, gồm, UBND các huyện, thành phố:\n",
        ("83/SNV-CCHC", D.OFFICIAL_LETTER, dt.date(2025, 7, 18), None, System.STATE),
        id="a day in a list of days is no day of issue",
    ),
]


@pytest.mark.parametrize(("text", "want"), PAGES)
def test_pages_without_a_letterhead(text: str, want: tuple[object, ...]) -> None:
    h = header(text)
    assert (h.number, h.type, h.issued_on, h.jurisdiction, h.system) == want


OLD_AND_ODD = [
    pytest.param(
        f"BỘ XÂY DỰNG\n{STATE}Số: 18-BXD/TT\nHà Nội, ngày 03 tháng 5 năm 1996\nThi hành Nghị định số 42-CP ngày "
        "16/7/1996 của Chính phủ, Bộ hướng dẫn như sau:\n",
        ("18-BXD/TT", D.CIRCULAR, dt.date(1996, 5, 3), "central"),
        id="no type word, a symbol of 1996",
    ),
    pytest.param(
        "TỈNH ỦY LAI CHÂU\n*\nSố 27-KL/TƯ\nĐẢNG CỘNG SẢN VIỆT NAM\nLai Châu, ngày 09 tháng 5 năm 2022\nKẾT LUẬN\n"
        "về kinh tế cửa khẩu\n",
        ("27-KL/TU", D.CONCLUSION, dt.date(2022, 5, 9), "Lai Châu"),
        id="TƯ under a province's letterhead",
    ),
    pytest.param(
        f"BỘ Y TẾ\n{STATE}Số: 512/ĐC-BYT\nHà Nội, ngày 08 tháng 8 năm 2012\nĐÍNH CHÍNH\nTHÔNG TƯ SỐ 11/2012/TT-BYT "
        "NGÀY 28/6/2012\nBộ Y tế đính chính như sau:\n",
        ("512/ĐC-BYT", D.OFFICIAL_LETTER, dt.date(2012, 8, 8), "central"),
        id="the corrected number is not its own",
    ),
    pytest.param(
        f"CỤC THUẾ\nTỈNH LAI CHÂU\n{STATE}Số: 318/CTLC-TTHT\nV/v hóa đơn\nLai Châu, ngày 08 tháng 8 năm 2022\n"
        "Kính gửi: Các chi cục.\n",
        ("318/CTLC-TTHT", D.OFFICIAL_LETTER, dt.date(2022, 8, 8), "Lai Châu"),
        id="an office that no table lists",
    ),
    pytest.param(
        f"HỘI ĐỒNG NHÂN DÂN\n{STATE}Số: 31/2021/NQ-HĐND\nLai Châu, ngày 08 tháng 12 năm 2021\nBÃI BỎ NGHỊ QUYẾT SỐ "
        "12/2016/NQ-HĐND NGÀY 09 THÁNG 12 NĂM 2016\nHỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU\nCăn cứ Luật Phí và lệ phí;\n",
        ("31/2021/NQ-HĐND", D.RESOLUTION, dt.date(2021, 12, 8), "Lai Châu"),
        id="the type word was lost over a title in capitals",
    ),
    pytest.param(
        "UBND TỈNH LAI CHÂU CỘNG HÒA XÃHỘI CHỦ NGHĨA VIỆT NAM Độc lập Tự do Hạnh phúc Số: 7/2019/QĐUBND Lai Châu, "
        "ngày 12 tháng 3 năm 2019 QUYẾT ĐỊNH BAN HÀNH QUY ĐỊNH VỀ NUÔI ONG Căn cứ Luật Chăn nuôi ngày 19 tháng 11 "
        "năm 2018; Căn cứ Nghị định số 13/2020/NĐ-CP ngày 21 tháng 01 năm 2020 của Chính phủ;",
        ("07/2019/QĐ-UBND", D.DECISION, dt.date(2019, 3, 12), "Lai Châu"),
        id="all lines of a PDF in one",
    ),
]


@pytest.mark.parametrize(("text", "want"), OLD_AND_ODD)
def test_old_and_odd_heads(text: str, want: tuple[object, ...]) -> None:
    h = header(text)
    assert (h.number, h.type, h.issued_on, h.jurisdiction) == want


def test_a_symbol_of_one_office_names_the_issuer_whoever_gave_the_order() -> None:
    said = "Kính gửi: Bộ Nội vụ.\nThủ tướng Chính phủ yêu cầu Bộ Nội vụ báo cáo trước ngày 30/6/2025.\n"
    letter = header(f"Số: 812/VPCP-NC\nHà Nội, ngày 12 tháng 5 năm 2025\nV/v cải cách hành chính\n{said}")
    assert letter.issuer == "Văn phòng Chính phủ"
    said = "Kính gửi: Các sở.\nỦy ban nhân dân tỉnh yêu cầu các sở báo cáo.\n"
    letter = header(f"Số: 812/SNV-CCHC\nngày 12 tháng 5 năm 2025\nV/v cải cách hành chính\n{said}")
    assert (letter.issuer, letter.level) == ("Sở Nội vụ", Level.PROVINCIAL)


def test_a_blank_type_leaves_the_issuer() -> None:
    h = header(
        "ĐẢNG BỘ TỈNH SƠN LA\nĐẢNG ỦY XÃ MƯỜNG BÚ\nSố      -/ĐU\nMường Bú, ngày   tháng 5 năm 2026\nQUYẾT ĐỊNH\n"
    )
    assert (h.number, h.symbol, h.draft) == (None, "ĐU", True)


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
    pytest.param("UBND THỊ XÃ ĐỒNG XOÀI\nPHÒNG NỘI VỤ", "Đồng Xoài, Đồng Nai", id="the register, for want of words"),
    pytest.param("UBND PHƯỜNG MÓNG CÁI 2", "Móng Cái 2, Quảng Ninh", id="a numbered ward"),
    pytest.param("THÀNH PHỐ HẢI PHÒNG\nVĂN PHÒNG", "Hải Phòng", id="Phòng over Số is no room"),
]


@pytest.mark.parametrize(("letterhead", "place"), PLACES)
def test_place(letterhead: str, place: str) -> None:
    own = place.split(",")[0]
    read = header(f"{letterhead}\nSố: 64/KH-UBND\n{own}, ngày 22 tháng 4 năm 2026\nKẾ HOẠCH\nChuyển đổi số\n")
    assert (read.number, read.jurisdiction) == ("64/KH-UBND", place)


def test_an_office_is_that_of_the_body_above_it() -> None:
    head = "ỦY BAN NHÂN DÂN TỈNH SƠN LA\nVĂN PHÒNG\nSố: 4/TB-VP\nSơn La, ngày 22 tháng 4 năm 2026\n"
    assert header(f"{head}THÔNG BÁO\nKết luận họp\n").issuer == "Văn phòng Ủy ban nhân dân tỉnh Sơn La"
