"""Forms in which directives are cited, and what looks like a number of one."""

import datetime as dt
import time

import pytest

from graph.vocabulary import DirectiveType as D
from ingest.citations import find_aliases, find_citations

FORMS = [
    ("Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
    ("Ke hoach so 65-KH/TU", "65-KH/TU"),
    ("NQ 57- NQ/TW", "57-NQ/TW"),
    ("Luật số 02/2026/QH16", "02/2026/QH16"),
    ("Nghị định số 150/2025/NĐ-CP", "150/2025/NĐ-CP"),
    ("Thông tư 05/2025/TT-BKHCN", "05/2025/TT-BKHCN"),
    ("Công văn số 4912/UBND-NC", "4912/UBND-NC"),
    ("Công văn số 06/ĐU", "06/ĐU"),
    ("Kế hoạch 125 /KH-BCĐ", "125/KH-BCĐ"),
    ("Kế hoạch 65 - KH/TU", "65-KH/TU"),
    ("số 01/QD-BCDTW", "01/QĐ-BCĐTW"),
    ("Nghị quyết 03-NQ/CP", "03/NQ-CP"),
    ("22/NQ-TU", "22-NQ/TU"),
    ("8602/QĐ-QĐ/TU", "8602-QĐ/TU"),
    ("234-TB/T.Ư", "234-TB/TW"),
    ("57-NQ/1W", "57-NQ/TW"),
    ("số l25/KH-BCĐ", "125/KH-BCĐ"),
    ("số 1O-KH/TU", "10-KH/TU"),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
    ("30c/NQ-CP", "30c/NQ-CP"),
    ("30-NQ/2026/QH16", "30/2026/QH16"),
    ("16/KH-MTTQ-UB", "16/KH-MTTQ-UB"),
    ("10-CTR/TU", "10-CTr/TU"),
    ("số 57 NQ/TW", "57-NQ/TW"),
    ("Quyết định số 15/QÐ-UBND", "15/QĐ-UBND"),
    ("183-\nKH/TU", "183-KH/TU"),
    ("57–NQ/TW", "57-NQ/TW"),
    ("092/KH-UBND", "92/KH-UBND"),
    ("Nghị định số 61/2018/NĐCP", "61/2018/NĐ-CP"),
    ("Quyết định số 12/QĐ-ĐHBK", "12/QĐ-ĐHBK"),
    ("01/2015/TTLT-BTC-BNV", "01/2015/TTLT-BTC-BNV"),
    ("1806/SKHCN-CĐS", "1806/SKHCN-CĐS"),
    ("70/2025/UBTVQH15", "70/2025/UBTVQH15"),
    ("03/VBHN-VPQH", "03/VBHN-VPQH"),
    ("Nghị định số 42-CP", "42-CP"),
    ("Nghị định 42/CP", "42/CP"),
    ("Nghị định số 42 CP ngày 02/5/1996", "42/CP"),
    ("Nghị định số 73/HĐBT", "73/HĐBT"),
    ("Quyết định số 318-TTg", "318-TTg"),
    ("Sắc lệnh số 85-SL", "85-SL"),
    ("Thông tư số 18-LĐTBXH/TT", "18-LĐTBXH/TT"),
    ("Thông tư số 27-TC/TCT", "27-TC/TCT"),
    ("Thông tư liên bộ số 19-TT/LB", "19-TT/LB"),
    ("Chỉ thị số 14-CT/UB", "14-CT/UB"),
    ("Pháp lệnh số 40/2002/UBTVQH", "40/2002/UBTVQH"),
    ("Chỉ thị số 23/2002/CT/UB", "23/2002/CT/UB"),
    ("Tờ trình số 905/TTr .UBND", "905/TTr.UBND"),
    ("Công văn số 318/SNgV-HTQT", "318/SNgV-HTQT"),
    ("Tờ trình số 1204/KHĐT-THQH", "1204/KHĐT-THQH"),
    ("Hướng dẫn số 07-HD/BTCĐU", "07-HD/BTCĐU"),
    ("Công văn số 4471/TCHQ-PC", "4471/TCHQ-PC"),
    ("Quy chế phối hợp số 04/QC-TT.HĐND-UBND", "04/QC-TT.HĐND-UBND"),
]
NEGATIVES = [
    "24/7",
    "3/4",
    "15/5/2026",
    "TCVN ISO/IEC 27001:2022",
    "QCVN 06:2022/BXD",
    "QCVN 01-1:2018/BYT",
    "0912.345.678",
    "80%/năm",
    "khoản 2 Điều 5",
    "km 12/QL5",
    "KH-CN",
    "5G/6G",
    "số 12/2025",
    "TT-HN",
    "10 hồ sơ/năm/tỉnh",
    "1.227/1.298",
    "https://abc.gov.vn/12/qd-ubnd.html",
    "Lưu: VT, KGVX",
    "Mẫu số 01/UBND-BC",
    "2 người/xã",
    "3-5 đề án/năm",
    "số tài khoản 123/KB-HY",
    "12/TB-XH",
    "5/KH",
    "100/KH-CN",
    "Số: /KH-UBND",
    "2025-2030",
    "1-KH",
    "24/24 giờ",
    "mã 7.03/DA-NN",
    "60/TT",
    "90/100",
    "số 1 25/KH-BCĐ",
    "loại 040-341",
    "căn hộ số 12-BTC/A",
    "Mẫu số 01-CP",
    "Mẫu số 02-TC/TCT",
    "Phụ lục số 12-BNV/TT",
    "hợp đồng số 12-BTC/HĐ",
    "Điều 5-CP",
    "tỷ lệ 12-CP",
    "phòng 12-BTC",
    "tọa độ 12/CP",
    "số 45-KH",
    "lô 7-SL",
    "số 318 CP",
    "báo cáo 6 tháng",
    "thông báo 2 lần",
    "12/HQ-",
    "1409 ngày 15/9",
    "điểm 4-TT",
    "tổ 3-CT",
]


@pytest.mark.parametrize(("text", "number"), FORMS)
def test_form(text: str, number: str) -> None:
    assert [str(c.number) for c in find_citations(text) if c.number] == [number]


@pytest.mark.parametrize("text", NEGATIVES)
def test_negative(text: str) -> None:
    assert [c for c in find_citations(text) if c.number] == []


def test_table_of_negatives_is_as_large_as_the_table_of_forms() -> None:
    assert len(NEGATIVES) >= len(FORMS)


def test_attributes_and_alias() -> None:
    (cited, *_) = find_citations(
        "Kế hoạch số 07-KH/ĐU, ngày 10/9/2025 của Đảng ủy phường Minh Xuân (sau đây gọi tắt là Kế hoạch số 07)"
    )
    assert (cited.type, cited.date, cited.issuer) == (D.PLAN, dt.date(2025, 9, 10), "Đảng ủy phường Minh Xuân")
    assert cited.alias == "Kế hoạch số 07"


def test_what_is_joined_oddly_is_kept_as_printed_and_missing_hyphens_are_noted() -> None:
    (dot,) = find_citations("Quyết định số 45/QĐ.UBND ngày 04/5/2010")
    (lost,) = find_citations("Quyết định số 45/QĐUBND ngày 04/5/2010")
    assert (str(dot.number), dot.defects) == ("45/QĐ.UBND", ())
    assert str(lost.number) == "45/QĐ-UBND" and lost.defects


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nghị quyết số 31-NQ/TƯ ngày 05/6/2018 của Ban Chấp hành Tỉnh ủy", "31-NQ/TU"),
        ("Nghị quyết số 31-NQ/TƯ ngày 05/6/2018 của Bộ Chính trị", "31-NQ/TW"),
        ("Nghị quyết số 31-NQ/T.Ư", "31-NQ/TW"),
        ("Nghị quyết số 31-NQ/TW ngày 05/6/2018 của Tỉnh ủy", "31-NQ/TW"),
    ],
    ids=["a province", "the Centre", "no issuer", "printed TW"],
)
def test_a_horned_u_is_the_province_only_where_a_province_issued_it(text: str, number: str) -> None:
    (cited,) = find_citations(text)
    assert str(cited.number) == number
    assert bool(cited.defects) == (number == "31-NQ/TU")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Nghị định số 42-CP", D.DECREE), ("Quyết định số 42/TTg", D.DECISION), ("Nghị quyết 42/HĐBT", D.RESOLUTION)],
)
def test_the_word_tells_what_a_number_of_before_1998_is(text: str, kind: D) -> None:
    (cited,) = find_citations(text)
    assert cited.type is kind


