"""A node and a date become its impact (all that rests on it) or its trace (all it rests on), each item with its proof.

What is followed is written in graph.vocabulary.EDGE_SPECS: through types are walked, last steps shown and not followed
further, mentions (CITED_IN) only when asked for, ISSUED, PART_OF and SUCCEEDED_BY never.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from graph.records import Edge, Record
from graph.status import HOLDING, UNCERTAIN, DirectiveStatus, statuses
from graph.store.base import Closure, Direction, Node, Reached, Store, Totals
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow

_FOR_ITEMS = 0.8  # part of the time; the rest is for the statuses on the paths of the items


class LineageItem(Record):
    """One node of a lineage. ``path``: a shortest path from the start, in walking order; each edge carries its quote.

    In a trace the edges of ``path`` are walked against their arrows. ``in_force_path``: every directive on the path
    (start and item included) is in force on the date; False if one is not, None if of one it is not known.
    ``not_in_force``: the ids of those, in path order; their statuses are in ``Lineage.statuses``.
    """

    node: Node
    depth: int
    path: tuple[Edge, ...]
    in_force_path: bool | None
    not_in_force: tuple[str, ...] = ()


class Lineage(Record):
    """Items sorted by (depth, id). ``totals`` are true totals, also where items were cut.

    ``status``: of the start, if it is a directive: a superseded start names its successor there (reasons[].by, since,
    edge.carries_over). ``statuses``: of every directive on any path, by id. ``partial``: something was cut, ``reason``
    says by what: time (the totals count only what was reached, whole down to the last depth in them), else limit, else
    depth; ``more``: how many of the items counted are not given (0 for depth: nobody counted them).
    """

    start: Node
    direction: Direction
    as_of: dt.date
    status: DirectiveStatus | None
    statuses: dict[str, DirectiveStatus]
    items: tuple[LineageItem, ...]
    totals: Totals
    partial: bool = False
    reason: str | None = None
    more: int = 0


def impact(
    store: Store,
    node_id: str,
    *,
    as_of: dt.date | None = None,
    depth: int | None = None,
    include_cited: bool = False,
    limit: int | None = None,
    seconds: float | None = None,
) -> Lineage:
    """All that rests on a node on a date (today if left out); UnknownId if there is no such node.

    ``depth`` in edges, ``limit`` in items, ``seconds`` for the whole answer: None is no bound.
    """
    return _lineage(store, node_id, Direction.DOWN, as_of or dt.date.today(), depth, include_cited, limit, seconds)


def trace(
    store: Store,
    node_id: str,
    *,
    as_of: dt.date | None = None,
    depth: int | None = None,
    include_cited: bool = False,
    limit: int | None = None,
    seconds: float | None = None,
) -> Lineage:
    """All that a node rests on, up to the top; arguments and errors as for impact."""
    return _lineage(store, node_id, Direction.UP, as_of or dt.date.today(), depth, include_cited, limit, seconds)


def walked(*, cited: bool = False) -> frozenset[EdgeType]:
    """The edge types that a lineage goes on over, mentions among them only if they are asked for."""
    return followed(Follow.THROUGH) | (followed(Follow.ON_REQUEST) if cited else frozenset())


def followed(how: Follow) -> frozenset[EdgeType]:
    """The edge types that a lineage treats in this way."""
    return frozenset(t for t, spec in EDGE_SPECS.items() if spec.follow is how)


def _lineage(
    store: Store,
    node_id: str,
    direction: Direction,
    as_of: dt.date,
    depth: int | None,
    include_cited: bool,
    limit: int | None,
    seconds: float | None,
) -> Lineage:
    with store.snapshot():
        closure = store.closure(
            node_id,
            direction=direction,
            through=walked(cited=include_cited),
            last=followed(Follow.LAST_STEP),
            depth=depth,
            limit=limit,
            as_of=as_of,
            seconds=None if seconds is None else seconds * _FOR_ITEMS,
        )
        at_hand = {closure.start.id: closure.start} | {reached.node.id: reached.node for reached in closure.items}
        known = statuses(store, _on_paths(closure), as_of, known=at_hand)
    return _told(closure, direction, as_of, known)


def _told(closure: Closure, direction: Direction, as_of: dt.date, known: dict[str, DirectiveStatus]) -> Lineage:
    """The answer; ``known``: the statuses of the directives on its paths."""
    more = closure.totals.items - len(closure.items)
    return Lineage(
        start=closure.start,
        direction=direction,
        as_of=as_of,
        status=known.get(closure.start.id),
        statuses=known,
        items=tuple(_item(reached, closure.start.id, known) for reached in closure.items),
        totals=closure.totals,
        partial=closure.late or bool(more) or closure.deeper,
        reason="time" if closure.late else "limit" if more else "depth" if closure.deeper else None,
        more=more,
    )


def _on_paths(closure: Closure) -> set[str]:
    ends = {end for reached in closure.items for edge in reached.path for end in (edge.source, edge.target)}
    return ends | {closure.start.id}


def _item(reached: Reached, start: str, known: dict[str, DirectiveStatus]) -> LineageItem:
    on_path = [known[i] for i in _stations(start, reached.path) if i in known]
    doubtful = [s for s in on_path if s.status not in HOLDING]
    holds: bool | None = not doubtful
    if doubtful and all(s.status in UNCERTAIN for s in doubtful):
        holds = None
    return LineageItem(
        node=reached.node,
        depth=reached.depth,
        path=reached.path,
        in_force_path=holds,
        not_in_force=tuple(s.directive for s in doubtful),
    )


def _stations(start: str, path: Sequence[Edge]) -> Iterable[str]:
    """Ids of the nodes on a path, from the start."""
    here = start
    yield here
    for edge in path:
        here = edge.target if edge.source == here else edge.source
        yield here
