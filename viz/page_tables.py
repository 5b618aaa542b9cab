"""All that is known of one node (``lineage show``) → lines of readable text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.records import Agency, Directive, Edge, Indicator, Task
from graph.status import DirectiveStatus
from graph.store.base import Direction, Node
from graph.vocabulary import Role
from viz import words
from viz.labels import DEADLINES, LEVELS, ROLES
from viz.layout import Column, Line, Style, head, prose, table
from viz.lineage_tables import status_lines
from viz.pages.wording import VI
from viz.tables import candidate_lines, role_counts

_SYSTEMS = {"party": "Đảng", "state": "Nhà nước", "front": "Mặt trận"}


class Tie(NamedTuple):
    """One edge of the node shown, the way it is read, and the node at the other end."""

    direction: Direction
    edge: Edge
    node: Node


class DutyRow(NamedTuple):
    """A task or an indicator, its targets, and (agency, role, printed name) of those it is assigned to."""

    node: Node
    targets: Sequence[Node]
    assigned: Sequence[tuple[Node, Role | None, str | None]]


def header_lines(node: Node, status: DirectiveStatus | None, width: int | None) -> list[Line]:
    """The head of a page: what the node is, in its own words."""
    record = node.record
    title = VI.full_name(record) if isinstance(record, Directive) else f"{words.KINDS[node.label]}: {words.name(node)}"
    lines = prose(title, width, style=Style.HEAD)
    lines += prose(VI.text(node), width, indent=2) if VI.text(node) else []
    if isinstance(record, Directive):
        lines += status_lines(status, number=words.number(record), width=width)
    lines.append(Line(f"  mã: {node.id}"))
    facts = _facts(node)
    return lines + [line for name, said in facts if said for line in prose(f"{name}: {said}", width, indent=2)]


def text_lines(texts: Iterable[tuple[Sequence[str], bool]], held: bool, width: int | None) -> list[Line]:
    """Which files a directive was read from: (paths, whether it is the current text)."""
    lines: list[Line] = []
    for files, current in texts:
        lines += prose(f"đọc từ: {', '.join(files)}" + ("" if current else " (bản khác)"), width, indent=2)
    if not held:
        lines += prose("chưa có toàn văn, chỉ được nhắc tới trong văn bản khác", width, indent=2, style=Style.WARNING)
    return lines


def possible_lines(candidates: Sequence[Node], width: int | None) -> list[Line]:
    """The directives that an unresolved citation may mean."""
    if not candidates:
        return []
    return [Line(""), head("Chưa rõ là văn bản nào; có thể là:"), *candidate_lines(candidates, width)]


def relation_lines(ties: Sequence[Tie], width: int | None) -> list[Line]:
    """Relations both ways in words, each with its quote; the same said by several texts is one line."""
    if not ties:
        return []
    groups: dict[tuple[Direction, str, str, str], list[Tie]] = {}
    for tie in ties:
        groups.setdefault((tie.direction, tie.edge.type, tie.edge.role or "", tie.node.id), []).append(tie)
    lines = [Line(""), head(f"Quan hệ ({len(groups)})")]
    for same in groups.values():
        lines += _relation(same, width)
    return lines


def duty_lines(title: str, duties: Sequence[DutyRow], width: int | None) -> list[Line]:
    """Tasks or indicators of a directive, in the order of the text, with deadline, agencies and targets."""
    if not duties:
        return []
    columns = [
        Column("Mã", keep=True),
        Column("Thời hạn", keep=True),
        Column("Cơ quan"),
        Column("Nội dung"),
        Column("Sản phẩm, mức"),
    ]
    return [
        Line(""),
        head(f"{title} ({len(duties)})"),
        *table(columns, [_duty_row(d) for d in duties], width, indent=2),
    ]


def load_lines(roles: Mapping[str, int], width: int | None) -> list[Line]:
    """How many assignments an agency has, by role."""
    if not roles:
        return []
    return [Line(""), *prose(f"Nhiệm vụ, chỉ tiêu được giao: {role_counts(roles)} (xem: lineage owns)", width)]


def _facts(node: Node) -> list[tuple[str, str]]:
    match node.record:
        case Directive() as record:
            return _directive_facts(record)
        case Agency() as record:
            years = " – ".join(words.day(d) or "…" for d in (record.valid_from, record.valid_to))
            return [
                ("thuộc", _rank(record)),
                ("tên khác", "; ".join(record.aliases)),
                ("hoạt động", years if record.valid_from or record.valid_to else ""),
            ]
        case Task() as record:
            due = VI.due(record.deadline)
            printed = record.deadline.text or ""
            return [
                ("mục", " ".join(p for p in (record.section, record.ordinal) if p)),
                ("nhóm", record.group or ""),
                ("thời hạn", f"{due} (“{printed}”)" if due and printed else due or DEADLINES[record.deadline.kind]),
                ("điều kiện", record.deadline.condition or ""),
                ("sản phẩm", record.output or ""),
                ("tại", f"{record.evidence.file}:{record.evidence.line}"),
            ]
        case Indicator() as record:
            return [("mục", record.section), ("nhóm", record.group or "")]
        case record:
            return [
                ("năm", str(record.year or "")),
                ("mức", words.target_value(record)),
                ("tại", f"{record.evidence.file}:{record.evidence.line}"),
            ]


def _rank(record: Directive | Agency) -> str:
    """ "cấp tỉnh, hệ thống Đảng"."""
    level = LEVELS[record.level] if record.level else ""
    system = f"hệ thống {_SYSTEMS[record.system]}" if record.system else ""
    return ", ".join(p for p in (level, system) if p)


def _directive_facts(record: Directive) -> list[tuple[str, str]]:
    signer = ", ".join(p for p in (record.signer, record.signer_role) if p)
    period = " – ".join(words.day(d) or "…" for d in (record.period_start, record.period_end))
    return [
        ("thuộc", _rank(record)),
        ("người ký", signer),
        ("nơi nhận", "; ".join(record.recipients)),
        ("giai đoạn", period if record.period_start or record.period_end else ""),
        ("văn bản kèm theo", record.attachment or "" if record.title else ""),
        ("dự thảo", "số hoặc ngày còn để trống" if record.draft else ""),
    ]


def _relation(same: Sequence[Tie], width: int | None) -> list[Line]:
    tie = same[0]
    record = tie.node.record
    named = VI.full_name(record) if isinstance(record, Directive) else words.name(tie.node)
    role = f" ({ROLES[tie.edge.role]})" if tie.edge.role else ""
    since = f", {words.day(tie.edge.date)}" if tie.edge.date else ""
    lines = prose(f"{VI.verb(tie.edge, tie.direction)}{role} {named}{since}", width, indent=2)
    lines.append(Line(f"      mã: {tie.node.id}"))
    lines += prose(words.proof(tie.edge), width, indent=6, style=Style.QUOTE)
    if len(same) > 1:
        lines.append(Line(f"      (và {len(same) - 1} văn bản khác cũng nêu)"))
    return lines


def _duty_row(duty: DutyRow) -> list[str]:
    record = duty.node.record
    order = [*Role, None]
    assigned = sorted(duty.assigned, key=lambda a: order.index(a[1]))
    roles = [f"{VI.role(role)}: {printed or words.name(node)}" for node, role, printed in assigned]
    if isinstance(record, Task):
        return [duty.node.id, VI.due(record.deadline), "; ".join(roles), record.text, record.output or ""]
    levels = [f"{getattr(t.record, 'year', None) or '?'}: {VI.text(t)}" for t in duty.targets]
    return [duty.node.id, "", "; ".join(roles), VI.text(duty.node), "; ".join(levels)]
