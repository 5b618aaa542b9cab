"""Columns of numbers become a graph on which a closure is walked: breadth first, on arrays, a frontier at a time.

A node is known by its rank, its position in the order of ids; the store's own number of a node (n) comes in with the
columns and goes out with the answers. The edges of a node are in the order (other end, type, asserted_by, role), so the
first edge that reaches a node is the one the contract asks for. What a walk costs grows with what it reaches, not with
the graph: the marks it needs are kept between walks, and wiped where they were set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np

from graph.store.base import Totals
from graph.store.columns import (
    LABELS,
    NONE,
    ROLES,
    TYPES,
    Bools,
    EdgeColumns,
    Indices,
    NodeColumns,
    arrange,
    ranks_of,
)
from graph.store.timing import OutOfTime, never
from graph.store.walk_cache import Array, pack, unpack
from graph.vocabulary import EdgeType

_DENSE = 32  # from this part of all nodes on, looking through all of them is quicker than sorting
_EDGE = ("first", "other", "type", "role", "row")
K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Side:
    """Edges by the node they are walked from: those of node v are ``first[v]:first[v + 1]``."""

    first: Array
    other: Array  # node at the other end
    type: Array
    role: Array
    row: Array  # the edge in the store


@dataclass(frozen=True, slots=True)
class _Step:
    """What is reached at one depth. A position is that of an edge in the side."""

    nodes: Indices  # reached here first, sorted
    via: Array  # position that reaches each
    front: Indices  # to be walked on from, sorted; may have been reached before, by a last step
    on: Array  # position that leads on to each


@dataclass(frozen=True, slots=True)
class _Rule:
    wanted: Bools  # by type code: edges that reach
    onward: Bools  # by type code: edges that are walked on
    day: int | None
    depth: int | None
    late: OutOfTime


class _Marks:
    """What a walk notes of nodes; all False between walks (``position`` may hold anything)."""

    def __init__(self, size: int) -> None:
        self.found, self.walked, self.flag = (np.zeros(size, dtype=bool) for _ in range(3))
        self.position = np.zeros(size, dtype=np.int32)

    def wipe(self, start: int, steps: Iterable[_Step]) -> None:
        self.walked[start] = False
        for step in steps:
            self.found[step.nodes] = False
            self.walked[step.front] = False


@dataclass(frozen=True, slots=True)
class Walk:
    """Result of a walk. ``order``: ranks of the nodes reached, by (depth, id). ``deeper``: the depth cut something,
    ``late``: the time did."""

    order: Indices
    deeper: bool
    late: bool
    steps: tuple[_Step, ...]
    _side: Side
    _number: Array

    def numbers(self, limit: int | None = None) -> list[int]:
        """n of the first ``limit`` nodes (None: of all)."""
        found: list[int] = self._number[self.order[:limit]].tolist()
        return found

    def depths(self, ranks: Collection[int]) -> dict[int, int]:
        """How far those of the nodes are that were reached."""
        wanted = np.fromiter(ranks, np.intp)
        return {
            rank: depth
            for depth, step in enumerate(self.steps, start=1)
            for rank in np.intersect1d(step.nodes, wanted).tolist()
        }

    def paths(self, limit: int | None = None) -> list[list[int]]:
        """Rows of the edges of one shortest path, from the start, to each of the first ``limit`` nodes."""
        left = self.order[:limit].size
        found: list[list[int]] = []
        for depth, step in enumerate(self.steps):
            via = step.via[: left - len(found)]
            found += self._back(via, depth) if via.size else []
        return found

    def _back(self, position: Array, depth: int) -> list[list[int]]:
        rows = [self._side.row[position]]
        for step in reversed(self.steps[:depth]):
            parent = np.searchsorted(self._side.first, position, side="right") - 1
            position = step.on[np.searchsorted(step.front, parent)]
            rows.append(self._side.row[position])
        found: list[list[int]] = np.stack(rows[::-1], axis=1).tolist()
        return found


class Adjacency:
    """The graph at one moment. May be walked by several threads at once."""

    def __init__(self, arrays: dict[str, Array], levels: Sequence[str], places: Sequence[str]) -> None:
        """As ``of`` and ``from_bytes`` make it."""
        self._arrays, self._levels, self._places = arrays, levels, places
        self.number, self.label, self.since, self.until = (arrays[x] for x in ("number", "label", "since", "until"))
        self._level, self._place = arrays["level"], arrays["place"]
        self._rank = ranks_of(self.number)
        self.down, self.up = (Side(*(arrays[f"{side}.{name}"] for name in _EDGE)) for side in ("down", "up"))
        self._spare: list[_Marks] = []

    @classmethod
    def of(cls, nodes: NodeColumns, edges: EdgeColumns) -> Self:
        """ValueError if an edge ends on a node that is not there."""
        return cls(*arrange(nodes, edges))

    def to_bytes(self) -> bytes:
        """All of it, to be kept for another process."""
        names: dict[str, Sequence[str]] = {
            "types": TYPES,
            "labels": LABELS,
            "roles": ROLES,
            "levels": self._levels,
            "places": self._places,
        }
        return pack(names, self._arrays)

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """What to_bytes kept, without copying; ValueError if it is damaged or another version wrote it."""
        names, arrays = unpack(data)
        if (names["types"], names["labels"], names["roles"]) != (TYPES, LABELS, ROLES):
            raise ValueError("the arrays were written by a version with other labels, edge types or roles")
        return cls(arrays, names["levels"], names["places"])

    def __len__(self) -> int:
        return len(self.number)

    def rank(self, number: int) -> int:
        """Rank of the node with this n; KeyError if there is none."""
        rank = int(self._rank[number]) if 0 <= number < len(self._rank) else NONE
        if rank == NONE:
            raise KeyError(number)
        return rank

    def walk(
        self,
        start: int,
        *,
        down: bool,
        through: Collection[EdgeType],
        last: Collection[EdgeType],
        depth: int | None,
        as_of: dt.date | None,
        late: OutOfTime = never,
    ) -> Walk:
        """Breadth first from the node of rank ``start``; see Store.closure for what each argument means.

        ``late`` is asked before each step whether it is to be the end.
        """
        side = self.down if down else self.up
        rule = _Rule(mask({*through, *last}), mask(through), as_of.toordinal() if as_of else None, depth, late)
        marks = self._borrowed()
        steps, deeper, ended = self._steps(start, side, rule, marks)
        marks.wipe(start, steps)
        self._spare.append(marks)  # not reached after an error: its marks would be wrong
        order = np.concatenate([step.nodes for step in steps]) if steps else np.empty(0, dtype=np.intp)
        return Walk(order, deeper, ended, tuple(steps), side, self.number)

    def _borrowed(self) -> _Marks:
        try:
            return self._spare.pop()
        except IndexError:
            return _Marks(len(self))

    def _steps(self, start: int, side: Side, rule: _Rule, marks: _Marks) -> tuple[list[_Step], bool, bool]:
        """The steps, whether the depth cut something, whether the time did."""
        steps: list[_Step] = []
        front = np.array([start], dtype=np.intp)
        marks.walked[start] = True
        while front.size:
            if rule.late():
                return steps, False, True
            position, to = self._reach(side, front, rule, marks)
            new = ~marks.found[to]
            onward = rule.onward[side.type[position]]
            if rule.depth is not None and len(steps) >= rule.depth:
                return steps, bool((new | onward).any()), False
            nodes, via = _first(position.compress(new), to.compress(new), marks)
            front, on = _first(position.compress(onward), to.compress(onward), marks)
            marks.found[nodes] = marks.walked[front] = True
            steps.append(_Step(nodes, via, front, on))
        return steps, False, False

    def _reach(self, side: Side, front: Indices, rule: _Rule, marks: _Marks) -> tuple[Indices, Indices]:
        """Edges of the frontier to nodes not walked on from yet: positions in their order, and the nodes' ranks."""
        position = expand(side, front)
        to = side.other[position].astype(np.intp)
        kept = rule.wanted[side.type[position]]
        kept &= ~marks.walked[to]
        if rule.day is not None:
            kept &= self.since[to] <= rule.day
        return position.compress(kept), to.compress(kept)

    def totals(self, walk: Walk) -> Totals:
        """True totals of all that was reached."""
        of = walk.order
        return Totals(
            items=int(of.size),
            labels=_counted(LABELS, self.label[of]),
            levels=_counted(self._levels, self._level[of]),
            jurisdictions=_counted(self._places, self._place[of]),
            depths={depth: step.nodes.size for depth, step in enumerate(walk.steps, start=1) if step.nodes.size},
        )


def expand(side: Side, front: Indices) -> Indices:
    """Positions of all edges of the frontier's nodes, in the order of the frontier."""
    first = side.first[front]
    counts = side.first[front + 1] - first
    ends = np.cumsum(counts, dtype=np.intp)
    positions: Indices = np.repeat(first + counts - ends, counts)
    positions += np.arange(positions.size)
    return positions


def _first(position: Indices, to: Indices, marks: _Marks) -> tuple[Indices, Array]:
    """The nodes, each once and sorted, and of the positions that lead to each the first."""
    at = marks.position
    at[to[::-1]] = position[::-1]  # the last one written stays
    if to.size * _DENSE > at.size:
        marks.flag[to] = True
        nodes = np.flatnonzero(marks.flag)
        marks.flag[nodes] = False
    else:
        nodes = np.sort(to[at[to] == position])
    return nodes, at[nodes]


def mask(types: Collection[EdgeType]) -> Bools:
    """By type code: whether the type is among these."""
    return np.array([t in types for t in TYPES], dtype=bool)


def _counted(names: Sequence[K], codes: Array) -> dict[K, int]:
    """How often each name's code is there (none with 0); codes of -1 do not count."""
    counts = np.bincount(codes[codes != NONE])
    return {names[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}
