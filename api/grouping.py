"""An impact → its true totals in groups, and a page of its items, each with its shortest path and quotes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from graph.lineage import Lineage, impact, walked
from graph.records import Record
from graph.store.base import Direction, Node, Store, Totals
from graph.store.tallies import Tally, TallyBy, TallyGroup
from graph.store.timing import remaining

#: Groups of one answer; a country has thousands of agencies.
MOST_GROUPS = 1_000
_FOR_ITEMS = 0.7  # part of the time; the rest is for counting the groups


class GroupBy(StrEnum):
    LABEL = "label"  # directives, tasks, indicators, targets, agencies
    LEVEL = "level"  # of directives: central, provincial, communal
    JURISDICTION = "jurisdiction"  # of directives
    DEPTH = "depth"  # edges from the start
    AGENCY = "agency"  # tasks and indicators of each agency


class Group(Record):
    """``key``: label, level, place, depth or agency id; ``items``: how many; ``name``: of an agency."""

    key: str
    items: int
    name: str | None = None


class GroupedImpact(Lineage):
    """A lineage of which ``items`` is one page (from ``skip`` on); ``groups``: of all that was reached, largest first.

    ``groups_more``: how many smaller groups are not listed. Without time for the groups there are none of them, and the
    answer is ``partial`` by ``time``.
    """

    group_by: GroupBy
    groups: tuple[Group, ...]
    groups_more: int = 0
    skip: int


def grouped_impact(
    store: Store,
    node_id: str,
    *,
    by: GroupBy = GroupBy.LABEL,
    as_of: dt.date | None = None,
    depth: int | None = None,
    cited: bool = False,
    skip: int = 0,
    limit: int = 50,
    seconds: float | None = None,
) -> GroupedImpact:
    """All that rests on a node, counted in groups, with ``limit`` items from ``skip`` on; UnknownId as for impact.

    ``seconds``: for the whole answer; None is no bound.
    """
    left, part = remaining(seconds), None if seconds is None else seconds * _FOR_ITEMS
    with store.snapshot():
        found = impact(store, node_id, as_of=as_of, depth=depth, include_cited=cited, limit=skip + limit, seconds=part)
        tally = Tally(groups=())
        if by is GroupBy.AGENCY:
            day = found.as_of
            tally = loads(store, node_id, as_of=day, depth=depth, cited=cited, limit=MOST_GROUPS, seconds=left())
            groups = _named(store, tally)
        else:
            groups = _from_totals(found.totals, by)
    said = {name: getattr(found, name) for name in Lineage.model_fields}
    page = found.items[skip:]
    shown = {found.start.id} | {end for item in page for edge in item.path for end in (edge.source, edge.target)}
    said |= {"items": page, "statuses": {i: s for i, s in found.statuses.items() if i in shown}}
    said |= {"partial": True, "reason": "time"} if tally.late else {}
    return GroupedImpact(**said, group_by=by, groups=groups, groups_more=tally.more, skip=skip)


def loads(
    store: Store,
    node_id: str,
    *,
    by: TallyBy = TallyBy.AGENCY,
    as_of: dt.date,
    depth: int | None = None,
    cited: bool = False,
    limit: int | None = None,
    seconds: float | None = None,
) -> Tally:
    """How the tasks and indicators of an impact are spread over agencies or quarters."""
    return store.tally(
        node_id,
        by=by,
        direction=Direction.DOWN,
        through=walked(cited=cited),
        depth=depth,
        as_of=as_of,
        limit=limit,
        seconds=seconds,
    )


def agencies_of(store: Store, tally: Tally) -> list[tuple[Node, TallyGroup]]:
    """The agencies of a tally by agency, with what each has."""
    nodes = store.nodes([group.key for group in tally.groups if group.key is not None])
    return [(nodes[group.key], group) for group in tally.groups if group.key is not None]


def _from_totals(totals: Totals, by: GroupBy) -> tuple[Group, ...]:
    counted: dict[GroupBy, dict[str, int]] = {
        GroupBy.LABEL: {label.value: n for label, n in totals.labels.items()},
        GroupBy.LEVEL: totals.levels,
        GroupBy.JURISDICTION: totals.jurisdictions,
        GroupBy.DEPTH: {str(depth): n for depth, n in totals.depths.items()},
    }
    if by is GroupBy.DEPTH:
        return tuple(Group(key=key, items=n) for key, n in counted[by].items())
    return tuple(Group(key=k, items=n) for k, n in sorted(counted[by].items(), key=lambda pair: (-pair[1], pair[0])))


def _named(store: Store, tally: Tally) -> tuple[Group, ...]:
    return tuple(
        Group(key=node.id, items=group.items, name=getattr(node.record, "name", None))
        for node, group in agencies_of(store, tally)
    )
