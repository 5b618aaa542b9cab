"""Tasks, indicators and targets → the directives whose texts hold them."""

from __future__ import annotations

from collections.abc import Collection

from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Label


def holders(store: Store, nodes: Collection[Node]) -> dict[str, Node]:
    """Directives by the id of what they hold; for directives and agencies among the nodes there is none."""
    targets = [node.id for node in nodes if node.label is Label.TARGET]
    indicator_of = _above(store, targets, EdgeType.HAS_TARGET)
    held = [node.id for node in nodes if node.label in (Label.TASK, Label.INDICATOR)]
    directive_of = _above(store, [*held, *indicator_of.values()], EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR)
    known = store.nodes(set(directive_of.values()))
    found = ((node.id, directive_of.get(indicator_of.get(node.id, node.id))) for node in nodes)
    return {held_: known[directive] for held_, directive in found if directive is not None}


def _above(store: Store, ids: Collection[str], *types: EdgeType) -> dict[str, str]:
    return {edge.target: edge.source for edge in store.edges_of(ids, direction=Direction.UP, types=types)}
