"""Nodes, dates and values → what names them in a table or a sentence; words are Vietnamese (see viz.pages.wording).

>>> day(dt.date(2026, 4, 22))
'22/04/2026'
"""

from __future__ import annotations

import datetime as dt

from graph.records import Agency, Directive, Edge, Indicator, Target, Task
from graph.store.base import Node
from graph.vocabulary import Comparator, DirectiveType, Label, System
from viz.labels import TYPES

KINDS: dict[Label, str] = {
    Label.DIRECTIVE: "Văn bản",
    Label.TASK: "Nhiệm vụ",
    Label.INDICATOR: "Chỉ tiêu",
    Label.TARGET: "Mức chỉ tiêu",
    Label.AGENCY: "Cơ quan",
}
_COMPARATORS: dict[Comparator, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
    Comparator.RANGE: "",
}
#: What a reader of a status should know; codes of graph.status.DirectiveStatus.note.
NOTES: dict[str, str] = {
    "undated": "văn bản chưa rõ ngày ban hành",
    "issued_that_year": "chỉ biết năm ban hành",
    "successor_draft": "văn bản thay thế còn là dự thảo",
    "successor_undated": "văn bản thay thế chưa rõ ngày ban hành",
    "partly_suspended": "bị đình chỉ một phần",
}


def day(date: dt.date | None) -> str:
    """dd/mm/yyyy as printed in Vietnam; "" for an unknown day."""
    return f"{date:%d/%m/}{date.year:04}" if date else ""


def type_word(record: Directive) -> str:
    """ "Kế hoạch"; "Văn bản" where the type is not known. TT is "thông tư" of the State, "thông tri" of the Party."""
    if record.type == DirectiveType.CIRCULAR and record.system == System.PARTY:
        return "Thông tri"
    return TYPES[record.type] if record.type else "Văn bản"


def outline_number(record: Task | Indicator | Target) -> str:
    """A place in an outline as printed: "PL II.3.đ" of the ref "PL-II.3.dd"; of a target: its indicator's."""
    ref = record.ref.removesuffix(f".{record.year}") if isinstance(record, Target) else record.ref
    return ref.replace("DD", "Đ").replace("dd", "đ").replace("PL-", "PL ")


def number(record: Directive) -> str:
    """The number as printed; "(trống số) KH-UBND" where it is blank."""
    return record.number or f"(trống số) {record.symbol or ''}".strip()


def name(node: Node) -> str:
    """What a node is called inside a sentence: a directive's number, "nhiệm vụ III.1", an agency's name."""
    match node.record:
        case Directive() as record:
            return number(record)
        case Agency() as record:
            return record.name
        case Task() as record:
            return f"nhiệm vụ {outline_number(record)}"
        case Indicator() as record:
            return f"chỉ tiêu {outline_number(record)}"
        case Target() as record:
            return f"mức {outline_number(record)}" + (f" năm {record.year}" if record.year else "")


def target_value(target: Target) -> str:
    """ "≥ 17 doanh nghiệp", "3–5 %"; "" where the text names no value."""
    if target.value is None:
        return ""
    value = _plain(target.value) + (f"–{_plain(target.value_max)}" if target.value_max is not None else "")
    sign = _COMPARATORS[target.comparator] if target.comparator else ""
    per = "/năm" if target.per == "year" else f"/{target.per}" if target.per else ""
    return " ".join(p for p in (sign, value, (target.unit or "") + per) if p)


def proof(edge: Edge) -> str:
    """ "“Thực hiện Nghị quyết số 57-NQ/TW …” (plan.txt:12)"; where no text says it, so it says."""
    if edge.evidence is None:
        return "(theo danh mục cơ quan)" if edge.asserted_by is None else "(không có trích dẫn)"
    said = f"“{edge.evidence.quote}” ({edge.evidence.file}:{edge.evidence.line})"
    return said if edge.confidence >= 1 else f"{said}, độ tin cậy {_plain(round(edge.confidence, 2))}"


def file_name(path: str) -> str:
    """A file without its folders: those of the machine that read it are nobody's business.

    >>> file_name("/home/an/a.txt"), file_name("C:\\\\an\\\\a.txt")
    ('a.txt', 'a.txt')
    """
    return path.replace("\\", "/").rpartition("/")[2]


def _plain(value: float) -> str:
    """Numbers as written in Vietnam: 1200 is 1.200, 0.75 is 0,75."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))
