"""Nodes and edges → the column of each node: the band of its kind and level, and within it what comes after what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.places import CENTRAL, split_jurisdiction
from graph.records import Agency, Directive, Edge
from graph.store.base import Node
from graph.vocabulary import Label, Level
from viz.graph.styles import Band

#: A band is split into at most so many columns; a longer chain (or a circle) ends in the last of them.
DEEPEST = 4
_OF_LEVEL = {Level.CENTRAL: Band.CENTRAL, Level.PROVINCIAL: Band.PROVINCIAL, Level.COMMUNAL: Band.COMMUNAL}
_OF_LABEL = {
    Label.TASK: Band.WORK,
    Label.INDICATOR: Band.WORK,
    Label.TARGET: Band.ENDS,
    Label.AGENCY: Band.ENDS,
}
_BANDS = list(Band)


def band_of(node: Node) -> Band:
    """The band a node stands in; a directive that states no level takes that of its jurisdiction."""
    record = node.record
    if not isinstance(record, Directive):
        return _OF_LABEL[node.label]
    if record.level:
        return _OF_LEVEL[record.level]
    if not record.jurisdiction:
        return Band.UNKNOWN
    if record.jurisdiction == CENTRAL:
        return Band.CENTRAL
    return Band.COMMUNAL if split_jurisdiction(record.jurisdiction)[0] else Band.PROVINCIAL


def province_of(node: Node) -> str:
    """The province (or "central") that a directive or an agency belongs to; "" where it is not known."""
    record = node.record
    if not isinstance(record, Directive | Agency) or not record.jurisdiction:
        return ""
    return CENTRAL if record.jurisdiction == CENTRAL else split_jurisdiction(record.jurisdiction)[1] or ""


def layers(bands: Mapping[str, Band], edges: Iterable[Edge]) -> dict[str, int]:
    """The layer of each node, from 0: bands from left to right, and in a band the source of an edge before its target.

    Layers that nothing stands in are left out.
    """
    depth = dict.fromkeys(bands, 0)
    inside = sorted({(e.source, e.target) for e in edges if bands[e.source] is bands[e.target]})
    for _ in range(DEEPEST):
        for source, target in inside:
            depth[target] = max(depth[target], min(depth[source] + 1, DEEPEST - 1))
    place = {node: _BANDS.index(band) * DEEPEST + depth[node] for node, band in bands.items()}
    used = {layer: number for number, layer in enumerate(sorted(set(place.values())))}
    return {node: used[layer] for node, layer in place.items()}
