"""Nodes and a date become those that exist on it: the rule of Store.closure for questions that do not walk.

A directive exists from the day it was issued (from the first day of its year where only that is known), one without a
date always; a task, indicator or target as long as the directive it stands in; an agency always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from graph.records import Directive
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Label

_HOLDS = (EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR, EdgeType.HAS_TARGET)
_HELD = (Label.TASK, Label.INDICATOR, Label.TARGET)


def existing(store: Store, nodes: Iterable[Node], day: dt.date) -> dict[str, Node]:
    """Those of the nodes that exist on a day, by id, in the order given."""
    given = {node.id: node for node in nodes}
    owners = directives_of(store, [i for i, node in given.items() if node.label in _HELD])
    known = store.nodes(sorted(set(owners.values()) - given.keys())) | given
    return {i: node for i, node in given.items() if _exists(known[owners.get(i, i)], day)}


def directives_of(store: Store, content_ids: Collection[str]) -> dict[str, str]:
    """The directive that each task, indicator or target stands in; other ids are left out."""
    above: dict[str, str] = {}
    waiting = set(content_ids)
    while waiting:
        edges = store.edges_of(sorted(waiting), direction=Direction.UP, types=_HOLDS)
        above.update((edge.target, edge.source) for edge in edges)
        waiting = {edge.source for edge in edges if edge.type is EdgeType.HAS_TARGET} - above.keys()
    return {i: above.get(above[i], above[i]) for i in content_ids if i in above}


def _exists(node: Node, day: dt.date) -> bool:
    return not isinstance(node.record, Directive) or node.record.exists_on(day)
