"""The tasks of a directive → those that pass a filter, in an order, from a place in the list on.

The place is the id of the last task seen: what is added or withdrawn between two pages moves nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from graph.listing import CursorError
from graph.records import Deadline, Indicator, Task
from graph.store.base import Node
from graph.text import fold
from graph.vocabulary import Role


class TaskOrder(StrEnum):
    TEXT = "text"  # of the text
    DUE = "due"  # last day of the deadline, those without one last
    LEAD = "lead"  # name of the agency that leads, those without one last


class Assignee(NamedTuple):
    """An agency with its role; ``printed``: its name in the text."""

    agency: Node
    role: Role | None
    printed: str | None


class TaskRow(NamedTuple):
    """A task of a directive and who has it."""

    node: Node
    assigned: Sequence[Assignee]

    @property
    def leads(self) -> list[Assignee]:
        return [a for a in self.assigned if a.role is Role.LEAD]

    @property
    def others(self) -> list[Assignee]:
        return [a for a in self.assigned if a.role is not Role.LEAD]

    @property
    def deadline(self) -> Deadline | None:
        return self.node.record.deadline if isinstance(self.node.record, Task) else None

    @property
    def section(self) -> str:
        return self.node.record.section if isinstance(self.node.record, Task | Indicator) else ""


class TaskFilter(NamedTuple):
    """None does not filter. ``lead``: id of an agency; ``due_before``: inclusive, tasks without a last day fail it."""

    lead: str | None = None
    section: str | None = None
    due_before: dt.date | None = None
    order: TaskOrder = TaskOrder.TEXT


class TaskPage(NamedTuple):
    """``total``: all that pass the filter; ``after``: where the next page begins, None at the end."""

    rows: list[TaskRow]
    total: int
    more: int
    after: str | None


def task_page(rows: Iterable[TaskRow], wanted: TaskFilter, *, limit: int, after: str | None = None) -> TaskPage:
    """A page of the rows (given in the order of the text); CursorError if ``after`` is none of them."""
    passing = sorted((row for row in rows if _passes(row, wanted)), key=_ORDERS[wanted.order])
    ids = [row.node.id for row in passing]
    if after is not None and after not in ids:
        raise CursorError(f"{after[:60]!r} is no task of this list; begin with its first page")
    begin = ids.index(after) + 1 if after is not None else 0
    shown = passing[begin : begin + limit]
    more = len(passing) - begin - len(shown)
    return TaskPage(shown, len(passing), more, shown[-1].node.id if more and shown else None)


def leads_of(rows: Iterable[TaskRow]) -> list[Node]:
    """The agencies that lead any of the tasks, by name."""
    found = {a.agency.id: a.agency for row in rows for a in row.leads}
    return sorted(found.values(), key=lambda node: (fold(_name(node)), node.id))


def sections_of(rows: Iterable[TaskRow]) -> list[str]:
    """The sections that hold any of the tasks, in the order of the text."""
    return list(dict.fromkeys(row.section for row in rows if row.section))


def _passes(row: TaskRow, wanted: TaskFilter) -> bool:
    end = row.deadline.end if row.deadline else None
    return (
        (wanted.lead is None or any(a.agency.id == wanted.lead for a in row.leads))
        and (wanted.section is None or row.section == wanted.section)
        and (wanted.due_before is None or (end is not None and end <= wanted.due_before))
    )


def _by_lead(row: TaskRow) -> tuple[bool, str]:
    names = sorted(fold(_name(a.agency)) for a in row.leads)
    return not names, names[0] if names else ""


def _by_due(row: TaskRow) -> dt.date:
    return (row.deadline.end if row.deadline else None) or dt.date.max


def _name(node: Node) -> str:
    return str(getattr(node.record, "name", ""))


_ORDERS: dict[TaskOrder, Callable[[TaskRow], tuple[bool, str] | dt.date | int]] = {
    TaskOrder.TEXT: lambda row: 0,
    TaskOrder.DUE: _by_due,
    TaskOrder.LEAD: _by_lead,
}
