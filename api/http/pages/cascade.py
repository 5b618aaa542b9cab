"""A directive → the directives above or below it, each with the shortest way to it and its status."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from graph.lineage import followed
from graph.status import DirectiveStatus, statuses
from graph.store.base import Closure, Direction, Node, Store
from graph.vocabulary import DIRECTIVE_RELATIONS, Follow

_THROUGH = followed(Follow.THROUGH) & set(DIRECTIVE_RELATIONS)
_LAST = followed(Follow.LAST_STEP) & set(DIRECTIVE_RELATIONS)


class Cascade(NamedTuple):
    """``nodes``: all that stands on a way; ``statuses``: of the items."""

    closure: Closure
    nodes: dict[str, Node]
    statuses: dict[str, DirectiveStatus]


def around(store: Store, directive: str, direction: Direction, day: dt.date, limit: int) -> Cascade:
    """Directives reached over relations between directives alone, nearest first."""
    closure = store.closure(directive, direction=direction, through=_THROUGH, last=_LAST, limit=limit, as_of=day)
    ends = {end for item in closure.items for edge in item.path[-1:] for end in (edge.source, edge.target)}
    found = statuses(store, [item.node.id for item in closure.items], day)
    return Cascade(closure, store.nodes(ends), found)
