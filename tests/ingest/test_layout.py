"""Texts to parts and outline, on short texts that hold one trap each."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings

from ingest.layout import layout, outline
from ingest.lines import is_hanging, names_provision, split_lines
from ingest.normalize import normalize
from ingest.part_words import APPENDIX
from ingest.structure import Layout, Part, Style
from ingest.text import MappedText, RawText, Source
from tests.ingest.strategies import messy_texts


def read(text: str) -> Layout:
    raw = RawText(text, "a.txt", "")
    return layout(normalize(raw), Source.of(raw))


def items(text: str) -> list[tuple[str, str]]:
    """Path and text of the body's blocks."""
    return [(b.path, b.text.text) for b in read(text).blocks(Part.BODY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "I. MỤC ĐÍCH\n1. Rõ việc,\nrõ người.\n\n2. Bảo đảm hồ sơ được\n\ngiao đúng hạn.\nII. YÊU CẦU",
            [
                ("I", "MỤC ĐÍCH"),
                ("I.1", "Rõ việc, rõ người."),
                ("I.2", "Bảo đảm hồ sơ được giao đúng hạn."),
                ("II", "YÊU CẦU"),
            ],
            id="lines rejoined over wraps and pages",
        ),
        pytest.param(
            "I. VIỆC\n- Một;\n7\n- Hai:\n+ Ba;\n- + Bốn.\nĐoạn sau.",
            [
                ("I", "VIỆC"),
                ("I.1", "Một;"),
                ("I.2", "Hai:"),
                ("I.2.1", "Ba;"),
                ("I.2.2", "Bốn."),
                ("I.3", "Đoạn sau."),
            ],
            id="page number out, a paragraph after a bullet is its sibling",
        ),
        pytest.param(
            "1. Sở Y tế\n- a) Một;\nb) Hai;\nd) Ba;\nd) Bốn;\ne) Năm.\n2. Sở Xây dựng",
            [
                ("1", "Sở Y tế"),
                ("1.a", "Một;"),
                ("1.b", "Hai;"),
                ("1.d", "Ba;"),
                ("1.đ", "Bốn;"),
                ("1.e", "Năm."),
                ("2", "Sở Xây dựng"),
            ],
            id="the letter wins over the dash, d after d is đ",
        ),
        pytest.param(
            "## I- CHUNG\n1- Một.\n1.1- Con.\n2- Hai:\ni) a;\nii) b.",
            [("I", "CHUNG"), ("I.1", "Một."), ("I.1.1", "Con."), ("I.2", "Hai:"), ("I.2.i", "a;"), ("I.2.ii", "b.")],
            id="party form",
        ),
        pytest.param(
            "1. Thực hiện theo khoản\n3. Điều 8 trong giai đoạn 2026 -\n2030. Báo cáo trước ngày\n15/5/2026 kết quả.\n2. Xong.",  # noqa: E501
            [
                (
                    "1",
                    "Thực hiện theo khoản 3. Điều 8 trong giai đoạn 2026 - 2030. Báo cáo trước ngày 15/5/2026 kết quả.",
                ),
                ("2", "Xong."),
            ],
            id="numbers that open no item",
        ),
        pytest.param(
            "1. Sở Y tế\nChủ trì việc này.\n2. Sở Tài chính\nPhối hợp.",
            [("1", "Sở Y tế"), ("1.1", "Chủ trì việc này."), ("2", "Sở Tài chính"), ("2.1", "Phối hợp.")],
            id="a heading does not swallow its paragraph",
        ),
        pytest.param(
            "I\nVIỆC\n1.\nMột.\n2.\nHai.\n2.1.\nBa\nII\nKHÁC",
            [("I", "VIỆC"), ("I.1", "Một."), ("I.2", "Hai."), ("I.2.1", "Ba"), ("II", "KHÁC")],
            id="numbers alone in their lines",
        ),
        pytest.param(
            "I. QUAN ĐIỂM\n1. Phát triển xã hội số\n2. Các đơn vị trực thuộc\na) Báo cáo hằng tháng\nb) Hết.",
            [
                ("I", "QUAN ĐIỂM"),
                ("I.1", "Phát triển xã hội số"),
                ("I.2", "Các đơn vị trực thuộc"),
                ("I.2.a", "Báo cáo hằng tháng"),
                ("I.2.b", "Hết."),
            ],
            id="words that only look as if the sentence went on",
        ),
        pytest.param(
            "I.CHUNG\nIl. RIÊNG\nlll. KHÁC\n1V. CUỐI\nĐiều l. Một.\nĐiều 2. Hai.",
            [
                ("I", "CHUNG"),
                ("II", "RIÊNG"),
                ("III", "KHÁC"),
                ("IV", "CUỐI"),
                ("IV.1", "Một."),
                ("IV.2", "Hai."),
            ],
            id="Roman numerals as scans misread them",
        ),
        pytest.param(
            "1. Sở Y tế báo cáo.\n2. Sở Nội vụ theo dõi.\nQuá hạn trên, Sở sẽ nhắc nhở.",
            [("1", "Sở Y tế báo cáo."), ("2", "Sở Nội vụ theo dõi."), ("closing", "Quá hạn trên, Sở sẽ nhắc nhở.")],
            id="a paragraph behind items of one sentence belongs to none of them",
        ),
        pytest.param(
            "I. VIỆC\n* Thường xuyên\n- Một.\n- Hai:\n* Ba.\n* Trọng tâm:\n+ Bốn.",
            [
                ("I", "VIỆC"),
                ("I.1", "Thường xuyên"),
                ("I.1.1", "Một."),
                ("I.1.2", "Hai:"),
                ("I.2", "Ba."),
                ("I.3", "Trọng tâm:"),
                ("I.3.1", "Bốn."),
            ],
            id="stars head dashes",
        ),
        pytest.param(
            "2. Đến năm 2030\n90% hộ dân có tài khoản.",
            [("2", "Đến năm 2030"), ("2.1", "90% hộ dân có tài khoản.")],
            id="a figure under a heading begins a paragraph",
        ),
        pytest.param(
            "1. Rà soát theo báo cáo[^1] của\n[^1]: Báo cáo số 5/BC-UBND.\nSở Y tế.\n2. Công nghệ¹ số.",
            [("1", "Rà soát theo báo cáo của Sở Y tế."), ("2", "Công nghệ số.")],
            id="a footnote between the lines of an item",
        ),
        pytest.param(
            "I. VIỆC\n1. Một.\n2. Hai.\n\nTrong quá trình thực hiện, có khó khăn thì báo cáo.",
            [
                ("I", "VIỆC"),
                ("I.1", "Một."),
                ("I.2", "Hai."),
                ("I.2.1", "Trong quá trình thực hiện, có khó khăn thì báo cáo."),
            ],
            id="a single section keeps its closing",
        ),
    ],
)
def test_outline(text: str, expected: list[tuple[str, str]]) -> None:
    assert items(text) == expected