def test_a_list_shares_its_type_word_and_its_issuer() -> None:
    found = find_citations(
        "bãi bỏ hai Kế hoạch của Ban Chấp hành Đảng bộ tỉnh: số 120-KH/TU, ngày 03/2/2025 và số 131-KH/TU"
    )
    assert [(str(c.number), c.type, c.issuer) for c in found] == [
        ("120-KH/TU", D.PLAN, "Ban Chấp hành Đảng bộ tỉnh"),
        ("131-KH/TU", D.PLAN, "Ban Chấp hành Đảng bộ tỉnh"),
    ]


def test_type_word_decides_where_the_code_does_not() -> None:
    found = find_citations(
        "Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Nghị quyết số 193/2025/QH15; Quy định số 37-QĐ/TW"
    )
    assert [c.type for c in found] == [D.LAW, D.RESOLUTION, D.RULES]


def test_issuer_before_the_number() -> None:
    (cited,) = find_citations("theo quy trình đã được UBND thành phố ban hành tại Quyết định số 96/QĐ-UBND")
    assert cited.issuer == "UBND thành phố"


def test_aliases() -> None:
    assert [a[2] for a in find_aliases("Tổ công tác tỉnh (sau đây viết tắt là Tổ công tác) họp")] == ["Tổ công tác"]


