"""Rows to tables: headers, pages, groups, and cells that never move to another column."""

from __future__ import annotations

import time

import pytest

from ingest.normalize import normalize
from ingest.structure import Table
from ingest.text import RawText
from tests.ingest.test_layout import read

HEAD = "STT\tNhiệm vụ\tChủ trì\tThời hạn\n"


def tables(text: str) -> list[Table]:
    return [b.table for s in read("I. VIỆC\n" + text).sections for b in s.walk() if b.table]


def cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in row.cells) for t in tables(text) for row in t.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1\tMua\t\tQuý I\n2\tBán\n", [("1", "Mua", "", "Quý I"), ("2", "Bán", "", "")], id="empty and short"
        ),
        pytest.param(
            "1\tMua sắm\tSở Y\tQuý I\n\n\ttrang bị\ttế\t\n",
            [("1", "Mua sắm trang bị", "Sở Y tế", "Quý I")],
            id="cut by a page",
        ),
        pytest.param(
            "1\tMua\tSở A\tQuý I\n\n" + HEAD + "\tsắm\t\t\n", [("1", "Mua sắm", "Sở A", "Quý I")], id="header again"
        ),
        pytest.param(
            "1\tMua\tBan Khu công\tx\n\t\tng nghiệp\t\n",
            [("1", "Mua", "Ban Khu công nghiệp", "x")],
            id="doubled letters",
        ),
        pytest.param("1\tMua\tSở Y tế\t-\n\t\ttế\t\n", [("1", "Mua", "Sở Y tế", "-")], id="doubled word, dash stays"),
        pytest.param("1\tMua\tSở A\tQuý I\nTổng cộng\t\t\t5\n", [("1", "Mua", "Sở A", "Quý I")], id="total is a note"),
        pytest.param(
            "1\tTổng kết\tSở A\tQuý I\n\tcông tác\t\t\n", [("1", "Tổng kết công tác", "Sở A", "Quý I")], id="no total"
        ),
        pytest.param(
            "1\tMua\tSở A\tQuý I,\nQuý II\n2\tBán\tSở B\tQuý III\n",
            [("1", "Mua", "Sở A", "Quý I, Quý II"), ("2", "Bán", "Sở B", "Quý III")],
            id="a line break in the last cell",
        ),
        pytest.param(
            "1\tMua\tSở A\tQuý I\n\tsắm\tvà\t\n\n8\n\n\tlớn\tSở B\t\n",
            [("1", "Mua sắm lớn", "Sở A và Sở B", "Quý I")],
            id="cut twice",
        ),
    ],
)
def test_rows(text: str, expected: list[tuple[str, ...]]) -> None:
    assert cells(HEAD + text) == expected


def test_groups_in_every_form() -> None:
    text = HEAD + "I\tNhóm một\t\t\n1\tMua\tA\tx\nII Nhóm hai\t\t\t\n2\tBán\tB\ty\nIII.\tNhóm ba\n3\tXem\tC\tz\n"
    found = [(r.group_ordinal, r.group) for t in tables(text) for r in t.rows]
    assert found == [("I", "Nhóm một"), ("II", "Nhóm hai"), ("III", "Nhóm ba")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "| TT | Việc | Hạn | |\n|:--|---|---|---|\n| | | 2026 | 2030 |\n| 1 | A \\| B | x | y |\n", id="markdown"
        ),
        pytest.param("TT\tViệc\tHạn\t\n\t\t2026\t2030\n1\tA | B\tx\ty\n", id="tabs"),
    ],
)
def test_two_header_rows_merge_by_column(text: str) -> None:
    (table,) = tables(text)
    assert [h.text for h in table.header] == ["TT", "Việc", "Hạn\n2026", "Hạn\n2030"]
    assert [c.text for c in table.rows[0].cells] == ["1", "A | B", "x", "y"]


