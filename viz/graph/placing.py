"""Nodes, their layers and groups → where each element stands: its layer, and its place among all from top to bottom.

What is in sight at first is ordered by its neighbours; what stands in a closed group follows in its natural order, so
that a group opens in place without being laid out anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from graph.records import Edge, Indicator, Target, Task
from graph.store.base import Node
from viz.graph.elements import natural_key
from viz.graph.ordering import ordered
from viz.graph.rollup import Rollup


def placed(
    nodes: Mapping[str, Node],
    layer_of: Mapping[str, int],
    owner_of: Mapping[str, str],
    rolled: Rollup,
    edges: Collection[Edge],
) -> dict[str, tuple[int, int]]:
    """(layer, order) of every node and every group; no two have the same order."""
    natural = naturally(nodes, owner_of)
    rank = dict(zip(natural, range(len(natural)), strict=True))
    layer = dict(layer_of)
    _reach(nodes, rolled, layer, rank)
    stands = {name: rolled.outermost(name) for name in rank}
    visible = list(dict.fromkeys(stands[i] for i in natural))
    number = dict(zip(visible, range(len(visible)), strict=True))
    shown = {name: number[outer] for name, outer in stands.items()}
    pairs = {(shown[e.source], shown[e.target]) for e in edges}
    heights = ordered([layer[i] for i in visible], sorted((a, b) for a, b in pairs if a != b))
    names, at = list(rank), np.array([shown[name] for name in rank], dtype=np.int64)
    rows = np.lexsort((np.array(list(rank.values())), heights[at])).tolist()
    return {names[row]: (layer[names[row]], order) for order, row in enumerate(rows)}


def naturally(nodes: Mapping[str, Node], owner_of: Mapping[str, str]) -> list[str]:
    """Directives by place and date, agencies by place and name; then what directives hold, as in their texts."""
    free, held = [], []
    for name, node in nodes.items():
        record = node.record
        if isinstance(record, Task | Indicator | Target):
            held.append((owner_of.get(name, ""), record.evidence.start, name))
        else:
            free.append((natural_key(node), name))
    names = [name for _, name in sorted(free)]
    place = {"": -1} | {name: number for number, name in enumerate(names)}
    return [*names, *(name for *_, name in sorted((place.get(owner, -1), start, name) for owner, start, name in held))]


def _reach(nodes: Mapping[str, Node], rolled: Rollup, layer: dict[str, int], rank: dict[str, int]) -> None:
    """A group stands in the leftmost layer of its members, before the first of them."""
    groups = rolled.groups
    kinds = {name: group.kind for name, group in groups.items()}
    ends = [(i, name) for i, name in rolled.group_of.items() if nodes[i].label is kinds[name]]
    inner = [(i, g.parent) for i, g in reversed(groups.items()) if g.parent and kinds[g.parent] is g.kind]
    for member, group in [*ends, *inner]:
        layer[group] = min(layer.get(group, layer[member]), layer[member])
        rank[group] = min(rank.get(group, rank[member]), rank[member])
