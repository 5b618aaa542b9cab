"""Neighbourhoods made for the tests and benchmarks of the picture: a cascade of so many plans, tasks and agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from graph.neighbourhood import Around, Hidden, Neighbourhood, Seen
from graph.records import Agency, Directive, Edge, Evidence, Task
from graph.status import DirectiveStatus
from graph.store.base import Node
from graph.vocabulary import DirectiveType, EdgeType, Level, Origin, Role, Status

DAY = dt.date(2026, 5, 1)
TOP = "central.57-nq_tw.2024-12-22"
NOTHING = Hidden(down={}, up={})


def evidence(quote: str = "Thực hiện Nghị quyết số 57-NQ/TW", start: int = 0) -> Evidence:
    return Evidence(file="ke-hoach.txt", sha256="0" * 64, line=3, start=start, end=start + len(quote), quote=quote)


def directive(node_id: str, **said: object) -> Node:
    facts = {"number": "65-KH/TU", "type": DirectiveType.PLAN, "jurisdiction": "Hưng Yên", "level": Level.PROVINCIAL}
    return Node(id=node_id, record=Directive(id=node_id, **{**facts, **said}))


def top() -> Node:
    facts = {"number": "57-NQ/TW", "type": DirectiveType.RESOLUTION, "jurisdiction": "central", "level": Level.CENTRAL}
    return directive(TOP, **facts)


def task(node_id: str, ref: str = "III.1", text: str = "Xây dựng kho dữ liệu dùng chung", start: int = 0) -> Node:
    said = evidence(text, start)
    return Node(id=node_id, record=Task(ref=ref, text=text, origin=Origin.SOLUTION, section="III", evidence=said))


def agency(node_id: str, name: str = "Sở Tài chính", jurisdiction: str | None = "Hưng Yên") -> Node:
    return Node(id=node_id, record=Agency(id=node_id, name=name, jurisdiction=jurisdiction))


def edge(kind: EdgeType, source: str, target: str, **said: object) -> Edge:
    facts: dict[str, object] = {"asserted_by": target, "evidence": evidence(), "method": "test"}
    return Edge(type=kind, source=source, target=target, **{**facts, **said})


def picture(
    start: Node,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    hidden: dict[str, Hidden] | None = None,
    statuses: dict[str, DirectiveStatus] | None = None,
) -> Neighbourhood:
    """A neighbourhood of these nodes; every directive is in force unless ``statuses`` says otherwise."""
    seen = [
        Seen(node=node, depth=0 if node is start else 1, hidden=(hidden or {}).get(node.id, NOTHING))
        for node in [start, *nodes]
    ]
    known = {
        s.node.id: DirectiveStatus(directive=s.node.id, as_of=DAY, status=Status.IN_FORCE)
        for s in seen
        if isinstance(s.node.record, Directive)
    }
    return Neighbourhood(
        start=start,
        direction=Around.BOTH,
        depth=1,
        as_of=DAY,
        status=known.get(start.id),
        statuses=known | (statuses or {}),
        nodes=tuple(seen),
        edges=tuple(edges),
    )


def cascade(plans: int, tasks: int, agencies: int = 10) -> Neighbourhood:
    """57-NQ/TW, so many plans of provinces and communes below it, so many tasks of each, led by so many agencies."""
    nodes: list[Node] = [agency(f"a.{n}", f"Sở số {n}") for n in range(agencies)]
    edges: list[Edge] = []
    for n in range(plans):
        place = f"Tỉnh {n % 34}"
        commune = n >= 34
        plan = f"p.{n}"
        level = Level.COMMUNAL if commune else Level.PROVINCIAL
        where = f"Xã {n}, {place}" if commune else place
        nodes.append(directive(plan, number=f"{n}-KH/TU", jurisdiction=where, level=level))
        edges.append(edge(EdgeType.CASCADES_TO, f"p.{n % 34}" if commune else TOP, plan))
        for i in range(tasks):
            work = f"t.{plan}.{i}"
            nodes.append(task(work, ref=f"III.{i}", start=i))
            edges.append(edge(EdgeType.HAS_TASK, plan, work))
            edges.append(edge(EdgeType.ASSIGNED_TO, work, f"a.{(n + i) % agencies}", role=Role.LEAD))
    return picture(top(), nodes, edges)
