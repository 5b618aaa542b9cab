"""A lineage → lines of readable text: who rests on what, group by group, each item with its path as proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from graph.lineage import Lineage, LineageItem
from graph.records import Directive, Edge, Indicator, Target, Task
from graph.status import DirectiveStatus, StatusReason
from graph.store.base import Direction, Node
from graph.vocabulary import EDGE_SPECS, DirectiveType, Follow, Label, Level, Status
from viz import words
from viz.labels import EDGES, LEVELS
from viz.layout import Column, Line, Style, head, prose, table
from viz.pages.wording import VI
from viz.tables import cut_lines, role_counts

K = TypeVar("K")
_LEVELS = [Level.CENTRAL, Level.PROVINCIAL, Level.COMMUNAL, None]


def impact_lines(found: Lineage, loads: Mapping[str, Mapping[str, int]], width: int | None) -> list[Line]:
    """All that rests on a node. ``loads``: by agency id, how many of the tasks shown it has in each role."""
    view = _View(found)
    lines = [*start_lines(found, width), Line("")]
    lines += prose(f"Tác động: {_totals(found)}", width, style=Style.HEAD)
    for title, items in _directive_groups(found):
        lines += [Line(""), head(f"{title} ({len(items)})")]
        for place, local in _grouped(items, lambda item: VI.place(_directive(item).jurisdiction)):
            lines.append(head(place, indent=2))
            for item in local:
                lines += view.item_lines(item, width, with_place=False)
    lines += _content_lines(found, Label.TASK, "Nhiệm vụ", view, width)
    lines += _content_lines(found, Label.INDICATOR, "Chỉ tiêu", view, width)
    lines += _content_lines(found, Label.TARGET, "Mức chỉ tiêu", view, width)
    lines += _agency_lines(found, loads, width)
    return lines + cut_lines(found.partial, found.reason, found.more, width)


def trace_lines(found: Lineage, width: int | None) -> list[Line]:
    """All that a node rests on, the nearest first, each step with its quoted sentence."""
    view = _View(found)
    lines = start_lines(found, width)
    if not found.items:
        lines += prose("Không có văn bản cấp trên nào được nêu trong các văn bản đã đọc.", width)
    for depth, items in _grouped(found.items, lambda item: item.depth):
        lines += [Line(""), head(f"Bước {depth} ({len(items)})")]
        for item in items:
            lines += view.item_lines(item, width)
    return lines + cut_lines(found.partial, found.reason, found.more, width)


def start_lines(found: Lineage, width: int | None) -> list[Line]:
    """What was asked about: its name, title, status on the day with why, and its id."""
    record = found.start.record
    if isinstance(record, Directive):
        lines = prose(VI.full_name(record), width, style=Style.HEAD)
        lines += prose(VI.text(found.start), width, indent=2) if VI.text(found.start) else []
        lines += status_lines(found.status, number=words.number(record), width=width)
    else:
        kind = words.KINDS[found.start.label]
        lines = [head(f"{kind}: {words.name(found.start)}"), *prose(VI.text(found.start), width, indent=2)]
        if isinstance(record, Task) and VI.due(record.deadline):
            lines.append(Line(f"  thời hạn: {VI.due(record.deadline)}"))
    return [*lines, Line(f"  mã: {found.start.id}")]


def status_lines(status: DirectiveStatus | None, *, number: str, width: int | None) -> list[Line]:
    """The status on a day, then each edge that bears on it, quoted: by what, since when, what is carried over."""
    if status is None:
        return []
    style = Style.PLAIN if status.status is Status.IN_FORCE else Style.WARNING
    lines = prose(f"ngày {words.day(status.as_of)}: {VI.status(status)}", width, indent=2, style=style)
    for reason in status.reasons:
        lines += prose(f"{number} {_reason(reason)}", width, indent=2, style=style)
        lines += prose(words.proof(reason.edge), width, indent=4, style=Style.QUOTE)
        if reason.edge.carries_over:
            carried = f"nhiệm vụ đang thực hiện được chuyển tiếp, thực hiện theo {words.number(reason.by)}"
            lines += prose(carried, width, indent=2, style=style)
    return lines


def _reason(reason: StatusReason) -> str:
    since = f" từ {words.day(reason.since)}" if reason.since else " (chưa rõ từ ngày nào)"
    later = "" if reason.in_effect is not False else ", chưa đến ngày"
    scope = f" ({reason.edge.scope})" if reason.edge.scope else ""
    verb = VI.verb(reason.edge, Direction.DOWN)
    return f"{verb}{scope} {words.number(reason.by)}{since}{later} (mã: {reason.by.id})"


class _View:
    """The names of the nodes of one lineage, for the paths through it."""

    def __init__(self, found: Lineage) -> None:
        self.found = found
        self.nodes = {found.start.id: found.start, **{item.node.id: item.node for item in found.items}}

    def name(self, node_id: str) -> str:
        return words.name(self.nodes[node_id]) if node_id in self.nodes else node_id

    def far_end(self, edge: Edge) -> str:
        return edge.target if self.found.direction is Direction.DOWN else edge.source

    def chain(self, path: Sequence[Edge]) -> str:
        """ "57-NQ/TW → được triển khai bởi → 65-KH/TU"."""
        steps = [self.name(self.found.start.id)]
        for edge in path:
            steps += [VI.verb(edge, self.found.direction), self.name(self.far_end(edge))]
        return " → ".join(steps)

    def item_lines(self, item: LineageItem, width: int | None, *, with_place: bool = True) -> list[Line]:
        record, named = item.node.record, words.name(item.node)
        if isinstance(record, Directive):
            named = VI.full_name(record, with_place=with_place)
        status = self.found.statuses.get(item.node.id)
        lines = prose(" · ".join(p for p in (named, VI.status(status)) if p), width, indent=4)
        lines += prose(VI.text(item.node), width, indent=6) if VI.text(item.node) else []
        lines.append(Line(f"      mã: {item.node.id}"))
        lines += prose(f"{self.chain(item.path)}: {words.proof(item.path[-1])}", width, indent=6, style=Style.QUOTE)
        return lines + self._warnings(item, width)

    def _warnings(self, item: LineageItem, width: int | None) -> list[Line]:
        lines: list[Line] = []
        for node_id in item.not_in_force:
            if node_id not in (item.node.id, self.found.start.id) and node_id in self.found.statuses:
                said = f"lưu ý: {self.name(node_id)} trên đường dẫn {VI.status(self.found.statuses[node_id])}"
                lines += prose(said, width, indent=6, style=Style.WARNING)
        return lines


def _directive_groups(found: Lineage) -> Iterator[tuple[str, list[LineageItem]]]:
    """Plans and other directives by level; those that only end or correct the start apart, after them."""
    items = [i for i in found.items if i.node.label is Label.DIRECTIVE]
    last = [i for i in items if EDGE_SPECS[i.path[-1].type].follow is Follow.LAST_STEP]
    for level in _LEVELS:
        here = [i for i in items if i not in last and _directive(i).level is level]
        for title, group in (
            ("Kế hoạch", [i for i in here if _is_plan(_directive(i))]),
            ("Văn bản", [i for i in here if not _is_plan(_directive(i))]),
        ):
            if group:
                yield f"{title} {LEVELS[level] if level else 'chưa rõ cấp'}", group
    for kind, group in _grouped(last, lambda i: i.path[-1].type):
        yield EDGES[kind][0].capitalize(), group


def _is_plan(record: Directive) -> bool:
    return record.plan or record.type is DirectiveType.PLAN


def _directive(item: LineageItem) -> Directive:
    assert isinstance(item.node.record, Directive)
    return item.node.record


def _content_lines(found: Lineage, label: Label, title: str, view: _View, width: int | None) -> list[Line]:
    """Tasks, indicators or targets, by the directive that contains them."""
    items = [i for i in found.items if i.node.label is label]
    if not items:
        return []
    lines = [Line(""), head(f"{title} ({len(items)})")]
    for owner, group in _grouped(items, lambda item: _owner(item, view)):
        lines.append(head(f"{owner} ({len(group)}){_source(group)}", indent=2))
        columns = [Column("Mã", keep=True), Column("Thời hạn" if label is Label.TASK else "Năm", keep=True)]
        columns += [Column("Mức"), Column("Dòng", keep=True), Column("Nội dung")]
        lines += table(columns, [_content_row(item.node) for item in group], width, indent=4)
    return lines


def _owner(item: LineageItem, view: _View) -> str:
    """The nearest directive on the path to an item, with its place."""
    start = view.found.start
    ids = [start.id, *(view.far_end(edge) for edge in item.path)]
    for node_id in reversed(ids[:-1]):
        node = view.nodes.get(node_id)
        if node and isinstance(node.record, Directive):
            return f"{words.number(node.record)} · {VI.place(node.record.jurisdiction)}"
    return words.name(start)


def _source(group: Sequence[LineageItem]) -> str:
    """Where the rows stand, if all stand in one file."""
    files = {edge.evidence.file for item in group if (edge := item.path[-1]).evidence}
    return f" – {files.pop()}" if len(files) == 1 else ""


def _content_row(node: Node) -> list[str]:
    record = node.record
    line = str(record.evidence.line) if isinstance(record, Task | Target | Indicator) else ""
    if isinstance(record, Task):
        return [node.id, VI.due(record.deadline), "", line, record.text]
    if isinstance(record, Target):
        return [node.id, str(record.year or ""), words.target_value(record), line, record.text]
    return [node.id, "", "", line, VI.text(node)]


def _agency_lines(found: Lineage, loads: Mapping[str, Mapping[str, int]], width: int | None) -> list[Line]:
    nodes = [i.node for i in found.items if i.node.label is Label.AGENCY]
    if not nodes:
        return []
    order = {agency: place for place, agency in enumerate(loads)}
    nodes.sort(key=lambda n: (order.get(n.id, len(order)), n.id))
    columns = [Column("Cơ quan"), Column("Nơi"), Column("Nhiệm vụ, chỉ tiêu"), Column("Mã", keep=True)]
    rows = [[words.name(n), VI.text(n), role_counts(loads.get(n.id, {})), n.id] for n in nodes]
    return [Line(""), head(f"Cơ quan ({len(nodes)})"), *table(columns, rows, width, indent=2)]


def _totals(found: Lineage) -> str:
    labels = found.totals.labels
    said = [f"{n} {words.KINDS[label].lower()}" for label in Label if (n := labels.get(label, 0))]
    return ", ".join(said) or "không có gì dựa vào văn bản này trong các văn bản đã đọc"


def _grouped(items: Sequence[LineageItem], key: Callable[[LineageItem], K]) -> list[tuple[K, list[LineageItem]]]:
    """Items by key, groups in the order of their first item."""
    groups: defaultdict[K, list[LineageItem]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.items())