def test_both_rows_of_a_header_may_be_repeated() -> None:
    head = "TT\tViệc\tHạn\t\n\t\t2026\t2030\n"
    text = head + "(1)\t(2)\t(3)\t(4)\nI\tNhóm\n1\tA\tx\ty\n\n4\n\n" + head + "2\tB\tz\tt\n"
    (table,) = tables(text)
    assert [(r.group_ordinal, r.cells[1].text) for r in table.rows] == [("I", "A"), ("I", "B")]


def test_group_titles_without_cells() -> None:
    text = "Việc\tHạn\tCơ quan\nNhóm 1: Hạ tầng\nMua\tx\tA\n\nLĩnh vực y tế\n\t\tB\nBán\ty\tC\n"
    assert next((r.group, r.cells[0].text) for t in tables(text) for r in t.rows) == ("Nhóm 1: Hạ tầng", "Mua")


def test_a_group_without_rows_stands_in_a_note() -> None:
    found = read("I. VIỆC\n" + HEAD + "A\tHạ tầng\nI\tMạng\n1\tMua\tSở A\tx\n")
    assert [m for _, m in found.notes] == ["nhóm không có dòng nào ngay dưới: A Hạ tầng"]


def test_html_rows_and_markdown_line_breaks() -> None:
    html = "<table><tr><td>STT</td><td>Việc</td><td>Hạn</td></tr>\n<tr><td>1</td><td>Mua</td><td>x</td></tr></table>\n"
    assert cells(html) == [("1", "Mua", "x")]
    assert cells("| TT | Việc |\n|---|---|\n| 1 | Mua<br/>sắm |\n") == [("1", "Mua sắm")]


def test_html_cells_keep_their_columns_whatever_they_span() -> None:
    head = '<tr><td rowspan="2">TT</td><td rowspan="2">Việc</td><td colspan="2">Ai</td><td rowspan="2">Hạn</td></tr>'
    body = (
        '<tr><td>1</td><td>Mua</td><td rowspan="2">A</td><td>B</td><td>x</td></tr><tr><td>2</td><td>Bán</td><td>C</td>'
    )
    (table,) = tables(f"<table>{head}<tr><td>Chính</td><td>Phụ</td></tr>{body}<td>y</td></tr></table>\n")
    assert [h.text for h in table.header] == ["TT", "Việc", "Ai\nChính", "Ai\nPhụ", "Hạn"]
    assert [tuple(c.text for c in row.cells) for row in table.rows] == [
        ("1", "Mua", "A", "B", "x"),
        ("2", "Bán", '"', "C", "y"),
    ]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        pytest.param("<table><caption>Bảng một</caption><tr><td>Mua</td></tr></table>", "Bảng một", id="a caption"),
        pytest.param(
            "<table><tr><td>Mua</td></tr>\nĐoạn văn sau bảng.\n<table><tr><td>Bán</td></tr></table>",
            "Đoạn văn sau bảng.",
            id="text behind a table that nobody closed",
        ),
        pytest.param("<table><td>Mua</td><td>Bán</td></table>", "Bán", id="cells without a row"),
        pytest.param(f"<table><tr>{'<td>a</td>' * 45}<td>Bán</td></tr></table>", "Bán", id="a very wide row"),
        pytest.param("<table><tr><td>Mua</td></tr> Trang cuối", "Trang cuối", id="an open table at the end"),
    ],
)
def test_no_word_of_a_damaged_html_table_is_lost(html: str, kept: str) -> None:
    assert kept in normalize(RawText(f"Đầu.\n{html}\n", "a.md", "")).text


def test_tabs_after_list_numbers_are_no_table() -> None:
    assert not tables("1.\tMột;\n2.\tHai;\n-\tBa.\n")


def test_twice_the_rows_take_about_twice_the_time() -> None:
    rows = [f"{i}\tviệc\tSở A\tQuý I\n" for i in range(1, 10_001)]
    half, whole = (_seconds(HEAD + "".join(rows[:n])) for n in (5_000, 10_000))
    assert whole < 3.5 * max(half, 0.2)
    assert whole < 6


def _seconds(text: str) -> float:
    started = time.process_time()
    assert cells(text)
    return time.process_time() - started
