"""Arrays of the graph and a walk on them become counts: degrees, tallies of tasks, and what falls with a node.

Nodes are ranks, as in graph.store.adjacency. Each question looks at the edges it needs in a few steps over arrays, so
that a million of them are counted within some dozen milliseconds, and nothing is read from rows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.store.adjacency import Adjacency, Side, Walk, expand, mask
from graph.store.columns import LABEL_CODES, ROLES, TYPES, Bools, Indices
from graph.store.tallies import ALONE_ORDER
from graph.store.timing import OutOfTime
from graph.store.walk_cache import Array
from graph.vocabulary import EdgeType, Label

_EPOCH = dt.date(1970, 1, 1).toordinal()
_ASSIGNED = mask([EdgeType.ASSIGNED_TO])


def degrees(
    graph: Adjacency, ranks: Indices, *, down: bool, types: Collection[EdgeType], as_of: dt.date | None
) -> list[dict[EdgeType, int]]:
    """Of each node how many nodes it is joined to on one side, by type."""
    side = graph.down if down else graph.up
    near, position = _edges_of(side, ranks, mask(types))
    to, kind = side.other[position], side.type[position].astype(np.intp)
    if as_of is not None:
        there = graph.since[to] <= as_of.toordinal()
        near, to, kind = near.compress(there), to.compress(there), kind.compress(there)
    new = _changes(near, to, kind)  # the edges of a node come by (other end, type)
    counts = np.bincount((near * len(TYPES) + kind).compress(new), minlength=ranks.size * len(TYPES))
    return [
        {TYPES[code]: int(row[code]) for code in np.flatnonzero(row).tolist()}
        for row in counts.reshape(ranks.size, len(TYPES))
    ]


def among(graph: Adjacency, ranks: Indices, types: Collection[EdgeType]) -> list[int]:
    """Rows of the edges with both ends among the nodes."""
    chosen = np.zeros(len(graph), dtype=bool)
    chosen[ranks] = True
    _, position = _edges_of(graph.down, np.flatnonzero(chosen), mask(types))
    found: list[int] = graph.down.row[position.compress(chosen[graph.down.other[position]])].tolist()
    return found


@dataclass(frozen=True, slots=True)
class Load:
    """``number``: n of an agency; ``items``: how many it has, ``roles``: in each role."""

    number: int
    items: int
    roles: dict[str, int]


def by_agency(graph: Adjacency, walk: Walk, limit: int | None) -> tuple[list[Load], int, int]:
    """Who has how many of the tasks and indicators reached: the first by (most, id), how many more, and their sum."""
    duties = walk.order[_is(graph, walk.order, Label.TASK) | _is(graph, walk.order, Label.INDICATOR)]
    near, position = _edges_of(graph.down, duties, _ASSIGNED)
    agency = graph.down.other[position]
    first = np.flatnonzero(_changes(near, agency))
    if not first.size:
        return [], 0, 0
    roles = np.bitwise_or.reduceat(1 << graph.down.role[position].astype(np.int32), first)
    agency = agency[first]
    items = np.bincount(agency)
    ranks = np.flatnonzero(items)
    ranks = ranks[np.argsort(-items[ranks], kind="stable")]
    first = ranks[:limit]
    in_role = [np.bincount(agency[(roles >> code) & 1 == 1], minlength=items.size)[first] for code in range(len(ROLES))]
    loads = [
        Load(number, n, {role: count for role, count in zip(ROLES, counts, strict=True) if count})
        for number, n, *counts in zip(
            graph.number[first].tolist(), items[first].tolist(), *(counts.tolist() for counts in in_role), strict=True
        )
    ]
    return loads, ranks.size - first.size, int(items.sum() - items[first].sum())


def by_quarter(graph: Adjacency, walk: Walk) -> dict[str | None, int]:
    """How many of the tasks reached end in each quarter; None: without a last day."""
    until = graph.until[walk.order[_is(graph, walk.order, Label.TASK)]].astype(np.int64)
    dated = until[until != 0]
    quarters = (dated - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3
    counts: dict[str | None, int] = {f"{1970 + q // 4}-Q{q % 4 + 1}": n for q, n in Counter(quarters.tolist()).items()}
    if until.size > dated.size:
        counts[None] = until.size - dated.size
    return counts


def endings(graph: Adjacency, as_of: dt.date, types: Collection[EdgeType]) -> list[int]:
    """n of the directives that an edge of these types leaves, whose period is over, or that begin later."""
    day = as_of.toordinal()
    found = (graph.since > day) | ((graph.until != 0) & (graph.until < day))
    leaving = np.flatnonzero(mask(types)[graph.down.type])
    found[np.searchsorted(graph.down.first, leaving, side="right") - 1] = True
    numbers: list[int] = graph.number[found & (graph.label == LABEL_CODES[Label.DIRECTIVE])].tolist()
    return numbers


@dataclass(frozen=True, slots=True)
class Fallen:
    """n of what falls by (ALONE_ORDER, id), how many by label, and how many of what rests on the start are kept."""

    numbers: list[int]
    totals: dict[Label, int]
    kept: int


def alone(
    graph: Adjacency,
    start: int,
    through: Collection[EdgeType],
    ended: Indices,
    limit: int | None,
    out_of_time: OutOfTime,
) -> Fallen | None:
    """See Store.alone; None if the time was over."""
    onward = mask(through)
    closed = np.zeros(len(graph), dtype=bool)
    closed[ended] = True
    below = _spread(graph, np.array([start], dtype=np.intp), onward, closed, out_of_time)
    below[start] = False
    closed[start] = True
    standing = _spread(graph, _tops(graph, onward, closed), onward, closed, out_of_time)
    if out_of_time():
        return None
    lost = below & ~standing
    below[start] = True
    owners, idle = _owners(graph, below, standing)
    lost |= idle
    parts = [np.flatnonzero(lost & (graph.label == LABEL_CODES[label])) for label in ALONE_ORDER]
    totals = {label: part.size for label, part in zip(ALONE_ORDER, parts, strict=True) if part.size}
    kept = int(below.sum()) - 1 + owners - sum(totals.values())
    return Fallen(graph.number[np.concatenate(parts)[:limit]].tolist(), totals, kept)


def _tops(graph: Adjacency, onward: Bools, closed: Bools) -> Indices:
    top = (graph.label == LABEL_CODES[Label.DIRECTIVE]) & ~closed
    top[graph.down.other[onward[graph.down.type]]] = False
    return np.flatnonzero(top)


def _spread(graph: Adjacency, front: Indices, onward: Bools, closed: Bools, out_of_time: OutOfTime) -> Bools:
    """What is reached from the frontier, itself included, past nothing that is closed; less if the time is over."""
    seen = closed.copy()
    seen[front] = True
    while front.size and not out_of_time():
        _, position = _edges_of(graph.down, front, onward)
        to = graph.down.other[position]
        new = np.zeros(len(graph), dtype=bool)
        new[to.compress(~seen[to])] = True
        seen |= new
        front = np.flatnonzero(new)
    return seen & ~closed


def _owners(graph: Adjacency, resting: Bools, standing: Bools) -> tuple[int, Bools]:
    """How many agencies have tasks or indicators among these, and which of them have none that stands."""
    _, position = _edges_of(graph.down, np.flatnonzero(resting), _ASSIGNED)
    idle = np.zeros(len(graph), dtype=bool)
    idle[graph.down.other[position]] = True
    owners = np.flatnonzero(idle)
    near, position = _edges_of(graph.up, owners, _ASSIGNED)
    idle[owners[near.compress(standing[graph.up.other[position]])]] = False
    return owners.size, idle


def _edges_of(side: Side, ranks: Indices, wanted: Bools) -> tuple[Indices, Indices]:
    """The edges of some types at the nodes: for each the place of its node in ``ranks``, and its position."""
    position = expand(side, ranks)
    near = np.repeat(np.arange(ranks.size), side.first[ranks + 1] - side.first[ranks])
    kept = wanted[side.type[position]]
    return near.compress(kept), position.compress(kept)


def _is(graph: Adjacency, ranks: Indices, label: Label) -> Bools:
    found: Bools = graph.label[ranks] == LABEL_CODES[label]
    return found


def _changes(*columns: Array) -> Bools:
    """Where a row differs from the one before it; the first one does."""
    new = np.ones(columns[0].size, dtype=bool)
    if new.size:
        new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return new
