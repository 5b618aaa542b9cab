"""Whole small texts → tasks with owners, deadlines and outputs; what is no task."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.records import DirectiveFacts
from graph.vocabulary import DirectiveType
from ingest.layout import layout
from ingest.normalize import normalize
from ingest.tasks import TaskReading, read_tasks
from ingest.text import RawText, Source

ISSUED = dt.date(2026, 4, 3)
HEAD = "UBND TỈNH X\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nTriển khai công tác năm 2026\n\n"


THIS = DirectiveFacts(issued_on=ISSUED)


def read(body: str, this: DirectiveFacts = THIS, head: str = HEAD) -> TaskReading:
    raw = RawText(head + body, "x.txt", "0")
    source = Source.of(raw)
    found = read_tasks(layout(normalize(raw), source), this, source)
    for a in found.assignments:
        assert raw.text[a.evidence.start : a.evidence.end] == a.evidence.quote
    return found


def told(found: TaskReading) -> list[str]:
    """ "responsibility IV.2.a Sở Tài chính + Công an tỉnh" per task."""
    lines = []
    for task in found.tasks:
        roles = [(a.role, a.named.name) for a in found.assignments if a.ref == task.ref]
        leads = ", ".join(n for r, n in roles if r == "lead")
        others = ", ".join(n for r, n in roles if r == "coordinate")
        lines.append(" ".join(p for p in (task.origin, task.ref, leads, f"+ {others}" if others else "") if p))
    return lines


ORGANISED = """I. MỤC ĐÍCH, YÊU CẦU

- Nâng cao trách nhiệm.

II. NHIỆM VỤ VÀ GIẢI PHÁP

1. Tuyên truyền

- Mở chuyên mục trên cổng thông tin.

- Các cấp, các ngành đẩy mạnh tuyên truyền.

III. KINH PHÍ

Từ ngân sách nhà nước.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính

a) Chủ trì, phối hợp với Công an tỉnh kiểm tra việc sử dụng kinh phí.

đ) Phối hợp với Sở Nội vụ rà soát biên chế; hoàn thành trước ngày 30/6/2026.

2. Sở Y tế: Triển khai bệnh án điện tử.

3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh tuyên truyền, vận động đoàn viên.

Trên đây là Kế hoạch năm 2026./.
"""


def test_sections_tell_what_is_a_task_and_whose() -> None:
    assert told(read(ORGANISED)) == [
        "solution II.1.1",
        "solution II.1.2",
        "responsibility IV.1.a Sở Tài chính + Công an tỉnh",
        "responsibility IV.1.dd Sở Tài chính + Sở Nội vụ",
        "responsibility IV.2 Sở Y tế",
        "responsibility IV.3 Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    ]


LABELLED = """I. NHIỆM VỤ

1. Số hóa hồ sơ lưu trữ.

- Đơn vị chủ trì: Văn phòng Sở.

- Đơn vị phối hợp: Thanh tra Sở.

- Thời gian hoàn thành: Quý III/2026.

- Sản phẩm: Kho hồ sơ số.

2. Các phòng, ban tổ chức tập huấn. Đơn vị tham mưu: Văn phòng Sở.
"""


def test_labelled_lines_are_fields() -> None:
    found = read(LABELLED)
    first = found.tasks[0]
    assert told(found) == ["responsibility I.1 Văn phòng Sở + Thanh tra Sở", "responsibility I.2 Văn phòng Sở"]
    assert (first.text, first.output, first.deadline.end) == (
        "Số hóa hồ sơ lưu trữ.", "Kho hồ sơ số", dt.date(2026, 9, 30),
    )  # fmt: skip


TABLE = """PHỤ LỤC

DANH MỤC NHIỆM VỤ

