"""Agencies become what they have to do: tasks and indicators with role, deadline, and the directive that says so."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from graph.errors import UnknownId
from graph.existence import directives_of
from graph.records import Deadline, Directive, Edge, Record, Task
from graph.status import DirectiveStatus, statuses
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Role, Status


class Assignment(Record):
    """``agency`` has ``role`` in ``task`` (a Task or an Indicator) of ``directive``; ``edge`` carries the quote.

    ``status``: of the directive on the date asked for. ``deadline``: None for indicators.
    """

    agency: Node
    task: Node
    role: Role | None
    deadline: Deadline | None
    directive: Directive
    status: DirectiveStatus
    edge: Edge


class Assignments(Record):
    """Sorted by (deadline end, undated last; directive; task; role; agency). ``roles``: true totals by role."""

    as_of: dt.date
    items: tuple[Assignment, ...]
    roles: dict[Role, int]
    partial: bool = False
    reason: str | None = None
    more: int = 0


def owns(
    store: Store,
    agency_ids: Collection[str],
    *,
    role: Role | None = None,
    due_before: dt.date | None = None,
    directive: str | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Assignments:
    """What agencies have to do: their tasks and indicators with role, deadline and authority.

    ``due_before``: only those whose deadline ends on that day or earlier (those without an end are left out).
    ``directive``: only those of one directive. Directives issued after ``as_of`` (today if left out) do not count.
    UnknownId if an agency or the directive is not there.
    """
    day = as_of or dt.date.today()
    with store.snapshot():
        agencies = _existing(store, agency_ids)
        if directive is not None:
            store.node(directive)
        edges = store.edges_of(agency_ids, direction=Direction.UP, types=[EdgeType.ASSIGNED_TO])
        edges = tuple(edge for edge in edges if role in (None, edge.role))
        owners = directives_of(store, {edge.source for edge in edges})
        nodes = store.nodes({*owners, *owners.values()})
        known = statuses(store, set(owners.values()), day)
    found = [_assignment(edge, agencies, owners, nodes, known) for edge in edges]
    wanted = sorted((a for a in found if _wanted(a, due_before, directive)), key=_order)
    roles = Counter(a.role for a in wanted if a.role)
    more = len(wanted) - len(wanted[:limit])
    return Assignments(
        as_of=day,
        items=tuple(wanted[:limit]),
        roles={r: roles[r] for r in Role if roles[r]},
        partial=bool(more),
        reason="limit" if more else None,
        more=more,
    )


def _existing(store: Store, agency_ids: Collection[str]) -> dict[str, Node]:
    agencies = store.nodes(agency_ids)
    for agency_id in sorted(set(agency_ids) - agencies.keys()):
        raise UnknownId(f"no agency with the id {agency_id!r}; find it with: lineage search")
    return agencies


def _assignment(
    edge: Edge,
    agencies: dict[str, Node],
    owners: dict[str, str],
    nodes: dict[str, Node],
    known: dict[str, DirectiveStatus],
) -> Assignment:
    task, authority = nodes[edge.source], nodes[owners[edge.source]].record
    assert isinstance(authority, Directive)
    return Assignment(
        agency=agencies[edge.target],
        task=task,
        role=edge.role,
        deadline=task.record.deadline if isinstance(task.record, Task) else None,
        directive=authority,
        status=known[authority.id],
        edge=edge,
    )


def _wanted(assignment: Assignment, due_before: dt.date | None, directive: str | None) -> bool:
    if assignment.status.status is Status.NOT_YET_ISSUED or directive not in (None, assignment.directive.id):
        return False
    end = assignment.deadline.end if assignment.deadline else None
    return due_before is None or (end is not None and end <= due_before)


def _order(assignment: Assignment) -> tuple[dt.date, str, str, str, str]:
    end = assignment.deadline.end if assignment.deadline else None
    return end or dt.date.max, assignment.directive.id, assignment.task.id, assignment.role or "", assignment.agency.id