def test_gaps_and_repeats_are_noted_and_never_renumbered() -> None:
    found = read("1. Một.\n2. Hai.\n4. Bốn.\n4. Bốn nữa.")
    assert [b.marker for b in found.blocks(Part.BODY)] == ["1", "2", "4", "4"]
    assert found.notes == ((3, "đánh số nhảy từ 2 sang 4"), (4, "số thứ tự lặp lại: 4"))


DECISION = """UBND TỈNH LẠNG SƠN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ                    Độc lập - Tự do - Hạnh phúc
Số:     /QĐ-SYT            Lạng Sơn, ngày    tháng 3 năm 2026
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch
tiêm chủng năm 2026
GIÁM ĐỐC SỞ Y TẾ
Căn cứ Luật Khám bệnh, chữa bệnh số
15/2023/QH15;
Theo đề nghị của Trưởng phòng Nghiệp vụ.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch tiêm chủng.
Điều 2. Các đơn vị thi hành Quyết định này./.
Nơi nhận:                  KT. GIÁM ĐỐC
- Như Điều 2;              PHÓ GIÁM ĐỐC
- Lưu: VT.
                           Hoàng Thị Lan
KẾ HOẠCH
TIÊM CHỦNG NĂM 2026
(Kèm theo Quyết định số    /QĐ-SYT)
I. MỤC TIÊU
Đạt 95%.
Phụ lục 02
DANH MỤC VIỆC
STT\tViệc\tCơ quan
1\tMua\tSở Y tế
"""