STT\tCông việc\tĐơn vị thực hiện\tPhối hợp\tThời gian\tKết quả
I\tHạ tầng\t\t\t\t
1\tLắp đặt trạm quan trắc\tSở Nông nghiệp và Môi trường\tCác xã, phường\tTháng 9/2026\tTrạm
2\tKiểm định thiết bị\t\tSở Y tế\tSớm\t-
"""


def test_rows_of_a_task_table() -> None:
    found = read("I. NỘI DUNG\n\n1. Tổ chức hội nghị.\n\n" + TABLE)
    rows = [t for t in found.tasks if t.origin == "appendix"]
    assert [(t.text, t.output, t.group) for t in rows] == [
        ("Lắp đặt trạm quan trắc", "Trạm", "Hạ tầng"),
        ("Kiểm định thiết bị", None, "Hạ tầng"),
    ]
    assert sorted(f.kind for f in found.findings) == ["no_lead", "unparsed_deadline"]


@pytest.mark.parametrize(
    "line",
    [
        "Kinh phí thực hiện do ngân sách bảo đảm.",
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo Sở Tài chính.",
        "(Chi tiết tại Phụ lục 3)",
        "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện./.",
    ],
)
def test_closing_formulas_are_no_tasks(line: str) -> None:
    assert told(read(f"I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Hướng dẫn các trạm y tế.\n\n{line}\n")) == [
        "responsibility I.1.1 Sở Y tế"
    ]


def quotes(found: TaskReading) -> set[str]:
    return {a.evidence.quote for a in found.assignments}


def test_the_proof_of_a_role_is_the_heading_the_sentence_or_the_row() -> None:
    found = read("""IV. TỔ CHỨC THỰC HIỆN

1. Sở Xây dựng

a) Rà soát quy hoạch. Phối hợp với Sở Y tế kiểm tra.

PHỤ LỤC

STT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian
1\tLập bản đồ ngập\tSở Nội vụ\tQuý II/2026
""")
    assert quotes(found) == {
        "Sở Xây dựng", "Phối hợp với Sở Y tế kiểm tra.", "1\tLập bản đồ ngập\tSở Nội vụ\tQuý II/2026"
    }  # fmt: skip


def test_plus_items_that_are_sentences_are_tasks_and_labels_printed_as_items_are_fields() -> None:
    found = read("""II. NHIỆM VỤ

- Phát triển dữ liệu của tỉnh.

+ Rà soát dữ liệu dân cư ở từng thôn.

+ Số hóa toàn bộ hồ sơ địa chính còn lại.

- Ban hành quy chế hoạt động.

- Cơ quan chủ trì: Sở Tư pháp; phối hợp: Sở Nội vụ; thời gian: Quý III/2026.
""")
    assert [t.text for t in found.tasks] == [
        "Rà soát dữ liệu dân cư ở từng thôn.",
        "Số hóa toàn bộ hồ sơ địa chính còn lại.",
        "Ban hành quy chế hoạt động.",
    ]
    assert told(found)[-1].endswith("Sở Tư pháp + Sở Nội vụ")
    assert found.tasks[-1].deadline.end == dt.date(2026, 9, 30)


def test_plus_lines_that_are_only_days_of_reports_belong_to_their_item() -> None:
    found = read("""III. TỔ CHỨC THỰC HIỆN

1. Sở Công Thương chủ trì tổng hợp tình hình, gửi Ủy ban nhân dân tỉnh:

+ Báo cáo 6 tháng trước ngày 15/6/2026.

+ Báo cáo năm trước ngày 15/12/2026.
""")
    assert told(found) == ["responsibility III.1 Sở Công Thương"]


def test_the_number_of_a_clause_is_no_part_of_its_task() -> None:
    found = read("""Điều 2. Phân công nhiệm vụ

Khoản 1. Sở Y tế lập bệnh án điện tử trước ngày 30/6/2026.

