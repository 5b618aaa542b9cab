"""Too many things of one kind → groups that stand for them until they are opened, each with its true count.

The tasks (indicators, targets) of one directive become one group; the directives of one level a group of provinces,
each with its directives; agencies likewise. What stands in a closed group takes all it holds along: "34 tỉnh · 1.360
nhiệm vụ". A node is in one group at most, a group in one other; the nodes kept open by name are in none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.records import Edge
from graph.store.base import Node
from graph.vocabulary import EdgeType, Label
from viz.graph.layers import province_of
from viz.graph.styles import Band

#: Above so many nodes a picture begins rolled up as far as it can be.
MOST = 2000
#: More than so many siblings become one group: the first of these that leaves at most COMFORTABLE things in sight;
#: above MOST nodes the last.
LIMITS = (24, 12, 4)
COMFORTABLE = 80
_CONTENT = (Label.TASK, Label.INDICATOR, Label.TARGET)


@dataclass(slots=True)
class Group:
    """``kind``: label of its members. ``place``: a province where it has one. ``owner``: the directive it belongs to.

    ``parent``: the group it stands in. ``nodes``: how many nodes of each label it holds, those in inner groups, too.
    ``places``: how many provinces or communes its directives (agencies) come from.
    """

    id: str
    kind: Label
    band: Band
    place: str = ""
    owner: str | None = None
    parent: str | None = None
    nodes: Counter[Label] = field(default_factory=Counter)
    places: int = 0


@dataclass(frozen=True, slots=True)
class Rollup:
    """``groups`` by id, the outer before the inner; ``group_of``: the innermost group of each node that is in one."""

    groups: dict[str, Group]
    group_of: dict[str, str]

    def outermost(self, name: str) -> str:
        """What stands for a node or a group while all groups are closed: its outermost group, or itself."""
        group = self.groups[name].parent if name in self.groups else self.group_of.get(name)
        while group is not None:
            name, group = group, self.groups[group].parent
        return name


def owners(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, str]:
    """The directive in the picture that each task, indicator and target stands in."""
    above = {e.target: e.source for e in edges if e.type in _HOLDS}
    found = {}
    for node in above:
        owner = above[node]
        owner = above.get(owner, owner)
        if nodes[owner].label is Label.DIRECTIVE:
            found[node] = owner
    return found


_HOLDS = (EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR, EdgeType.HAS_TARGET)


def rollup(
    nodes: Mapping[str, Node],
    bands: Mapping[str, Band],
    owner_of: Mapping[str, str],
    keep: Collection[str],
    *,
    many: int | None = None,
) -> Rollup:
    """The groups of a picture. ``keep``: nodes that stay in sight; ``many``: None for the rule above."""
    if many is not None:
        return _rolled(nodes, bands, owner_of, keep, many)
    for limit in LIMITS[-1:] if len(nodes) > MOST else LIMITS:
        made = _rolled(nodes, bands, owner_of, keep, limit)
        if len({made.outermost(node) for node in nodes}) <= COMFORTABLE:
            break
    return made


def _rolled(
    nodes: Mapping[str, Node], bands: Mapping[str, Band], owner_of: Mapping[str, str], keep: Collection[str], limit: int
) -> Rollup:
    made = Rollup({}, {})
    free: dict[Label, list[str]] = {label: [] for label in Label}
    for name, node in nodes.items():
        if name not in keep:
            free[node.label].append(name)
    for band in Band:
        _roll_places(made, nodes, [i for i in free[Label.DIRECTIVE] if bands[i] is band], Label.DIRECTIVE, band, limit)
    _roll_places(made, nodes, free[Label.AGENCY], Label.AGENCY, Band.ENDS, limit)
    for kind in _CONTENT:
        _roll_content(made, free[kind], kind, owner_of, bands, limit)
    _count(made, free)
    _count_places(made, nodes, free)
    return made


def _roll_places(
    made: Rollup, nodes: Mapping[str, Node], members: Collection[str], kind: Label, band: Band, limit: int
) -> None:
    """One group of all, in it one of each place that has several."""
    if len(members) <= limit:
        return
    whole = Group(f"~{kind.value}.{band.value}", kind, band)
    made.groups[whole.id] = whole
    by_place: dict[str, list[str]] = defaultdict(list)
    for node in members:
        by_place[province_of(nodes[node])].append(node)
    for place, local in sorted(by_place.items()):
        group = whole
        if len(local) > 1 and len(by_place) > 1:
            group = Group(f"{whole.id}.{place}", kind, band, place=place, parent=whole.id)
            made.groups[group.id] = group
        made.group_of.update(dict.fromkeys(local, group.id))


def _roll_content(
    made: Rollup,
    free: Iterable[str],
    kind: Label,
    owner_of: Mapping[str, str],
    bands: Mapping[str, Band],
    limit: int,
) -> None:
    """What one directive holds of a kind; what is not rolled up goes into the group of its directive."""
    by_owner: dict[str, list[str]] = defaultdict(list)
    for node in free:
        by_owner[owner_of.get(node, "")].append(node)
    for owner, members in sorted(by_owner.items()):
        above = made.group_of.get(owner)
        if len(members) > limit:
            group = Group(f"~{kind.value}.{owner}", kind, bands[members[0]], owner=owner or None, parent=above)
            made.groups[group.id] = group
            above = group.id
        if above is not None:
            made.group_of.update(dict.fromkeys(members, above))


def _count(made: Rollup, free: Mapping[Label, Iterable[str]]) -> None:
    """What stands in each group, then all of an inner group in the one around it."""
    for label, names in free.items():
        for group, count in Counter(made.group_of[i] for i in names if i in made.group_of).items():
            made.groups[group].nodes[label] += count
    for inner in reversed(made.groups.values()):
        if inner.parent is not None:
            made.groups[inner.parent].nodes.update(inner.nodes)


def _count_places(made: Rollup, nodes: Mapping[str, Node], free: Mapping[Label, Iterable[str]]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for label in (Label.DIRECTIVE, Label.AGENCY):
        for name in free[label]:
            group = made.group_of.get(name)
            while group is not None:
                found[group].add(getattr(nodes[name].record, "jurisdiction", None) or "")
                group = made.groups[group].parent
    for group, places in found.items():
        made.groups[group].places = len(places - {""})
