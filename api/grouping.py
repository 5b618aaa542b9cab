"""An impact → its true totals in groups, and a page of its items, each with its shortest path and quotes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from api.answers import with_loads
from graph.lineage import Lineage, impact
from graph.records import Record
from graph.store.base import Store, Totals

#: Items looked at to count what each agency has; beyond them the groups by agency say that they are cut.
MOST_FOR_AGENCIES = 5_000


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

    ``groups_partial``: the groups were counted from the first items only.
    """

    group_by: GroupBy
    groups: tuple[Group, ...]
    groups_partial: bool
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
) -> GroupedImpact:
    """All that rests on a node, counted in groups, with ``limit`` items from ``skip`` on; UnknownId as for impact."""
    with store.snapshot():
        found = impact(store, node_id, as_of=as_of, depth=depth, include_cited=cited, limit=skip + limit)
        if by is GroupBy.AGENCY:
            groups, cut = _by_agency(store, found, depth, cited)
        else:
            groups, cut = _from_totals(found.totals, by), False
    said = {name: getattr(found, name) for name in Lineage.model_fields}
    page = found.items[skip:]
    shown = {found.start.id} | {end for item in page for edge in item.path for end in (edge.source, edge.target)}
    said |= {"items": page, "statuses": {i: s for i, s in found.statuses.items() if i in shown}}
    return GroupedImpact(**said, group_by=by, groups=groups, groups_partial=cut, skip=skip)


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


def _by_agency(store: Store, found: Lineage, depth: int | None, cited: bool) -> tuple[tuple[Group, ...], bool]:
    """Tasks and indicators of each agency among the first items of the whole impact."""
    whole = impact(store, found.start.id, as_of=found.as_of, depth=depth, include_cited=cited, limit=MOST_FOR_AGENCIES)
    loads = with_loads(store, whole).assigned
    groups = [
        Group(key=load.agency.id, items=sum(load.roles.values()), name=getattr(load.agency.record, "name", None))
        for load in loads
    ]
    return tuple(sorted(groups, key=lambda group: (-group.items, group.key))), whole.more > 0
