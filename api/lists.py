"""A query → a page of rows: each node with what a reader of a list needs beside it.

Rows cost a few more questions a page, however long it is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from api.answers import Assigned
from graph.errors import StoreTimeError
from graph.existence import directives_of
from graph.listing import Query
from graph.records import Edge, Record
from graph.status import statuses
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Label, Status


class Row(Record):
    """A node of a list. ``status``: of the directive (itself, or the one it stands in) on the date.

    ``directive``: the one a task, indicator or target stands in; ``assigned``: who has a task or an indicator;
    ``targets``: of an indicator; ``indicator``: of a target. What does not apply is null or empty.
    """

    node: Node
    status: Status | None = None
    directive: Node | None = None
    assigned: tuple[Assigned, ...] = ()
    targets: tuple[Node, ...] = ()
    indicator: Node | None = None


class Listing(Record):
    """One page. ``total``: all that pass the filters; ``cursor``: where the next page begins (None: this is the last).

    ``partial``: there is a next page (``reason`` limit), or the time was over before the page was read (``reason``
    time): then it is empty, and ``total`` is None.
    """

    as_of: dt.date
    items: tuple[Row, ...]
    total: int | None
    cursor: str | None
    partial: bool = False
    reason: str | None = None


def listed(
    store: Store, query: Query, *, limit: int, after: str | None = None, seconds: float | None = None
) -> Listing:
    """A page of a list on the query's date (today if it has none), in so many seconds; errors as for Store.page."""
    day = query.as_of or dt.date.today()
    try:
        with store.snapshot(), store.within(seconds):
            page = store.page(query, limit=limit, after=after)
            rows = _rows(store, page.items, day)
    except StoreTimeError:
        if seconds is None:
            raise
        return Listing(as_of=day, items=(), total=None, cursor=None, partial=True, reason="time")
    return Listing(
        as_of=day,
        items=rows,
        total=page.total,
        cursor=page.next,
        partial=page.next is not None,
        reason="limit" if page.next is not None else None,
    )


def _rows(store: Store, nodes: tuple[Node, ...], day: dt.date) -> tuple[Row, ...]:
    ids = [node.id for node in nodes]
    owners = directives_of(store, ids) if nodes and nodes[0].label in _CONTENT else {}
    types = [EdgeType.ASSIGNED_TO, EdgeType.HAS_TARGET]
    down = store.edges_of(list(owners), direction=Direction.DOWN, types=types)
    up = store.edges_of(list(owners), direction=Direction.UP, types=[EdgeType.HAS_TARGET])
    known = store.nodes({*owners.values(), *(e.target for e in down), *(e.source for e in up)})
    status = statuses(store, {*owners.values(), *ids}, day)
    assigned, targets = _grouped(down, known)
    indicator = {edge.target: known[edge.source] for edge in up}

    def row(node: Node) -> Row:
        owner = owners.get(node.id)
        judged = status.get(owner or node.id)
        return Row(
            node=node,
            status=judged.status if judged else None,
            directive=known[owner] if owner else None,
            assigned=tuple(assigned[node.id]),
            targets=tuple(targets[node.id]),
            indicator=indicator.get(node.id),
        )

    return tuple(row(node) for node in nodes)


_CONTENT = (Label.TASK, Label.INDICATOR, Label.TARGET)


def _grouped(edges: Iterable[Edge], known: dict[str, Node]) -> tuple[dict[str, list[Assigned]], dict[str, list[Node]]]:
    """Who has each task or indicator, and the targets of each indicator."""
    assigned: dict[str, list[Assigned]] = defaultdict(list)
    targets: dict[str, list[Node]] = defaultdict(list)
    for edge in edges:
        if edge.type is EdgeType.HAS_TARGET:
            targets[edge.source].append(known[edge.target])
        else:
            assigned[edge.source].append(Assigned(agency=known[edge.target], role=edge.role, printed=edge.printed))
    return assigned, targets
