"""Texts that differ in all that lists can filter, and every list made by looking at each node of a store."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.listing import AgencyQuery, DirectiveQuery, IndicatorQuery, Query, SortKey, TargetQuery, TaskQuery
from graph.records import Agency, Deadline, Directive, Edge, Indicator, Mention, Reading, Target, Task
from graph.status import status_of
from graph.store.base import Node, Store
from graph.text import fold
from graph.vocabulary import (
    AgencyKind,
    DeadlineKind,
    DirectiveType,
    EdgeType,
    Label,
    Level,
    Origin,
    Role,
    Status,
    System,
)
from tests.graph.oracle import Text, directive

PLACES = {"central": Level.CENTRAL, "Hưng Yên": Level.PROVINCIAL, "Hoa Lư, Ninh Bình": Level.COMMUNAL}
ISSUERS = ["Tỉnh ủy Hưng Yên", "Ủy ban nhân dân tỉnh", "Uỷ ban nhân dân phường", None]
WORK = ["Xây dựng cơ sở dữ liệu", "Xây dựng đường sắt đô thị", "Đào tạo cán bộ chuyển đổi số"]
UNITS = ["%", "trạm", None]
DAYS = [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 6, 30), dt.date(2026, 1, 15)]
KINDS = [
    ("Sở Khoa học và Công nghệ", AgencyKind.BODY, Level.PROVINCIAL, System.STATE),
    ("Ban Tổ chức Tỉnh ủy", AgencyKind.BODY, Level.PROVINCIAL, System.PARTY),
    ("Các sở, ban, ngành", AgencyKind.COLLECTIVE, None, None),
    ("Chủ tịch Ủy ban nhân dân", AgencyKind.OFFICE, Level.COMMUNAL, System.STATE),
]


# -- a store of texts that differ in all that can be filtered


def texts(rng: random.Random, count: int = 14) -> list[Reading]:
    return [_text(rng, i).reading() for i in range(count)]


def _mention(rng: random.Random, ref: str, i: int) -> Mention:
    place = rng.choice(list(PLACES))
    said: dict[str, Any] = {"level": PLACES[place], "issuer": rng.choice(ISSUERS), "title": rng.choice(WORK)}
    said["type"] = rng.choice([DirectiveType.PLAN, DirectiveType.DECISION, None])
    said["draft"] = rng.random() < 0.1
    said["period_end"] = rng.choice([None, None, dt.date(2025, 12, 31)])
    said["issued_year"] = rng.choice([None, 2024, 2025, 2026])
    day = rng.choice([*DAYS, None]) if rng.random() < 0.8 else None
    return directive(ref, f"{i}-KH/TU", day.isoformat() if day else None, place, **said)


def _text(rng: random.Random, i: int) -> Text:
    text = Text(f"{i}.txt", _mention(rng, "this", i))
    text.cites(_mention(rng, "c1", i + 100))
    kind = rng.choice([EdgeType.SUPERSEDED_BY, EdgeType.REPEALED_BY, EdgeType.CASCADES_TO])
    text.says(kind, "c1", partial=rng.random() < 0.3)
    for k in range(rng.randint(0, 5)):
        deadline = Deadline(
            kind=rng.choice([DeadlineKind.DATE, DeadlineKind.YEAR, DeadlineKind.NONE]), end=rng.choice([*DAYS, None])
        )
        words = rng.choice(WORK)
        text.tasks.append(
            Task(ref=f"I.{k}", text=words, origin=Origin.APPENDIX, section="I", deadline=deadline,
                 output=rng.choice([None, "Báo cáo"]), evidence=text.evidence(words))
        )  # fmt: skip
        for role in rng.sample([Role.LEAD, Role.COORDINATE], rng.randint(0, 2)):
            _assign(text, f"I.{k}", rng.choice(AGENCIES), role)
    for k in range(rng.randint(0, 3)):
        _measure(rng, text, f"II.{k}")
    return text


def _measure(rng: random.Random, text: Text, ref: str) -> None:
    words = rng.choice(WORK)
    targets = tuple(
        Target(ref=f"{ref}.{n}", year=rng.choice([2025, 2030, None]), text=f"{words} đạt {n}", unit=rng.choice(UNITS),
               evidence=text.evidence(words))
        for n in range(rng.randint(0, 3))
    )  # fmt: skip
    text.indicators.append(Indicator(ref=ref, section="II", text=words, targets=targets, evidence=text.evidence(words)))
    if rng.random() < 0.5:
        _assign(text, ref, rng.choice(AGENCIES), Role.LEAD)


def _assign(text: Text, ref: str, body: Agency, role: Role) -> None:
    text.agencies.extend([body] if body not in text.agencies else [])
    text.says(EdgeType.ASSIGNED_TO, ref, body.id, body.name, role=role)


AGENCIES = [
    Agency(id=f"a.{p}.{k}", name=name, kind=kind, level=level, system=system, jurisdiction=place)
    for p, place in enumerate(PLACES)
    for k, (name, kind, level, system) in enumerate(KINDS)
]


# -- the same lists, the slow and obvious way


@dataclass
class Brute:
    """All nodes and edges of a store, and every list made by looking at each of them."""

    store: Store
    nodes: dict[str, Node] = field(default_factory=dict)
    out: dict[str, list[Edge]] = field(default_factory=dict)
    into: dict[str, list[Edge]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Brute:
        brute = cls(store, {node.id: node for node in store.iter_nodes()})
        for edge in store.iter_edges():
            brute.out.setdefault(edge.source, []).append(edge)
            brute.into.setdefault(edge.target, []).append(edge)
        return brute

    def list(self, query: Query) -> list[Node]:
        found = [n for n in self.nodes.values() if n.label is query.label and self._passes(query, n)]
        by_id = sorted(found, key=lambda n: n.id, reverse=query.descending)
        if query.sort is SortKey.ID:
            return by_id
        keyed = [(n, self._key(query.sort, n)) for n in by_id]
        stated: list[tuple[Node, Any]] = [(n, k) for n, k in keyed if k is not None]
        stated.sort(key=lambda item: (item[1], item[0].id), reverse=query.descending)
        return [n for n, _ in stated] + [n for n, k in keyed if k is None]

    def _key(self, sort: SortKey, node: Node) -> object:
        match node.record:
            case Directive() as d if sort is SortKey.ISSUED:
                return _first_day(d)
            case Task() as t if sort is SortKey.DUE:
                return t.deadline.end
            case Target() as g if sort is SortKey.YEAR:
                return g.year
        raise AssertionError(sort)

    def _passes(self, query: Query, node: Node) -> bool:
        if query.text is not None and not _holds(_words(node), query.text):
            return False
        match query:
            case DirectiveQuery():
                return self._directive(query, node.record)
            case AgencyQuery():
                return _same(query, node.record, "kind", "level", "system", "jurisdiction")
            case TaskQuery() | IndicatorQuery() | TargetQuery():
                return self._contained(query, node)
        raise AssertionError(query)

    def _directive(self, q: DirectiveQuery, record: object) -> bool:
        assert isinstance(record, Directive)
        first, last = _first_day(record), _last_day(record)
        return (
            _same(q, record, "type", "level", "jurisdiction", "held")
            and (q.issuer is None or _holds(fold(record.issuer or ""), q.issuer))
            and (q.issued_from is None or (first is not None and first >= q.issued_from))
            and (q.issued_to is None or (last is not None and last <= q.issued_to))
            and (q.status is Status.NOT_YET_ISSUED or _exists(record, q.as_of))
            and (q.status is None or status_of(self.store, record.id, q.as_of).status is q.status)
        )

    def _contained(self, query: TaskQuery | IndicatorQuery | TargetQuery, node: Node) -> bool:
        owner = self._owner(node.id)
        if not _exists(owner, query.as_of) or query.jurisdiction not in (None, owner.jurisdiction):
            return False
        if query.directive not in (None, owner.id):
            return False
        if isinstance(query, TaskQuery):
            return self._task(query, node)
        if isinstance(query, TargetQuery):
            return _same(query, node.record, "year", "unit")
        targets = [self.nodes[e.target].record for e in self.out.get(node.id, []) if e.type is EdgeType.HAS_TARGET]
        return (query.year is None and query.unit is None) or any(_same(query, t, "year", "unit") for t in targets)

    def _owner(self, node_id: str) -> Directive:
        edge = next(e for e in self.into[node_id] if e.type.startswith("HAS_"))
        above = self.nodes[edge.source].record
        return above if isinstance(above, Directive) else self._owner(edge.source)

    def _task(self, q: TaskQuery, node: Node) -> bool:
        assert isinstance(node.record, Task)
        end = node.record.deadline.end
        edges = [e for e in self.out.get(node.id, []) if e.type is EdgeType.ASSIGNED_TO]
        assigned = any(q.agency in (None, e.target) and q.role in (None, e.role) for e in edges)
        return (
            (assigned or (q.agency is None and q.role is None))
            and (q.due_after is None or (end is not None and end >= q.due_after))
            and (q.due_before is None or (end is not None and end <= q.due_before))
            and q.deadline_kind in (None, node.record.deadline.kind)
        )


def _words(node: Node) -> str:
    from graph.search import fields  # graph.search can be imported only after graph.store

    return " ".join(fields(node).values())


def _same(query: Query, record: object, *names: str) -> bool:
    return all(getattr(query, n) is None or getattr(query, n) == getattr(record, n) for n in names)


def _holds(held: str, text: str) -> bool:
    *whole, last = fold(text).split()[:24] or [""]
    words = held.split()
    return bool(last) and all(w in words for w in whole) and any(w.startswith(last) for w in words)


def _exists(record: Directive, as_of: dt.date | None) -> bool:
    first = _first_day(record)
    return as_of is None or first is None or first <= as_of


def _first_day(d: Directive) -> dt.date | None:
    return d.issued_on or (dt.date(d.issued_year, 1, 1) if d.issued_year else None)


def _last_day(d: Directive) -> dt.date | None:
    return d.issued_on or (dt.date(d.issued_year, 12, 31) if d.issued_year else None)


# -- every filter


def filters(brute: Brute) -> dict[type[Query], dict[str, Sequence[object]]]:
    """Values of each filter: such as are there, and one that is not."""
    ids = {label: [n.id for n in brute.nodes.values() if n.label is label] for label in Label}
    day = [*DAYS, dt.date(2025, 3, 1), dt.date(2025, 12, 31)]
    place = [*PLACES, "Cà Mau"]
    words = ["xay dung", "Đường sắt", "dữ liệu cơ s", "bao cao", "tỉnh ủy", "2030", "", "zzz", '"*) OR (']
    shared: dict[str, Sequence[object]] = {"text": words, "jurisdiction": place, "as_of": day}
    held: dict[str, Sequence[object]] = {"directive": ids[Label.DIRECTIVE][:6]}
    aims = {**shared, **held, "year": [2025, 2030, 1999], "unit": ["%", "trạm", "km"]}
    return {
        DirectiveQuery: {**shared, "type": [*DirectiveType][:4], "level": [*Level], "held": [True, False],
            "issuer": ["tinh uy", "uỷ ban NHÂN dân", "dân ủy ban", "ph", "", "Quốc hội"],
            "issued_from": day, "issued_to": day, "status": [*Status]},
        TaskQuery: {**shared, **held, "agency": ids[Label.AGENCY], "role": [Role.LEAD, Role.COORDINATE, Role.ADVISE],
            "due_after": day, "due_before": day, "deadline_kind": [*DeadlineKind]},
        AgencyQuery: {**shared, "kind": [*AgencyKind], "level": [*Level], "system": [*System]},
        IndicatorQuery: aims,
        TargetQuery: aims,
    }  # fmt: skip


SORTS = {
    DirectiveQuery: [SortKey.ID, SortKey.ISSUED],
    TaskQuery: [SortKey.ID, SortKey.DUE],
    AgencyQuery: [SortKey.ID],
    IndicatorQuery: [SortKey.ID],
    TargetQuery: [SortKey.ID, SortKey.YEAR],
}