Khoản 2. Sở Nội vụ rà soát biên chế.
""")
    assert [(t.ordinal, t.text) for t in found.tasks] == [
        ("1", "Sở Y tế lập bệnh án điện tử trước ngày 30/6/2026."),
        ("2", "Sở Nội vụ rà soát biên chế."),
    ]


SUBJECTS = [
    ("Sở Y tế trực ban 24/24 giờ.", "Sở Y tế"),
    ("Ngân hàng Nhà nước khu vực 8 giám sát lãi suất cho vay.", "Ngân hàng Nhà nước khu vực 8"),
    ("Các tỉnh ủy, thành ủy xây dựng kế hoạch.", "Các tỉnh ủy, thành ủy"),
    ("Các chi, đảng bộ trực thuộc Huyện ủy học tập nghị quyết.", "Các chi, đảng bộ trực thuộc Huyện ủy"),
    ("Vụ Khoa học, Môi trường và Vật liệu xây dựng chủ trì rà soát.", "Vụ Khoa học, Môi trường và Vật liệu xây dựng"),
    ("Các đơn vị thuộc Bộ xây dựng kế hoạch riêng.", "Các đơn vị thuộc Bộ"),
    ("Ủy ban nhân dân các xã biên giới tuyên truyền cho người dân.", "Ủy ban nhân dân các xã biên giới"),
    ("Phòng Văn hóa - Xã hội (Cơ quan thường trực): chuẩn bị nội dung họp.", "Phòng Văn hóa - Xã hội"),
    ("Giao Công ty TNHH MTV Điện lực Hải Phòng cam kết cấp nguồn.", "Công ty TNHH MTV Điện lực Hải Phòng"),
]


@pytest.mark.parametrize(("item", "lead"), SUBJECTS, ids=[lead for _, lead in SUBJECTS])
def test_an_item_that_names_its_own_subject(item: str, lead: str) -> None:
    assert [line.split(" ", 2)[2] for line in told(read(f"III. TỔ CHỨC THỰC HIỆN\n\n1. {item}\n"))] == [lead]


def test_a_letter_orders_those_it_is_sent_to() -> None:
    head = (
        "UBND TỈNH X\nSố: 9/UBND-KT\nV/v thu gom rác\nKính gửi:\n- Các sở, ban, ngành tỉnh;\n- UBND các xã, phường.\n"
    )
    body = (
        "Để giữ vệ sinh, UBND tỉnh đề nghị tập trung các việc sau:\n1. Phân loại rác.\n2. Sở Y tế kiểm tra bệnh viện.\n"
    )
    found = read(body, DirectiveFacts(issued_on=ISSUED, type=DirectiveType.OFFICIAL_LETTER), head)
    assert told(found) == [
        "responsibility 1 Các sở, ban, ngành tỉnh, UBND các xã, phường",
        "responsibility 2 Sở Y tế",
    ]


def test_an_instruction_without_addressees_still_orders() -> None:
    head = "TỈNH ỦY X\n*\nSố 9-CT/TU\nCHỈ THỊ\nvề công tác dân vận\n-----\n"
    body = (
        "Ban Thường vụ Tỉnh ủy yêu cầu thực hiện các nhiệm vụ sau:\n1. Nâng cao nhận thức của đảng viên.\n"
        "2. Ban Thường vụ Tỉnh ủy ghi nhận cố gắng của các cấp.\n"
    )
    found = read(body, DirectiveFacts(issued_on=ISSUED, type=DirectiveType.INSTRUCTION), head)
    assert told(found) == ["solution 1"]


def test_work_under_an_unknown_heading_is_reported() -> None:
    found = read("I. CÁC BƯỚC\n\n1. Rà soát hồ sơ tại các thôn.\n")
    assert not found.tasks
    assert [f.kind for f in found.findings] == ["unclaimed_line"]


def test_a_lead_in_gives_its_items_coordinators() -> None:
    found = read(
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ:\na) Lập đề án.\nb) Tuyển bác sĩ.\n"
    )
    assert told(found) == [
        "responsibility III.1.a Sở Y tế + Sở Nội vụ",
        "responsibility III.1.b Sở Y tế + Sở Nội vụ",
    ]


def test_later_clauses_order_others_but_who_only_coordinates_leads_nothing() -> None:
    found = read(
        "III. TỔ CHỨC THỰC HIỆN\n1. Giao Sở Y tế lập đề án; giao Sở Nội vụ thẩm định.\n"
        "2. Sở Xây dựng đo đạc; Công an tỉnh phối hợp.\n"
    )
    assert told(found) == [
        "responsibility III.1 Sở Y tế, Sở Nội vụ",
        "responsibility III.2 Sở Xây dựng + Công an tỉnh",
    ]


def test_an_event_with_labelled_lines_is_one_task() -> None:
    found = read(
        "III. NỘI DUNG\n1. Lễ ra quân\n- Thời gian: Ngày 01/5/2026.\n- Địa điểm: Nhà văn hóa.\n- Chủ trì: Sở Y tế.\n"
    )
    assert told(found) == ["responsibility III.1 Sở Y tế"]
    assert found.tasks[0].deadline.end == dt.date(2026, 5, 1)


def test_ditto_marks_and_two_columns_of_time() -> None:
    found = read(
        "I. NHIỆM VỤ\n\nTT\tNhiệm vụ\tChủ trì\tBắt đầu\tKết thúc\n1\tMua xe\tSở Y tế\t5/2026\t7/2026\n"
        "2\tSửa xe\tnt\t6/2026\tQuý III/2026\n"
    )
    assert told(found) == ["appendix I.1.1 Sở Y tế", "appendix I.1.2 Sở Y tế"]
    assert [(t.deadline.start, t.deadline.end) for t in found.tasks] == [
        (dt.date(2026, 5, 1), dt.date(2026, 7, 31)),
        (dt.date(2026, 6, 1), dt.date(2026, 9, 30)),
    ]


def test_a_draft_without_a_date_takes_the_year_it_prints() -> None:
    found = read("III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế lập đề án trong quý II.\n", DirectiveFacts(issued_year=2026))
    assert found.tasks[0].deadline.end == dt.date(2026, 6, 30)


def test_what_a_report_found_is_no_task_also_under_a_heading_that_sounds_like_one() -> None:
    found = read(
        "I. KẾT QUẢ THỰC HIỆN\n1. Công tác chỉ đạo\n- Đã họp 4 lần.\n- Tổ chức tập huấn 2 lớp.\n"
        "II. NHIỆM VỤ NĂM 2027\n1. Mở rộng mạng lưới.\n"
    )
    assert told(found) == ["solution II.1"]


def test_labelled_lines_may_be_lettered_like_items() -> None:
    found = read(
        "II. NHIỆM VỤ\n1. Truyền thông\na) Nội dung: Phát thanh hằng ngày tại thôn.\n"
        "b) Đơn vị thực hiện: Phòng Kinh tế; phối hợp: Công an xã.\nc) Thời gian: Trước 30/6/2026.\n"
    )
    assert told(found) == ["responsibility II.1.a Phòng Kinh tế + Công an xã"]
    assert found.tasks[0].deadline.end == dt.date(2026, 6, 30)


def test_articles_begin_under_a_heading_in_capitals_and_a_closing_article_is_none() -> None:
    found = read(
        "Chương II\nTRÁCH NHIỆM CỦA CÁC CƠ QUAN\nĐiều 4. Trách nhiệm của Sở Y tế\n1. Lập đề án.\n"
        "Điều 5. Điều khoản thi hành\nTrong quá trình thực hiện, nếu vướng mắc thì báo cáo Sở Y tế.\n"
    )
    assert told(found) == ["responsibility II.4.1 Sở Y tế"]


def test_a_duty_below_a_heading_that_no_table_knows_is_kept_and_reported() -> None:
    found = read("III. TỔ CHỨC THỰC HIỆN\n1. Nhà hát Trưng Vương\nXây dựng kịch bản mới; biểu diễn tại các xã.\n")
    assert told(found) == ["responsibility III.1.1"]
    assert [f.kind for f in found.findings] == ["no_lead"]


def test_how_to_report_is_part_of_carrying_out() -> None:
    found = read("III. CHẾ ĐỘ BÁO CÁO\nCác cơ quan, đơn vị gửi báo cáo về Sở Y tế trước ngày 20 hằng tháng.\n")
    assert told(found) == ["responsibility III.1 Các cơ quan, đơn vị"]