@pytest.mark.parametrize(
    "run", ["1", "1/", "số 1 ", "(", "12/QĐ-", "12/QĐ-UBND, ", "của Ban ", "Nghị quyết 57 ", "(sau đây "]
)
def test_long_runs_are_quick(run: str) -> None:
    text = (run * 50_000)[:50_000]
    start = time.perf_counter()
    find_citations(text)
    find_aliases(text)
    assert time.perf_counter() - start < 3


ISSUERS = [
    ("Kế hoạch số 07-KH/ĐU của Đảng ủy Ủy ban nhân dân tỉnh về thực hiện", "Đảng ủy Ủy ban nhân dân tỉnh"),
    ("Công văn số 3/SKHCN-CĐS của Sở Khoa học và Công nghệ số hóa dữ liệu", "Sở Khoa học và Công nghệ"),
    ("Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh bổ sung dự toán", "Ủy ban nhân dân tỉnh"),
    (
        "Kế hoạch số 16/KH-HĐTĐKT của Hội đồng Thi đua - Khen thưởng Trung ương",
        "Hội đồng Thi đua - Khen thưởng Trung ương",
    ),
    (
        "Kế hoạch số 5/KH-BCĐ của Ban Chỉ đạo chuyển đổi số tỉnh Lào Cai về việc",
        "Ban Chỉ đạo chuyển đổi số tỉnh Lào Cai",
    ),
    ("Thông báo số 3-TB/TU của Thường trực Tỉnh ủy giao nhiệm vụ", "Thường trực Tỉnh ủy"),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_an_issuer_is_a_whole_name_and_no_more(text: str, issuer: str) -> None:
    assert find_citations(text)[0].issuer == issuer


DAMAGED = [
    ("Tờ trình số 6l/TTr-SKHCN", "61/TTr-SKHCN"),
    ("Kế hoạch số 12O/KH-UBND", "120/KH-UBND"),
    ("Quyết định số 411/QD-TTgngay 31/3/2022", "411/QĐ-TTg"),
    ("Nghị định số 156/2013/NĐ-CPngày 11/11/2013", "156/2013/NĐ-CP"),
    ("Công văn số 1190/BCA-A05", "1190/BCA-A05"),
    ("Kế hoạch số 12f/KH-UBND", None),
]


@pytest.mark.parametrize(("text", "number"), DAMAGED)
def test_damage_invents_no_number(text: str, number: str | None) -> None:
    assert [str(c.number) for c in find_citations(text)] == ([number] if number else [])


def test_the_day_of_issue_may_open_the_sentence() -> None:
    found = find_citations("Ngày 14/01/2026, UBND tỉnh ban hành Kế hoạch số 88/KH-UBND về cải cách hành chính.")
    assert str(found[0].date) == "2026-01-14"
    signed = find_citations("Ngày 08/4/2025, Bộ Nội vụ đã ký, ban hành Thông tư số 05/2025/TT-BNV về lưu trữ.")
    assert str(signed[0].date) == "2025-04-08"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Quyết định số 06/QĐ-TTg năm 2022 của Thủ tướng Chính phủ", 2022),
        ("Kế hoạch thực hiện Nghị quyết số 57-NQ/TW năm 2026", None),
        ("triển khai Nghị quyết số 71/NQ-CP năm 2026 trên địa bàn phường", None),
    ],
    ids=["of the directive", "of the work, Party", "of the work, State"],
)
def test_a_bare_year_is_the_directives_only_before_its_issuer(text: str, year: int | None) -> None:
    (citation,) = find_citations(text)
    assert citation.year == year


def test_the_type_word_next_to_a_number_counts() -> None:
    (citation,) = find_citations("rà soát theo hướng dẫn tại Văn bản số 1190/BCA - A05.")
    assert str(citation.number) == "1190/BCA-A05"
