"""The trace of a task → chains of steps from it up to each top directive, each step with the edge that says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.lineage import Lineage, LineageItem
from graph.records import Directive, Edge
from graph.store.base import Node
from graph.vocabulary import EDGE_SPECS, DirectiveType, EdgeType, Follow, Label, System

MOST_CHAINS = 6
_LAWS = frozenset({DirectiveType.LAW, DirectiveType.ORDINANCE, DirectiveType.DECREE, DirectiveType.CIRCULAR})


class Step(NamedTuple):
    """``node`` stands above the step before; ``edge`` (from ``node`` down) says so."""

    edge: Edge
    node: Node


def chains(trace: Lineage) -> tuple[list[list[Step]], int]:
    """A chain for each directive that nothing stands above in the trace, at most six, and how many more there are.

    Policy comes before law: directives of the Party first, laws and decrees last; then what is in force all the way,
    what is carried out before what is only a basis, and the longest.
    Steps that no lineage walks (a replaced predecessor) are no authority and end no chain.
    """
    known = {item.node.id: item.node for item in trace.items} | {trace.start.id: trace.start}
    walked = [item for item in trace.items if all(_through(edge) for edge in item.path)]
    passed = {edge.target for item in walked for edge in item.path}
    tops = [i for i in walked if i.node.id not in passed and i.node.label is Label.DIRECTIVE]
    tops.sort(key=_order)
    shown = [_steps(item, known) for item in tops[:MOST_CHAINS]]
    return shown, len(tops) - len(shown)


def _order(item: LineageItem) -> tuple[bool, bool, bool, bool, int, str]:
    top = item.node.record
    law = isinstance(top, Directive) and top.type in _LAWS
    party = isinstance(top, Directive) and top.system is System.PARTY
    ended = item.in_force_path is False
    return law, not party, ended, item.path[-1].type is EdgeType.BASIS_FOR, -item.depth, item.node.id


def _steps(item: LineageItem, known: dict[str, Node]) -> list[Step]:
    edges: Sequence[Edge] = item.path
    return [Step(edge, known[edge.source]) for edge in edges if edge.source in known]


def _through(edge: Edge) -> bool:
    return EDGE_SPECS[edge.type].follow is Follow.THROUGH
