"""Groups of an impact are of all that was reached, however few items are given, and say so where the time was short."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from api import grouping
from api.grouping import GroupBy, agencies_of, grouped_impact, loads
from api.settings import opened
from graph.lineage import impact
from graph.records import Task
from graph.store.base import Direction
from graph.store.tallies import TallyBy
from graph.vocabulary import EdgeType, Label

TOP = "central.57-nq_tw.2024-12-22"
DAY = dt.date(2026, 5, 1)


def test_agencies_are_counted_over_all_items_and_named(store: Path) -> None:
    with opened(str(store)) as asked:
        whole = impact(asked, TOP, as_of=DAY)
        duties = [i.node.id for i in whole.items if i.node.label in (Label.TASK, Label.INDICATOR)]
        assigned = asked.edges_of(duties, direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO])
        found = grouped_impact(asked, TOP, by=GroupBy.AGENCY, as_of=DAY, limit=1)
        names = {i: getattr(node.record, "name", "") for i, node in asked.nodes([g.key for g in found.groups]).items()}
    wanted = Counter(target for target, _ in {(e.target, e.source) for e in assigned})
    assert {g.key: g.items for g in found.groups} == wanted and len(wanted) > 1
    assert [(g.items, g.key) for g in found.groups] == sorted(
        ((g.items, g.key) for g in found.groups), key=lambda pair: (-pair[0], pair[1])
    )
    assert {g.key: g.name for g in found.groups} == names
    assert (len(found.items), found.reason, found.groups_more) == (1, "limit", 0)


def test_groups_that_are_not_listed_are_counted(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(str(store)) as asked:
        whole = grouped_impact(asked, TOP, by=GroupBy.AGENCY, as_of=DAY)
        monkeypatch.setattr(grouping, "MOST_GROUPS", 1)
        cut = grouped_impact(asked, TOP, by=GroupBy.AGENCY, as_of=DAY)
        first = loads(asked, TOP, as_of=DAY, limit=1)
        ((most, load),) = agencies_of(asked, first)
    assert (cut.groups, cut.groups_more) == (whole.groups[:1], len(whole.groups) - 1)
    assert (most.id, load.items) == (whole.groups[0].key, whole.groups[0].items)
    assert first.rest == sum(group.items for group in whole.groups[1:])


def test_deadlines_are_those_of_all_tasks(store: Path) -> None:
    with opened(str(store)) as asked:
        tasks = [i.node.record for i in impact(asked, TOP, as_of=DAY).items if isinstance(i.node.record, Task)]
        found = loads(asked, TOP, by=TallyBy.QUARTER, as_of=DAY)
    ends = (task.deadline.end for task in tasks)
    assert {g.key: g.items for g in found.groups} == Counter(
        f"{end.year}-Q{(end.month + 2) // 3}" if end else None for end in ends
    )


@pytest.mark.parametrize("by", list(GroupBy))
def test_without_time_the_answer_says_so(store: Path, by: GroupBy) -> None:
    with opened(str(store)) as asked:
        found = grouped_impact(asked, TOP, by=by, as_of=DAY, seconds=0.0)
        enough = grouped_impact(asked, TOP, by=by, as_of=DAY, seconds=60.0)
    assert (found.groups, found.items, found.partial, found.reason) == ((), (), True, "time")
    assert enough.groups and not enough.partial