def test_parts_of_a_decision_with_a_plan() -> None:
    found = read(DECISION)
    assert [(s.part, s.name, s.title.text) for s in found.sections] == [
        (Part.HEAD, None, "Về việc ban hành Kế hoạch tiêm chủng năm 2026"),
        (Part.PREAMBLE, None, ""),
        (Part.BODY, None, ""),
        (Part.RECIPIENTS, None, ""),
        (Part.SIGNATURE, None, ""),
        (Part.APPENDIX, "KẾ HOẠCH TIÊM CHỦNG NĂM 2026", "KẾ HOẠCH TIÊM CHỦNG NĂM 2026"),
        (Part.APPENDIX, "PL 02", "DANH MỤC VIỆC"),
    ]
    head, preamble, body, recipients, signature, plan, appendix = found.sections
    assert [b.text.text for b in head.blocks][:6:2] == ["UBND TỈNH LẠNG SƠN", "SỞ Y TẾ", "Số: /QĐ-SYT"]
    assert preamble.blocks[0].text.text == "Căn cứ Luật Khám bệnh, chữa bệnh số 15/2023/QH15;"
    assert [b.style for b in body.blocks] == [Style.DIEU, Style.DIEU]
    assert [b.text.text for b in recipients.blocks] == ["Nơi nhận:", "Như Điều 2;", "Lưu: VT."]
    assert [b.text.text for b in signature.blocks] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hoàng Thị Lan"]
    assert plan.blocks[1].children[0].text.text == "Đạt 95%."
    assert appendix.blocks[0].table is not None


def test_letter_and_signature_before_recipients() -> None:
    found = read(
        "Số: 12/SNV-CCHC\nV/v báo cáo\nquý I\nKính gửi:\n- UBND các xã.\nThực hiện Công văn số 5/BNV-TH, đề nghị như sau:\n"  # noqa: E501
        "1. Báo cáo.\nGIÁM ĐỐC\nLê Văn Cường\nNơi nhận:\n- Như trên."
    )
    assert found.sections[0].title.text == "báo cáo quý I"
    assert [s.part.value for s in found.sections] == ["head", "preamble", "body", "signature", "recipients"]


@given(messy_texts)
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it_and_no_line_is_lost(text: str) -> None:
    raw = RawText(text, "a.txt", "")
    normal, source = normalize(raw), Source.of(raw)
    found = layout(normal, source)
    outline(found)
    starts = {s for t in texts_of(found) for s in t.starts}
    assert starts <= {*normal.starts, *normal.ends}
    assert lost_lines(found, normal, source, starts) == []


def texts_of(found: Layout) -> list[MappedText]:
    texts = [s.title for s in found.sections] + [b.text for s in found.sections for b in s.walk()]
    for table in (b.table for s in found.sections for b in s.walk() if b.table):
        texts += [*table.header, *(c for row in table.rows for c in row.cells)]
    return texts


def lost_lines(found: Layout, normal: MappedText, source: Source, starts: set[int]) -> list[str]:
    """Lines of which nothing stands in a block, a table, a heading or a note."""
    claimed = {line for line, _ in found.notes} | {b.line for s in found.sections for b in s.walk()}
    groups = " ".join(
        f"{r.group_ordinal} {r.group}"
        for s in found.sections
        for b in s.walk()
        for r in (b.table.rows if b.table else ())
    )
    return [
        line.text.text
        for line in split_lines(normal, source)
        if any(c.isalnum() for c in line.text.text)
        and line.number not in claimed
        and not starts & set(line.text.starts)
        and not APPENDIX.match(line.text.text.strip("# "))
        and not set(re.findall(r"\w+", line.text.text)) <= set(re.findall(r"\w+", groups))
    ]


