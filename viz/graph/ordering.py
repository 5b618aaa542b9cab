"""Items in fixed layers and the edges between them → an order in each layer that keeps connected items near.

Barycentre sweeps (Sugiyama's second step; the layers are known): each layer in turn is sorted by the mean height of
its neighbours, from left to right and back. The order with the least total height of edges counts. Same input, same
order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SWEEPS = 8
#: A layer with more items than this is drawn as several columns side by side, filled row by row.
TALLEST = 12
#: Rows to a column of such a layer, about: cards are five times as wide as high.
SLENDER = 6


def columns(items: int) -> int:
    """How many columns a layer of so many items is drawn in: about as tall as wide."""
    if items <= TALLEST:
        return 1
    return max(2, round(math.sqrt(items / SLENDER)))


def ordered(layers: Sequence[int], edges: Sequence[tuple[int, int]], sweeps: int = SWEEPS) -> Floats:
    """The height of each item (in rows, the middle of each layer is 0); items come in their natural order.

    ``layers``: layer of each item, any numbers. ``edges``: pairs of places in ``layers``; those inside one layer do not
    count.
    """
    layer = np.asarray(layers, dtype=np.int64)
    ends = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    apart = layer[ends[:, 0]] != layer[ends[:, 1]] if len(ends) else np.zeros(0, dtype=bool)
    sweep = _Sweep(layer, ends[apart])
    best, least = sweep.heights.copy(), sweep.stretch()
    for turn in range(sweeps):
        sweep.run(forward=turn % 2 == 0)
        found = sweep.stretch()
        if found < least - 1e-9:
            best, least = sweep.heights.copy(), found
    return best


class _Sweep:
    """``heights``: of each item now; ``rooms``: the items of each layer in their present order, from left to right."""

    def __init__(self, layer: Ints, edges: Ints) -> None:
        self.edges = edges
        self.heights: Floats = np.zeros(len(layer))
        names: Any = np.unique(layer)
        self.rooms: list[Ints] = [np.flatnonzero(layer == name) for name in names]
        left = np.where((layer[edges[:, 0]] < layer[edges[:, 1]])[:, None], edges, edges[:, ::-1])
        self.into = [left[layer[left[:, 1]] == name] for name in names]
        self.out_of = [left[layer[left[:, 0]] == name][:, ::-1] for name in names]
        for room in self.rooms:
            self._stack(room)

    def stretch(self) -> float:
        """Total height of all edges."""
        heights = self.heights[self.edges]
        return float(np.abs(heights[:, 0] - heights[:, 1]).sum())

    def run(self, *, forward: bool) -> None:
        places = range(len(self.rooms))
        for place in places if forward else reversed(places):
            edges = (self.into if forward else self.out_of)[place]
            if len(edges):
                self._sort(place, edges)

    def _sort(self, place: int, edges: Ints) -> None:
        """By the mean height of the neighbours; items without any stay where they are."""
        size = len(self.heights)
        count = np.bincount(edges[:, 1], minlength=size)
        total = np.bincount(edges[:, 1], weights=self.heights[edges[:, 0]], minlength=size)
        room = self.rooms[place]
        wanted = np.where(count[room] > 0, total[room] / np.maximum(count[room], 1), self.heights[room])
        self.rooms[place] = room[np.argsort(wanted, kind="stable")]
        self._stack(self.rooms[place])

    def _stack(self, room: Ints) -> None:
        rows = np.arange(len(room)) // columns(len(room))
        self.heights[room] = rows - rows[-1] / 2
