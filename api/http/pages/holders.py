"""Tasks, indicators and targets → the directives whose texts hold them."""

from __future__ import annotations

from collections.abc import Collection

from graph.existence import directives_of
from graph.store.base import Node, Store


def holders(store: Store, nodes: Collection[Node]) -> dict[str, Node]:
    """Directives by the id of what they hold; for directives and agencies among the nodes there is none."""
    owners = directives_of(store, [node.id for node in nodes])
    known = store.nodes(set(owners.values()))
    return {held: known[directive] for held, directive in owners.items()}
