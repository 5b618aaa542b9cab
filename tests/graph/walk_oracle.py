"""What a store must count along edges, by going through all edges again and again until nothing is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from graph.records import Directive, Task
from graph.vocabulary import EdgeType, Label
from tests.graph.oracle import Graph

Types = Collection[EdgeType] | None


def exists(graph: Graph, node_id: str, day: dt.date | None) -> bool:
    since = graph.since(node_id)
    return day is None or since is None or since <= day


def degrees(graph: Graph, node_id: str, types: Types, day: dt.date | None) -> dict[str, dict[EdgeType, int]]:
    """By direction and type, how many nodes of the day the edges of one lead to."""
    ends: dict[str, set[tuple[EdgeType, str]]] = {"down": set(), "up": set()}
    for edge in graph.edges:
        if types is None or edge.type in types:
            ends["down"] |= {(edge.type, edge.target)} if edge.source == node_id else set()
            ends["up"] |= {(edge.type, edge.source)} if edge.target == node_id else set()
    there = {way: [kind for kind, end in found if exists(graph, end, day)] for way, found in ends.items()}
    return {way: {kind: kinds.count(kind) for kind in sorted(set(kinds))} for way, kinds in there.items()}


def by_agency(graph: Graph, reached: Collection[str]) -> dict[str, tuple[int, dict[str, int]]]:
    """How many of the tasks and indicators reached each agency has: all, and by role."""
    mine = [e for e in graph.edges if e.type is EdgeType.ASSIGNED_TO and e.source in reached]
    return {
        agency: (
            len({e.source for e in mine if e.target == agency}),
            {
                role: len({e.source for e in mine if e.target == agency and (e.role or "") == role})
                for role in sorted({e.role or "" for e in mine if e.target == agency})
            },
        )
        for agency in sorted({e.target for e in mine})
    }


def by_quarter(graph: Graph, reached: Collection[str]) -> dict[str | None, int]:
    """How many of the tasks reached end in each quarter."""
    found: dict[str | None, int] = {}
    for node_id in reached:
        record = graph.nodes[node_id].record
        if isinstance(record, Task):
            end = record.deadline.end
            key = f"{end.year}-Q{(end.month + 2) // 3}" if end else None
            found[key] = found.get(key, 0) + 1
    return found


def endings(graph: Graph, day: dt.date, types: Collection[EdgeType]) -> list[str]:
    """Directives that have such an edge, whose period is over, or that begin later."""
    leaving = {e.source for e in graph.edges if e.type in types}
    return [
        i
        for i, node in graph.nodes.items()
        if isinstance(node.record, Directive)
        and (i in leaving or not exists(graph, i, day) or (node.record.period_end or day) < day)
    ]


class Falling(NamedTuple):
    """What falls with a node, and how much more rests on it."""

    lost: set[str]
    kept: int


def alone(graph: Graph, start: str, through: Collection[EdgeType], ended: Collection[str]) -> Falling:
    """What the start and the tops hold up, less what the tops hold up without the start."""
    entered = {e.target for e in graph.edges if e.type in through}
    tops = {i for i, node in graph.nodes.items() if node.label is Label.DIRECTIVE and i not in entered}
    below = _held_up(graph, through, {start}, set(ended) - {start}) - {start}
    standing = _held_up(graph, through, tops - {start}, {start, *ended})
    owners = _agencies(graph, below | {start})
    lost = (below - standing) | (owners - _agencies(graph, standing))
    return Falling(lost, len(below | owners) - len(lost))


def _held_up(graph: Graph, through: Collection[EdgeType], found: set[str], closed: set[str]) -> set[str]:
    found = found - closed
    while new := {
        e.target for e in graph.edges if e.type in through and e.source in found and e.target not in found | closed
    }:
        found = found | new
    return found


def _agencies(graph: Graph, duties: Collection[str]) -> set[str]:
    return {e.target for e in graph.edges if e.type is EdgeType.ASSIGNED_TO and e.source in duties}