@pytest.mark.parametrize("piece", ["-|", "a\t", "I", "1.", "- ", "Điều ", "|", "(", "."])
def test_a_long_line_is_read_in_linear_time(piece: str) -> None:
    started = time.perf_counter()
    read(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("line", ["1. Việc.", "KẾ HOẠCH", "PHỤ LỤC I", "Nơi nhận:", "DANH MỤC VIỆC", "văn bản của"])
def test_many_lines_are_read_in_linear_time(line: str) -> None:
    started = time.perf_counter()
    read(f"{line}\n" * 3000)
    assert time.perf_counter() - started < 5


ENDS = """UBND TỈNH X
Số: 5/KH-SYT
KẾ HOẠCH
LIÊN NGÀNH
Cấp sổ sức khỏe điện tử
Thực hiện Công văn số 5/BYT-KH, hai sở đề nghị các đơn vị,
địa phương:
- Lập danh sách.
CÔNG AN TỈNH\tSỞ Y TẾ
KT. GIÁM ĐỐC\tGIÁM ĐỐC
Lê Văn Một\tTrần Thị Hai
| **Nơi nhận:** | |
|---|---|
| - Như trên. | |
Phụ lục I
DANH MỤC VIỆC
STT\tViệc\tCơ quan
1\tMua\tSở Y tế
PHỤ LỤC I (tiếp theo)
STT\tViệc\tCơ quan
2\tBán\tSở Y tế
Phụ lục II
ĐỀ CƯƠNG
I. KẾT QUẢ
1. Chung
"""


def test_title_in_two_lines_two_signatures_and_appendices_page_by_page() -> None:
    found = read(ENDS)
    assert [(s.part.value, s.name, s.title.text) for s in found.sections] == [
        ("head", None, "LIÊN NGÀNH Cấp sổ sức khỏe điện tử"),
        ("preamble", None, ""),
        ("body", None, ""),
        ("signature", None, ""),
        ("recipients", None, ""),
        ("appendix", "PL I", "DANH MỤC VIỆC"),
        ("appendix", "PL II", "ĐỀ CƯƠNG"),
    ]
    body, signature, first, second = (found.sections[i] for i in (2, 3, 5, 6))
    assert [b.text.text for b in body.blocks] == ["Lập danh sách."]
    assert [b.text.text for b in signature.blocks][-2:] == ["Lê Văn Một", "Trần Thị Hai"]
    assert [r.cells[1].text for b in first.blocks if b.table for r in b.table.rows] == ["Mua", "Bán"]
    assert [b.path for b in second.walk()] == ["I", "I.1"]


def test_a_heading_after_an_open_line_still_opens_the_body() -> None:
    found = read("KẾ HOẠCH\nVề việc X\n- Căn cứ Luật Y,\nI. MỤC TIÊU\n1. Một.")
    assert [b.text.text for b in found.blocks(Part.BODY)] == ["MỤC TIÊU", "Một."]


def test_a_thousand_levels_are_read() -> None:
    text = "\n".join(".".join(["1"] * depth) + ". Việc" for depth in range(1, 1001))
    assert sum(1 for _ in read(text).blocks(Part.BODY)) > 0


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("theo Quyết định số", True),
        ("một số", True),
        ("phối hợp với", True),
        ("kinh tế,", True),
        ("chuyển đổi số", False),
        ("xã hội số", False),
        ("đảng ủy trực thuộc", False),
        ("KẾT QUẢ ĐẠT ĐƯỢC", False),
        ("báo cáo hằng tháng", False),
    ],
)
def test_lines_that_must_go_on(text: str, goes_on: bool) -> None:
    assert is_hanging(text) is goes_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [("theo khoản", True), ("tại Điều", True), ("QUAN ĐIỂM", False), ("danh mục", False), ("tài khoản", False)],
)
def test_words_before_a_number_of_a_provision(text: str, expected: bool) -> None:
    assert names_provision(text) is expected
