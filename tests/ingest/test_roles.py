"""Agencies of cells and sentences → roles."""

from __future__ import annotations

import time

import pytest

from graph.vocabulary import Role
from ingest.roles import cell_roles, in_brackets, labels, ordered, sentence_roles
from ingest.text import MappedText


def told(found: list[tuple[str, str]]) -> str:
    return "; ".join(f"{role}: {name}" for role, name in found)


CELLS = [
    ("Sở Tài chính, Công an tỉnh", "lead: Sở Tài chính; lead: Công an tỉnh"),
    ("Sở Văn hóa, Thể thao và Du lịch", "lead: Sở Văn hóa, Thể thao và Du lịch"),
    ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", "lead: Sở Y tế; coordinate: Sở Nội vụ"),
    ("Sở Y tế chủ trì; Sở Nội vụ phối hợp", "lead: Sở Y tế; coordinate: Sở Nội vụ"),
    ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", "lead: Sở Y tế; coordinate: Sở Nội vụ"),
    ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "lead: Sở Y tế; coordinate: Sở Nội vụ"),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS, ids=[c for c, _ in CELLS])
def test_cells(cell: str, expected: str) -> None:
    assert told([(a.role, a.named.name) for a in cell_roles(MappedText.of(cell), Role.LEAD)]) == expected


SENTENCES = [
    ("Chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ tham mưu bố trí biên chế.", ["Sở Tài chính", "Sở Nội vụ"]),
    ("Phối hợp với Công an tỉnh trong việc cấp định danh.", ["Công an tỉnh"]),
    ("Nhắc việc, phối hợp các cơ quan, đơn vị để bảo đảm tiến độ.", ["các cơ quan, đơn vị"]),
    ("Chỉ đạo các phòng chuyên môn phối hợp với Công an tỉnh kiểm tra.", []),
    ("Xây dựng quy chế phối hợp với Công an tỉnh.", []),
    ("Gửi số liệu về UBND tỉnh (qua Sở Y tế).", []),
    ("Chủ trì, phối hợp đẩy mạnh tuyên truyền.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_who_coordinates(sentence: str, expected: list[str]) -> None:
    found = sentence_roles(MappedText.of(sentence))
    assert [a.named.name for a in found if a.role is Role.COORDINATE] == expected


def test_whom_a_report_goes_through_receives_it() -> None:
    found = sentence_roles(MappedText.of("Gửi số liệu về UBND tỉnh (qua Sở Y tế) để so sánh."))
    assert ("receive", "Sở Y tế") in [(a.role, a.named.name) for a in found]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Giao Sở Xây dựng hướng dẫn các địa phương.", ["Sở Xây dựng"]),
        ("Đề nghị Công an tỉnh và Sở Y tế kiểm tra.", ["Công an tỉnh", "Sở Y tế"]),
        ("Giao quyền tự chủ cho đơn vị sự nghiệp.", []),
        ("Xây dựng kế hoạch.", []),
    ],
)
def test_orders(sentence: str, names: list[str]) -> None:
    order = ordered(MappedText.of(sentence))
    assert [n.name for n in order.names] == names if order else names == []


def test_labels_inside_a_sentence() -> None:
    text = MappedText.of(
        "Kiểm tra an toàn hồ đập. Đơn vị tham mưu: Sở Nông nghiệp và Môi trường. Cơ quan phối hợp: Sở Y tế."
    )
    found = [(m.value, v.text) for m, v, _ in labels(text)]
    assert found == [("lead", "Sở Nông nghiệp và Môi trường"), ("coordinate", "Sở Y tế")]


@pytest.mark.parametrize(
    ("item", "roles"),
    [
        ("Số hóa sổ hộ tịch (Sở Tư pháp chủ trì; xong trước 30/9/2026).", [("lead", "Sở Tư pháp")]),
        (
            "Rà soát bến: Sở Xây dựng chủ trì, Công an tỉnh phối hợp.",
            [("lead", "Sở Xây dựng"), ("coordinate", "Công an tỉnh")],
        ),
        ("Kiện toàn tổ giúp việc (theo hướng dẫn của cơ quan chủ trì).", []),
        ("Nêu rõ: cơ quan nào chủ trì.", []),
    ],
)
def test_roles_in_brackets_or_behind_a_colon(item: str, roles: list[tuple[str, str]]) -> None:
    assert [(a.role, a.named.name) for a in in_brackets(MappedText.of(item))] == roles


@pytest.mark.parametrize("run", ["phối hợp với ", "a: ", "Sở ", "; ", "chủ trì: ", "a"])
def test_long_runs_are_read_fast(run: str) -> None:
    start = time.perf_counter()
    text = MappedText.of((run * 50_000)[:100_000])
    sentence_roles(text)
    ordered(text)
    labels(text)
    assert time.perf_counter() - start < 5
