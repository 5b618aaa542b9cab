"""Answers that are lists (assignments, search hits, candidates, counts) → lines of readable text.

Every function takes ``width``: columns of the terminal, or None where nothing limits it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.assignments import Assignment, Assignments
from graph.records import Agency, Directive
from graph.store.base import Counts, Node, SearchResult
from graph.vocabulary import DirectiveType, Role, Status
from viz import words
from viz.labels import EDGES, ROLES
from viz.layout import Column, Line, Style, head, prose, table
from viz.pages.wording import VI


def assignment_lines(
    found: Assignments,
    agency: Node,
    width: int | None,
    *,
    former: Sequence[Node] = (),
    later: Sequence[Node] = (),
) -> list[Line]:
    """What an agency has to do: totals by role, then one row a task, the nearest deadline first."""
    lines = [head(agency_name(agency)), Line(f"  mã: {agency.id}")]
    if former:
        names = "; ".join(agency_name(n) for n in former)
        lines += prose(f"kể cả dưới tên cũ: {names}", width, indent=2)
    for heir in later:
        lines += prose(f"nay thuộc {agency_name(heir)} (mã: {heir.id})", width, indent=2, style=Style.WARNING)
    lines.append(Line(f"  ngày {words.day(found.as_of)}: {role_counts(found.roles) or 'không có nhiệm vụ nào'}"))
    columns = [
        Column("Vai trò", keep=True),
        Column("Thời hạn", keep=True),
        Column("Theo văn bản", keep=True),
        Column("Tên trong văn bản"),
        Column("Hiệu lực"),
        Column("Mã nhiệm vụ", keep=True),
        Column("Nội dung"),
    ]
    rows = [_assignment_row(item, agency) for item in found.items]
    lines += [Line(""), *table(columns, rows, width)] if rows else []
    return lines + cut_lines(found.partial, found.reason, found.more, width)


def role_counts(roles: Mapping[Role, int] | Mapping[str, int]) -> str:
    """ "chủ trì 12, phối hợp 5"; "" if there are none. A role of "" is one that the text does not name."""
    counts = {str(role): count for role, count in roles.items()}
    named = [f"{ROLES[role]} {counts[role]}" for role in Role if counts.get(role)]
    return ", ".join(named + ([f"{VI.role(None)} {counts['']}"] if counts.get("") else []))


def agency_name(node: Node) -> str:
    """ "Sở Khoa học và Công nghệ · Hưng Yên"."""
    return " · ".join(part for part in (words.name(node), VI.text(node)) if part)


def search_lines(found: SearchResult, width: int | None) -> list[Line]:
    """One row a hit, best first; says when only near spellings were found, and how many more there are."""
    if not found.hits:
        return [Line("Không tìm thấy gì.")]
    lines = prose("Không có từ nào khớp hẳn; đây là những từ viết gần giống.", width) if found.fuzzy else []
    columns = [
        Column("Loại"),
        Column("Số, tên", keep=True),
        Column("Nơi"),
        Column("Ngày", keep=True),
        Column("Mã", keep=True),
        Column("Nội dung"),
    ]
    lines += table(columns, [_hit_row(hit.node) for hit in found.hits], width)
    rest = found.total - len(found.hits)
    return lines + ([Line(f"… và {rest} kết quả khác (dùng --limit)", Style.WARNING)] if rest > 0 else [])


def candidate_lines(nodes: Collection[Node], width: int | None) -> list[Line]:
    """What fits a question that named several: number, type, place, date, issuer, id."""
    columns = [
        Column("Số, tên", keep=True),
        Column("Loại"),
        Column("Nơi"),
        Column("Ngày", keep=True),
        Column("Cơ quan ban hành"),
        Column("Mã", keep=True),
    ]
    return table(columns, [_candidate_row(node) for node in nodes], width)


def stats_lines(counts: Counts, store: str, width: int | None) -> list[Line]:
    """How much a store holds."""
    lines = [
        head(f"Kho dữ liệu {store}"),
        Line(f"  {counts.readings} văn bản đã đọc; {counts.held} văn bản có toàn văn"),
    ]
    nodes = [[words.KINDS[label], str(n), label.value] for label, n in counts.nodes.items()]
    edges = [[EDGES[kind][0], str(n), kind.value] for kind, n in counts.edges.items()]
    number = Column("Số lượng", keep=True)
    lines += [Line(""), *table([Column("Nút"), number, Column("Nhãn", keep=True)], nodes, width)] if nodes else []
    return lines + (
        [Line(""), *table([Column("Quan hệ"), number, Column("Kiểu", keep=True)], edges, width)] if edges else []
    )


def cut_lines(partial: bool, reason: str | None, more: int, width: int | None, *, limited: bool = True) -> list[Line]:
    """What was cut from an answer, and how to get it; no lines where nothing was. ``limited``: --limit is an option."""
    if not partial:
        return []
    if reason == "depth":
        return prose("Còn tầng sâu hơn chưa hiện (tăng --depth).", width, style=Style.WARNING)
    how = " (tăng --limit)" if limited else ""
    return prose(f"… và {more} mục khác{how}.", width, style=Style.WARNING)


def _assignment_row(item: Assignment, asked: Node) -> list[str]:
    status = "" if item.status.status is Status.IN_FORCE else VI.status(item.status)
    record = item.agency.record
    printed = item.edge.printed or ""
    assert isinstance(record, Agency)
    same = item.agency.id == asked.id and printed in ("", record.name)
    return [
        VI.role(item.role),
        VI.due(item.deadline),
        words.number(item.directive),
        "" if same else printed or record.name,
        status,
        item.task.id,
        VI.text(item.task),
    ]


def _hit_row(node: Node) -> list[str]:
    record = node.record
    kind = words.type_word(record) if isinstance(record, Directive) else words.KINDS[node.label]
    if isinstance(record, Directive):
        place = VI.place(record.jurisdiction)
        return [kind, words.number(record), place, VI.issued(record), node.id, VI.text(node)]
    if isinstance(record, Agency):
        return [kind, "", VI.text(node), "", node.id, record.name]
    return [kind, "", "", "", node.id, VI.text(node)]


def _candidate_row(node: Node) -> list[str]:
    record = node.record
    if not isinstance(record, Directive):
        return [words.name(node), words.KINDS[node.label], VI.text(node), "", "", node.id]
    kind = words.type_word(record) if isinstance(record.type, DirectiveType) else ""
    place = VI.place(record.jurisdiction)
    return [words.number(record), kind, place, VI.issued(record), record.issuer or "", node.id]
