"""Tasks are filtered and sorted, and pages put together are the whole list."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.listing import CursorError
from graph.records import Agency, Deadline, Evidence, Task
from graph.store.base import Node
from graph.vocabulary import Origin, Role
from viz.pages.tasks import Assignee, TaskFilter, TaskOrder, TaskRow, leads_of, sections_of, task_page

SAID = Evidence(file="k.txt", sha256="", line=1, start=0, end=1, quote="x")


def body(name: str) -> Node:
    return Node(id=f"a.{name}", record=Agency(id=f"a.{name}", name=name))


def row(ref: str, section: str, due: str | None, lead: str | None, other: str | None = None) -> TaskRow:
    deadline = Deadline(end=dt.date.fromisoformat(due) if due else None)
    task = Task(ref=ref, text=ref, origin=Origin.APPENDIX, section=section, deadline=deadline, evidence=SAID)
    named = [(lead, Role.LEAD), (other, Role.COORDINATE)]
    return TaskRow(Node(id=ref, record=task), [Assignee(body(n), role, None) for n, role in named if n])


ROWS = [
    row("1", "I", "2026-12-31", "Sở Y tế"),
    row("2", "I", None, "Sở Nội vụ", "Sở Y tế"),
    row("3", "II", "2026-06-30", None),
    row("4", "II", "2026-06-30", "Đảng ủy xã"),
]


def refs(wanted: TaskFilter) -> list[str]:
    return [r.node.id for r in task_page(ROWS, wanted, limit=10).rows]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TaskFilter(), "1 2 3 4"),
        (TaskFilter(lead="a.Sở Y tế"), "1"),
        (TaskFilter(section="II"), "3 4"),
        (TaskFilter(due_before=dt.date(2026, 6, 30)), "3 4"),
        (TaskFilter(due_before=dt.date(2026, 6, 29)), ""),
        (TaskFilter(order=TaskOrder.DUE), "3 4 1 2"),
        (TaskFilter(order=TaskOrder.LEAD), "4 2 1 3"),
        (TaskFilter(lead="a.nobody"), ""),
    ],
)
def test_filters_and_orders(wanted: TaskFilter, expected: str) -> None:
    assert refs(wanted) == expected.split()


@pytest.mark.parametrize("order", list(TaskOrder))
@pytest.mark.parametrize("limit", [1, 3, 4])
def test_pages_together_are_the_list(order: TaskOrder, limit: int) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = task_page(ROWS, TaskFilter(order=order), limit=limit, after=after)
        seen += [r.node.id for r in page.rows]
        assert (page.total, page.more) == (4, 4 - len(seen))
        after = page.after
        if after is None:
            break
    assert seen == refs(TaskFilter(order=order))


def test_a_place_of_another_list_is_refused() -> None:
    with pytest.raises(CursorError):
        task_page(ROWS, TaskFilter(section="I"), limit=1, after="3")


def test_what_can_be_chosen() -> None:
    assert [node.record.model_dump()["name"] for node in leads_of(ROWS)] == ["Đảng ủy xã", "Sở Nội vụ", "Sở Y tế"]
    assert sections_of(ROWS) == ["I", "II"]
    assert sections_of(ROWS[::-1]) == ["II", "I"]
