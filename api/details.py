"""One directive, task or agency → what is told of it on a page of its own, bounded, with true counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from api.answers import Assigned, Duty, Relation, content_of, duties_of
from api.bodies import find_agency, former_bodies, later_bodies
from graph.assignments import owns
from graph.errors import UnknownId
from graph.records import Deadline, Edge, Record, Task
from graph.status import DirectiveStatus, status_of
from graph.store.base import Direction, Node, ReadingInfo, Store
from graph.vocabulary import DIRECTIVE_RELATIONS, EdgeType, Label

_ABOUT_DIRECTIVES = (*DIRECTIVE_RELATIONS, EdgeType.ISSUED, EdgeType.FULFILLED_BY)
_ABOUT_TASKS = (EdgeType.REFINED_BY, EdgeType.FULFILLED_BY)
_ABOUT_AGENCIES = (EdgeType.PART_OF, EdgeType.SUCCEEDED_BY)
#: What looks like an id is looked up and not searched for, so that an unknown one costs little.
_LIKE_AN_ID = re.compile(r"[a-z0-9~_-]+\.[a-z0-9~_.-]*")


class OtherKind(UnknownId):
    """The id is there, and names another kind of thing."""


class DirectiveDetails(Record):
    """A directive on a date. ``texts``: those it was read from; ``relations``: with directives, tasks and its issuer.

    ``candidates``: directives it may be, where only a citation is known that fits several. ``totals``: how many
    relations, tasks and indicators there are; ``more``: relations that the limit cut.
    """

    node: Node
    as_of: dt.date
    status: DirectiveStatus
    texts: tuple[ReadingInfo, ...]
    candidates: tuple[Node, ...]
    relations: tuple[Relation, ...]
    totals: dict[str, int]
    partial: bool = False
    reason: str | None = None
    more: int = 0


class TaskDetails(Record):
    """A task on a date: who has it, by when, and the directive that says so.

    ``edge``: from the directive, with the place in the text; ``relations``: tasks it refines or that refine it, and
    what answers it.
    """

    node: Node
    as_of: dt.date
    deadline: Deadline
    directive: Node
    status: DirectiveStatus
    edge: Edge
    assigned: tuple[Assigned, ...]
    relations: tuple[Relation, ...]


class AgencyDetails(Record):
    """An agency on a date. ``former``: bodies merged or renamed into it, ``later``: its heirs.

    ``roles``: how many tasks and indicators it has by role, those of its former bodies included; ``relations``: with
    agencies; ``totals``: how many relations there are, ``more``: those that the limit cut.
    """

    node: Node
    as_of: dt.date
    former: tuple[Node, ...]
    later: tuple[Node, ...]
    roles: dict[str, int]
    relations: tuple[Relation, ...]
    totals: dict[str, int]
    partial: bool = False
    reason: str | None = None
    more: int = 0


class Duties(Record):
    """Tasks or indicators of one directive in the order of its text: those from ``skip`` on, at most a page."""

    directive: Node
    as_of: dt.date
    status: DirectiveStatus
    items: tuple[Duty, ...]
    total: int
    skip: int
    partial: bool = False
    reason: str | None = None
    more: int = 0


def directive_details(store: Store, node: Node, as_of: dt.date, limit: int) -> DirectiveDetails:
    """What is told of a directive, with at most ``limit`` relations each way."""
    relations, total = _relations(store, node.id, _ABOUT_DIRECTIVES, limit)
    totals = {"relations": total, **{name: _count(store, node.id, kind) for name, kind in _CONTENT.items()}}
    more = total - len(relations)
    return DirectiveDetails(
        node=node,
        as_of=as_of,
        status=status_of(store, node.id, as_of),
        texts=store.readings(node.id),
        candidates=tuple(store.nodes(getattr(node.record, "candidates", ())).values()),
        relations=relations,
        totals=totals,
        partial=bool(more),
        reason="limit" if more else None,
        more=more,
    )


def task_details(store: Store, node: Node, as_of: dt.date, limit: int) -> TaskDetails:
    """What is told of a task, with at most ``limit`` relations each way."""
    assert isinstance(node.record, Task)
    [above] = store.neighbours(node.id, direction=Direction.UP, types=[EdgeType.HAS_TASK]).items
    who = store.neighbours(node.id, direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO]).items
    return TaskDetails(
        node=node,
        as_of=as_of,
        deadline=node.record.deadline,
        directive=above.node,
        status=status_of(store, above.node.id, as_of),
        edge=above.edge,
        assigned=tuple(Assigned(agency=w.node, role=w.edge.role, printed=w.edge.printed) for w in who),
        relations=_relations(store, node.id, _ABOUT_TASKS, limit)[0],
    )


def agency_details(store: Store, node: Node, as_of: dt.date, limit: int) -> AgencyDetails:
    """What is told of an agency, with at most ``limit`` relations each way."""
    former = former_bodies(store, node.id)
    roles = owns(store, [node.id, *(n.id for n in former)], as_of=as_of, limit=0).roles
    relations, total = _relations(store, node.id, _ABOUT_AGENCIES, limit)
    more = total - len(relations)
    return AgencyDetails(
        node=node,
        as_of=as_of,
        former=tuple(former),
        later=tuple(later_bodies(store, node.id)),
        roles={role.value: number for role, number in roles.items()},
        relations=relations,
        totals={"relations": total},
        partial=bool(more),
        reason="limit" if more else None,
        more=more,
    )


def duties(store: Store, node: Node, kind: EdgeType, as_of: dt.date, *, skip: int, limit: int) -> Duties:
    """A page of the tasks (HAS_TASK) or indicators (HAS_INDICATOR) of a directive."""
    ids = content_of(store, node.id, kind)
    page = ids[skip : skip + limit]
    more = max(0, len(ids) - skip - len(page))
    return Duties(
        directive=node,
        as_of=as_of,
        status=status_of(store, node.id, as_of),
        items=duties_of(store, page),
        total=len(ids),
        skip=skip,
        partial=bool(more),
        reason="limit" if more else None,
        more=more,
    )


def of_kind(node: Node, label: Label) -> Node:
    """The node, if it is of this kind; else OtherKind."""
    if node.label is not label:
        raise OtherKind(f"{node.id!r} is of the kind {node.label.value}, not {label.value}")
    return node


def agency_of(store: Store, said: str, place: str | None = None) -> Node:
    """The agency that an id, or a name as people write it, means; errors as for ``find_agency``, and OtherKind."""
    if _LIKE_AN_ID.fullmatch(said):
        return of_kind(store.node(said), Label.AGENCY)
    return find_agency(store, said, place)


_CONTENT = {"tasks": EdgeType.HAS_TASK, "indicators": EdgeType.HAS_INDICATOR}


def _count(store: Store, node_id: str, kind: EdgeType) -> int:
    return store.neighbours(node_id, direction=Direction.DOWN, types=[kind], limit=0).total


def _relations(store: Store, node_id: str, types: Sequence[EdgeType], limit: int) -> tuple[tuple[Relation, ...], int]:
    """The first relations upward, then the first downward, and how many there are."""
    found: list[Relation] = []
    total = 0
    for direction in (Direction.UP, Direction.DOWN):
        near = store.neighbours(node_id, direction=direction, types=types, limit=limit)
        found += [Relation(direction=direction, edge=item.edge, node=item.node) for item in near.items]
        total += near.total
    return tuple(found), total
