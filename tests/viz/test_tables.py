"""Lines of text at every width: nothing is cut, nothing steers the terminal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.assignments import Assignments
from graph.records import Agency, Deadline, Directive, Edge, Evidence, Target
from graph.status import DirectiveStatus
from graph.store.base import Counts, Direction, Node, SearchResult
from graph.vocabulary import Comparator, DeadlineKind, DirectiveType, EdgeType, Every, Role, Status
from viz import words
from viz.layout import Column, prose, table
from viz.pages.wording import VI
from viz.plain import plain
from viz.tables import assignment_lines, candidate_lines, cut_lines, role_counts, search_lines, stats_lines

WIDTHS = [None, 20, 40, 60, 80, 120, 200]
COLUMNS = [Column("Số", keep=True), Column("Nội dung"), Column("Mã", keep=True)]
ROW = [
    "65-KH/TU",
    "Xây dựng sàn dữ liệu dùng chung của tỉnh và các xã, phường " * 3,
    "t.hung-yen.65-kh_tu.2026-04-22.III.6.a.1",
]
QUOTE = Evidence(file="a.txt", sha256="0", line=7, start=0, end=3, quote="Thực hiện Nghị quyết số 57-NQ/TW")


def texts(lines: list[object]) -> str:
    return "\n".join(str(getattr(line, "text", line)) for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_numbers_and_ids_are_whole_at_every_width(width: int | None) -> None:
    said = texts([*table(COLUMNS, [ROW], width)])
    assert ROW[0] in said and ROW[2] in said
    assert " ".join(ROW[1].split()).count("sàn") == said.count("sàn")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_table_stays_within_the_width_if_it_can(width: int) -> None:
    assert all(len(line.text) <= width for line in table(COLUMNS, [ROW], width))


def test_a_narrow_window_gets_blocks() -> None:
    assert [line.text for line in table(COLUMNS, [["65-KH/TU", "Xây dựng sàn dữ liệu", "x" * 30]], 40)] == [
        "Số: 65-KH/TU",
        "  Nội dung: Xây dựng sàn dữ liệu",
        "  Mã: " + "x" * 30,
    ]


def test_empty_columns_are_left_out_and_lines_end_without_spaces() -> None:
    lines = table(COLUMNS, [["65-KH/TU", "", "a"], ["1-KH/TU", "", "b"]], None)
    assert [line.text for line in lines] == ["Số        Mã", "65-KH/TU  a", "1-KH/TU   b"]
    assert table(COLUMNS, [], None) == []
    assert table(COLUMNS, [["", "", ""]], None) == []


@given(st.text(), st.one_of(st.none(), st.integers(10, 200)))
def test_no_text_can_steer_a_terminal_or_break_a_line(text: str, width: int | None) -> None:
    for line in [*prose(text, width), *table([Column("a", keep=True), Column("b")], [[text, text]], width)]:
        assert line.text.isprintable() or all(c.isprintable() or ord(c) >= 0xA0 for c in line.text)
        assert not set(line.text) & set("\x1b\x07\r\n\t\u202e\u2066")


@given(st.lists(st.text(alphabet="ab đế-/.0123456789", max_size=40), min_size=1, max_size=6), st.integers(20, 160))
def test_every_word_survives(cells: list[str], width: int) -> None:
    said = texts([*table([Column("Nội dung")], [[cell] for cell in cells], width)])
    for cell in cells:
        for word in plain(cell).split():
            assert word in said


DAY = dt.date(2026, 4, 22)


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (None, ""),
        (Deadline(), ""),
        (Deadline(kind=DeadlineKind.DATE, end=DAY), "22/04/2026"),
        (Deadline(kind=DeadlineKind.RECURRING, every=Every.HALF_YEAR), "6 tháng"),
        (Deadline(kind=DeadlineKind.CONTINUOUS), "thường xuyên"),
        (Deadline(kind=DeadlineKind.CONDITIONAL), "có điều kiện"),
    ],
)
def test_deadlines(deadline: Deadline | None, said: str) -> None:
    assert VI.due(deadline) == said


@pytest.mark.parametrize(
    ("comparator", "value", "top", "unit", "per", "said"),
    [
        (Comparator.AT_LEAST, 1200.0, None, "doanh nghiệp", None, "≥ 1.200 doanh nghiệp"),
        (Comparator.RANGE, 3.0, 5.0, "%", None, "3–5 %"),
        (Comparator.EQUAL, 0.75, None, "%", "year", "= 0,75 %/năm"),
        (Comparator.LESS_THAN, 10.0, None, None, None, "< 10"),
        (None, None, None, "%", None, ""),
    ],
)
def test_target_values(
    comparator: Comparator | None, value: float | None, top: float | None, unit: str | None, per: str | None, said: str
) -> None:
    target = Target(
        ref="g",
        year=2030,
        text="x",
        comparator=comparator,
        value=value,
        value_max=top,
        unit=unit,
        per=per,
        evidence=QUOTE,
    )
    assert words.target_value(target) == said


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Directive(id="a"), "Văn bản (trống số) · chưa rõ địa bàn · chưa rõ ngày"),
        (
            Directive(id="a", symbol="KH-UBND", type=DirectiveType.PLAN, jurisdiction="Hưng Yên", issued_year=2026),
            "Kế hoạch (trống số) KH-UBND · Hưng Yên · năm 2026",
        ),
        (
            Directive(id="a", number="57-NQ/TW", jurisdiction="central", issued_on=DAY, issuer="Bộ Chính trị"),
            "Văn bản 57-NQ/TW · trung ương · 22/04/2026 · Bộ Chính trị",
        ),
    ],
)
def test_full_names_say_what_is_not_known(record: Directive, said: str) -> None:
    assert VI.full_name(record) == said


def test_status_says_since_when_and_why_not_sure() -> None:
    superseded = DirectiveStatus(directive="a", as_of=DAY, status=Status.SUPERSEDED, since=DAY)
    unknown = DirectiveStatus(directive="a", as_of=DAY, status=Status.UNKNOWN, note="successor_draft")
    assert VI.status(superseded) == "bị thay thế từ 22/04/2026"
    assert VI.status(unknown) == "chưa xác định (văn bản thay thế còn là dự thảo)"
    assert VI.status(None) == ""


def test_an_edge_is_read_both_ways_with_its_proof() -> None:
    edge = Edge(type=EdgeType.SUPERSEDED_BY, source="a", target="b", evidence=QUOTE, partial=True, confidence=0.9)
    assert VI.verb(edge, Direction.DOWN) == "bị thay thế bởi (một phần)"
    assert VI.verb(edge, Direction.UP) == "thay thế (một phần)"
    assert words.proof(edge) == "“Thực hiện Nghị quyết số 57-NQ/TW” (a.txt:7), độ tin cậy 0,9"
    assert words.proof(edge.model_copy(update={"evidence": None})) == "(không có trích dẫn)"
    assert words.proof(edge.model_copy(update={"evidence": None, "asserted_by": None})) == "(theo danh mục cơ quan)"


def test_roles_come_in_their_order() -> None:
    assert role_counts({Role.COORDINATE: 5, Role.LEAD: 2}) == "chủ trì 2, phối hợp 5"
    assert role_counts({"": 1, "lead": 1}) == "chủ trì 1, không nêu vai trò 1"


AGENCY = Node(id="a.hung-yen.so-y-te", record=Agency(id="a.hung-yen.so-y-te", name="Sở Y tế", jurisdiction="Hưng Yên"))


def test_an_agency_without_duties_and_with_a_past() -> None:
    said = texts(
        [*assignment_lines(Assignments(as_of=DAY, items=(), roles={}), AGENCY, None, former=[AGENCY], later=[AGENCY])]
    )
    assert "ngày 22/04/2026: không có nhiệm vụ nào" in said
    assert "kể cả dưới tên cũ: Sở Y tế · Hưng Yên" in said
    assert "nay thuộc Sở Y tế · Hưng Yên (mã: a.hung-yen.so-y-te)" in said


@pytest.mark.parametrize(
    ("partial", "reason", "more", "said"),
    [
        (False, None, 0, ""),
        (True, "limit", 7, "… và 7 mục khác (tăng --limit)."),
        (True, "depth", 0, "Còn tầng sâu hơn"),
    ],
)
def test_what_was_cut_is_said(partial: bool, reason: str | None, more: int, said: str) -> None:
    lines = cut_lines(partial, reason, more, None)
    assert texts([*lines]).startswith(said) and bool(lines) == partial


def test_lists_with_nothing_in_them() -> None:
    assert texts([*search_lines(SearchResult(hits=(), total=0), None)]) == "Không tìm thấy gì."
    assert candidate_lines([], None) == []
    assert "0 văn bản đã đọc" in texts([*stats_lines(Counts(nodes={}, edges={}, held=0, readings=0), "x.db", None)])
