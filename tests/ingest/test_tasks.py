"""Whole small texts → tasks with owners, deadlines and outputs; what is no task."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.records import DirectiveFacts
from ingest.layout import layout
from ingest.normalize import normalize
from ingest.tasks import TaskReading, read_tasks
from ingest.text import RawText, Source

ISSUED = dt.date(2026, 4, 3)
HEAD = "UBND TỈNH X\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nTriển khai công tác năm 2026\n\n"


def read(body: str) -> TaskReading:
    raw = RawText(HEAD + body, "x.txt", "0")
    source = Source.of(raw)
    found = read_tasks(layout(normalize(raw), source), DirectiveFacts(issued_on=ISSUED), source)
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
        "(Chi tiết tại Phụ lục II kèm theo)",
        "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện./.",
    ],
)
def test_closing_formulas_are_no_tasks(line: str) -> None:
    assert told(read(f"I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Hướng dẫn các trạm y tế.\n\n{line}\n")) == [
        "responsibility I.1.1 Sở Y tế"
    ]
